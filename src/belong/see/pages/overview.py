"""The first page of a release: what most say, the parts, the widest gaps, what was tried, who answered."""

from typing import Any

from belong.people.models import User
from belong.release import Gap, Release
from belong.see import differences, figures, findings, links
from belong.see.caveats import ThenAndNow, then_and_now
from belong.see.families import definition_in
from belong.see.pages.frame import actions, choices, cut_links, frame, measures
from belong.see.queries import (
    Reading,
    clear_gaps,
    compare,
    one_way,
    plans_measured_again,
    releases_of,
)
from belong.see.words import gap_label, lower, text

HALF = 50


def overview(reading: Reading, user: User, wanted: str = "") -> dict[str, Any]:
    """The page; `wanted` is the part whose gaps are to be shown, else the one that most asks for it."""
    release = reading.release
    parts = measures(reading, "part")
    measure = wanted if wanted in {info.key for info in parts} else _measure_to_look_at(reading)
    gap = _gap_to_act_on(reading, measure)
    cuts = cut_links(reading, measure)
    return {
        **frame(reading, "overview"),
        **actions(reading, user, measure, gap),
        "headline": findings.headline(release, reading.since),
        "parts": figures.parts_now(reading),
        "part_links": [{"label": info.label, "url": links.part_url(reading, info.key)} for info in parts],
        "gaps": differences.gap_card(reading, measure),
        "gap_words": lower(gap_label(gap, release)) if gap else "",
        "choices": choices(reading, "overview", parts, measure),
        "tried": tried(reading),
        "rates": figures.response_rates(reading),
        "counted": definition_in(release),
        "missing": findings.who_is_missing(release),
        "few_answered": _few_answered(reading),
        "cuts": cuts,
        "mostly_kept_back": sum(cut["is_told"] for cut in cuts) * 2 <= len(cuts) > 0,
    }


def tried(reading: Reading) -> list[tuple[Any, ThenAndNow]]:
    """Plans from earlier waves whose gap this wave measured again, with what may be said."""
    found = []
    plans = plans_measured_again(reading.wave)
    first = releases_of({plan.wave for plan in plans if plan.wave})
    for plan in plans:
        before = first.get(plan.wave_id or 0)
        if before is not None:
            follow = compare(before, reading.release, plan.measure, plan.cut, plan.group)
            found.append((plan, then_and_now(follow, _label(before, plan.measure), reading.release.audience)))
    return found


def _label(release: Release, measure: str) -> str:
    """What a plan's gap was measured on."""
    return next((info.label for info in release.measures if info.key == measure), "")


def _measure_to_look_at(reading: Reading) -> str:
    """The part with the widest sure gap; else the part that stands lowest; else the score or a question."""
    release = reading.release
    parts = [info.key for info in measures(reading, "part")]
    sure = clear_gaps(gap for key in parts for gap in one_way(release, key))
    if sure:
        return sure[0].measure
    shown = [cell for key in parts if (cell := release.cell(key)).mean is not None]
    if shown:
        return min(shown, key=lambda cell: cell.mean or 0).measure
    return release.measures[0].key


def _gap_to_act_on(reading: Reading, measure: str) -> Gap | None:
    """The widest gap one can be sure of: no plan should begin with one that may be chance."""
    return next(iter(clear_gaps(one_way(reading.release, measure))), None)


def _few_answered(reading: Reading) -> str:
    whole = reading.release.response()
    return text("caveats", "non-response") if whole.rate is not None and whole.rate < HALF else ""
