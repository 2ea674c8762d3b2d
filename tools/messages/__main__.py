"""./run messages            bring every django.po up to date with the pages, and compile it
./run messages --check    only say what is missing or out of date
"""

import os
import sys
from pathlib import Path


def main(words: list[str]) -> int:
    """Update or check the files of every language; 1 where something is out of date or untranslated."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "belong.site.settings")
    import django

    django.setup()
    from belong.content.translations import ENGLISH, languages

    check = "--check" in words
    codes = [one.code for one in languages() if one.code != ENGLISH]
    results = [update(code, check=check) for code in codes]
    return 0 if all(results) else 1


def file_of(code: str) -> Path:
    """Where the interface words of a language are."""
    return Path("src/belong/locale") / code / "LC_MESSAGES" / "django.po"


def update(code: str, *, check: bool) -> bool:
    """Whether one language is whole and up to date; writes it unless only asked to check."""
    from belong.content import po
    from tools.messages.extract import messages

    path = file_of(code)
    before = path.read_text("utf-8") if path.exists() else ""
    kept = po.read(before)
    made = po.merged(messages(code), kept, code)
    text, binary = po.written(made, code), po.compiled(made, code)
    compiled = path.with_suffix(".mo")
    fresh = text == before and compiled.exists() and compiled.read_bytes() == binary
    open_ = [one for one in made if not one.gone and not all(one.words)]
    print(f"{code}: {sum(not one.gone for one in made)} texts, {len(open_)} to translate")
    if not check:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        compiled.write_bytes(binary)
        return not open_
    if not fresh:
        print(f"{path} is out of date: ./run messages")
    return fresh and not open_


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
