"""`./run fuzz [--seconds N] [TARGET…]`, or `./run fuzz --http [--seconds N]` for every address of the program.

N seconds (default 60) are shared out over the targets. What breaks one is written to `.cache/fuzz`; put it into
`tests/data/fuzz/TARGET/` once it is mended, and the suite keeps it mended. The last line is `fuzz key=value …`.
"""

import argparse
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CRASHES = ROOT / ".cache" / "fuzz"
NAMES = (
    "roster-csv", "roster-xlsx", "roster-set", "roster-upload", "columns", "instrument", "mapping", "answers-csv",
    "answers-xlsx", "backup", "keys", "head", "sheet", "card", "photo", "sound", "badge",
    "badge-keys", "badge-list",
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(NAMES))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument(
        "--http", action="store_true", help="drive the whole program with schemathesis instead"
    )
    args = parser.parse_args()
    if unknown := set(args.targets) - set(NAMES):
        parser.error(f"there is no target {min(unknown)!r}; there are: {', '.join(NAMES)}")
    if args.http:
        env = {**os.environ, "BELONG_FUZZ_SECONDS": str(args.seconds)}
        command = [sys.executable, "-m", "pytest", "-q", "tests/hardening/test_every_address.py"]
        return subprocess.run(command, cwd=ROOT, env=env).returncode
    if importlib.util.find_spec("atheris") is None:
        print("fuzz: atheris is not installed: it comes as a wheel for Linux and Python 3.11 to 3.13 only.")
        print(
            "fuzz: nothing was tried. The files in tests/data/fuzz are still tried by ./run test tests/hardening."
        )
        return 2
    return _run(args.targets or list(NAMES), args.seconds)


def _run(names: list[str], seconds: int) -> int:
    began, executions, edges, found = time.monotonic(), 0, 0, []
    each = max(3, seconds // len(names))
    CRASHES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="belong-fuzz-home-") as home:
        for name in names:
            runs, coverage, broke = _one(name, each, home)
            executions, edges, found = executions + runs, edges + coverage, found + broke
            print(
                f"fuzz: {name}: {runs:,} runs, {coverage} edges{', ' + ', '.join(broke) if broke else ''}",
                flush=True,
            )
    took = round(time.monotonic() - began)
    print(
        f"fuzz targets={len(names)} executions={executions} edges={edges} findings={len(found)} seconds={took}"
    )
    return 1 if found else 0


def _one(name: str, seconds: int, home: str) -> tuple[int, int, list[str]]:
    """Runs, edges covered, and the files that broke the target."""
    before = set(CRASHES.iterdir())
    command = [
        sys.executable,
        "-m",
        "tools.fuzz.one",
        name,
        f"-max_total_time={seconds}",
        "-print_final_stats=1",
    ]
    command += ["-timeout=5", "-rss_limit_mb=1500", "-max_len=40000", f"-artifact_prefix={CRASHES}/{name}-"]
    env = {**os.environ, "BELONG_HOME": home, "PYTHONUTF8": "1"}
    said = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, errors="replace")
    output = said.stdout + said.stderr
    runs = re.search(r"number_of_executed_units:\s*(\d+)", output)
    covered = re.findall(r"cov: (\d+)", output)
    broke = [path.name for path in sorted(set(CRASHES.iterdir()) - before)]
    if said.returncode and not broke:
        broke = [f"{name} did not run: {output[-1500:]}"]
    if broke:
        print(output[-3000:], file=sys.stderr)
    return int(runs[1]) if runs else 0, int(covered[-1]) if covered else 0, broke


if __name__ == "__main__":
    sys.exit(main())
