"""How many weeks until an adult looks again at a relationship: 2, 6 and 1, unless the school chose others."""

from datetime import timedelta

from belong.notice.models import State
from belong.people.models import School

SETTING = "review_weeks"
DEFAULT = {State.ESTABLISH: 2, State.MAINTAIN: 6, State.RESTORE: 1}
LEAST, MOST = 1, 26


def weeks_of(school: School) -> dict[State, int]:
    """Weeks by state; what is missing or out of reach in the settings counts as the default."""
    kept = school.settings.get(SETTING)
    kept = kept if isinstance(kept, dict) else {}
    return {state: _sound(kept.get(state.value), usual) for state, usual in DEFAULT.items()}


def review_after(school: School, state: State) -> timedelta:
    """How long after a state was set its adult looks again."""
    return timedelta(weeks=weeks_of(school)[state])


def _sound(found: object, usual: int) -> int:
    return found if type(found) is int and LEAST <= found <= MOST else usual
