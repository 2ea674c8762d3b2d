"""The form that sets a check-in up. What is refused, and why, stands in the actions; this only reads values."""

from datetime import date, timedelta
from typing import Any

from django import forms

from belong.ask.checkins.access import groups_to_ask
from belong.ask.checkins.form import MOST_NAMED, MOST_TOPICS, topics
from belong.ask.models import CheckIn
from belong.ask.models.wave import NAMED, POOLED
from belong.ask.readers import CHOICES, USUAL
from belong.ask.terms import term_end
from belong.base.access import allowed
from belong.base.clock import today
from belong.people.models import User
from belong.people.queries import year_label, years

OUT = ""
YEAR = "year-"
HOW = [(OUT, "Leave out"), (NAMED, "Named"), (POOLED, "Pooled")]


class CheckInForm(forms.Form):
    """Whom, what, how often, from when to when."""

    title = forms.CharField(
        label="Name",
        max_length=80,
        help_text="Pupils and adults know it by this: “Monday check-in”.",
    )
    whom = forms.MultipleChoiceField(
        label="Whom to ask",
        widget=forms.CheckboxSelectMultiple,
        help_text="One group, or some year groups.",
        error_messages={"required": "Choose a group or some year groups."},
    )
    every = forms.TypedChoiceField(
        label="How often",
        coerce=int,
        choices=[
            (CheckIn.WEEKLY, "Every week"),
            (CheckIn.FORTNIGHTLY, "Every two weeks"),
            (CheckIn.ONCE, "Once"),
        ],
        widget=forms.RadioSelect,
        initial=CheckIn.WEEKLY,
    )
    starts_on = forms.DateField(
        label="First day", help_text="It asks on this day of the week, and the days after it."
    )
    ends_on = forms.DateField(label="Last day", help_text="The end of the term at most.")
    readers = forms.MultipleChoiceField(
        label="Who sees named answers",
        required=False,
        choices=list(CHOICES.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="Their names stand beside the question, and nobody else sees the answer.",
        initial=USUAL,
    )
    with_line = forms.BooleanField(
        label="One line of own words",
        required=False,
        help_text="Read in confidence by the pastoral lead and the safeguarding lead, who can see from whom it is.",
    )

    def __init__(self, *args: Any, user: User, group: int | None = None, **kwargs: Any) -> None:
        day = _next_monday(today())
        first = {
            "starts_on": day,
            "ends_on": term_end(user.school, day),
            "whom": [str(group)] if group else [],
        }
        kwargs["initial"] = first | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.groups = {str(one.pk): one for one in groups_to_ask(user).order_by("kind", "name")}
        whom = [(pk, one.name) for pk, one in self.groups.items()]
        if allowed(user, "ask.set_up_for_years"):
            whom += [(f"{YEAR}{year}", f"All of {year_label(year)}") for year in years()]
        self.fields["whom"].choices = whom  # type: ignore[attr-defined]
        for topic, question in topics().items():
            self.fields[_field(topic)] = forms.ChoiceField(
                label=question,
                choices=HOW,
                required=False,
                widget=forms.RadioSelect,
                initial=NAMED if topic == "mood" else OUT,
            )
        for name in ("starts_on", "ends_on"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    @property
    def questions(self) -> list[Any]:
        """The fields of the questions, for the template."""
        return [self[_field(topic)] for topic in topics()]

    def clean_whom(self) -> list[str]:
        """One group, or years only."""
        chosen: list[str] = self.cleaned_data["whom"]
        groups = [one for one in chosen if not one.startswith(YEAR)]
        if len(groups) > 1 or (groups and len(chosen) > 1):
            raise forms.ValidationError("Choose one group, or year groups without a group.")
        return chosen

    def chosen(self) -> dict[str, Any]:
        """What `actions.set_up` takes."""
        given = self.cleaned_data
        asked = [topic for topic in topics() if given.get(_field(topic))]
        whom = given["whom"]
        return {
            "title": given["title"],
            "group": self.groups.get(whom[0]),
            "years": [one.removeprefix(YEAR) for one in whom if one.startswith(YEAR)],
            "every": given["every"],
            "topics": asked,
            "named": [topic for topic in asked if given[_field(topic)] == NAMED],
            "readers": given["readers"],
            "with_line": given["with_line"],
            "starts_on": given["starts_on"],
            "ends_on": given["ends_on"],
        }


def rule() -> str:
    """How many questions, and how many of them named."""
    return f"{MOST_TOPICS} at most, and {MOST_NAMED} of them named. A face each, answered in seconds."


def _field(topic: str) -> str:
    return f"ask-{topic}"


def _next_monday(day: date) -> date:
    """Today on a Monday, else the next one."""
    return day + timedelta(days=(-day.weekday()) % 7)
