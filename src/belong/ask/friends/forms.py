"""The form with which a leader notes that families were told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from belong.ask.models import FamiliesTold
from belong.base.clock import today


class ToldForm(forms.Form):
    """On which day, and how."""

    on = forms.DateField(
        label=_("Families were told on"),
        initial=today,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    way = forms.ChoiceField(
        label=_("How"), choices=FamiliesTold.WAYS, widget=forms.RadioSelect, initial="letter"
    )
