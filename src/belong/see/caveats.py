"""A gap somebody acted on, then and now, in words: how far it moved, how sure we are, what could mislead.

The order of the caveats is fixed and none can be left out: a gap is acted on because it is wide, and wide gaps
narrow by themselves.
"""

from dataclasses import dataclass

from belong.release import FollowUp, Gap
from belong.see.words import text

# The engine's flags and the plain text of each; shown in this order.
WORDS = {
    "questions_changed": ("caveats", "wording-changed-short"),
    "chosen_because_low": ("caveats", "regression-to-the-mean-short"),
    "may_close_by_itself": None,
    "may_be_chance": None,
    "people_joined": None,
    "people_left": None,
    "different_people": ("caveats", "joiners-leavers-short"),
    "separate_groups": None,
    "fewer_questions": None,
}
OWN = {
    "may_close_by_itself": "It moved no further than a gap picked for being wide moves by itself.",
    "may_be_chance": "It may be chance: the interval takes in no change at all.",
    "separate_groups": "These are two askings of the group, not the same people followed, so the interval is wide.",
    "fewer_questions": "Only some of the questions were the same both times; the change rests on those.",
}


@dataclass(frozen=True)
class ThenAndNow:
    """What may be said of a gap that was acted on: sentences, never a bare verdict."""

    label: str
    sentence: str
    moved: str
    caveats: tuple[str, ...]
    is_clear: bool
    followup: FollowUp


def then_and_now(found: FollowUp, label: str = "") -> ThenAndNow:
    """Words for a follow-up, whatever state it is in; `label` says which groups and measure ("Girls and boys")."""
    return ThenAndNow(
        label or found.label, _sentence(found), _moved(found), _caveats(found), _is_clear(found), found
    )


def _sentence(found: FollowUp) -> str:
    before, after = found.before, found.after
    then = before.difference if before else None
    now = after.difference if after else None
    if then is None or now is None:
        return "Too few to tell the gap then, or now."
    return f"The gap was {_size(then)}. It is now {_size(now)}{_between(after)}."


def _moved(found: FollowUp) -> str:
    if found.symbol == "x":
        return "The two can't be compared: the questions or the groups changed."
    if found.difference is None or found.low is None or found.high is None:
        return "Too few answered both times to tell how far it moved."
    if not _is_clear(found):
        return f"No change we can tell ({_signed(found.low)} to {_signed(found.high)} points)."
    who = "For those who answered both times it" if found.basis == "matched" else "It"
    low, high = sorted((abs(found.low), abs(found.high)))
    return (
        f"{who} {_way(found)} by {_points(abs(found.difference))} (95\u00a0% interval {low:g} to {high:g})."
    )


def _way(found: FollowUp) -> str:
    """Narrowed, widened, or turned round to the other side."""
    then, moved = (found.before.difference or 0) if found.before else 0.0, found.difference or 0
    if then * moved >= 0:
        return "widened"
    return "narrowed" if abs(moved) <= 2 * abs(then) else "turned round"


def _caveats(found: FollowUp) -> tuple[str, ...]:
    said = []
    for flag in WORDS:
        if flag in found.caveats:
            said.append(_caveat(flag, found))
    if found.expected and "chosen_because_low" in found.caveats:
        said.append(f"Of the change, up to {_points(abs(found.expected))} were to be expected in any case.")
    return tuple(said)


def _caveat(flag: str, found: FollowUp) -> str:
    if flag == "people_joined":
        return f"Of the group now, {found.joined} did not answer last time."
    if flag == "people_left":
        return f"Of the group then, {found.left} did not answer this time."
    place = WORDS[flag]
    return text(*place) if place else OWN[flag]


def _is_clear(found: FollowUp) -> bool:
    if found.symbol != "" or found.low is None or found.high is None:
        return False
    return found.low > 0 or found.high < 0


def _size(difference: float) -> str:
    if difference == 0:
        return "nought"
    return f"{_points(abs(difference))} {'lower' if difference < 0 else 'higher'}"


def _between(gap: Gap | None) -> str:
    if gap is None or gap.low is None or gap.high is None:
        return ""
    return f" (95\u00a0% interval {_signed(gap.low)} to {_signed(gap.high)})"


def _points(value: float) -> str:
    return f"{value:g} point{'' if value == 1 else 's'}"


def _signed(value: float) -> str:
    return f"−{abs(value):g}" if value < 0 else f"+{value:g}" if value else "0"
