"""An invented English school as arrays: who is in which group, and what they answered. Nothing here is of any child.

Shares follow the school census of England (2024/25, rounded); answers come from the graded response model of the demo
school, with gaps between groups put in on purpose, so that it is known how wide each true gap is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from belong.measure import Instrument, Responses, insincere
from belong.release import Microdata
from belong.release.model import ALL
from belong.site.demo.answers import FRIENDS, GENERAL, GROUP, MOMENT, OWN, Asked, Crowd, answers

Groups = dict[str, np.ndarray]
"""Attribute → group of each pupil on roll."""

PRIMARY, SECONDARY, WITH_SIXTH_FORM = "R 1 2 3 4 5 6", "7 8 9 10 11", "7 8 9 10 11 12 13"
CLASS = 28
SPREAD = float(np.sqrt(GENERAL**2 + OWN**2 + GROUP**2 + FRIENDS**2 + MOMENT**2))
"""SD of pupils' standings on a part, before any gap."""

EFFECTS = {  # in SDs of a pupil's standing; the sizes are invented, of the order that surveys in England report
    ("sex", "X"): -0.6,
    ("year", "9"): -0.2,
    ("year", "10"): -0.25,
    ("sen", "E"): -0.55,
    ("sen", "K"): -0.4,
    ("pupil_premium", "Y"): -0.35,
    ("joined_this_year", "Y"): -0.45,
    ("looked_after", "Y"): -0.5,
    ("ethnicity", "black"): -0.35,
    ("ethnicity", "mixed"): -0.2,
    ("eal", "Y"): 0.05,
}
TOGETHER = {  # over and above the two by themselves
    ("sex", "F", "year", "9"): -0.35,
    ("sex", "F", "year", "10"): -0.3,
    ("sex", "M", "year", "6"): -0.3,
    ("year", "8", "pupil_premium", "Y"): -0.35,
    ("year", "5", "pupil_premium", "Y"): -0.35,
}


@dataclass(frozen=True, eq=False)
class School:
    """Everyone on roll: groups, true standings' shifts (SDs, by pupil) and who answered."""

    groups: Groups
    shift: np.ndarray
    answered: np.ndarray

    def true_gap(self, members: np.ndarray, others: np.ndarray) -> float:
        """How far two groups on roll stand apart by what was put in, in SDs."""
        return float(self.shift[members].mean() - self.shift[others].mean())


def invent(pupils: int, seed: int) -> School:
    """A primary up to 420 pupils, a secondary up to 1,400, else one with a sixth form; about 88 % answer."""
    dice = np.random.default_rng(seed)
    groups = _groups(pupils, dice)
    shift = np.zeros(pupils)
    for (key, group), effect in EFFECTS.items():
        shift += effect * (groups[key] == group)
    for (one, first, two, second), effect in TOGETHER.items():
        shift += effect * ((groups[one] == first) & (groups[two] == second))
    missing = 0.10 + 0.06 * (groups["sen"] != "N") + 0.06 * (groups["pupil_premium"] == "Y")
    return School(groups, shift, dice.random(pupils) > missing)


def _groups(pupils: int, dice: np.random.Generator) -> Groups:
    names = (PRIMARY if pupils <= 420 else SECONDARY if pupils <= 1400 else WITH_SIXTH_FORM).split()
    weights = np.array([0.55 if name in ("12", "13") else 1.0 for name in names])
    year = np.sort(dice.choice(np.arange(len(names)), pupils, p=weights / weights.sum()))
    form = np.zeros(pupils, dtype=int)
    for one in np.unique(year):
        members = np.flatnonzero(year == one)
        form[members] = np.arange(len(members)) % max(1, round(len(members) / CLASS))
    by_share = {
        "sex": {"F": 0.493, "M": 0.5, "X": 0.007},
        "sen": {"E": 0.053, "K": 0.142, "N": 0.805},
        "eal": {"Y": 0.214, "N": 0.786},
        "ethnicity": {"white": 0.70, "asian": 0.13, "black": 0.07, "mixed": 0.07, "other": 0.02, "": 0.01},
        "looked_after": {"Y": 0.007, "N": 0.993},
        "joined_this_year": {"Y": 0.04, "N": 0.96},
    }
    groups = {
        key: dice.choice(list(shares), pupils, p=list(shares.values())) for key, shares in by_share.items()
    }
    years = np.array(names)[year]
    premium = dice.random(pupils) < np.where(groups["sen"] == "N", 0.23, 0.40)
    tutor = np.array([f"{name} {int(number)}" for name, number in zip(years, form, strict=True)])
    return {"year": years, "tutor_group": tutor, "pupil_premium": np.where(premium, "Y", "N"), **groups}


def answers_of(
    school: School,
    instrument: Instrument,
    attributes: Mapping[str, np.ndarray],
    seed: int,
    labels: Mapping[str, Mapping[str, str]] | None = None,
) -> Microdata:
    """The closed wave of a school, cut by `attributes` (one value for everyone on roll)."""
    rows = np.flatnonzero(school.answered)
    forms = np.unique(school.groups["tutor_group"], return_inverse=True)[1]
    shift = dict.fromkeys([part.id for part in instrument.parts], SPREAD * school.shift[rows])
    asked = Asked(rows.tolist(), forms[rows].tolist(), shift)
    sheets = answers(Crowd(np.random.default_rng(seed)), instrument, asked)
    items = instrument.scored_items
    codes = np.array([[int(sheet.get(item.id, 0)) for item in items] for sheet in sheets], dtype=np.int8)
    responses = Responses(tuple(items), codes)
    oriented = responses.oriented()
    return Microdata(
        pupils=len(rows),
        items={item.id: oriented[:, place] for place, item in enumerate(items)},
        categories={item.id: item.categories for item in items},
        favourable={item.id: item.scale.favourable if item.scale else () for item in items},
        attributes={key: values[rows] for key, values in attributes.items()},
        parts=_parts(instrument),
        labels=labels or {},
        roll={ALL: {ALL: len(school.shift)}} | {key: _counts(values) for key, values in attributes.items()},
        insincere=insincere(responses),
        minimum_answered=instrument.minimum_answered,
        wave="1",
        closed_on="2026-03-02",
    )


def _parts(instrument: Instrument) -> dict[str, Sequence[str]]:
    held = {
        part.id: [item.id for item in instrument.scored_items if item.part == part.id]
        for part in instrument.parts
    }
    return {part: items for part, items in held.items() if items}


def _counts(values: np.ndarray) -> dict[str, int]:
    names, many = np.unique(values, return_counts=True)
    return {str(name): int(people) for name, people in zip(names, many, strict=True)}
