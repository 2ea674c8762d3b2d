"""What the forms of the local pages carry. Reasons to refuse live in the actions."""

from datetime import date
from typing import Any

from django import forms

from belong.notice.forms import DayInput
from belong.notice.local.actions import LENGTH, MOST_DAYS, WORDS
from belong.notice.models import LocalKind, LocalPage


class LocalForm(forms.Form):
    """A page, its days, and a photo of the place."""

    kind = forms.ChoiceField(label="What is it about?", choices=LocalKind.choices)
    title = forms.CharField(label="Name", max_length=LENGTH["title"])
    about = forms.CharField(
        label="What a new colleague would want to know",
        max_length=LENGTH["about"],
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="The place, not the people of the school: nothing about a child or a family.",
    )
    where = forms.CharField(label="Where, or how to get there", max_length=LENGTH["where"], required=False)
    who_to_meet = forms.CharField(
        label="Who to meet there",
        max_length=LENGTH["who_to_meet"],
        required=False,
        help_text="Someone who is glad to be asked, and has said so.",
    )
    lesson_hook = forms.CharField(
        label="Where it fits into a lesson",
        max_length=LENGTH["lesson_hook"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="“Year 5 rivers: the weir behind it shows all three stages.”",
    )
    photo = forms.FileField(
        label="Photo of the place",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text="No children in the picture. The place and time that a phone writes into it are taken out.",
    )
    caption = forms.CharField(
        label="What the photo shows",
        max_length=LENGTH["caption"],
        required=False,
    )

    def __init__(self, *args: Any, page: LocalPage | None = None, **kwargs: Any) -> None:
        days = list(page.days.all()) if page else []
        initial: dict[str, Any] = {name: getattr(page, name) for name in WORDS} if page else {}
        initial |= {"caption": page.caption} if page else {}
        for number in range(MOST_DAYS):
            if number < len(days):
                initial |= {f"on-{number}": days[number].on, f"until-{number}": days[number].until}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        for number in range(MOST_DAYS):
            self.fields[f"on-{number}"] = forms.DateField(label="Day", required=False, widget=DayInput())
            self.fields[f"until-{number}"] = forms.DateField(
                label="Last day, if longer", required=False, widget=DayInput()
            )

    @property
    def plain_fields(self) -> list[Any]:
        """Everything but the days."""
        return [self[name] for name in (*WORDS, "photo", "caption")]

    @property
    def day_fields(self) -> list[tuple[Any, Any]]:
        """The days in pairs, first and last."""
        return [(self[f"on-{number}"], self[f"until-{number}"]) for number in range(MOST_DAYS)]

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in WORDS}

    def days(self) -> list[tuple[date, date]]:
        """First and last day of each row that has one."""
        found = []
        for number in range(MOST_DAYS):
            on, until = (self.cleaned_data.get(f"{name}-{number}") for name in ("on", "until"))
            if on:
                found.append((on, until or on))
        return found
