"""Then and now in a child's words. Figures are the released ones, as whole points."""

from belong.act.models import Plan
from belong.release import FollowUp
from belong.see.caveats import ThenAndNow

ASKED_AGAIN = "We asked again."
CANT_COMPARE = f"{ASKED_AGAIN} The questions had changed, so we can’t compare."
TOO_FEW = f"{ASKED_AGAIN} Too few people answered both times to tell."
CANT_TELL = f"{ASKED_AGAIN} No difference we can tell yet."
EXPECTED = "Part of that is expected: a low score often goes up a little by itself."
BY_ITSELF = "That much can happen by itself, so we can’t say yet that it helped."


def in_plain_words(said: ThenAndNow) -> str:
    """What a plan's gap did, for pupils and families. Never names the group: the school chooses how to speak of it.

    The two sizes are said only where the change is clear and they point the same way as the change among those who
    answered both times; else "no difference we can tell".
    """
    found = said.followup
    if found.symbol == "x":
        return CANT_COMPARE
    if found.difference is None or found.before is None or found.after is None:
        return TOO_FEW
    then, now = _size(found.before.difference), _size(found.after.difference)
    if not said.is_clear or then is None or now is None or then == now:
        return CANT_TELL
    if _is_narrower(found) and now < then:
        beside = BY_ITSELF if "may_close_by_itself" in found.caveats else EXPECTED
        return f"{ASKED_AGAIN} The gap went from {_points(then)} to {now}. {beside}"
    if not _is_narrower(found) and now > then:
        return f"{ASKED_AGAIN} The gap grew from {_points(then)} to {now}. This has not helped yet."
    return CANT_TELL


def looking_again(plan: Plan) -> str:
    """ "We will look again in April 2026 and tell you." while the plan is under way."""
    if not plan.is_active:
        return ""
    return f"We will look again in {plan.review_on:%B %Y} and tell you."


def _is_narrower(found: FollowUp) -> bool:
    then = found.before.difference if found.before else None
    return bool(then and found.difference and then * found.difference < 0)


def _size(difference: float | None) -> int | None:
    return None if difference is None else round(abs(difference))


def _points(value: int) -> str:
    return f"{value} point{'' if value == 1 else 's'}"
