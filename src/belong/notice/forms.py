"""What the forms of the notice room carry. Reasons to refuse live in the actions; these only read values."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict

from belong.base.clock import today
from belong.notice.actions import BACKDATE_WITHIN
from belong.notice.models import NOTE_LENGTH, Aspect, Kind, State
from belong.notice.queries.overlooked import SORTS, WEEKS, Filters, tutor_groups_of_visible
from belong.notice.queries.places import NOT_YET, QUIET_WEEKS
from belong.people.access import visible_pupils
from belong.people.models import Person, User
from belong.people.queries import YEAR_ORDER, year_label
from belong.web.widgets import OneSelect

ONE_TAP = (Kind.GREETING, Kind.PRAISE, Kind.CHECK_IN, Kind.GESTURE, Kind.WORK)
IN_WORDS = (Kind.PRAISE, Kind.NOTE_HOME, Kind.OBSERVATION)
UNKNOWN_KIND = {
    "required": "Choose what kind of moment it was.",
    "invalid_choice": "There is no such kind of moment. Choose one of those shown.",
}


def _words(label: str, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3, "maxlength": NOTE_LENGTH})
    return forms.CharField(label=label, max_length=NOTE_LENGTH, widget=area, **more)


class DayInput(forms.DateInput):
    """The browser's own date field, with ISO dates."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(format="%Y-%m-%d", attrs=attrs)


class MomentForm(forms.Form):
    """One moment for one pupil. `submission` makes sending it twice the same as once."""

    kind = forms.ChoiceField(choices=Kind.choices, widget=forms.HiddenInput, error_messages=UNKNOWN_KIND)
    note = _words("A few words", required=False)
    aspect = forms.ChoiceField(
        label="What is it about?", choices=Aspect.choices, required=False, widget=forms.RadioSelect
    )
    on = forms.DateField(label="Day", required=False, widget=DayInput())
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": today(), "submission": uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        limits = {"min": today() - BACKDATE_WITHIN, "max": today()}
        self.fields["on"].widget.attrs.update({name: day.isoformat() for name, day in limits.items()})

    def clean(self) -> dict[str, Any]:
        """An observation says what it is about."""
        found = self.cleaned_data
        if found.get("kind") == Kind.OBSERVATION and not found.get("aspect") and "aspect" not in self.errors:
            self.add_error("aspect", "Choose one.")
        return found


class GroupMomentForm(MomentForm):
    """One moment for several pupils of a group; which of them is read from the boxes beside their names."""

    kind = forms.ChoiceField(
        choices=[(kind, kind.label) for kind in ONE_TAP],
        widget=forms.RadioSelect,
        error_messages=UNKNOWN_KIND,
    )

    def __init__(self, *args: Any, pupils: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pupils = pupils


class WordsForm(forms.Form):
    """Words added to a moment just noted."""

    note = _words("A few words", required=False)


class StateForm(forms.Form):
    """How one's own relationship with a pupil stands; `seen` is the change the form was made from."""

    state = forms.ChoiceField(choices=State.choices, error_messages={"required": "Choose one of the three."})
    reason = _words(
        "Why", required=False, help_text="Written as if the child will read it. Then choose one of the three."
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ReviewForm(forms.Form):
    """When to look again."""

    review_on = forms.DateField(
        label="Look again on", widget=DayInput(), error_messages={"required": "Choose a day."}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits = {"min": today(), "max": today() + timedelta(days=365)}
        self.fields["review_on"].widget.attrs.update({name: day.isoformat() for name, day in limits.items()})


class KnowingForm(forms.Form):
    """What an adult knows of a child; the tap alone is enough."""

    line = _words("Something they enjoy, someone at home, what helps", required=False)


class OverlookedForm(forms.Form):
    """The filters of the overlooked page: choices are what the viewer may see, so the fields are made per viewer."""

    def __init__(self, asked: QueryDict, *, user: User) -> None:
        asked = asked.copy()
        asked.setdefault("weeks", str(QUIET_WEEKS))
        super().__init__(asked)
        weeks = [(str(weeks), f"{weeks} weeks") for weeks in WEEKS]
        places = [("", "Any place"), *_empty_words()]
        search = forms.TextInput(attrs={"type": "search"})
        groups = tutor_groups_of_visible(user)
        self.fields |= {
            "search": forms.CharField(label="Name", required=False, widget=search),
            "year": forms.ChoiceField(label="Year", required=False, choices=_years(user), widget=OneSelect),
            "group": forms.ModelChoiceField(
                groups, label="Tutor group", required=False, empty_label="Every group", widget=OneSelect
            ),
            "place": forms.ChoiceField(label="Empty place", required=False, choices=places, widget=OneSelect),
            "weeks": forms.ChoiceField(
                label="No moment for", required=False, choices=weeks, widget=OneSelect
            ),
            "sort": forms.ChoiceField(
                label="Sort by",
                required=False,
                choices=[(key, label.capitalize()) for key, label in SORTS.items()],
                widget=OneSelect,
            ),
            "empty": forms.ChoiceField(required=False, choices=[(least, least) for least in "123456"]),
        }

    def filters(self) -> Filters:
        """What was asked for; a value nobody offered is left out rather than an error."""
        self.is_valid()
        asked = self.cleaned_data
        group = asked.get("group")
        return Filters(
            weeks=int(asked.get("weeks") or QUIET_WEEKS),
            year=asked.get("year") or "",
            group=group.pk if group else None,
            place=asked.get("place") or "",
            empty=int(asked.get("empty") or 1),
            search=asked.get("search") or "",
            sort=asked.get("sort") or "empty",
        )


def _years(user: User) -> list[tuple[str, str]]:
    """The years of the pupils the user may see, youngest first."""
    found = set(visible_pupils(user).order_by().values_list("year", flat=True).distinct()) - {""}
    order = {year: at for at, year in enumerate(YEAR_ORDER)}
    known = sorted(found, key=lambda year: order.get(year, len(order)))
    return [("", "Every year"), *((year, year_label(year)) for year in known)]


def _empty_words() -> list[tuple[str, str]]:
    return [(key, f"No {label}") for key, label in NOT_YET.items()]
