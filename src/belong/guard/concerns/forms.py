"""Forms of concerns and of the rota."""

from datetime import time
from typing import Any

from django import forms

from belong.guard.concerns.rota import may_read_words
from belong.guard.concerns.routes import MIGHT_READ, SOMEBODY
from belong.guard.concerns.talks import LONGEST_PLACE
from belong.guard.models import Deputy, Holiday, Rota, Shift
from belong.people import roles
from belong.people.models import Person
from belong.people.queries import holders, staff_in_post

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NOBODY, UNNAMED = "", str(SOMEBODY)
EMPTY = ("", "Nobody yet")
PLAIN = ("urgent_minutes", "other_minutes", "read_within_days")
POSTS = ("head", "chair", "out_of_hours")


def _held(rota: Rota) -> dict[str, Any]:
    """Who holds the posts of the form now."""
    deputies = [str(one) for one in Deputy.objects.values_list("person_id", flat=True)]
    return {name: getattr(rota, f"{name}_id") for name in POSTS} | {"deputies": deputies}


def _people(found: Any) -> list[tuple[str, str]]:
    return [(str(person.pk), person.full_name) for person in found]


class OfferForm(forms.Form):
    """When and where an adult has time for a pupil who asked."""

    on = forms.DateField(label="Day", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    at = forms.TimeField(label="Time", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    place = forms.CharField(
        label="Where",
        max_length=LONGEST_PLACE,
        help_text="Only the place. The pupil sees it with your name, and others may look over a shoulder.",
    )


class RaiseForm(forms.Form):
    """An adult is worried about a pupil."""

    text = forms.CharField(
        label="What did you see or hear?",
        help_text="Your own words, and theirs where you remember them. What you saw, not what you think it means.",
        widget=forms.Textarea({"rows": 8, "maxlength": 4000}),
    )
    urgent = forms.ChoiceField(
        label="How soon?",
        choices=[("no", "Today is soon enough"), ("yes", "At once: they may not be safe now")],
        widget=forms.RadioSelect,
    )
    about = forms.ChoiceField(
        label="Is it about an adult who works here?",
        required=False,
        help_text="Then that adult never sees it. About the safeguarding lead it goes to the head; about the head, to "
        "the chair of governors.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adults = [(NOBODY, "No"), (UNNAMED, "Yes, and I would rather not say who"), *_people(staff_in_post())]
        self.fields["about"].choices = adults  # type: ignore[attr-defined]

    @property
    def adults(self) -> set[int]:
        """Ids of the adults it is about."""
        chosen = self.cleaned_data["about"]
        return {int(chosen)} if chosen != NOBODY else set()


def _post(label: str, help_text: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, help_text=help_text, required=False, coerce=int, empty_value=None
    )


class RotaForm(forms.Form):
    """Posts, hours and limits. Only a senior leader names the head and the chair."""

    deputies = forms.TypedMultipleChoiceField(
        label="Deputy safeguarding leads",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Told when the safeguarding lead has not taken something on in time. Pastoral leads, SENCOs and "
        "senior leaders can be deputies.",
    )
    head = _post("Head", "Told last; first when it is about a safeguarding lead or a deputy.")
    chair = _post("Chair of governors", "Told when it is about the head. They need a sign-in as a governor.")
    out_of_hours = _post(
        "Told at once when something urgent comes in out of hours",
        "A safeguarding lead, deputy or head with a mail address they look at. Nobody: it waits for the morning, and "
        "the pupil is told so.",
    )
    urgent_minutes = forms.IntegerField(
        label="Something urgent waits at most (minutes of school time)", min_value=5, max_value=600
    )
    other_minutes = forms.IntegerField(
        label="Everything else waits at most (minutes)",
        required=False,
        min_value=15,
        max_value=3000,
        help_text="Empty: until the end of the school day.",
    )
    read_within_days = forms.IntegerField(
        label="Own words may be written when somebody reads them within (days)", min_value=1, max_value=7
    )

    def __init__(self, data: Any, *, rota: Rota, names_head: bool) -> None:
        super().__init__(data, initial={name: getattr(rota, name) for name in PLAIN} | _held(rota))
        can_read = _people(holders(*[role for role in MIGHT_READ if role != roles.GOVERNOR]))
        for name, people in (
            ("deputies", can_read),
            ("head", [EMPTY, *_people(holders(roles.SENIOR_LEADER))]),
            ("chair", [EMPTY, *_people(holders(roles.GOVERNOR))]),
            ("out_of_hours", [EMPTY, *can_read]),
        ):
            self.fields[name].choices = people  # type: ignore[attr-defined]
        for name in ("head", "chair") if not names_head else ():
            self.fields[name].disabled = True
            self.fields[name].help_text = "Named by a senior leader."
        for number, day in enumerate(DAYS):
            pair = rota.hours[number] or ["", ""]
            for end, value in zip(("from", "until"), pair, strict=True):
                self.fields[f"{end}_{number}"] = forms.TimeField(
                    label=f"{day}, {end}",
                    required=False,
                    initial=value,
                    widget=forms.TimeInput({"type": "time"}),
                )

    @property
    def week(self) -> list[tuple[str, Any, Any]]:
        """Day, its field from, its field until."""
        return [(day, self[f"from_{n}"], self[f"until_{n}"]) for n, day in enumerate(DAYS)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number, day in enumerate(DAYS):
            begin, end = cleaned.get(f"from_{number}"), cleaned.get(f"until_{number}")
            if bool(begin) != bool(end):
                self.add_error(
                    f"from_{number}", f"{day}: give both times, or neither where the school is shut."
                )
            elif begin and end and end <= begin:
                self.add_error(f"until_{number}", f"{day}: the school closes after it opens.")
        return cleaned

    @property
    def hours(self) -> list[list[str] | None]:
        """The week as it is stored."""
        return [
            [_hhmm(begin), _hhmm(self.cleaned_data[f"until_{n}"])]
            if (begin := self.cleaned_data[f"from_{n}"])
            else None
            for n in range(7)
        ]


def _hhmm(at: time) -> str:
    return at.strftime("%H:%M")


class ShiftForm(forms.Form):
    """Somebody reads own words on some weekdays from a time to a time."""

    person = forms.TypedChoiceField(label="Who", coerce=int)
    weekdays = forms.TypedMultipleChoiceField(
        label="On which days",
        coerce=int,
        choices=[(n, day) for n, day in enumerate(DAYS)],
        initial=[0, 1, 2, 3, 4],
        widget=forms.CheckboxSelectMultiple,
    )
    starts = forms.TimeField(label="From", widget=forms.TimeInput({"type": "time"}), initial="08:30")
    ends = forms.TimeField(label="Until", widget=forms.TimeInput({"type": "time"}), initial="15:30")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(p.pk, p.full_name) for p in may_read_words()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("starts") and cleaned.get("ends") and cleaned["ends"] <= cleaned["starts"]:
            self.add_error("ends", "The shift ends after it starts.")
        return cleaned

    def shifts(self, school: Any) -> list[Shift]:
        """One unsaved row a day."""
        chosen = self.cleaned_data
        return [
            Shift(
                school=school,
                person=Person.objects.get(pk=chosen["person"]),
                weekday=weekday,
                starts=chosen["starts"],
                ends=chosen["ends"],
            )
            for weekday in chosen["weekdays"]
        ]


class HolidayForm(forms.ModelForm):
    """Days on which the school is shut."""

    class Meta:
        model = Holiday
        fields = ("name", "first", "last")
        labels = {"name": "Name", "first": "First day", "last": "Last day"}
        widgets = {name: forms.DateInput({"type": "date"}, "%Y-%m-%d") for name in ("first", "last")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("first") and cleaned.get("last") and cleaned["last"] < cleaned["first"]:
            self.add_error("last", "The last day comes before the first one.")
        return cleaned
