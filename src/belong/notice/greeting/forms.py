"""What the forms of greeting carry. Reasons to refuse live in the actions."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from belong.notice.greeting.actions import LINE_LENGTH, SAID_LENGTH


class NameForm(forms.Form):
    """How to say a name in letters, and whether the birthday is mentioned."""

    said_like = forms.CharField(
        label=_("How to say it"),
        required=False,
        max_length=SAID_LENGTH,
        help_text=_("Write it as it sounds, with capitals where it is loud: oh-KAH-for."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    birthday = forms.BooleanField(label=_("My birthday may be mentioned at school"), required=False)

    def __init__(self, *args: Any, whose: str, mentions: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if whose:
            self.fields["birthday"].label = gettext("The birthday of %(name)s may be mentioned at school") % {
                "name": whose
            }
        if not mentions:
            del self.fields["birthday"]


class SoundForm(forms.Form):
    """A recording, made on the page or chosen as a file."""

    sound = forms.FileField(
        label=_("Recording"),
        help_text=_("Up to 20 seconds. A few are enough: the name, said slowly, twice."),
        widget=forms.FileInput(attrs={"accept": "audio/*,.m4a,.webm,.ogg"}),
        error_messages={
            "required": _("Record the name, or choose a file."),
            "empty": _("That file is empty."),
        },
    )


class LineForm(forms.Form):
    """One good line for a colleague."""

    line = forms.CharField(
        label="One good line a colleague can use",
        max_length=LINE_LENGTH,
        help_text="“Ask him about the match.” “She played the cornet on Friday, by heart.”",
        error_messages={"required": "Write one good line a colleague can use."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


class BirthdaysForm(forms.Form):
    """What the school chooses."""

    birthdays = forms.BooleanField(
        label="Tell adults of their pupils’ birthdays",
        required=False,
        help_text="A pupil or a family can say no for themselves on the page about their name, whatever you choose.",
    )
