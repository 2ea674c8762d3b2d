"""One target in a process of its own, under libFuzzer: `python -m tools.fuzz.one TARGET [libFuzzer's own words]`."""

import logging
import os
import sys
from pathlib import Path

import atheris

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "belong.site.settings")
with atheris.instrument_imports(include=["belong"]):
    import django

    django.setup()
    from tools.fuzz.targets import inputs, tried


def main() -> None:
    logging.disable(logging.CRITICAL)
    name, words = sys.argv[1], sys.argv[2:]
    corpus = Path(os.environ["BELONG_HOME"]) / f"corpus-{name}"  # a folder of the caller's, who removes it
    corpus.mkdir()
    for number, data in enumerate(inputs(name)):
        (corpus / f"seed-{number}").write_bytes(data)
    atheris.Setup([sys.argv[0], str(corpus), *words], lambda data: bool(tried(name, data)) and None)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
