"""In the demo a few pupils have chosen how questions look to them."""

from belong.ask.looks.actions import keep_look
from belong.people.models import Person
from belong.people.queries import pupils_on_roll
from belong.site.demo.calendar import Calendar
from belong.site.demo.schools import Town

LOOKS = (
    {"size": "big"},
    {"tint": "yellow", "lines": "wide"},
    {"font": "atkinson", "letters": "wide"},
    {"theme": "dark"},
    {"tint": "blue"},
    {"size": "huge", "motion": "still"},
)
EVERY = 17  # about one pupil in seventeen


def play(town: Town, calendar: Calendar) -> None:
    """Every seventeenth pupil by name has a look of their own."""
    pupils: list[Person] = list(pupils_on_roll().order_by("family_name", "given_name", "pk")[::EVERY])
    for number, pupil in enumerate(pupils):
        keep_look(pupil, LOOKS[number % len(LOOKS)])
