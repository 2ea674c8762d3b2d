"""Forms of the people room."""

from typing import Any

from django import forms

from belong.people.models import Group, Person
from belong.people.queries import year_label, years
from belong.people.roster.fields import fields
from belong.people.roster.lists import Mapping
from belong.people.roster.opening import LARGEST_UPLOAD
from belong.people.roster.shape import CARER, PUPIL, STAFF

WHO = [(PUPIL, "Pupils"), (STAFF, "Staff"), (CARER, "Parents and carers")]
COMPLETE = [
    ("some", "Some of them. Nobody leaves because of this list."),
    ("all", "All of them. Whoever is not in the list has left."),
]


class UploadForm(forms.Form):
    """The file to import."""

    file = forms.FileField(
        label="Roster file",
        help_text="A zip of OneRoster or School Data Sync files, or one CSV or XLSX list. Up to 20 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,.csv,.xlsx,.xlsm,.txt,.tsv"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise forms.ValidationError(
                "This file is larger than 20 MB. Import it with `belong import` on the server."
            )
        return file


class MappingForm(forms.Form):
    """What each column of a list is: one select for each heading, numbered by position."""

    who = forms.ChoiceField(label="Who is in this list?", choices=WHO, widget=forms.RadioSelect)
    complete = forms.ChoiceField(
        label="Does the list hold everyone of them?", choices=COMPLETE, widget=forms.RadioSelect
    )

    def __init__(self, headings: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headings = headings
        choices = _field_choices()
        for at, heading in enumerate(headings):
            self.fields[f"column_{at}"] = forms.ChoiceField(label=heading, choices=choices, required=False)

    def selects(self) -> list[forms.BoundField]:
        """The selects in the order of the columns."""
        return [self[f"column_{at}"] for at in range(len(self.headings))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            for said in self.mapping().problems():
                self.add_error(None, said)
        return cleaned

    def mapping(self) -> Mapping:
        """What was chosen."""
        cleaned = self.cleaned_data
        columns = {heading: cleaned.get(f"column_{at}", "") for at, heading in enumerate(self.headings)}
        return Mapping(cleaned["who"], columns, cleaned["complete"] == "all")


def _field_choices() -> list[Any]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for field in fields().values():
        groups.setdefault(field.group, []).append((field.name, field.label))
    return [("", "Leave this column out"), *groups.items()]


def initial_of(headings: list[str], mapping: Mapping, complete: bool | None) -> dict[str, str]:
    """The form's first answers; whether the list is complete is never assumed, only remembered."""
    columns = {f"column_{at}": mapping.columns.get(heading, "") for at, heading in enumerate(headings)}
    said = {} if complete is None else {"complete": "all" if complete else "some"}
    return {"who": mapping.who, **columns, **said}


class PeopleFilter(forms.Form):
    """Which people the list shows."""

    SORTS = [("name", "Family name"), ("first", "First name"), ("year", "Year and group")]

    q = forms.CharField(label="Name", required=False)
    kind = forms.ChoiceField(label="Who", required=False)
    year = forms.ChoiceField(label="Year", required=False)
    group = forms.ChoiceField(label="Group", required=False)
    sort = forms.ChoiceField(label="Sort by", choices=SORTS, required=False)

    def __init__(self, *args: Any, groups: Any, kinds: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(Person.PUPIL, "Pupils"), (Person.STAFF, "Staff"), (Person.CARER, "Parents and carers")]
        self.fields["kind"].choices = [("", "Everyone"), *[pair for pair in words if pair[0] in kinds]]  # type: ignore[attr-defined]
        self.fields["year"].choices = [("", "All years"), *[(year, year_label(year)) for year in years()]]  # type: ignore[attr-defined]
        named = [(str(group.pk), group.name) for group in groups]
        self.fields["group"].choices = [("", "All groups"), *named]  # type: ignore[attr-defined]
        if kinds == {Person.PUPIL}:
            del self.fields["kind"]


GROUP_KINDS = {
    Group.TUTOR_GROUP: "Tutor groups",
    Group.CLASS: "Classes",
    Group.CLUB: "Clubs",
    Group.HOUSE: "Houses",
    Group.CUSTOM: "Other groups",
}
