"""The rows of a release: cells, gaps, changes, response rates, reliability, follow-ups, notes."""

from __future__ import annotations

from dataclasses import dataclass

SYMBOLS = ("", "c", "x", "z", "low", "u")
"""``""`` shown · ``c`` confidential · ``x`` not available · ``z`` not applicable · ``low`` rounds to
nothing · ``u`` shown, but too uncertain to read anything into. Only ``""`` and ``u`` carry figures.
"""
SHOWN = ("", "u")


@dataclass(frozen=True)
class Cell:
    """One measure for one group. Means in points of 100 with a 95 % interval; percentages are whole.

    ``coded`` is ``top`` or ``bottom`` when the figures are the most (least) extreme a group of that size may
    show: read "95 % or more". ``distribution`` holds whole percentages by code, from 30 people on.
    """

    cut: str
    group: str
    label: str
    measure: str
    symbol: str
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    shrunk: float | None = None
    favourable: int | None = None
    distribution: tuple[int, ...] | None = None
    n_band: str = ""
    coded: str = ""


@dataclass(frozen=True)
class Gap:
    """A group's mean minus that of ``against`` (another group of the cut, or ``rest``: everyone else)."""

    cut: str
    group: str
    against: str
    label: str
    measure: str
    symbol: str
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    sincere_difference: float | None = None


@dataclass(frozen=True)
class Change:
    """How the same people's mean moved since ``from_wave``. ``matched_share``: whole % of those who answered
    now that are in it. ``basis`` says on how many of the measure's questions it rests ("3 of 4").
    """

    cut: str
    group: str
    label: str
    measure: str
    symbol: str
    from_wave: str
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    n_band: str = ""
    matched_share: int | None = None
    basis: str = ""


@dataclass(frozen=True)
class Response:
    """How many answered, as a whole % of the roll. ``coded`` ``top``: or more; ``bottom``: or less."""

    cut: str
    group: str
    label: str
    symbol: str
    rate: int | None = None
    band: str = ""
    coded: str = ""


@dataclass(frozen=True)
class Reliability:
    """Cronbach's alpha (95 % interval) and one-factor omega of the whole wave; None where there is none."""

    measure: str
    alpha: float | None
    alpha_low: float | None
    alpha_high: float | None
    omega: float | None
    n_band: str


@dataclass(frozen=True)
class FollowUp:
    """A gap somebody acted on, then and now, with what must be said beside it.

    ``difference`` is the gap now minus the gap then, with its interval; ``basis`` is ``matched`` (the same
    people in both waves: difference in differences), ``two waves`` (two separate gaps) or "" (not to be had).
    ``expected`` is how far, at most, the gap was bound to close by itself because it was picked for being
    wide (regression to the mean), with the sign of ``difference``. ``caveats`` are flags: see ``followup``.
    """

    measure: str
    cut: str
    group: str
    against: str
    label: str
    from_wave: str
    symbol: str
    before: Gap | None = None
    after: Gap | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    basis: str = ""
    expected: float | None = None
    joined: str = ""
    left: str = ""
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Note:
    """Something the reader must know: ``code`` for screens that word it themselves, ``text`` in English."""

    code: str
    about: str
    text: str
