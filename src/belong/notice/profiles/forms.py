"""The form of a pupil's page: for each part its words, ticks where there are any, and who may read it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from belong.notice.models import Audience, ProfileField, ProfilePart
from belong.notice.profiles.actions import TEXT_LENGTH, Said
from belong.notice.profiles.words import ASKS, ASKS_ABOUT, SUPPORTS, TITLES


class ProfileForm(forms.Form):
    """Begins with the parts of an earlier version; `about` asks an adult instead of the pupil."""

    def __init__(self, *args: Any, parts: Iterable[ProfilePart] = (), about: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = {part.field: part for part in parts}
        for field in ProfileField:
            part = kept.get(field)
            if field == ProfileField.TAKING_PART:
                self.fields["supports"] = forms.MultipleChoiceField(
                    label=TITLES[field],
                    choices=list(SUPPORTS.items()),
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                    initial=part.supports if part else [],
                )
            ask = ASKS_ABOUT[field] if about else ASKS[field]
            own = field == ProfileField.TAKING_PART
            self.fields[f"text_{field}"] = forms.CharField(
                label=_("In your own words")
                if own and not about
                else "In their own words"
                if own
                else TITLES[field],
                help_text="" if own else str(ask),
                required=False,
                max_length=TEXT_LENGTH,
                widget=forms.Textarea(attrs={"rows": 3, "maxlength": TEXT_LENGTH}),
                initial=part.text if part else "",
            )
            self.fields[f"audience_{field}"] = forms.ChoiceField(
                label=_("Who may read this part?"),
                choices=Audience.choices,
                initial=part.audience if part else Audience.TEACHERS,
            )

    @property
    def sections(self) -> list[dict[str, Any]]:
        """Each part with its fields, as the page shows them."""
        return [
            {
                "field": field,
                "title": TITLES[field],
                "ask": ASKS[field],
                "supports": self["supports"] if field == ProfileField.TAKING_PART else None,
                "text": self[f"text_{field}"],
                "audience": self[f"audience_{field}"],
            }
            for field in ProfileField
        ]

    def said(self) -> dict[str, Said]:
        """What was written, part by part."""
        data = self.cleaned_data
        return {
            field.value: Said(
                data.get(f"text_{field}") or "",
                data.get(f"audience_{field}") or Audience.TEACHERS,
                tuple(data.get("supports") or ()) if field == ProfileField.TAKING_PART else (),
            )
            for field in ProfileField
        }


class AnswerForm(forms.Form):
    """The pupil's yes to a page an adult wrote with them: who may read each part."""

    def __init__(self, *args: Any, parts: Iterable[ProfilePart], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = list(parts)
        for part in self.parts:
            self.fields[part.field] = forms.ChoiceField(
                label=_("Who may read this part?"), choices=Audience.choices, initial=part.audience
            )

    @property
    def rows(self) -> list[tuple[ProfilePart, Any]]:
        return [(part, self[part.field]) for part in self.parts]
