"""What a release says, in sentences: fixed rules over its own figures, so that the same release always says the same.

Nothing is claimed that an interval does not carry. Where nothing can be claimed the sentence says so: "kept back" and
"no difference we can tell" are findings.
"""

from collections.abc import Sequence

from belong.content import read
from belong.measure import say
from belong.release import Cell, Change, FollowUp, Gap, Release, Response
from belong.release.model import ALL, REST
from belong.see.queries import clear_gaps, is_clear
from belong.see.words import (
    PEOPLE,
    capital,
    group_in_words,
    listed,
    lower,
    other_in_words,
    points_in_words,
    share_in_words,
    way_of,
)
from belong.web.charts.words import is_not_shown

ALIKE = "No difference we can tell between the questions."
STILL_MOST = 60
ABOUT_HALF = 46
MISSING = 8
"""A group is said to be missing when its response rate is this many points under the whole school's."""


def headline(release: Release, since: str = "") -> tuple[str, ...]:
    """One or two sentences: what most people say, and what fewer do.

    Quantities come from the share of people who chose a favourable answer; "fewer" is said only where the two
    questions' intervals do not touch. Where no question stands out, what surely moved since the earlier wave is
    said instead: a part, or a gap somebody acted on. `since` is what that wave is called.
    """
    people = PEOPLE[release.audience]
    cells = [cell for cell in _whole(release, "item") if cell.favourable is not None]
    if not cells:
        return _headline_of_parts(release)
    best, least = max(cells, key=_by_share), min(cells, key=_by_share)
    said = f"{capital(share_in_words(best.favourable or 0, people))} {_answered_well(release, best)}."
    if len(cells) == 1:
        return (said,)
    if not _apart(least, best):
        moved = _moved_since(release, since or "the wave before")
        if moved:
            return moved
        return (f"{capital(people)} answered every question much alike.", ALIKE)
    return said, f"{_fewer(best, least)} {_answered_well(release, least)}."


def parts_title(release: Release, since: str = "") -> str:
    """Which part stands lowest, and which moved since the earlier wave."""
    cells = sorted(_whole(release, "part"), key=lambda cell: cell.mean or 0)
    if not cells:
        return f"The parts {_missing(release, 'part', many=True)}"
    lowest = _lowest(cells)
    said = _which_is_lowest(release, cells, lowest)
    changes = [release.change(cell.measure) for cell in cells]
    own = next(
        (c for c in changes if len(lowest) == 1 and c.measure == lowest[0].measure and is_clear(c)), None
    )
    if own is None or not since:
        moved = moves(release, [cell.measure for cell in cells], since)
        return f"{said}; {moved}" if moved else said
    said += ", though it has risen" if (own.difference or 0) > 0 else ", and has fallen"
    others = _who_moved(release, [c for c in changes if c is not own])
    return f"{said} since {since}" + (f"; {' and '.join(others)}" if others else "")


def moves(release: Release, measures: Sequence[str], since: str) -> str:
    """ "the score for taking part has risen since autumn", or no change we can tell; "" with nothing to compare."""
    found = [release.change(measure) for measure in measures]
    return _moves(found, _who_moved(release, found), since)


def group_moves(release: Release, measure: str, cut: str, since: str) -> str:
    """Which groups of a cut moved on a measure; "" with nothing to compare."""
    found = release.changes_of(measure, cut)
    return _moves(found, _who_moved(release, found, by_group=True), since)


def gaps_title(release: Release, measure: str, gaps: Sequence[Gap]) -> str:
    """Which groups surely stand lower (or, if none does, higher) on a measure."""
    name = lower(_title(release, measure))
    if gaps and all(gap.symbol == "z" for gap in gaps):
        return f"Everyone is in one group: {name}"
    if all(gap.difference is None for gap in gaps):
        return f"How far groups stand apart {is_not_shown(_symbol(gaps))}: {name}"
    clear = clear_gaps(gaps)
    if not clear:
        return f"No difference we can tell between groups: {name}"
    behind = [words for gap in clear if (words := _who_is_lower(gap, release))]
    if behind:
        return f"{capital(_some(behind))} {_verb(release, measure, 'less')}"
    ahead = [group_in_words(gap.cut, gap.label, release.audience) for gap in clear]
    return f"{capital(_some(ahead))} {_verb(release, measure, 'more')}"


def answers_title(release: Release, cells: Sequence[Cell], best: str) -> str:
    """Which of some questions surely stands lowest or highest; one question by its share at best."""
    shown = sorted(
        (cell for cell in cells if cell.symbol == "" and cell.mean is not None), key=lambda c: c.mean or 0
    )
    names = [f"“{_title(release, cell.measure)}”" for cell in shown]
    if not shown:
        return f"How answers were spread {is_not_shown(_symbol(cells))}"
    if len(shown) == 1:
        share = capital(share_in_words(shown[0].favourable or 0, PEOPLE[release.audience]))
        return (
            f"{names[0]}: {share.lower()} said {best}"
            if best and shown[0].favourable is not None
            else names[0]
        )
    if _apart(shown[0], shown[1]):
        return f"{names[0]} stands lowest"
    if _apart(shown[-2], shown[-1]):
        return f"{names[-1]} stands highest"
    if _apart(shown[0], shown[-1]):
        return f"{names[0]} stands lower than {names[-1]}"
    return "No difference we can tell between these questions"


def gap_sentence(gap: Gap, release: Release) -> str:
    """One gap as a sentence: "Girls feel listened to less than boys.", or why nothing can be said."""
    group = capital(group_in_words(gap.cut, gap.label, release.audience))
    other = "everyone else" if gap.against == REST else _other(gap, release)
    if gap.difference is None:
        return f"How far {lower(group)} and {other} stand apart {is_not_shown(gap.symbol)}."
    if not is_clear(gap):
        return f"No difference we can tell between {lower(group)} and {other}."
    if gap.against != REST and gap.cut in ("sex", "post") and gap.difference > 0:
        return f"{capital(other)} {_verb(release, gap.measure, 'less')} than {lower(group)}."
    return f"{group} {_verb(release, gap.measure, 'less' if gap.difference < 0 else 'more')} than {other}."


def response_in_words(release: Release) -> str:
    """ "About 86 % of pupils answered", as exactly as may be said."""
    found, people = release.response(), PEOPLE[release.audience]
    if found.rate is None:
        return f"How many {people} answered is not known"
    rate = f"{found.rate}\u00a0%"
    if found.coded == "top":
        return f"{rate} or more of {people} answered"
    if found.coded == "bottom":
        return f"{rate} of {people} or fewer answered"
    return f"About {rate} of {people} answered"


def response_title(release: Release) -> str:
    """Who answered, and which groups are missing most."""
    whole = release.response()
    if whole.rate is None:
        return "How many answered is not known"
    missing = who_is_missing(release)
    if missing:
        names = [group_in_words(row.cut, row.label, release.audience) for row in missing[:3]]
        return f"{capital(listed(names))} answered less often than others"
    rows = [row for row in release.responses if row.cut != ALL]
    if all(row.rate is None or row.coded for row in rows):
        return "Who did not answer is kept back"
    every = all(row.rate is not None for row in rows)
    return "Every group answered about as often" if every else "No group we can show answered much less often"


def who_is_missing(release: Release) -> list[Response]:
    """Groups that answered clearly less often than the whole, the least first."""
    whole = release.response()
    rows = [
        row for row in release.responses if row.cut != ALL and row.rate is not None and row.coded != "top"
    ]
    under = [row for row in rows if whole.rate is not None and (row.rate or 0) <= whole.rate - MISSING]
    return sorted(under, key=lambda row: row.rate or 0)


def _headline_of_parts(release: Release) -> tuple[str, ...]:
    cells = sorted(_whole(release, "part"), key=lambda cell: cell.mean or 0)
    if not cells:
        return (f"The figures of everyone together {_missing(release, 'part', many=True)}.",)
    if len(cells) < 2 or not _apart(cells[0], cells[-1]):
        return ("The parts of belonging lie close together.",)
    high, low = _title(release, cells[-1].measure), lower(_title(release, cells[0].measure))
    return f"{high} stands highest.", f"Lowest is {low}."


def _moved_since(release: Release, since: str) -> tuple[str, ...]:
    """ "The score for adults has risen since spring." and the gap acted on that surely moved most, if there are."""
    parts = [release.change(info.key) for info in release.measures if info.kind == "part"]
    moved = _who_moved(release, parts)
    said = [f"{capital(' and '.join(moved))} since {since}."] if moved else []
    acted = [one for one in release.followups if is_clear(one) and "may_close_by_itself" not in one.caveats]
    if acted:
        said.append(_gap_acted_on(release, max(acted, key=lambda one: abs(one.difference or 0))))
    return tuple(said)


def _gap_acted_on(release: Release, found: FollowUp) -> str:
    """ "The gap between girls and boys narrowed by 21 points: being listened to." """
    sides = (
        group_in_words(found.cut, found.label, release.audience),
        other_in_words(found.cut, found.against, release.audience),
    )
    name = next((lower(info.label) for info in release.measures if info.key == found.measure), "")
    moved = f"{way_of(found)} by {points_in_words(abs(found.difference or 0))}"
    return f"The gap between {sides[0]} and {sides[1]} {moved}{f': {name}' if name else ''}."


def _whole(release: Release, kind: str) -> list[Cell]:
    """Cells of everyone for one kind of measure that may be read: shown, and not too uncertain."""
    cells = [release.cell(info.key) for info in release.measures if info.kind == kind]
    return [cell for cell in cells if cell.symbol == "" and cell.mean is not None]


def _missing(release: Release, kind: str, *, many: bool) -> str:
    """How figures of everyone are said to be missing: of the measures of one kind, else of all."""
    cells = [release.cell(info.key) for info in release.measures if info.kind == kind]
    return is_not_shown(_symbol(cells or [release.cell(info.key) for info in release.measures]), many=many)


def _symbol(rows: Sequence[Cell | Gap | Change]) -> str:
    """The one symbol of rows none of which can be read; "c" where they differ, as that is what protects people."""
    found = {row.symbol for row in rows}
    return found.pop() if len(found) == 1 else "c"


def _moves(found: Sequence[Change], said: Sequence[str], since: str) -> str:
    if not since or all(change.symbol == "x" for change in found):
        return ""
    if all(change.difference is None for change in found):
        return f"the change since {since} {is_not_shown(_symbol(found))}"
    return f"{' and '.join(said)} since {since}" if said else f"no change we can tell since {since}"


def _who_moved(release: Release, found: Sequence[Change], *, by_group: bool = False) -> list[str]:
    """ "the score for taking part has risen", "the scores of girls and boys have fallen": only what surely moved."""
    said = []
    for word, sign in (("risen", 1), ("fallen", -1)):
        moved = [change for change in found if is_clear(change) and (change.difference or 0) * sign > 0]
        names = [lower(change.label if by_group else _title(release, change.measure)) for change in moved]
        if names:
            scores, verb = ("score", "has") if len(names) == 1 else ("scores", "have")
            whose = "of" if by_group else "for"
            said.append(f"the {scores} {whose} {_some(names, 'others')} {verb} {word}")
    return said


def _which_is_lowest(release: Release, cells: Sequence[Cell], lowest: Sequence[Cell]) -> str:
    names = [_title(release, cell.measure) for cell in lowest]
    if len(cells) == 1:
        return f"{_title(release, cells[0].measure)}, with its interval"
    if not names:
        return "The parts lie close together"
    if any(map(_reads_as_people, names)):
        scores, verb = ("score", "is") if len(names) == 1 else ("scores", "are")
        return f"The {scores} for {listed([*map(lower, names)])} {verb} lowest"
    return f"{listed([names[0], *map(lower, names[1:])])} {'is' if len(names) == 1 else 'are'} lowest"


def _reads_as_people(title: str) -> bool:
    """Whether a part is called like people ("Adults", "Peers"): it is their score that stands low, not they."""
    return " " not in title and title.endswith("s")


def _lowest(cells: Sequence[Cell]) -> Sequence[Cell]:
    """The one or two lowest that surely lie under all others; nothing where none does. Cells come sorted."""
    for many in (1, 2):
        if len(cells) > many and all(_apart(cells[many - 1], other) for other in cells[many:]):
            return cells[:many]
    return []


def _fewer(best: Cell, least: Cell) -> str:
    """ "Fewer", unless that would mislead: most still do, or few did to begin with."""
    if (least.favourable or 0) >= STILL_MOST:
        return "Fewer, though still most,"
    return "Fewer still" if (best.favourable or 0) < ABOUT_HALF else "Fewer"


def _apart(low: Cell, high: Cell) -> bool:
    return low.high is not None and high.low is not None and low.high < high.low


def _by_share(cell: Cell) -> tuple[int, float]:
    return (cell.favourable or 0, cell.mean or 0.0)


def _answered_well(release: Release, cell: Cell) -> str:
    key = cell.measure.removeprefix("item:")
    phrases = read("texts/findings")["items"]
    if key in phrases:
        return say(phrases[key])
    return f"chose one of the best answers to “{release.measure(cell.measure).label}”"


def _verb(release: Release, measure: str, way: str) -> str:
    """ "feel listened to less", or for a measure without a phrase "stand lower on “Makes friends”"."""
    phrases = read("texts/findings")["parts"].get(measure.removeprefix("part:"))
    if phrases:
        return say(phrases[way])
    return f"stand {'lower' if way == 'less' else 'higher'} on “{_title(release, measure)}”"


def _who_is_lower(gap: Gap, release: Release) -> str:
    if (gap.difference or 0) < 0:
        return group_in_words(gap.cut, gap.label, release.audience)
    return _other(gap, release) if gap.cut in ("sex", "post") and gap.against != REST else ""


def _other(gap: Gap, release: Release) -> str:
    label = release.cell(gap.measure, gap.cut, gap.against).label
    return group_in_words(gap.cut, label, release.audience)


def _some(names: Sequence[str], more: str = "other groups") -> str:
    """At most three names; more would not be read."""
    if len(names) <= 3:
        return listed(names)
    return f"{', '.join(names[:2])} and {len(names) - 2} {more}"


def _title(release: Release, measure: str) -> str:
    return release.measure(measure).label
