"""The form of the half-term dates of one school year."""

from datetime import date
from typing import Any

from django import forms

MOST = 8


class HalfTermsForm(forms.Form):
    """Up to eight days; empty fields are left out, and none at all stands for the usual dates."""

    def __init__(self, *args: Any, days: list[date], fixed: set[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(min(max(len(days) + 1, 6), MOST)):
            day = days[place] if place < len(days) else None
            self.fields[f"day_{place}"] = forms.DateField(
                label=f"Date {place + 1}",
                required=False,
                initial=day,
                disabled=day in fixed,
                widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            )

    def days(self) -> list[date]:
        return [day for day in self.cleaned_data.values() if day]
