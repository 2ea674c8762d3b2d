"""Forms of the act room."""

from datetime import timedelta
from typing import Any

from django import forms

from belong.act.practices import BY_EVIDENCE, SORTS, Practice, practices
from belong.base.clock import today
from belong.content import read
from belong.measure import say
from belong.people.models import Person
from belong.people.queries import owners_of_plans

AHEAD = timedelta(days=7)
WEEKS = 12
FILL_IN = "Open a practice and choose “Make a plan of it” to have its steps filled in here."


def part_choices() -> list[tuple[str, str]]:
    """The five parts with their plain names."""
    return [(key, say(entry["title"])) for key, entry in read("texts/parts")["parts"].items()]


class PracticeFilter(forms.Form):
    """What to look for in the library; every field may stay empty."""

    q = forms.CharField(label="Words", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    part = forms.ChoiceField(label="Part of belonging", required=False)
    audience = forms.ChoiceField(
        label="For",
        required=False,
        choices=[("", "Everyone"), ("pupils", "Pupils"), ("staff", "Staff"), ("families", "Families")],
    )
    phase = forms.ChoiceField(
        label="School",
        required=False,
        choices=[("", "Any"), ("primary", "Primary"), ("secondary", "Secondary")],
    )
    cost = forms.ChoiceField(
        label="Cost",
        required=False,
        choices=[("", "Any"), ("none", "None"), ("low", "Low"), ("medium", "Medium"), ("high", "High")],
    )
    sort = forms.ChoiceField(label="Order", required=False, choices=list(SORTS.items()), initial=BY_EVIDENCE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [("", "Any"), *part_choices()]  # type: ignore[attr-defined]


class PlanForm(forms.Form):
    """A plan in one screen. Steps are one a line."""

    practice = forms.ChoiceField(label="Practice", required=False)
    title = forms.CharField(label="What we will do", max_length=160)
    aim = forms.CharField(
        label="What should be different for pupils",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Who leads it", queryset=None, empty_label="Choose a name"
    )
    starts_on = forms.DateField(
        label="Starts", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    review_on = forms.DateField(
        label="We look again on",
        help_text="Best after the next wave, so that there is something to look at.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    steps = forms.CharField(
        label="Steps, one a line",
        required=False,
        widget=forms.Textarea(attrs={"class": "tall"}),
    )

    def __init__(
        self,
        *args: Any,
        practice: Practice | None = None,
        leader: Person | None = None,
        new: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners_of_plans()  # type: ignore[attr-defined]
        library = [(found.key, found.title) for found in practices()]
        self.fields["practice"].choices = [("", "Something of our own"), *library]  # type: ignore[attr-defined]
        if not new:
            del self.fields["practice"], self.fields["steps"]
            return
        start = today() + AHEAD
        self.fields["owner"].initial = leader
        self.fields["starts_on"].initial = start
        self.fields["review_on"].initial = start + timedelta(
            weeks=practice.after_weeks if practice else WEEKS
        )
        if practice:
            self.fields["practice"].initial = practice.key
            self.fields["title"].initial = practice.title
            self.fields["steps"].initial = "\n".join(practice.steps)
        else:
            self.fields["practice"].help_text = FILL_IN

    def step_lines(self) -> list[tuple[str, None]]:
        """The steps as `make_plan` wants them."""
        return [(line, None) for line in self.cleaned_data["steps"].splitlines() if line.strip()]


class StepForm(forms.Form):
    """One more step."""

    text = forms.CharField(label="Step", max_length=400)
    due_on = forms.DateField(
        label="By", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class EndForm(forms.Form):
    """How a plan ended."""

    state = forms.ChoiceField(
        label="How did it end?",
        choices=[("done", "Done, as we set out to"), ("stopped", "Stopped early, on purpose")],
        widget=forms.RadioSelect,
    )
    learned = forms.CharField(
        label="What we learned",
        help_text="One line for whoever tries this next.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
