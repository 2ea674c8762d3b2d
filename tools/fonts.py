"""The font files of other scripts, cut to the letters that pages and names need.

    python tools/fonts.py FOLDER

FOLDER holds the unpacked npm packages @fontsource/{noto-naskh-arabic,noto-nastaliq-urdu,noto-sans-bengali,
noto-sans-gurmukhi,andika}, version 5.3 (`npm pack` and `tar`), each in a folder of its name. Needs fonttools and brotli
(`pip install fonttools brotli`), which nothing else in belong does: the results are committed. All five are under the
SIL Open Font License; their licences go beside the files.
"""

import subprocess
import sys
from pathlib import Path

FONTS = Path("src/belong/web/static/web/fonts")
# The Arabic block without marks for recitation, and what turns and joins; its presentation forms come with the letters.
ARABIC = (
    "U+0600-0605,U+060B-060F,U+061B-061F,U+0621-0658,U+0660-066F,U+0670-06D5,U+06EE-06FF,U+200C-200F,U+202A-202E,"
    "U+2066-2069,U+25CC"
)
BENGALI = "U+0964-0965,U+0980-09FE,U+200C-200D,U+25CC"
GURMUKHI = "U+0964-0965,U+0A01-0A76,U+200C-200D,U+25CC"
CYRILLIC = "U+0301,U+0400-045F,U+0490-0491,U+2116"

CUTS = (
    ("noto-naskh-arabic", "arabic", "400", "naskh-arabic-400", ARABIC),
    ("noto-naskh-arabic", "arabic", "700", "naskh-arabic-700", ARABIC),
    ("noto-nastaliq-urdu", "arabic", "400", "nastaliq-urdu-400", ARABIC),
    ("noto-sans-bengali", "bengali", "400", "bengali-400", BENGALI),
    ("noto-sans-gurmukhi", "gurmukhi", "400", "gurmukhi-400", GURMUKHI),
    ("noto-sans-gurmukhi", "gurmukhi", "700", "gurmukhi-700", GURMUKHI),
    ("andika", "cyrillic", "400", "andika-cyrillic-400", CYRILLIC),
    ("andika", "cyrillic", "700", "andika-cyrillic-700", CYRILLIC),
)


NAMES = (
    ("noto-naskh-arabic", "arabic", "400", "names-arabic", "العربية"),
    ("noto-nastaliq-urdu", "arabic", "400", "names-urdu", "اردو"),
    ("noto-sans-bengali", "bengali", "400", "names-bengali", "বাংলা"),
    ("noto-sans-gurmukhi", "gurmukhi", "400", "names-gurmukhi", "ਪੰਜਾਬੀ"),
)
"""The names of languages in the menu of every page, for devices that have no face for their letters."""


def cut(folder: Path, family: str, subset: str, weight: str, name: str, letters: str) -> Path:
    """One file, cut to its letters (ranges, or a word) with everything that shapes them."""
    source = folder / family / "files" / f"{family}-{subset}-{weight}-normal.woff2"
    made = FONTS / f"{name}.woff2"
    command = [
        sys.executable,
        "-m",
        "fontTools.subset",
        str(source),
        f"--unicodes={letters}" if letters.startswith("U+") else f"--text={letters}",
    ]
    subprocess.run([*command, "--layout-features=*", "--flavor=woff2", f"--output-file={made}"], check=True)
    return made


def main(folder: Path) -> None:
    for family, subset, weight, name, letters in CUTS + NAMES:
        made = cut(folder, family, subset, weight, name, letters)
        print(f"{made.name}: {made.stat().st_size / 1000:.1f} kB")
        licence = (folder / family / "LICENSE").read_text("utf-8")
        (FONTS / f"OFL-{family}.txt").write_text(licence, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
