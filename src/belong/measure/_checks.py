"""Plain data → Instrument: the checks that make a YAML file safe to ask and to score."""

from __future__ import annotations

import re
from dataclasses import replace

from belong.measure._model import (
    ASPECTS,
    AUDIENCES,
    BY_NAME,
    KINDS,
    MOST_NAMES,
    STATUSES,
    VISIBILITIES,
    GroupKey,
    Instrument,
    Item,
    Part,
    Replicates,
    Scale,
    content_hash,
    say,
)  # fmt: skip
from belong.measure._node import Node

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_RANGE = re.compile(r"(\d{1,4})\.\.(\d{1,4})")
_REQUIRED = ("key", "title", "audience", "ages", "licence", "parts", "scales", "items")
_OPTIONAL = ("version", "citation", "status", "missing", "scoring", "groups", "replicates", "attribution")
_ITEM_OPTIONAL = (
    "part",
    "aspect",
    "kind",
    "scale",
    "reverse",
    "column",
    "visibility",
    "ages",
    "text",
    "label",
    "why",
    "most",
)
WITHOUT_SCALE = {
    "open": "an open question",
    "adults": "a question for adults by name",
    "friends": "a question for other pupils by name",
}


def build(node: Node) -> Instrument:
    """Check plain data and make the instrument; raises InstrumentError naming place and mend."""
    f = node.fields(_REQUIRED, _OPTIONAL)
    ages = _ages(f["ages"])
    scales = {name: _scale(name, below) for name, below in f["scales"].entries().items()}
    parts = tuple(_part(below) for below in f["parts"].elements())
    items = tuple(_item(below, scales, parts, ages) for below in f["items"].elements())
    _unique(f["parts"], [part.id for part in parts])
    _unique(f["items"], [item.id for item in items])
    missing = _missing(f["missing"]) if "missing" in f else ()
    for code in missing:
        if any(1 <= code <= item.categories for item in items):
            f["missing"].fail(
                f"{code} is also an answer of a scale. A code can mean an answer or no answer, not both."
            )
    audience = tuple(below.one_of(AUDIENCES) for below in f["audience"].elements())
    if audience != ("pupils",) and any(item.kind in BY_NAME for item in items):
        f["audience"].fail(
            "only pupils are asked which adults they could turn to, or whom they like to be with. Write "
            "'audience: [pupils]'."
        )
    method, minimum = _scoring(f.get("scoring"))
    title = f["title"].words()
    instrument = Instrument(
        key=_identifier(f["key"]),
        title=title,
        version=f["version"].integer(1, 10_000) if "version" in f else 1,
        audience=audience,
        ages=ages,
        licence=f["licence"].text(),
        citation=f["citation"].text() if "citation" in f else "",
        status=_status(f.get("status"), title),
        parts=parts,
        scales=scales,
        items=items,
        missing=missing,
        method=method,
        minimum_answered=minimum,
        groups={name: group_key(name, below) for name, below in f["groups"].entries().items()}
        if "groups" in f
        else {},
        replicates=replicates(f["replicates"]) if "replicates" in f else None,
        attribution=f["attribution"].words() if "attribution" in f else {},
    )
    items = tuple(replace(item, hash=item_hash(instrument.key, item)) for item in items)
    instrument = replace(instrument, items=items)
    return replace(instrument, hash=content_hash(instrument.to_dict()))


def item_hash(key: str, item: Item) -> str:
    """What makes two answers to a question comparable: its source wording, its answer words, its direction.

    Translations are not in it (a new language must not break a school's time line), nor are part, aspect
    and visibility, which do not change the question. Items without shipped wording are known by their
    instrument and id.
    """
    wording = say(item.text) or f"{key}/{item.id}"
    answers = list(item.scale.words()) if item.scale else []
    faces = list(item.scale.faces) if item.scale else []
    choosing = [item.most] if item.most else []
    return content_hash([item.kind, wording, answers, faces, item.reverse, *choosing])


def _identifier(node: Node) -> str:
    text = node.text()
    if not _ID.fullmatch(text):
        node.fail(f"'{text}' cannot be a name. Use letters, digits, '-' and '_' only.")
    return text


def _unique(node: Node, ids: list[str]) -> None:
    for i, id in enumerate(ids):
        if id in ids[:i]:
            node.child(i).fail(f"'{id}' is used twice. Give each its own id.")


def _ages(node: Node) -> tuple[int, int]:
    elements = node.elements()
    if len(elements) != 2:
        node.fail("expected two ages, youngest and oldest, for example [8, 18].")
    low, high = (element.integer(3, 120) for element in elements)
    if low > high:
        node.fail(f"{low} is older than {high}. Write the youngest first.")
    return low, high


def _scale(name: str, node: Node) -> Scale:
    f = node.fields(("labels",), ("faces", "favourable"))
    raw = {"en": f["labels"]} if isinstance(f["labels"].value, list) else f["labels"].entries()
    labels = {language: tuple(word.text() for word in below.elements()) for language, below in raw.items()}
    if not labels:
        f["labels"].fail("give the answer words in at least one language.")
    sizes = {len(words) for words in labels.values()}
    if len(sizes) != 1:
        f["labels"].fail("every language needs the same number of answer words.")
    size = sizes.pop()
    if not 2 <= size <= 11:
        f["labels"].fail(f"a scale has 2 to 11 answers; this one has {size}.")
    for language, words in labels.items():
        if len({word.casefold() for word in words}) != size or not all(words):
            f["labels"].fail(f"the answer words in '{language}' must differ and not be empty.")
    faces = tuple(below.integer(1, 9) for below in f["faces"].elements()) if "faces" in f else ()
    if faces and len(faces) != size:
        f["faces"].fail(f"{size} answers need {size} faces.")
    favourable = (
        tuple(below.integer(1, size) for below in f["favourable"].elements()) if "favourable" in f else ()
    )
    return Scale(name=name, labels=labels, faces=faces, favourable=favourable)


def _part(node: Node) -> Part:
    f = node.fields(("id", "title"), ("about",))
    return Part(
        id=_identifier(f["id"]), title=f["title"].words(), about=f["about"].words() if "about" in f else {}
    )


def _item(node: Node, scales: dict[str, Scale], parts: tuple[Part, ...], ages: tuple[int, int]) -> Item:
    f = node.fields(("id",), _ITEM_OPTIONAL)
    kind = f["kind"].one_of(KINDS) if "kind" in f else "scale"
    if kind in WITHOUT_SCALE and "scale" in f:
        f["scale"].fail(f"{WITHOUT_SCALE[kind]} has no answer scale. Remove this line.")
    if kind not in WITHOUT_SCALE and "scale" not in f:
        node.fail(
            f"a question of kind '{kind}' needs an answer scale. Add 'scale: …', one of: {', '.join(scales)}."
        )
    part = f["part"].one_of([p.id for p in parts]) if "part" in f else None
    if kind == "scale" and part is None:
        names = ", ".join(p.id for p in parts)
        node.fail(f"a scale question counts towards a part. Add 'part: …', one of: {names}.")
    reverse = f["reverse"].boolean() if "reverse" in f else False
    if reverse and kind != "scale":
        f["reverse"].fail("only scale questions can be reversed. Remove this line.")
    return Item(
        id=_identifier(f["id"]),
        kind=kind,
        part=part,
        aspect=f["aspect"].one_of(ASPECTS) if "aspect" in f else None,
        scale=scales[f["scale"].one_of(list(scales))] if "scale" in f else None,
        reverse=reverse,
        column=f["column"].text() if "column" in f else "",
        visibility=_visibility(f.get("visibility"), kind),
        ages=_ages(f["ages"]) if "ages" in f else ages,
        text=f["text"].words() if "text" in f else {},
        label=f["label"].words() if "label" in f else {},
        why=f["why"].words() if "why" in f else {},
        most=_most(f.get("most"), kind),
    )


def _most(node: Node | None, kind: str) -> int:
    """How many people may be chosen: one to five, three where the file does not say."""
    if kind in BY_NAME:
        return node.integer(1, MOST_NAMES) if node is not None else 3
    if node is not None and node.integer(0, MOST_NAMES):
        node.fail(
            "only a question of kind 'adults' or 'friends' says how many may be chosen. Remove this line."
        )
    return 0


USUAL = {"open": "confidential", "adults": "named", "friends": "confidential"}


def _visibility(node: Node | None, kind: str) -> str:
    """Free text can name people, so it is always confidential; an honesty answer must stay with its sheet; the adults
    a pupil turns to are known to those whose names stand beside the question and to nobody else; whom a pupil likes to
    be with, to the pastoral lead and the safeguarding lead."""
    if node is None:
        return USUAL.get(kind, "pooled")
    visibility = node.one_of(VISIBILITIES)
    if kind == "open" and visibility in ("pooled", "unlinked"):
        node.fail(
            "free text can name people, so it cannot be pooled or unlinked. Write 'visibility: confidential'."
        )
    if kind == "adults" and visibility != "named":
        node.fail(
            "whom a pupil could turn to is told to people named beside the question. Write 'visibility: named'."
        )
    if kind == "friends" and visibility != "confidential":
        node.fail(
            "whom a pupil likes to be with is told to the pastoral lead and the safeguarding lead alone. Write "
            "'visibility: confidential'."
        )
    if kind == "honesty" and visibility == "unlinked":
        node.fail(
            "an honesty question cannot be unlinked: it would count nowhere. Write 'visibility: pooled'."
        )
    return visibility


def _missing(node: Node) -> tuple[int, ...]:
    codes: list[int] = []
    for below in node.elements():
        found = _RANGE.fullmatch(below.value) if isinstance(below.value, str) else None
        codes += range(int(found[1]), int(found[2]) + 1) if found else [below.integer(-9999, 9999)]
    return tuple(dict.fromkeys(codes))


def _scoring(node: Node | None) -> tuple[str, float]:
    if node is None:
        return "pomp", 0.667
    f = node.fields((), ("method", "minimum_answered"))
    method = f["method"].one_of(("pomp",)) if "method" in f else "pomp"
    return method, f["minimum_answered"].number(0, 1) if "minimum_answered" in f else 0.667


def _status(node: Node | None, title: dict[str, str]) -> dict[str, str]:
    if node is None:
        return dict.fromkeys(title, "draft")
    return {language: below.one_of(STATUSES) for language, below in node.entries().items()}


def group_key(name: str, node: Node) -> GroupKey:
    """A friendly group name: its column, title and labels; raises InstrumentError with the place."""
    f = node.fields(("column",), ("title", "labels"))
    labels = {code: below.words() for code, below in f["labels"].entries().items()} if "labels" in f else {}
    return GroupKey(
        name=name, column=f["column"].text(), title=f["title"].words() if "title" in f else {}, labels=labels
    )


def replicates(node: Node) -> Replicates:
    """Replicate weights: column prefix, how many, Fay's factor; raises InstrumentError with the place."""
    f = node.fields(("prefix", "count"), ("fay", "weight"))
    weight = f["weight"].text() if "weight" in f else ""
    fay = f["fay"].number(0, 0.99) if "fay" in f else 0.0
    return Replicates(prefix=f["prefix"].text(), count=f["count"].integer(2, 1000), fay=fay, weight=weight)
