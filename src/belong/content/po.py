"""Reading and writing `.po` files, and compiling them to `.mo`: as much of the format as we use, and no more."""

import ast
import re
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from gettext import c2py

PLURALS = {
    "cy": "nplurals=4; plural=(n==1) ? 0 : (n==2) ? 1 : (n != 8 && n != 11) ? 2 : 3;",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "ur": "nplurals=2; plural=(n != 1);",
    "pa": "nplurals=2; plural=(n != 1);",
    "ro": "nplurals=3; plural=(n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
    "bn": "nplurals=2; plural=(n > 1);",
    "so": "nplurals=2; plural=(n != 1);",
    "pt": "nplurals=2; plural=(n != 1);",
    "uk": (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
    ),
}


@dataclass(frozen=True)
class Message:
    """One text: context ("" for none), English, English plural ("" for none), translations, where it stands."""

    context: str
    english: str
    plural: str = ""
    words: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    gone: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        return self.context, self.english, self.plural


def forms(code: str) -> int:
    """How many forms a counted text has in a language."""
    found = re.match(r"nplurals=(\d)", PLURALS[code])
    assert found
    return int(found[1])


@cache
def _rule(code: str) -> Callable[[int], int]:
    rule: Callable[[int], int] = c2py(PLURALS[code].partition("plural=")[2].rstrip(";"))
    return rule


def form_of(code: str, n: int) -> int:
    """Which form of a counted text is said for a number, from 0."""
    return int(_rule(code)(n))


@cache
def numbers_of(code: str, form: int) -> tuple[int, ...]:
    """The numbers up to two hundred that a form of a counted text is said for; 0 stands last."""
    return tuple(n for n in (*range(1, 201), 0) if form_of(code, n) == form)


def read(text: str) -> dict[tuple[str, str, str], Message]:
    """The messages of a `.po` file by key, also those no longer used; raises ValueError with the line."""
    messages = {}
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.splitlines() if line.strip()]
        gone = any(line.startswith("#~ ") for line in lines)
        fields = _fields(line.removeprefix("#~ ") for line in lines if gone or not line.startswith("#"))
        if not fields.get("msgid"):
            continue
        plural = fields.get("msgid_plural", "")
        words = tuple(
            fields[name] for name in ("msgstr", *(f"msgstr[{i}]" for i in range(6))) if name in fields
        )
        one = Message(fields.get("msgctxt", ""), fields["msgid"], plural, words, gone=gone)
        if one.key in messages:
            raise ValueError(f"'{one.english}' stands here twice. Keep one.")
        messages[one.key] = one
    return messages


def _fields(lines: Iterable[str]) -> dict[str, str]:
    """`msgid`, `msgstr`, `msgstr[0]` … of one block."""
    found: dict[str, str] = {}
    name = ""
    for line in lines:
        if line.startswith("#"):
            continue
        start = re.fullmatch(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s+(".*")', line.strip())
        text = start[2] if start else line.strip()
        if start:
            name = start[1]
        if not name or not (text.startswith('"') and text.endswith('"')):
            raise ValueError(f"this line can't be read: {line}. Texts stand in quotes.")
        try:
            found[name] = found.get(name, "") + ast.literal_eval(text)
        except (SyntaxError, ValueError) as error:
            raise ValueError(f"this line can't be read: {line}. Write \\\" for a quote inside.") from error
    return found


def merged(wanted: Iterable[Message], kept: dict[tuple[str, str, str], Message], code: str) -> list[Message]:
    """The wanted messages with the translations there were; those no longer wanted at the end, if they had words."""
    made = []
    for one in wanted:
        old = kept.get(one.key)
        count = forms(code) if one.plural else 1
        words = old.words if old and len(old.words) == count else ("",) * count
        made.append(replace(one, words=words))
    keys = {one.key for one in made}
    gone = [replace(old, gone=True) for key, old in kept.items() if key not in keys and any(old.words)]
    return made + sorted(gone, key=lambda one: one.key)


def written(messages: Iterable[Message], code: str) -> str:
    """The text of a `.po` file."""
    return "\n\n".join(["\n".join(_header(code)), *("\n".join(_lines(one)) for one in messages)]) + "\n"


def _header(code: str) -> Iterator[str]:
    yield "# Interface words for those who answer. Texts in {braces} or %(brackets)s stay as they are."
    yield 'msgid ""'
    yield 'msgstr ""'
    yield f'"Language: {code}\\n"'
    yield '"MIME-Version: 1.0\\n"'
    yield '"Content-Type: text/plain; charset=UTF-8\\n"'
    yield '"Content-Transfer-Encoding: 8bit\\n"'
    yield f'"Plural-Forms: {PLURALS[code]}\\n"'


def _lines(one: Message) -> Iterator[str]:
    mark = "#~ " if one.gone else ""
    if not one.gone:
        yield from (f"#: {place}" for place in one.places)
        if re.search(r"%(\(\w+\))?[sd]", one.english.replace("%%", "")):
            yield "#, python-format"
    if one.context:
        yield f"{mark}msgctxt {quoted(one.context)}"
    yield f"{mark}msgid {quoted(one.english)}"
    if one.plural:
        yield f"{mark}msgid_plural {quoted(one.plural)}"
        yield from (f"{mark}msgstr[{i}] {quoted(words)}" for i, words in enumerate(one.words))
    else:
        yield f"{mark}msgstr {quoted(one.words[0] if one.words else '')}"


def quoted(text: str) -> str:
    """`"a \\"b\\"\\n"`: one line, whatever is in it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def compiled(messages: Iterable[Message], code: str) -> bytes:
    """The `.mo` file: the header and every message that is translated whole, sorted by its English bytes."""
    header = f"Language: {code}\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: {PLURALS[code]}\n"
    pairs = {b"": header.encode()}
    for one in messages:
        if not one.gone and one.words and all(one.words):
            pairs[_mo_key(one)] = "\0".join(one.words).encode()
    keys = sorted(pairs)
    start = 7 * 4 + 16 * len(keys)
    texts, index = b"", {}
    for kind, values in (("id", keys), ("str", [pairs[key] for key in keys])):
        index[kind] = [(len(value), 0) for value in values]
        table = []
        for value in values:
            table.append((len(value), start + len(texts)))
            texts += value + b"\0"
        index[kind] = table
    tables = b"".join(struct.pack("<II", *row) for kind in ("id", "str") for row in index[kind])
    head = struct.pack("<Iiiiiii", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, 0)
    return head + tables + texts


def _mo_key(one: Message) -> bytes:
    english = f"{one.context}\x04{one.english}" if one.context else one.english
    return (f"{english}\0{one.plural}" if one.plural else english).encode()
