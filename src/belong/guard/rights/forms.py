"""Forms about the rights of people."""

from typing import Any

from django import forms

from belong.base.clock import today
from belong.guard.models import AccessRequest
from belong.people.models import CarerLink, Person

DAY = forms.DateInput({"type": "date"}, "%Y-%m-%d")
FIRST = {"asker": AccessRequest.THEMSELVES, "child_view": AccessRequest.NOT_A_CHILD}
DAY_NEEDED = {"required": "Choose the day."}


class RequestForm(forms.Form):
    """Who asks, when, how we know them, and what the pupil says."""

    asker = forms.ChoiceField(label="Who asks?", choices=AccessRequest.ASKERS, widget=forms.RadioSelect)
    carer = forms.ModelChoiceField(
        Person.objects.none(),
        label="Which carer?",
        required=False,
        empty_label="Choose",
        help_text="Only where a carer asks.",
    )
    asked_on = forms.DateField(label="Asked on", widget=DAY, error_messages=DAY_NEEDED)
    known_by = forms.CharField(
        label="How do you know it is them?",
        max_length=200,
        help_text="For example: in person at the office; wrote from the address we have.",
    )
    child_view = forms.ChoiceField(
        label="What does the pupil say about it?",
        choices=AccessRequest.VIEWS,
        widget=forms.RadioSelect,
        help_text="A pupil who understands what it means decides for themselves. Many do from about twelve.",
    )
    child_words = forms.CharField(
        label="In the pupil’s words", max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", FIRST | {"asked_on": today()})
        super().__init__(*args, **kwargs)
        links = CarerLink.objects.filter(pupil=person).values("carer")
        carers = Person.objects.filter(pk__in=links)
        if carers:
            self.fields["carer"].queryset = carers  # type: ignore[attr-defined]
        else:
            del self.fields["carer"]
            self.fields["asker"].choices = [  # type: ignore[attr-defined]
                one for one in AccessRequest.ASKERS if one[0] != AccessRequest.CARER
            ]
        if person.kind != Person.PUPIL:
            del self.fields["child_view"], self.fields["child_words"]

    def asked(self) -> dict[str, Any]:
        """The arguments of `requests.open_request`."""
        return {"child_view": AccessRequest.NOT_A_CHILD, "child_words": ""} | self.cleaned_data


class SaysForm(forms.Form):
    """What the pupil says, changed later."""

    child_view = forms.ChoiceField(
        label="What does the pupil say about it?", choices=AccessRequest.VIEWS, widget=forms.RadioSelect
    )
    child_words = forms.CharField(
        label="In the pupil’s words", max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )


class WhyForm(forms.Form):
    """One reason."""

    why = forms.CharField(label="Why?", max_length=400, error_messages={"required": "Please say why."})


class HoldForm(forms.Form):
    """A hold on a wave; a hold on a person begins at the person."""

    wave = forms.TypedChoiceField(
        label="Which wave?", coerce=int, error_messages={"required": "Choose a wave."}
    )
    reason = forms.CharField(
        label="Why must it be kept?", max_length=400, error_messages={"required": "Please say why."}
    )

    def __init__(self, waves: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wave"].choices = [("", "Choose a wave"), *waves]  # type: ignore[attr-defined]
