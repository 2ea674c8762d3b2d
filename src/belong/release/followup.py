"""Then and now: a gap somebody acted on, measured again, with the caveats that bite.

Caveats are flags; screens word them:
``chosen_because_low`` the group stood below the others then, which is why it was picked;
``may_close_by_itself`` the gap closed by no more than regression to the mean would give (``expected``);
``may_be_chance`` the interval of the difference holds nought;
``separate_groups`` two separate gaps, not the same people both times;
``different_people`` most of the group's people now were not in that group then;
``people_joined``, ``people_left`` a tenth or more of them;
``questions_changed`` nothing can be compared; ``fewer_questions`` only some of the questions were the same.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from belong.release.cells import REACH
from belong.release.change import error
from belong.release.coding import tenth
from belong.release.decode import sets_of
from belong.release.model import ALL, REST, Flags, Policy
from belong.release.panel import Panel
from belong.release.release import Release
from belong.release.rows import FollowUp, Gap
from belong.release.wave import Worked

Watched = tuple[str, str, str]
"""A measure, a cut and a group: the gap a plan set out to change."""

_SHARES = ((0.1, "under 10 %"), (0.25, "10–24 %"), (0.5, "25–49 %"), (2.0, "half or more"))


def gap_then_and_now(before: Release, after: Release, measure: str, cut: str, group: str) -> FollowUp:
    """Both gaps and how far they lie apart, from two frozen releases alone.

    If the later release watched this gap, its own follow-up is given (same people where possible, who joined
    and left). Otherwise the two published gaps are set against each other, or the two published changes where
    the gap is between two groups. Never fails: what is not there has the symbol ``x`` or ``c``.
    """
    frozen = after.followup(measure, cut, group)
    if frozen is not None and frozen.from_wave == before.wave:
        return frozen
    return with_caveats(_from_changes(before, after, _from_gaps(before, after, measure, cut, group)))


def _from_gaps(before: Release, after: Release, measure: str, cut: str, group: str) -> FollowUp:
    """Two separate gaps, their errors added as if independent: wide, for people asked twice."""
    then, now = before.gap(measure, cut, group), after.gap(measure, cut, group)
    found = FollowUp(
        measure, cut, group, now.against, now.label, before.wave, "", then, now,
        expected=_expected(before, then),
    )  # fmt: skip
    if not _same_questions(before, after, measure):
        return replace(found, symbol="x", caveats=("questions_changed",))
    if then.difference is None or now.difference is None or then.against != now.against:
        return replace(found, symbol="x" if "x" in (then.symbol, now.symbol) else "c")
    difference = now.difference - then.difference
    reach = math.hypot(_reach(then), _reach(now))
    return _told(found, difference, reach, "two waves", "u" if "u" in (then.symbol, now.symbol) else "")


def _from_changes(before: Release, after: Release, found: FollowUp) -> FollowUp:
    """The difference of two groups' published changes, if both are there and start from that wave."""
    one = after.change(found.measure, found.cut, found.group)
    two = after.change(found.measure, found.cut, found.against)
    if one.difference is None or two.difference is None or one.from_wave != before.wave:
        return found
    reach = math.hypot(_reach(one), _reach(two))
    symbol = "u" if "u" in (one.symbol, two.symbol) else ""
    return _told(found, one.difference - two.difference, reach, "matched", symbol)


@dataclass(frozen=True, eq=False)
class _Both:
    """A watched gap's two sides among the people of both waves."""

    group: Flags
    other: Flags


def followups(
    now: Worked, after: Release, before: Release, found: Panel | None, watched: Sequence[Watched],
    policy: Policy,
) -> list[FollowUp]:  # fmt: skip
    """The watched gaps, worked out when the later release is built: no screen needs an answer again."""
    made = []
    for measure, cut, group in watched:
        follow = _from_changes(before, after, _from_gaps(before, after, measure, cut, group))
        if found is not None:
            follow = _matched(now, found, follow, policy)
            follow = _movement(now, found, follow, before, policy)
        made.append(with_caveats(follow, found.basis.get(measure, "") if found else ""))
    return made


def _matched(now: Worked, found: Panel, follow: FollowUp, policy: Policy) -> FollowUp:
    """Difference in differences on the same people, where both sides' changes may be shown."""
    m, both = now.values.place(follow.measure), _sides(now, found, follow)
    if m is None or both is None or follow.measure not in found.basis:
        return follow
    parts = [found.moved[m, people & ~np.isnan(found.moved[m])] for people in (both.group, both.other)]
    if min(len(part) for part in parts) < policy.threshold:
        return follow
    reach = REACH * math.hypot(*(error(found, m, len(part), policy) for part in parts))
    difference = float(parts[0].mean() - parts[1].mean())
    # On the questions both waves share the change can be had even where the whole scores cannot be compared.
    follow = replace(follow, caveats=tuple(c for c in follow.caveats if c != "questions_changed"))
    return _told(follow, difference, reach, "matched", "u" if reach > policy.wide else "")


def _sides(now: Worked, found: Panel, follow: FollowUp) -> _Both | None:
    places = {(g.cut, g.key): place for place, g in enumerate(now.layout.groups)}
    one = places.get((follow.cut, follow.group))
    two = places.get((ALL, ALL) if follow.against == REST else (follow.cut, follow.against))
    if one is None or two is None or not (found.shown[one] and found.shown[two]):
        return None
    group, other = now.layout.members[one], now.layout.members[two]
    return _Both(group, other & ~group)


def _movement(now: Worked, found: Panel, follow: FollowUp, before: Release, policy: Policy) -> FollowUp:
    """Who joined and who left the group since: coarse shares, and none of fewer than the threshold."""
    m = now.values.place(follow.measure)
    places = {(g.cut, g.key): place for place, g in enumerate(now.layout.groups)}
    place = places.get((follow.cut, follow.group))
    if m is None or place is None or follow.difference is None:
        return follow
    group = now.layout.members[place] & now.values.answered[m]
    stayed = group & (found.then >= 0)
    follow = replace(follow, joined=_share(int((group & ~stayed).sum()), int(group.sum()), policy))
    members = sets_of(before, found.earlier).get((follow.cut, follow.group))
    if members is None:
        return follow
    back = np.zeros(found.earlier.pupils, dtype=bool)
    back[found.then[stayed]] = True
    left = _share(int((members & ~back).sum()), int(members.sum()), policy)
    moved_in = int((back & ~members).sum())
    caveats = follow.caveats + (("different_people",) if 2 * moved_in > int(back.sum()) else ())
    return replace(follow, left=left, caveats=caveats)


def _share(some: int, of: int, policy: Policy) -> str:
    if 0 < some < policy.threshold or of < policy.threshold:
        return ""
    return "nobody" if not some else next(text for below, text in _SHARES if some / of < below)


def with_caveats(follow: FollowUp, basis: str = "") -> FollowUp:
    """The flags that follow from the figures themselves."""
    flags = list(follow.caveats)
    then = follow.before.difference if follow.before else None
    if then is not None and then < 0:
        flags.append("chosen_because_low")
    if follow.difference is not None and follow.low is not None and follow.high is not None:
        if follow.expected and 0 < follow.difference / follow.expected <= 1:
            flags.append("may_close_by_itself")
        if follow.low <= 0 <= follow.high:
            flags.append("may_be_chance")
        if follow.basis == "two waves":
            flags.append("separate_groups")
    if basis and len(set(basis.split(" of "))) > 1:
        flags.append("fewer_questions")
    for share, flag in ((follow.joined, "people_joined"), (follow.left, "people_left")):
        if share not in ("", "nobody", _SHARES[0][1]):
            flags.append(flag)
    return replace(follow, caveats=tuple(dict.fromkeys(flags)))


def _expected(before: Release, then: Gap) -> float | None:
    """How far the gap was bound to move towards nought by itself, at most: from the means drawn together.

    A group mean's own reliability says how much of its distance is likely to be there next time; the rest is
    regression to the mean. The released empirical-Bayes mean is the mean drawn in by just that reliability.
    """
    one = before.cell(then.measure, then.cut, then.group)
    if one.mean is None or one.shrunk is None:
        return None
    drawn = one.shrunk - one.mean
    if then.against != REST:
        other = before.cell(then.measure, then.cut, then.against)
        if other.mean is None or other.shrunk is None:
            return None
        drawn -= other.shrunk - other.mean
    return tenth(drawn)


def _same_questions(before: Release, after: Release, measure: str) -> bool:
    try:
        return before.measure(measure).hash == after.measure(measure).hash
    except KeyError:
        return False


def _reach(row: object) -> float:
    """Half the width of a published interval."""
    low, high = getattr(row, "low", None), getattr(row, "high", None)
    return (high - low) / 2 if low is not None and high is not None else 0.0


def _told(follow: FollowUp, difference: float, reach: float, basis: str, symbol: str) -> FollowUp:
    return replace(
        follow, symbol=symbol, difference=tenth(difference), low=tenth(difference - reach),
        high=tenth(difference + reach), basis=basis,
    )  # fmt: skip
