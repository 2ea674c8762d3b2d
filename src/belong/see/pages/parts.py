"""One part of belonging, and all questions one by one."""

from typing import Any

from belong.measure import say
from belong.people.models import User
from belong.see import differences, figures, findings, links
from belong.see.pages.frame import actions, cut_links, frame, items_of, known, measures
from belong.see.queries import Reading, clear_gaps, one_way
from belong.see.words import text

IN_FIRST_COLUMN = 3


def part(reading: Reading, user: User, key: str) -> dict[str, Any]:
    """One part (or "score", the whole): its questions, its gaps, its change."""
    release = reading.release
    measure = known(reading, "score" if key == "score" else f"part:{key}")
    items = [] if key == "score" else items_of(reading, measure.part)
    widest = next(iter(clear_gaps(one_way(release, measure.key))), None)
    return {
        **frame(reading, "part"),
        **actions(reading, user, measure.key, widest),
        "measure": measure,
        "about": next((say(part.about) for part in reading.instrument.parts if part.id == key), ""),
        "cell": release.cell(measure.key),
        "why_url": links.why_url(reading, "score", release.cell(measure.key)),
        "share": figures.share_at_best(release.cell(measure.key)),
        "moved": findings.moves(release, [measure.key], reading.since),
        "answers": figures.answers(reading, items),
        "gaps": differences.gap_list(reading, measure.key),
        "changes": differences.changes(reading, [measure.key, *items], "Question") if items else None,
        "cuts": cut_links(reading, measure.key),
    }


def items(reading: Reading) -> dict[str, Any]:
    """Every question: how answers spread, the favourable share, and its change, part by part."""
    parts = measures(reading, "part")
    sections = [
        (info, figures.answers(reading, items_of(reading, info.part)), links.part_url(reading, info.key))
        for info in parts
    ]
    ordered = [key for info in parts for key in items_of(reading, info.part)]
    loose = [info.key for info in measures(reading, "item") if info.key not in ordered]
    return {
        **frame(reading, "items"),
        "first": sections[:IN_FIRST_COLUMN],
        "rest": sections[IN_FIRST_COLUMN:],
        "loose": figures.answers(reading, loose),
        "changes": differences.changes(reading, [*ordered, *loose], "Question"),
        "favourable": text("method", "favourable"),
    }
