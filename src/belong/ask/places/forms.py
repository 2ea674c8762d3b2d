"""Forms of the staff pages about places."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from belong.ask.models import PlacePlan
from belong.ask.models.places import ACROSS
from belong.base.clock import today
from belong.people.queries import year_label, years


class PlanForm(forms.Form):
    """The name of a plan, and its picture."""

    title = forms.CharField(label=_("Name of the plan"), max_length=60, initial=_("Our school"))
    picture = forms.FileField(
        label=_("Picture of the plan"),
        required=False,
        help_text=_("A photo or scan: JPEG, PNG or WebP. Without one the plan is drawn on squared paper."),
    )


class AreaForm(forms.Form):
    """A place: its name, and where it lies in hundredths of the plan."""

    name = forms.CharField(label=_("Name of the place"), max_length=40, help_text=_("As pupils call it."))
    left = forms.IntegerField(label=_("From the left"), min_value=0, max_value=100, required=False)
    top = forms.IntegerField(label=_("From the top"), min_value=0, max_value=100, required=False)
    width = forms.IntegerField(label=_("Width"), min_value=1, max_value=100, required=False)
    height = forms.IntegerField(label=_("Height"), min_value=1, max_value=100, required=False)

    def __init__(self, *args: Any, plan: PlacePlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan

    @staticmethod
    def given(plan: PlacePlan, area: Any) -> dict[str, Any]:
        """What the form holds for a place that is there."""
        return {
            "name": area.name,
            "left": round(100 * area.left / ACROSS),
            "top": round(100 * area.top / plan.high),
            "width": max(1, round(100 * area.width / ACROSS)),
            "height": max(1, round(100 * area.height / plan.high)),
        }

    @property
    def box(self) -> tuple[int, int, int, int] | None:
        """Left, top, width and height in the plan's units; None where not all four are given."""
        parts = [self.cleaned_data.get(key) for key in ("left", "top", "width", "height")]
        if any(part is None for part in parts):
            return None
        left, top, width, height = (int(part or 0) for part in parts)
        return (
            left * ACROSS // 100,
            top * self.plan.high // 100,
            width * ACROSS // 100,
            height * self.plan.high // 100,
        )


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=hint, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class AskingForm(forms.Form):
    """An asking about one plan."""

    title = forms.CharField(label=_("Name"), max_length=80, help_text=_("Pupils read this name."))
    plan = forms.ChoiceField(label=_("Plan"))
    years = forms.MultipleChoiceField(
        label=_("Year groups"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None means all."),
    )
    opens_on = _day(_("First day"))
    closes_on = _day(_("Last day"), _("It closes by itself after this day, or earlier when you say so."))
    with_words = forms.BooleanField(
        label=_("Pupils can add a few words"),
        required=False,
        initial=True,
        help_text=_("Read by the pastoral lead and the safeguarding lead; never on a plan."),
    )

    def __init__(self, *args: Any, plans: list[PlacePlan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = [(str(one.pk), one.title) for one in plans]  # type: ignore[attr-defined]
        self.fields["years"].choices = [(year, year_label(year)) for year in years()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("opens_on"), cleaned.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _("The last day is before the first day."))
        elif last and last < today():
            self.add_error("closes_on", _("That day is past."))
        return cleaned
