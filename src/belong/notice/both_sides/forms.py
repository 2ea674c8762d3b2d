"""What the forms of this part carry. Reasons to refuse live in the actions; these only read values."""

from typing import Any

from django import forms
from django.http import QueryDict

from belong.notice.both_sides.queries import SHOWN, SORTS, Filters
from belong.notice.models import NOTE_LENGTH
from belong.people.models import Group, Person
from belong.people.queries import YEAR_ORDER, year_label


class BothSidesForm(forms.Form):
    """The filters: years and groups of the pupils the viewer has before them. The name is a pupil's."""

    def __init__(self, asked: QueryDict, *, groups: list[Group], years: list[str]) -> None:
        super().__init__(asked)
        order = {year: at for at, year in enumerate(YEAR_ORDER)}
        by_age = sorted(years, key=lambda year: order.get(year, len(order)))
        search = forms.TextInput(attrs={"type": "search"})
        self.fields |= {
            "search": forms.CharField(label="Pupil’s name", required=False, widget=search),
            "year": _choice("Year", [("", "Every year"), *((year, year_label(year)) for year in by_age)]),
            "group": _choice("Tutor group", [("", "Every group"), *((str(g.pk), g.name) for g in groups)]),
            "show": _choice("Show", [("", "Everybody"), *SHOWN.items()]),
            "sort": _choice("Sort by", list(SORTS.items())),
        }

    def filters(self) -> Filters:
        """What was asked for; a value nobody offered is left out rather than an error."""
        self.is_valid()
        asked = self.cleaned_data
        return Filters(
            year=asked.get("year") or "",
            group=int(asked["group"]) if asked.get("group") else None,
            show=asked.get("show") or "",
            search=asked.get("search") or "",
            sort=asked.get("sort") or "fewest",
        )


class OfferForm(forms.Form):
    """Which adult, and a line for them."""

    adult = forms.ChoiceField(
        label="Which adult?", error_messages={"required": "Choose an adult. Nobody was asked."}
    )
    line = forms.CharField(
        label="A line for the adult",
        help_text="What they might start with: something the pupil enjoys. Leave out what the pupil told you.",
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": NOTE_LENGTH}),
    )

    def __init__(self, *args: Any, adults: list[Person], named: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = [(str(a.pk), a.full_name) for a in adults if a.pk in named]
        others = [(str(a.pk), a.full_name) for a in adults if a.pk not in named]
        groups = [("Named by the pupil", first), ("Everyone else", others)] if first else others
        choices: list[Any] = [("", "Choose an adult"), *groups]
        self.fields["adult"].choices = choices  # type: ignore[attr-defined]


def _choice(label: str, choices: list[Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=choices)
