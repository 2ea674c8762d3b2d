"""How questions may look: size, letters, spaces, colours, movement. Only what differs from the usual is ever kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIELD = "look-"
LIGHT, DARK = "light", "dark"


@dataclass(frozen=True)
class Option:
    """One way it can look; `value` "" is the usual one."""

    value: str
    label: str | Promise


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen: `data-<key>` on the page, `look-<key>` in the form."""

    key: str
    label: str | Promise
    options: tuple[Option, ...]

    @property
    def field(self) -> str:
        return FIELD + self.key


USUAL = Option("", _("Usual"))
CHOICES = (
    Choice("size", _("Size of the words"), (USUAL, Option("big", _("Big")), Option("huge", _("Huge")))),
    Choice(
        "font",
        _("Letters"),
        (
            USUAL,
            Option("lexend", "Lexend"),
            Option("atkinson", "Atkinson"),
            Option("own", _("This device’s own")),
        ),
    ),
    Choice("letters", _("Space between letters"), (USUAL, Option("wide", _("Wide")))),
    Choice("lines", _("Space between lines"), (USUAL, Option("wide", _("Wide")))),
    Choice(
        "tint",
        _("Colour of the page"),
        (
            USUAL,
            Option("white", _("White")),
            Option("yellow", _("Yellow")),
            Option("green", _("Green")),
            Option("blue", _("Blue")),
            Option("pink", _("Pink")),
        ),
    ),
    Choice("theme", _("Light or dark"), (USUAL, Option(LIGHT, _("Light")), Option(DARK, _("Dark")))),
    Choice("motion", _("Movement"), (USUAL, Option("still", _("None")))),
)
_KNOWN = {choice.key: {option.value for option in choice.options} - {""} for choice in CHOICES}


def chosen_in(form: Mapping[str, str]) -> dict[str, str]:
    """What a form chose; anything that is no choice of ours is as if it had not been said."""
    return known({key: form.get(FIELD + key, "") for key in _KNOWN})


def known(choices: Mapping[str, str]) -> dict[str, str]:
    """Those choices that exist today, in the order of the menu."""
    return {key: choices[key] for key in _KNOWN if choices.get(key) in _KNOWN[key]}


def on_page(choices: Mapping[str, str]) -> dict[str, str]:
    """The `data-…` of the page. A tint is a light colour: with it a page is light even on a device set to dark."""
    shown = known(choices)
    if "tint" in shown:
        shown.setdefault("theme", LIGHT)
    return shown


@dataclass(frozen=True)
class Segment:
    """One option as the menu draws it."""

    value: str
    label: str | Promise
    chosen: bool


def menu(choices: Mapping[str, str]) -> list[tuple[Choice, list[Segment]]]:
    """Every choice with its options, the chosen one marked."""
    return [
        (
            choice,
            [
                Segment(one.value, one.label, choices.get(choice.key, "") == one.value)
                for one in choice.options
            ],
        )
        for choice in CHOICES
    ]
