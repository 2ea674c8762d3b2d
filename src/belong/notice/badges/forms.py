"""What the forms of badges carry. Reasons to refuse live in the actions; these only read values."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from belong.base.clock import today
from belong.notice.badges.actions import EVIDENCE, WHY
from belong.notice.badges.taking import KINDS
from belong.notice.models import Badge, Colour, Givers, Shape, Sign, Trait

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class BadgeForm(forms.Form):
    """A badge: what it is called, what it is given for, how it looks."""

    name = forms.CharField(label="Name", max_length=80)
    criteria = forms.CharField(
        label="What it is given for",
        help_text="One or two sentences a pupil understands. They stand in the badge.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    trait = forms.ModelChoiceField(
        Trait.objects.none(), label="Value or trait it shows", required=False, empty_label="None"
    )
    given_by = forms.ChoiceField(label="Who gives it", choices=Givers.choices, widget=forms.RadioSelect)
    shape = forms.ChoiceField(label="Outline", choices=Shape.choices)
    sign = forms.ChoiceField(label="Sign", choices=Sign.choices)
    colour = forms.ChoiceField(label="Colour", choices=Colour.choices)
    picture = forms.FileField(
        label="Or a picture of your own",
        help_text="JPEG or PNG without people in it. It stands in place of the drawn one.",
        required=False,
    )
    drop_picture = forms.BooleanField(label="Use the drawn picture again", required=False)
    lasts_months = forms.IntegerField(
        label="Lasts for so many months",
        help_text="Leave it empty for a badge that lasts.",
        required=False,
        min_value=1,
        max_value=240,
    )

    def __init__(self, *args: Any, badge: Badge | None = None, **kwargs: Any) -> None:
        fields = ("name", "criteria", "trait", "given_by", "shape", "sign", "colour", "lasts_months")
        start = {field: getattr(badge, field) for field in fields} if badge else {"given_by": Givers.STAFF}
        super().__init__(*args, **{"initial": start, **kwargs})
        traits = Trait.objects.filter(retired_on__isnull=True)
        self.fields["trait"].queryset = traits  # type: ignore[attr-defined]
        if badge is None or not badge.picture:
            del self.fields["drop_picture"]


class GiveForm(forms.Form):
    """Who is given a badge, for what, on which day; the names are read from the boxes."""

    evidence = forms.CharField(
        label="What they did",
        help_text="One line, as if the pupil will read it. Leave every child’s name out.",
        max_length=EVIDENCE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": EVIDENCE}),
    )
    on = forms.DateField(label="On", widget=DAY, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"on": today()}, **kwargs})


class WithdrawForm(forms.Form):
    """Why a badge is taken back."""

    why = forms.CharField(
        label="Why",
        help_text="The pupil may read it.",
        max_length=WHY,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": WHY}),
        error_messages={"required": "Write why the badge is withdrawn. Nothing was changed."},
    )


class TakeForm(forms.Form):
    """As what a badge is taken along, and whether its words go with it."""

    kind = forms.ChoiceField(
        label=_("As what?"),
        choices=[(key, words) for key, (words, _) in KINDS.items()],
        widget=forms.RadioSelect,
    )
    with_words = forms.BooleanField(label=_("With what was written about it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"kind": "png", "with_words": True}, **kwargs})


class CheckForm(forms.Form):
    """A badge file, and who is said to have issued it."""

    badge = forms.FileField(label="Badge", help_text="A picture (PNG or SVG), a data file (JSON) or a token.")
    issuer = forms.FileField(
        label="Key file of whoever issued it",
        help_text="Leave it empty for a badge of this school.",
        required=False,
    )
    status = forms.FileField(
        label="Their list of withdrawn badges",
        help_text="Leave it empty for a badge of this school.",
        required=False,
    )


class AddressForm(forms.Form):
    """Under which address the school issues, and where it puts its lists."""

    issuer = forms.CharField(
        label="The school’s address for badges",
        help_text="For example https://www.oakpark.example/badges or did:web:oakpark.example. Empty: the key is the "
        "address, and nothing has to be put on any website.",
        required=False,
        max_length=200,
    )
    status = forms.CharField(
        label="Where the lists of withdrawn badges are",
        help_text="For example https://www.oakpark.example/badges/. Empty: verifiers ask the school for the file.",
        required=False,
        max_length=200,
    )
