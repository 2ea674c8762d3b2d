"""What each page of a release holds: a dictionary of charts, sentences and links, made from a `Reading`."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from belong.act.practices import practices_for
from belong.act.queries import plans_for_gap
from belong.base.access import allowed
from belong.measure import say
from belong.people.models import User
from belong.release import Cell, Gap, MeasureInfo
from belong.release.model import ALL, REST
from belong.see import figures, findings
from belong.see.caveats import ThenAndNow, then_and_now
from belong.see.queries import (
    Reading,
    clear_gaps,
    compare,
    is_clear,
    one_way,
    plans_measured_again,
    release_of,
    widest_first,
)
from belong.see.words import (
    cut_slug,
    cut_title,
    gap_label,
    group_in_words,
    lower,
    other_label,
    text,
    years_in_words,
)

SUGGESTED = 3


def frame(reading: Reading, current: str) -> dict[str, Any]:
    """What every page of a release shares: who answered, and the way to the other pages."""
    wave, cuts = reading.wave, [cut for cut in reading.release.cuts if cut != ALL]
    places = [("Overview", "overview", []), ("Questions", "items", [])]
    places += [("Groups", "groups", [cut_slug(cuts[0])])] if cuts else []
    places += [("How this was made", "method", [])]
    tabs = [
        {"label": label, "url": reverse(f"see:{name}", args=[wave.pk, *more]), "current": name == current}
        for label, name, more in places
    ]
    return {
        "reading": reading,
        "wave": wave,
        "release": reading.release,
        "lead": lead(reading),
        "tabs": tabs,
        "since": reading.since,
        "overview_url": reverse("see:overview", args=[wave.pk]),
        "many_gaps": text("caveats", "many-gaps-short"),
    }


def lead(reading: Reading) -> str:
    """ "Spring wave, Years 7 to 11. About 86 % of pupils answered. Demonstration data.\""""
    wave = reading.wave
    years = years_in_words(wave.years)
    said = [f"{wave.title}, {years}" if years else wave.title, findings.response_in_words(reading.release)]
    if wave.school.is_demo:
        said.append("Demonstration data")
    return ". ".join(said) + "."


def overview(reading: Reading, user: User, wanted: str = "") -> dict[str, Any]:
    """The first page: what most say, the parts, the widest gaps, who answered, what was tried."""
    release = reading.release
    parts = [info for info in release.measures if info.kind == "part"]
    measure = _wanted(wanted, parts) or _measure_to_look_at(reading)
    gap = _gap_to_act_on(reading, measure)
    return (
        frame(reading, "overview")
        | {
            "headline": findings.headline(release),
            "parts": figures.parts_now(reading),
            "gaps": figures.gap_card(reading, measure),
            "measure": release.measure(measure),
            "gap": gap,
            "gap_words": lower(gap_label(gap, release)) if gap else "",
            "choices": _choices(reading, "overview", parts, measure),
            "rates": figures.response_rates(reading),
            "missing": findings.who_is_missing(release),
            "few_answered": _fewer_than_half(reading),
            "tried": tried(reading),
            "part_links": [
                {"label": info.label, "url": figures.part_url(reading, info.key)} for info in parts
            ],
            "cuts": _cut_links(reading, measure),
        }
        | _actions(reading, user, measure, gap)
    )


def part(reading: Reading, user: User, key: str) -> dict[str, Any]:
    """One part (or the whole score): its questions, its gaps, its change."""
    release = reading.release
    measure = _known(reading, "score" if key == "score" else f"part:{key}")
    items = [info.key for info in release.measures if info.kind == "item" and key in (info.part, "score")]
    gaps = widest_first(one_way(release, measure.key))
    about = next((say(part.about) for part in reading.instrument.parts if part.id == key), "")
    return (
        frame(reading, "part")
        | {
            "measure": measure,
            "cell": release.cell(measure.key),
            "share": figures.share_at_best(release.cell(measure.key)),
            "share_words": "Often or always",
            "about": about,
            "moved": findings.moves(release, [measure.key], reading.since),
            "answers": figures.answers(reading, items) if key != "score" else [],
            "gaps": figures.gap_list(reading, measure.key),
            "changes": figures.changes(reading, [measure.key, *items], "Question")
            if key != "score"
            else None,
            "cuts": _cut_links(reading, measure.key),
        }
        | _actions(reading, user, measure.key, next(iter(clear_gaps(gaps)), None))
    )


def groups(reading: Reading, slug: str, wanted: str = "") -> dict[str, Any]:
    """One way to divide people: every group on one measure, and all measures in one table."""
    release = reading.release
    cut = next((cut for cut in release.cuts if cut != ALL and cut_slug(cut) == slug), None)
    if cut is None:
        raise Http404
    measures = [info for info in release.measures if info.kind in ("score", "part")]
    measure = _wanted(wanted, measures) or measures[0].key if measures else _first_item(reading)
    keys = [info.key for info in measures]
    return frame(reading, "groups") | {
        "cut": cut,
        "title": cut_title(release.audience, cut),
        "measure_words": lower(release.measure(measure).label),
        "shrunk_words": text("method", "shrunk"),
        "cuts": _cut_links(reading, measure, cut),
        "choices": _choices(reading, "groups", measures, measure, slug),
        "measure": release.measure(measure),
        "chart": figures.groups_now(reading, measure, cut),
        "gaps": figures.gap_list(reading, measure, cut=cut),
        "changes": figures.changes_by_group(reading, measure, cut),
        "measures": measures,
        "table": [
            (cell.label, [release.cell(key, cut, cell.group) for key in keys])
            for cell in _groups_of(reading, cut)
        ],
        "drawn": [cell for cell in release.cells_of(cut, measure) if cell.shrunk is not None],
    }


def gap(reading: Reading, user: User, measure: str, cut: str, group: str) -> dict[str, Any]:
    """One gap: both groups, every question, with and without careless answers, plans and practices."""
    release = reading.release
    info = _known(reading, measure)
    found = release.gap(measure, cut, group)
    if found.symbol == "x":
        raise Http404
    parts = [one.key for one in release.measures if one.kind == "part"]
    items = [
        one.key
        for one in release.measures
        if one.kind == "item" and one.part == info.part and info.kind == "part"
    ]
    other = None if found.against == REST else release.cell(measure, cut, found.against)
    words = lower(gap_label(found, release))
    return (
        frame(reading, "gap")
        | {
            "measure": info,
            "gap": found,
            "is_clear": is_clear(found),
            "sentence": findings.gap_sentence(found, release),
            "label": gap_label(found, release),
            "group": group_in_words(cut, found.label, release.audience),
            "other": other_label(found, release),
            "other_words": lower(other_label(found, release)),
            "before": reading.gap_before(found),
            "reading_words": text("method", "gap"),
            "careless_words": text("caveats", "insincere"),
            "cautions": [text("caveats", key) for key in ("many-gaps", "overlap", "no-cause")],
            "carry": urlencode({"wave": reading.wave.pk, "measure": measure, "cut": cut, "group": group}),
            "sides": figures.both_sides(reading, found, other),
            "items": figures.gap_over(reading, found, items, f"Question by question: {words}", "Question")
            if items
            else None,
            "parts": figures.gap_over(reading, found, parts, f"Part by part: {words}", "Part")
            if parts
            else None,
            "practices": practices_for(part=info.part, audience=release.audience)[:SUGGESTED],
            "plans": _plans_for(user, reading, found),
            "tried": [entry for entry in tried(reading) if _is_about(entry[1], found)],
        }
        | _actions(reading, user, measure, found)
    )


def items(reading: Reading) -> dict[str, Any]:
    """Every question: how answers spread, the favourable share, and its change."""
    release = reading.release
    sections = []
    for info in [info for info in release.measures if info.kind == "part"]:
        keys = [one.key for one in release.measures if one.kind == "item" and one.part == info.part]
        sections.append((info, figures.answers(reading, keys), figures.part_url(reading, info.key)))
    keys = [info.key for info in release.measures if info.kind == "item"]
    loose = [info.key for info in release.measures if info.kind == "item" and not _has_part(reading, info)]
    return frame(reading, "items") | {
        "sections": sections,
        "loose": figures.answers(reading, loose),
        "changes": figures.changes(reading, keys, "Question"),
        "favourable": text("method", "favourable"),
    }


def method(reading: Reading) -> dict[str, Any]:
    """How the figures were made and protected, and how far they hold together."""
    release, threshold = reading.release, reading.release.threshold
    uncompared = (
        [info.label for info in release.measures if release.change(info.key).symbol == "x"]
        if reading.since
        else []
    )
    symbols = [
        (sign, text("symbols", f"{sign}-label"), text("symbols", sign))
        for sign in ("c", "u", "low", "x", "z")
    ]
    return frame(reading, "method") | {
        "reliability": [(release.measure(row.measure).label, row) for row in release.reliability],
        "reading_words": [
            text("method", key) for key in ("score", "interval", "favourable", "gap", "change", "shrunk")
        ],
        "protecting": [
            text("method", "threshold", threshold=threshold),
            text("symbols", "bands"),
            text("symbols", "merged"),
        ],
        "symbols": symbols,
        "measures_words": [text("method", "alpha"), text("method", "omega")],
        "cautions": [
            text("caveats", key)
            for key in ("many-gaps", "overlap", "non-response", "season", "no-cause", "insincere")
        ],
        "limits": [text("method", "no-rank"), text("method", "not-a-child")],
        "notes": list(dict.fromkeys(note.text for note in release.notes)),
        "uncompared": uncompared,
        "rates": figures.response_rates(reading, every=True),
        "instrument_title": say(reading.instrument.title),
    }


def tried(reading: Reading) -> list[tuple[Any, ThenAndNow]]:
    """Plans from earlier waves whose gap this wave measured again, with what may be said."""
    found = []
    for plan in plans_measured_again(reading.wave):
        before = release_of(plan.wave)
        if before is not None:
            follow = compare(before, reading.release, plan.measure, plan.cut, plan.group)
            label = f"{gap_label(follow.after or follow.before, reading.release)}, {_measure_words(reading, plan.measure)}"
            found.append((plan, then_and_now(follow, label)))
    return found


def _measure_words(reading: Reading, measure: str) -> str:
    try:
        return lower(reading.release.measure(measure).label)
    except KeyError:
        return "a part that was not asked again"


def _measure_to_look_at(reading: Reading) -> str:
    """The part with the widest sure gap; else the part that stands lowest; else the score or a question."""
    release = reading.release
    parts = [info.key for info in release.measures if info.kind == "part"]
    sure = clear_gaps(gap for key in parts for gap in one_way(release, key))
    if sure:
        return sure[0].measure
    shown = [cell for key in parts if (cell := release.cell(key)).mean is not None]
    if shown:
        return min(shown, key=lambda cell: cell.mean or 0).measure
    return release.measures[0].key


def _gap_to_act_on(reading: Reading, measure: str) -> Gap | None:
    """The widest sure gap, else the widest shown."""
    shown = [gap for gap in widest_first(one_way(reading.release, measure)) if gap.difference is not None]
    return shown[0] if shown else None


def _actions(reading: Reading, user: User, measure: str, gap: Gap | None) -> dict[str, Any]:
    """The ways from here to doing something, for those who may go there."""
    part = reading.release.measure(measure).part
    query = {"part": part} if part else {}
    if gap:
        query |= {"wave": str(reading.wave.pk), "measure": gap.measure, "cut": gap.cut, "group": gap.group}
    practices = (
        f"{reverse('act:practices')}?{urlencode(query)}" if allowed(user, "act.view_practices") else ""
    )
    may_plan = gap is not None and allowed(user, "act.make_plan")
    return {
        "practices_url": practices,
        "plan_url": figures.plan_url(reading, gap) if may_plan and gap else "",
    }


def _plans_for(user: User, reading: Reading, gap: Gap) -> list[Any]:
    if not allowed(user, "act.view_practices"):
        return []
    return list(plans_for_gap(reading.wave, gap.measure, gap.cut, gap.group))


def _is_about(entry: ThenAndNow, gap: Gap) -> bool:
    found = entry.followup
    return (found.measure, found.cut, found.group) == (gap.measure, gap.cut, gap.group)


def _choices(
    reading: Reading, page: str, infos: list[MeasureInfo], current: str, *more: str
) -> list[dict[str, Any]]:
    where = reverse(f"see:{page}", args=[reading.wave.pk, *more])
    return [
        {
            "label": info.label,
            "url": f"{where}?{urlencode({'measure': info.key})}",
            "current": info.key == current,
        }
        for info in infos
    ]


def _cut_links(reading: Reading, measure: str, current: str = "") -> list[dict[str, Any]]:
    return [
        {
            "label": cut_title(reading.release.audience, cut),
            "url": figures.cut_url(reading, cut, measure),
            "current": cut == current,
        }
        for cut in reading.release.cuts
        if cut != ALL
    ]


def _wanted(key: str, infos: list[MeasureInfo]) -> str:
    return key if key in {info.key for info in infos} else ""


def _known(reading: Reading, key: str) -> MeasureInfo:
    try:
        return reading.release.measure(key)
    except KeyError:
        raise Http404 from None


def _first_item(reading: Reading) -> str:
    return reading.release.measures[0].key


def _groups_of(reading: Reading, cut: str) -> list[Cell]:
    first = reading.release.measures[0].key
    return list(reading.release.cells_of(cut, first))


def _has_part(reading: Reading, info: MeasureInfo) -> bool:
    return any(one.kind == "part" and one.part == info.part for one in reading.release.measures)


def _fewer_than_half(reading: Reading) -> str:
    whole = reading.release.response()
    return text("caveats", "non-response") if whole.rate is not None and whole.rate < 50 else ""
