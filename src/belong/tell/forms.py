"""Forms of the tell room."""

from typing import Any

from django import forms

from belong.act.models import Plan
from belong.ask.models import Wave
from belong.tell.queries import plans_to_name

PLAIN = "Short sentences and everyday words, as for a nine- to eleven-year-old."


class PlanField(forms.ModelChoiceField):
    """A plan by its title and state."""

    def label_from_instance(self, plan: Plan) -> str:
        return f"{plan.title} ({plan.get_state_display()})"


class ThanksForm(forms.Form):
    """The opening words."""

    thanks = forms.CharField(
        label="Opening words",
        required=False,
        max_length=600,
        help_text="A thank you, and how you read the answers.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ItemForm(forms.Form):
    """One thing heard and done."""

    heard = forms.CharField(
        label="What we heard",
        max_length=400,
        help_text="What people told you, without naming anyone.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    did = forms.CharField(
        label="What we did",
        max_length=600,
        help_text="Or “Not yet, because…”: an honest no is an answer, too.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    plan = PlanField(
        label="The plan behind it",
        queryset=None,
        required=False,
        empty_label="No plan",
        help_text="With a plan, the page says by itself whether a later wave found a difference.",
    )

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans_to_name(wave)  # type: ignore[attr-defined]
