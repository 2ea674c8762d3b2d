"""What the forms of the boards carry. Reasons to refuse live in the actions; these only read values."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from belong.notice.boards import words
from belong.notice.boards.access import groups_for_boards
from belong.notice.boards.actions import LONGEST
from belong.notice.boards.setting import NOTE_LENGTH
from belong.notice.models import Board, LeftOff
from belong.notice.models.boards import WEEKDAYS
from belong.people.models import User
from belong.people.queries import owners_of_plans, year_label, years


class PostForm(forms.Form):
    """Words for a board. `submission` makes sending it twice the same as once; who it is for is read from the boxes."""

    stem = forms.ChoiceField(required=False)
    words = forms.CharField(
        label=_("Your words"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
        error_messages={"required": _("Write a few words first. Nothing was put up.")},
    )
    whose = forms.IntegerField(required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, board: Board, young: bool = False, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.board, self.young = board, young
        self.stems = words.stems(board, young=young)
        self.fields["stem"].choices = [("", ""), *((one.id, one.text) for one in self.stems)]  # type: ignore[attr-defined]

    @property
    def sentence(self) -> str:
        """Stem and words as one."""
        given = self.cleaned_data
        return words.whole(self.board, given["stem"], given["words"], young=self.young)


class DeclineForm(forms.Form):
    """A kind line for whoever wrote it: one of ours, or the moderator's own."""

    answer = forms.CharField(required=False)
    own = forms.CharField(label="Or in your own words", required=False, max_length=LONGEST)

    @property
    def chosen(self) -> str:
        own: str = self.cleaned_data["own"].strip()
        ready = {one.id: one.text for one in words.answers()}
        return own or ready.get(self.cleaned_data["answer"], "")


class BoardForm(forms.Form):
    """A new board: what kind, for which class or place."""

    kind = forms.ChoiceField(
        label="What kind?",
        choices=[
            (Board.GRATITUDE, "Gratitude: people say thank you"),
            (Board.HYPE, "Hype: people say what is good"),
        ],
        widget=forms.RadioSelect,
        initial=Board.GRATITUDE,
    )
    title = forms.CharField(
        label="Title", max_length=60, help_text="As it stands on the wall: “8H says thank you”."
    )
    group: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label="For a class", required=False, empty_label="Not for one class"
    )
    place = forms.CharField(
        label="Or for a place",
        max_length=60,
        required=False,
        help_text="A corridor, the library, the dining hall.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups_for_boards(user)  # type: ignore[attr-defined]


class SettingsForm(forms.Form):
    """What can be changed later. Class, place and kind stay: what was written was written for them."""

    title = forms.CharField(label="Title", max_length=60)
    keeper: forms.ModelChoiceField = forms.ModelChoiceField(
        None,
        label="Looked after by",
        empty_label=None,
        help_text="Reads what pupils write, beside the adults of the class and pastoral staff.",
    )
    pupils_post = forms.BooleanField(
        label="Pupils write, too", required=False, help_text="An adult reads it before it goes up."
    )
    week_starts = forms.TypedChoiceField(
        label="The week begins on", choices=list(enumerate(WEEKDAYS)), coerce=int
    )
    years = forms.MultipleChoiceField(
        label="Pupils of",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen: every year.",
    )

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        names = ("title", "keeper", "pupils_post", "week_starts", "years")
        kwargs["initial"] = {name: getattr(board, name) for name in names}
        super().__init__(*args, **kwargs)
        self.fields["keeper"].queryset = owners_of_plans()  # type: ignore[attr-defined]
        self.fields["years"].choices = [(year, year_label(year)) for year in years()]  # type: ignore[attr-defined]
        if board.group_id is not None:
            del self.fields["years"]


class LeftOffForm(forms.Form):
    """That a pupil is named on no board."""

    why = forms.ChoiceField(
        label="Who asked for it?",
        choices=LeftOff.WHY,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who asked for it."},
    )
    note = forms.CharField(
        label="A line for whoever looks later",
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": NOTE_LENGTH}),
    )
