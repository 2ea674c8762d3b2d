"""What is chosen before sheets are printed."""

from typing import Any

from django import forms

from belong.people.models import Person
from belong.people.queries import staff_in_post

USUAL, BIG = "usual", "big"


class PrintForm(forms.Form):
    """Who types them in, how large, for whom."""

    helper = forms.ModelChoiceField(
        label="Who will type them in",
        queryset=Person.objects.none(),
        empty_label=None,
        help_text="This name stands on every sheet, and only this person can type it in.",
    )
    size = forms.ChoiceField(
        label="Size", choices=[(USUAL, "Usual"), (BIG, "Big print")], widget=forms.RadioSelect, initial=USUAL
    )
    at_home = forms.BooleanField(
        label="In the language spoken at home, where we know it and have the questions in it", required=False
    )
    people = forms.MultipleChoiceField(label="For", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: list[Person], helper: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = self.fields["helper"]
        staff.queryset = staff_in_post().order_by("family_name", "given_name")  # type: ignore[attr-defined]
        staff.initial = helper.pk if helper else None
        chosen = self.fields["people"]
        chosen.choices = [(str(one.pk), one.display_name) for one in people]  # type: ignore[attr-defined]
        chosen.initial = [str(one.pk) for one in people]
