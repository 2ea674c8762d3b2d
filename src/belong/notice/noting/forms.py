"""What the forms of this part carry. Reasons to refuse live in the actions; these only read values."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict

from belong.base.clock import today
from belong.notice.forms import DayInput
from belong.notice.models import NOTE_LENGTH
from belong.notice.noting.circle_backs import WITHIN
from belong.notice.noting.fair_share import DAYS, KINDS, USUAL_WEEKS, WEEKS


def _box(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": NOTE_LENGTH})


def next_school_day() -> Any:
    """Tomorrow, or Monday where tomorrow is at the weekend."""
    day = today() + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


class DayForm(forms.Form):
    """The day by which to come back to a pupil."""

    due_on = forms.DateField(
        label="By when?", widget=DayInput(), error_messages={"required": "Choose a day."}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"due_on": next_school_day(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        limits = {"min": today(), "max": today() + WITHIN}
        self.fields["due_on"].widget.attrs.update({name: day.isoformat() for name, day in limits.items()})


class CircleBackForm(DayForm):
    """A promise to come back to a pupil. `submission` makes sending it twice the same as once."""

    about = forms.CharField(
        label="I said I’d come back to you about…",
        max_length=NOTE_LENGTH,
        widget=_box(3),
        error_messages={"required": "Write what you will come back to."},
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    field_order = ("about", "due_on", "submission")


class SeenForm(forms.Form):
    """An observation was read."""

    next_step = forms.CharField(label="Next step", required=False, max_length=NOTE_LENGTH, widget=_box(2))


class HomeForm(forms.Form):
    """The words of a note home."""

    note = forms.CharField(
        label="What you wrote to the family",
        max_length=NOTE_LENGTH,
        widget=_box(4),
        error_messages={"required": "Write what the note home says."},
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    name_is_right = forms.BooleanField(
        required=False, label="The words are right: this is not their name there"
    )


class ShareForm(forms.Form):
    """What to look at of one's own share; a value nobody offered is left out rather than an error."""

    weeks = forms.ChoiceField(
        label="Last", required=False, choices=[(str(weeks), f"{weeks} weeks") for weeks in WEEKS]
    )
    day = forms.ChoiceField(
        label="Day", required=False, choices=[("", "Every day"), *((name.lower(), name) for name in DAYS)]
    )
    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[("", "Every kind"), *((kind.value, str(kind.label)) for kind in KINDS)],
    )

    def __init__(self, asked: QueryDict) -> None:
        asked = asked.copy()
        asked.setdefault("weeks", str(USUAL_WEEKS))
        super().__init__(asked)

    def asked(self) -> dict[str, Any]:
        """The values as `fair_share` takes them."""
        self.is_valid()
        found = self.cleaned_data
        return {
            "weeks": int(found.get("weeks") or USUAL_WEEKS),
            "day": found.get("day") or "",
            "kind": found.get("kind") or "",
        }
