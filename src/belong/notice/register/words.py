"""The sentences of the register that stand on several pages."""

from belong.notice.models import State

FOR_NOBODYS_APPRAISAL = (
    "A state says how one adult sees their own part in a relationship. It is never used to appraise an adult."
)
AS_IF_READ = "Written as if the child will read it."
PRIVATE = "Only you see what you mean to do. Nobody counts it."
LOOK_AGAIN = {
    State.ESTABLISH: "We are still getting to know each other.",
    State.MAINTAIN: "It is good, and I keep it so.",
    State.RESTORE: "Something went wrong, and I start again.",
}


def weeks(number: int) -> str:
    """`1` → `"1 week"`, `6` → `"6 weeks"`."""
    return f"{number} week" if number == 1 else f"{number} weeks"


def minutes(number: int) -> str:
    """`2` → `"about 2 minutes"`."""
    return "about a minute" if number == 1 else f"about {number} minutes"
