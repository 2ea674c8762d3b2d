"""Form controls that are drawn in one piece."""

from django import forms


class OneSelect(forms.Select):
    """A select without groups of options. Django draws each option by two templates; a long list then takes longer
    than the page around it.
    """

    template_name = "web/_select.html"
