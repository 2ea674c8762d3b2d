"""A gap somebody acted on, then and now, in words: how far it moved, how sure we are, what could mislead.

The order of the caveats is fixed and none can be left out: a gap is acted on because it is wide, and wide gaps
narrow by themselves.
"""

from dataclasses import dataclass

from belong.ask.models import Wave
from belong.release import FollowUp, Gap
from belong.see.words import capital, group_in_words, other_in_words, points_in_words, text, way_of
from belong.web.charts.words import is_not_shown

# The engine's flags in the order they are said: a key of `content/texts/caveats`, or our own words.
FLAGS = {
    "questions_changed": "@wording-changed-short",
    "chosen_because_low": "@regression-to-the-mean-short",
    "may_close_by_itself": "It moved no further than a gap picked for being wide moves by itself.",
    "may_be_chance": "It may be chance: the interval takes in no change at all.",
    "people_joined": "Of the group now, {joined} did not answer last time.",
    "people_left": "Of the group then, {left} did not answer this time.",
    "different_people": "@joiners-leavers-short",
    "separate_groups": "These are two askings, not the same people followed, so the interval is wide.",
    "fewer_questions": "Only some of the questions were the same both times; the change rests on those.",
}
INTERVAL = "95\u00a0% interval"


@dataclass(frozen=True)
class ThenAndNow:
    """What may be said of a gap that was acted on: sentences, never a bare verdict.

    `label` says what it is about, `sentence` where the two groups stood and stand, `moved` how far that moved and
    how sure we are.
    """

    label: str
    sentence: str
    moved: str
    caveats: tuple[str, ...]
    is_clear: bool
    followup: FollowUp

    @property
    def is_missing(self) -> bool:
        """Whether how far it moved has no figure."""
        return self.followup.difference is None


def then_and_now(found: FollowUp, label: str = "", audience: str = Wave.PUPILS) -> ThenAndNow:
    """Words for a follow-up, whatever state it is in; `label` names the gap where it is shown."""
    said = _sentence(found, audience), _moved(found), _caveats(found)
    return ThenAndNow(label or found.label, *said, _is_clear(found), found)


def _sentence(found: FollowUp, audience: str) -> str:
    group = group_in_words(found.cut, found.label, audience)
    other = other_in_words(found.cut, found.against, audience)
    then = found.before.difference if found.before else None
    now = found.after.difference if found.after else None
    if then is None or now is None:
        symbol = next(
            (gap.symbol for gap in (found.before, found.after) if gap and gap.difference is None), "c"
        )
        return f"How far {group} and {other} stood apart then, or stand now, {is_not_shown(symbol)}."
    return f"{capital(group)} stood {_size(then)} than {other}, and now {_size(now)}{_interval(found.after)}."


def _moved(found: FollowUp) -> str:
    if found.symbol == "x":
        return "How far that moved can't be said: the questions or the groups changed."
    if found.difference is None or found.low is None or found.high is None:
        return f"How far that moved {is_not_shown(found.symbol or 'c')}."
    if not _is_clear(found):
        return f"No change we can tell ({INTERVAL} {_signed(found.low)} to {_signed(found.high)})."
    who = "For those who answered both times the gap" if found.basis == "matched" else "The gap"
    low, high = sorted((abs(found.low), abs(found.high)))
    return (
        f"{who} {way_of(found)} by {points_in_words(abs(found.difference))} ({INTERVAL} {low:g} to {high:g})."
    )


def _caveats(found: FollowUp) -> tuple[str, ...]:
    said = [_caveat(words, found) for flag, words in FLAGS.items() if flag in found.caveats]
    if found.expected and found.difference and found.difference * found.expected > 0:
        said.append(f"Up to {points_in_words(abs(found.expected))} of it were to be expected in any case.")
    return tuple(said)


def _caveat(words: str, found: FollowUp) -> str:
    if words.startswith("@"):
        return text("caveats", words[1:])
    return words.format(joined=found.joined, left=found.left)


def _is_clear(found: FollowUp) -> bool:
    if found.symbol != "" or found.low is None or found.high is None:
        return False
    return found.low > 0 or found.high < 0


def _size(difference: float) -> str:
    if difference == 0:
        return "no lower"
    return f"{points_in_words(abs(difference))} {'lower' if difference < 0 else 'higher'}"


def _interval(gap: Gap | None) -> str:
    if gap is None or gap.low is None or gap.high is None:
        return ""
    return f" ({INTERVAL} {_signed(gap.low)} to {_signed(gap.high)})"


def _signed(value: float) -> str:
    return f"−{abs(value):g}" if value < 0 else f"+{value:g}" if value else "0"
