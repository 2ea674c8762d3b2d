"""Forms of the staff pages."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django import forms

from belong.ask.models import Wave
from belong.ask.models.wave import NAMED, UNLINKED
from belong.ask.opening import ATTRIBUTES, MOST_ATTRIBUTES
from belong.ask.questionnaire import instrument_of, kinds_allowed
from belong.ask.readers import CHOICES
from belong.ask.who_sees import KINDS
from belong.base.clock import today
from belong.people.queries import year_label, years

SEEN = "seen-"
USUAL_WINDOW = timedelta(days=13)


def _day(label: str, hint: str = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=hint, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class PlanForm(forms.Form):
    """Title, year groups and window of a wave."""

    title = forms.CharField(label="Name", max_length=120, help_text="Pupils and families read this name.")
    years = forms.MultipleChoiceField(label="Year groups", widget=forms.CheckboxSelectMultiple)
    symbols = forms.BooleanField(
        label="Symbols beside the words",
        required=False,
        help_text="A simple drawing beside each question, for children who read little or sign with symbols.",
    )
    one_per_family = forms.TypedChoiceField(
        label="Who answers",
        choices=[("", "Each carer answers for themselves"), ("1", "One answer from each family")],
        coerce=bool,
        empty_value=False,  # type: ignore[arg-type]  # the stubs know words only
        required=False,
        widget=forms.RadioSelect,
        help_text="Two carers of the same child may see things differently, and a parent who lives elsewhere should "
        "not be answered for: so each for themselves is usual. With one answer per family, carers of exactly the same "
        "children are one family, and the first answer counts; the other only reads that the family has answered. "
        "Nobody ever sees the other’s answers or address.",
    )
    opens_on = _day("First day")
    closes_on = _day("Last day", "It closes by itself after this day, or earlier when you say so.")

    def __init__(
        self,
        *args: Any,
        wave: Wave | None = None,
        audience: str = Wave.PUPILS,
        drawn: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.wave = wave
        if not drawn or (wave is not None and wave.is_open):
            del self.fields["symbols"]
        on_roll = years()
        self.fields["years"].choices = [(year, year_label(year)) for year in on_roll]  # type: ignore[attr-defined]
        self.fields["one_per_family"].initial = "1" if wave is not None and wave.one_per_family else ""
        if audience != Wave.FAMILIES or (wave is not None and wave.is_open):
            del self.fields["one_per_family"]
        if audience == Wave.STAFF:
            del self.fields["years"]
        elif audience == Wave.FAMILIES:
            self.fields["years"].label = "Families of pupils in"
        if wave is not None and wave.is_open:
            for name in ("years", "opens_on"):
                self.fields.pop(name, None)

    @staticmethod
    def usual_days() -> dict[str, Any]:
        """From today, for two weeks."""
        return {"opens_on": today(), "closes_on": today() + USUAL_WINDOW}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first = cleaned.get("opens_on") or (self.wave.opens_on if self.wave else None)
        last = cleaned.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", "The last day is before the first day.")
        elif last and last < today():
            self.add_error("closes_on", "That day is past.")
        return cleaned


class VisibilityForm(forms.Form):
    """Who sees the answers to each question; who reads the named ones; what is kept with unlinked ones."""

    readers = forms.MultipleChoiceField(
        label="Named answers are read by",
        choices=list(CHOICES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Each pupil sees the real names of these people beside the question.",
    )
    attributes = forms.MultipleChoiceField(
        label="Kept with answers that nobody can link",
        choices=list(ATTRIBUTES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Every group these make needs at least ten people on roll.",
    )

    def __init__(self, data: Any = None, *, wave: Wave) -> None:
        super().__init__(data, initial={"readers": wave.readers, "attributes": wave.attributes})
        self.wave = wave
        if not wave.is_for_pupils:
            del self.fields["readers"], self.fields["attributes"]
        for item in instrument_of(wave).items:
            allowed = kinds_allowed(item, wave.audience)
            self.fields[SEEN + item.id] = forms.ChoiceField(
                label=item.name(),
                choices=[(kind, KINDS[kind][0]) for kind in allowed],
                initial=wave.seen_as(item.id),
                disabled=len(allowed) == 1,
            )

    def rows(self) -> Iterator[tuple[Any, Any]]:
        """Each question of the wave with its field, in order."""
        for item in instrument_of(self.wave).items:
            yield item, self[SEEN + item.id]

    @property
    def visibility(self) -> dict[str, str]:
        """Item id → kind, as chosen."""
        return {
            name.removeprefix(SEEN): kind for name, kind in self.cleaned_data.items() if name.startswith(SEEN)
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        kinds = {kind for name, kind in cleaned.items() if name.startswith(SEEN)}
        if NAMED in kinds and not cleaned.get("readers"):
            self.add_error("readers", "Choose who reads the named answers.")
        if UNLINKED in kinds and len(cleaned.get("attributes", [])) > MOST_ATTRIBUTES:
            self.add_error("attributes", f"Choose {MOST_ATTRIBUTES} at most.")
        return cleaned
