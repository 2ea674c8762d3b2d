"""The form of a new wall."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from belong.ask.access import CLASS_KINDS
from belong.ask.models import Wall
from belong.base.access import allowed
from belong.base.clock import today
from belong.people.access import visible_groups
from belong.people.models import User
from belong.people.queries import year_label, years


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class WallForm(forms.Form):
    """The question, for whom, how long, and what pupils can add besides words."""

    question = forms.CharField(
        label=_("The question"), max_length=120, initial=_("What does belonging mean here?")
    )
    group = forms.ChoiceField(label=_("For the class"), required=False)
    years = forms.MultipleChoiceField(
        label=_("Or for year groups"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("No class and no year group: for every pupil."),
    )
    opens_on = _day(_("First day"))
    closes_on = _day(_("Last day"))
    takes = forms.MultipleChoiceField(
        label=_("Besides words, pupils can add"),
        choices=Wall.TAKES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        initial=[Wall.DRAWING, Wall.PHOTO],
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        days = {"opens_on": today(), "closes_on": today() + timedelta(days=13)}
        super().__init__(*args, **{"initial": days, **kwargs})
        self.groups = {str(one.pk): one for one in visible_groups(user).filter(kind__in=CLASS_KINDS)}
        named = [(key, group.name) for key, group in self.groups.items()]
        self.for_years = allowed(user, "ask.make_wall_for_years")
        first = [("", _("no one class"))] if self.for_years else []
        self.fields["group"].choices = [*first, *named]  # type: ignore[attr-defined]
        self.fields["years"].choices = [(year, year_label(year)) for year in years()]  # type: ignore[attr-defined]
        if not self.for_years:
            del self.fields["years"]
            self.fields["group"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("opens_on"), cleaned.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _("The last day is before the first day."))
        elif last and last < today():
            self.add_error("closes_on", _("That day is past."))
        if cleaned.get("group") and cleaned.get("years"):
            self.add_error("years", _("Choose a class or year groups, not both."))
        return cleaned

    def chosen(self) -> dict[str, Any]:
        """What `make_wall` takes."""
        given = dict(self.cleaned_data)
        return given | {"group": self.groups.get(given["group"]), "years": given.get("years", [])}
