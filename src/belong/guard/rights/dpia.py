"""The data protection impact assessment, filled in from `content/assessment/dpia.yaml` and the data map.

What only the school can say is left open and marked as such.
"""

from dataclasses import dataclass
from typing import Any

from belong.base import registry
from belong.content import read
from belong.guard.rights.datamap import usual_terms

TODO = "The school fills this in."
HEAD = """\
# Data protection impact assessment

Made by `belong dpia` from the data map and `content/assessment/dpia.yaml`; a test fails when it is out of date.
It is filled in as far as the program can know. **Lines that begin with “School:” are for the school to fill in**, with
its data protection officer, before the first wave. The same text, to be printed, is at /guard/dpia/.
"""


@dataclass(frozen=True)
class Risk:
    """One risk: what could happen, how likely and how bad without measures, what is done, what is left."""

    what: str
    before: str
    measures: tuple[str, ...]
    left: str


@dataclass(frozen=True)
class Part:
    """One heading of the assessment; some parts have a table of activities or of risks."""

    title: str
    paragraphs: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    activities: tuple[tuple[str, str, str, str], ...] = ()
    risks: tuple[Risk, ...] = ()
    special: tuple[tuple[str, str], ...] = ()


def parts() -> list[Part]:
    """The assessment, heading by heading."""
    return [_part(one) for one in read("assessment/dpia")["parts"]]


def markdown() -> str:
    """`docs/dpia.md`."""
    return "\n".join([HEAD, *(_markdown(one) for one in parts())]).rstrip() + "\n"


def activities() -> tuple[tuple[str, str, str, str], ...]:
    """(purpose, what is held, lawful basis, how long) for every purpose of the data map that concerns people."""
    kept = usual_terms()
    found: dict[tuple[str, str], list[Any]] = {}
    for record in registry.records():
        if record.about:
            found.setdefault((record.why, record.basis), []).append(record)
    return tuple(
        (
            why.capitalize(),
            "; ".join(record.name for record in records),
            basis,
            "; ".join(sorted({kept.get(record.kept, record.kept) for record in records})),
        )
        for (why, basis), records in found.items()
    )


def _part(data: dict[str, Any]) -> Part:
    made = data.get("made", "")
    special = [record for record in registry.records() if record.special]
    return Part(
        title=data["title"],
        paragraphs=tuple(data.get("says", ())),
        open=tuple(data.get("school", ())),
        activities=activities() if made == "activities" else (),
        risks=tuple(_risk(one) for one in data.get("risks", ())),
        special=tuple((record.name, record.basis) for record in special) if made == "special" else (),
    )


def _risk(data: dict[str, Any]) -> Risk:
    return Risk(data["what"], data["before"], tuple(data["measures"]), data["left"])


def _markdown(part: Part) -> str:
    lines = [f"## {part.title}\n"]
    lines += [f"{text}\n" for text in part.paragraphs]
    if part.activities:
        lines += ["| why | what is held | lawful basis | kept |", "|---|---|---|---|"]
        lines += [f"| {' | '.join(row)} |" for row in part.activities] + [""]
    lines += [f"- {name}: {basis}" for name, basis in part.special] + ([""] if part.special else [])
    for risk in part.risks:
        lines += [f"### {risk.what}\n", f"Without measures: {risk.before}.\n"]
        lines += [f"- {measure}" for measure in risk.measures] + ["", f"What is left: {risk.left}.\n"]
    lines += [f"School: {text} ______\n" for text in part.open]
    return "\n".join(lines)
