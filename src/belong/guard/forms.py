"""Forms of the guard room."""

from datetime import timedelta
from typing import Any

from django import forms

from belong.base.clock import today
from belong.guard.verbs import choices
from belong.people.models import Person, User

BACK = timedelta(days=6)


class TrailFilter(forms.Form):
    """Whose entries, of which kind, from which day to which."""

    who = forms.TypedChoiceField(label="Who", required=False, coerce=int, empty_value=None)
    verb = forms.ChoiceField(label="What", required=False)
    since = forms.DateField(
        label="From", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    until = forms.DateField(label="To", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def __init__(self, asked: Any, user: Any) -> None:
        """Without anything asked for: everyone, everything, the last seven days."""
        chosen = {name: asked[name] for name in self.base_fields if name in asked}
        week = {"since": (today() - BACK).isoformat(), "until": today().isoformat()}
        super().__init__(chosen or week)
        people = (
            User.objects.filter(school=user.school_id)
            .exclude(person__kind=Person.PUPIL)
            .select_related("person")
        )
        named = sorted((_name(one), one.pk) for one in people)
        self.fields["who"].choices = [("", "Everyone"), *[(pk, name) for name, pk in named]]  # type: ignore[attr-defined]
        self.fields["verb"].choices = [("", "Everything"), *choices()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day comes before the first one.")
        return cleaned

    def asked(self) -> dict[str, Any] | None:
        """The arguments of `trail.entries`; None while something is wrong."""
        if not self.is_valid():
            return None
        chosen = self.cleaned_data
        return {
            "actor_id": chosen["who"],
            "verb": chosen["verb"],
            "since": chosen["since"],
            "until": chosen["until"],
        }


def _name(user: User) -> str:
    return user.person.display_name if user.person else user.username
