"""`./run test --cluster`: bring Java and run what asks Spark, which counts here as it would on many machines."""

import shutil
import sys

from tools.suite import bring, run, say

JAVA = "default-jre-headless"


def main(words: list[str]) -> int:
    if shutil.which("java") is None and not bring(JAVA):
        say("no Java: Spark can't run here")
        return 1
    return run(["-m", "spark", "--durations=3", *(words or ["tests/measure"])])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
