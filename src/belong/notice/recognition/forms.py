"""What the forms of recognition carry. Reasons to refuse live in the actions; these only read values."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from belong.base.clock import today
from belong.notice.actions import BACKDATE_WITHIN
from belong.notice.forms import DayInput
from belong.notice.models import NOTE_LENGTH, HouseEvent, Trait
from belong.notice.recognition.actions import LEAVE_OUT, NOT_A_NAME, Photo
from belong.people.models import Person

NAMES = [
    (LEAVE_OUT, _("Leave the name out: it will say “another pupil”")),
    (NOT_A_NAME, _("It is no pupil’s name here: keep the words as they are")),
]
ADULT, CHILD = "adult", "child"


class RecogniseForm(forms.Form):
    """Which trait, and what somebody saw. `names` is asked for only where the words seem to name another pupil."""

    trait = forms.ModelChoiceField(
        Trait.objects.none(),
        label=_("What was it?"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of them."),
            "invalid_choice": _("Choose one of those shown."),
        },
    )
    words = forms.CharField(
        label=_("What did you see?"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": NOTE_LENGTH}),
        error_messages={"required": _("Write in a line what you saw, so that they know what they did well.")},
    )
    names = forms.ChoiceField(choices=NAMES, required=False, widget=forms.RadioSelect, label=_("The name"))
    signed = forms.BooleanField(label=_("Tell them it was me"), required=False)
    on = forms.DateField(label=_("Day"), required=False, widget=DayInput())
    photo = forms.FileField(label=_("A picture"), required=False)
    nobody_else = forms.BooleanField(label=_("No other child is in the picture"), required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: str, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": today(), "submission": uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["trait"].queryset = Trait.objects.filter(retired_on__isnull=True)  # type: ignore[attr-defined]
        limits = {"min": today() - BACKDATE_WITHIN, "max": today()}
        self.fields["on"].widget.attrs.update({name: day.isoformat() for name, day in limits.items()})
        self.fields["photo"].widget.attrs["accept"] = "image/jpeg,image/png,image/webp"
        for name in ("on", "photo", "nobody_else") if by == CHILD else ("signed",):
            del self.fields[name]

    def values(self) -> dict[str, Any]:
        """What the action takes, but the pupil."""
        data = self.cleaned_data
        upload = data.get("photo")
        return {
            "trait": data["trait"],
            "words": data["words"],
            "names": data["names"],
            "signed": data.get("signed", True),
            "on": data.get("on"),
            "submission": data["submission"],
            "photo": Photo(upload, bool(data.get("nobody_else"))) if upload else None,
        }


class ApproveForm(forms.Form):
    """The words as the pupil will read them, and a line to the giver where they were changed."""

    words = forms.CharField(
        label="The words", max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )
    note = forms.CharField(
        label="Why, to whoever sent it",
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DeclineForm(forms.Form):
    """Kind words to the giver."""

    reply = forms.CharField(
        label="A kind line to whoever sent it",
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write a line to whoever sent it: they wanted to do something kind."},
    )


class TraitForm(forms.Form):
    """A value or trait in the school's own words."""

    name = forms.CharField(label="Name", max_length=60, error_messages={"required": "Give it a name."})
    about = forms.CharField(label="In a line, what it looks like", max_length=200, required=False)
    kind = forms.ChoiceField(label="Kind", choices=[(Trait.VALUE, "Value"), (Trait.TRAIT, "Trait")])


class EventForm(forms.Form):
    """Days on which houses gather recognitions together."""

    title = forms.CharField(label="Title", max_length=80)
    starts_on = forms.DateField(label="First day", widget=DayInput())
    ends_on = forms.DateField(label="Last day", widget=DayInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"starts_on": today(), "ends_on": today() + timedelta(days=4)}
        super().__init__(*args, **kwargs)


class ThanksForm(forms.Form):
    """Thanks to a colleague during an event."""

    adult = forms.ModelChoiceField(Person.objects.none(), label="Whom", empty_label="Choose a colleague")
    words = forms.CharField(
        label="What did they do?", max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, event: HouseEvent, adults: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid4()}
        super().__init__(*args, **kwargs)
        self.fields["adult"].queryset = adults  # type: ignore[attr-defined]
