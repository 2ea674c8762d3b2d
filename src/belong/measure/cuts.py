"""Groups of one cut: who may be shown, how they stand, how they differ, how far to trust it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from belong.measure.answers import Grouping
from belong.measure.estimate import Design, Estimate, Rows, difference, from_se, mean
from belong.measure.hiding import (
    DISTRIBUTION_FROM,
    THRESHOLD,
    UNKNOWN,
    alike,
    band,
    coded_percent,
    hidden_groups,
)
from belong.measure.multilevel import design_effect, shrink
from belong.measure.responses import Floats
from belong.measure.results import CutResult, GapResult, GroupResult, Verdict

MATTERS = 5.0
"""Points of 100. A difference that might be larger than this either way is called too uncertain to tell."""

OTHERS = "everyone else"

TOGETHER = "together: "
"""How the value of groups shown together begins."""


@dataclass(frozen=True)
class Measured:
    """One measure's values per person: the score, and the share of favourable answers."""

    key: str
    values: Floats
    favourable: Floats | None


@dataclass(frozen=True)
class Setting:
    """What every cut needs: the design, who was probably not sincere, the likeness within clusters."""

    design: Design
    insincere: Rows
    icc: float


def cut_results(
    groupings: Sequence[Grouping], measures: Sequence[Measured], setting: Setting
) -> tuple[CutResult, ...]:
    """All cuts, with what is hidden worked out over all of them together."""
    places, first = alike([grouping.values for grouping in groupings], setting.design.people)
    number = setting.design.number
    known = [
        np.bincount(places, weights=number * ~np.isnan(m.values), minlength=len(first)).astype(np.float64)
        for m in measures
    ]
    hidden = _hidden(groupings, measures, known, first)
    # Hidden groups of a cut may stand together as one group, if that gives nothing away anywhere.
    for i, grouping in enumerate(groupings):
        tried = [*groupings[:i], together(grouping, hidden[grouping.name]), *groupings[i + 1 :]]
        then = _hidden(tried, measures, known, first)
        if tried[i] is not grouping and not then[grouping.name] and all(then[g] <= hidden[g] for g in then):
            groupings, hidden = tried, then
    return tuple(_cut(grouping, measures, setting, hidden[grouping.name]) for grouping in groupings)


def _hidden(
    groupings: Sequence[Grouping],
    measures: Sequence[Measured],
    known: Sequence[Floats],
    first: NDArray[np.intp],
) -> dict[str, set[str]]:
    """What each cut must hide for the sake of any measure.

    People alike in every cut are taken together: ``known`` says for each measure how many of them have it, ``first``
    where one of them stands.
    """
    hidden: dict[str, set[str]] = {grouping.name: set() for grouping in groupings}
    values = {grouping.name: grouping.values[first] for grouping in groupings}
    for measured, people in zip(measures, known, strict=True):
        unanimous = {grouping.name: _unanimous(grouping, measured.values) for grouping in groupings}
        for name, found in hidden_groups(values, people > 0, unanimous, people).items():
            hidden[name] |= found
    return hidden


def _unanimous(grouping: Grouping, values: Floats) -> set[str]:
    """Groups whose people all have the same score: showing it would show everyone's."""
    found = set()
    for value in ordered(grouping):
        known = values[(grouping.values == value) & ~np.isnan(values)]
        if known.size and np.ptp(known) == 0:
            found.add(value)
    return found


def together(grouping: Grouping, hidden: set[str]) -> Grouping:
    """The cut with its hidden groups made one; unchanged if there are not two of them beside a shown one."""
    order = ordered(grouping)
    if len(hidden) < 2 or len(hidden) == len(order):
        return grouping
    label = f"{', '.join(grouping.label(value) for value in order if value in hidden)} (together)"
    value = f"{TOGETHER}{label}"
    wide = grouping.values.astype(f"<U{max(len(value), grouping.values.dtype.itemsize // 4)}")
    merged = np.where(np.isin(wide, list(hidden)), value, wide)
    return replace(grouping, values=merged, labels={**grouping.labels, value: label})


def _cut(grouping: Grouping, measures: Sequence[Measured], setting: Setting, hidden: set[str]) -> CutResult:
    order = ordered(grouping)
    groups: list[GroupResult] = []
    gaps: list[GapResult] = []
    for measured in measures:
        made = [_group(grouping, value, measured, setting, hidden) for value in order]
        groups += _shrunk(made, {value: _error(grouping, value, measured, setting) for value in order})
        gaps += _gaps(grouping, order, measured, setting, hidden)
    unknown = setting.design.many(grouping.values == UNKNOWN)
    return CutResult(
        name=grouping.name,
        column=grouping.column,
        title=grouping.title,
        unknown=band(unknown) if unknown else "",
        groups=tuple(groups),
        gaps=tuple(gaps),
    )


def ordered(grouping: Grouping) -> list[str]:
    """Group values in the key's order, others after them as people count (Year 9 before Year 10), merged
    ones last.
    """
    found = [str(value) for value in np.unique(grouping.values) if value != UNKNOWN]
    known = list(grouping.labels)

    def natural(value: str) -> tuple[object, ...]:
        place = known.index(value) if value in known else len(known)
        place += len(known) + 1 if value.startswith(TOGETHER) else 0
        number = re.fullmatch(r"-?\d+", value)
        texts = [int(part) if part.isdigit() else -1 for part in re.split(r"(\d+)", value)]
        return place, int(value) if number else 0, texts, value

    return sorted(found, key=natural)


def _estimate(values: Floats, setting: Setting, rows: Rows) -> Estimate:
    """A group's mean; under thirty people its interval rests on the spread of the whole file.

    A mean with its own interval would give the group's spread away, and ten people tell little about spread
    anyway.
    """
    design = setting.design
    keep = rows & ~np.isnan(values)
    own = mean(values, design, rows)
    if own.people >= DISTRIBUTION_FROM or own.people == 0:
        return own
    effect = design.kish(keep)
    if design.clusters is not None and setting.icc > 0:
        sizes = np.bincount(design.clusters[keep], weights=design.number[keep]).astype(np.float64)
        effect *= design_effect(sizes[sizes > 0], setting.icc)
    spread = design.spread(values)
    return from_se(own.value, spread * np.sqrt(effect / own.people), own.people, own.people - 1)


def _error(grouping: Grouping, value: str, measured: Measured, setting: Setting) -> float:
    return _estimate(measured.values, setting, grouping.values == value).se


def _group(
    grouping: Grouping, value: str, measured: Measured, setting: Setting, hidden: set[str]
) -> GroupResult:
    rows = grouping.values == value
    found = _estimate(measured.values, setting, rows)
    label = grouping.label(value)
    if value in hidden or found.people < THRESHOLD:
        return GroupResult(grouping.name, measured.key, value, label, "c", "")
    good = None
    if measured.favourable is not None:
        good = coded_percent(mean(measured.favourable, setting.design, rows).value, found.people)
    return GroupResult(
        cut=grouping.name,
        measure=measured.key,
        value=value,
        label=label,
        symbol="u" if found.people < DISTRIBUTION_FROM or not np.isfinite(found.se) else "",
        band=band(found.people),
        mean=round(found.value, 1),
        low=_one(found.low, 0),
        high=_one(found.high, 100),
        favourable=good,
    )


def _one(value: float, edge: float) -> float | None:
    """One decimal, kept within 0–100; None where there is no limit."""
    if not np.isfinite(value):
        return None
    return round(max(value, edge) if edge == 0 else min(value, edge), 1)


def _shrunk(groups: Sequence[GroupResult], errors: Mapping[str, float]) -> list[GroupResult]:
    """Add empirical-Bayes estimates to the shown groups, drawn together among themselves."""
    places = [i for i, g in enumerate(groups) if g.mean is not None and np.isfinite(errors[g.value])]
    if len(places) < 2:
        return list(groups)
    means = np.array([groups[i].mean for i in places], dtype=np.float64)
    found = shrink(means, np.array([errors[groups[i].value] for i in places]))
    out = list(groups)
    for place, estimate, trust in zip(places, found.estimates, found.reliability, strict=True):
        g = groups[place]
        out[place] = GroupResult(
            **{**g.__dict__, "shrunk": round(float(estimate), 1), "trust": round(float(trust), 2)}
        )
    return out


def _gaps(
    grouping: Grouping, order: Sequence[str], measured: Measured, setting: Setting, hidden: set[str]
) -> list[GapResult]:
    """The first of two groups minus the second; of more, each minus everyone else whose group is known."""
    if len(order) == 2:
        first, second = order
        other = grouping.values == second
        label = f"{grouping.label(first)} and {mid(grouping.label(second))}"
        against = grouping.label(second)
        return [_gap(grouping, first, other, label, against, measured, setting, bool(hidden))]
    known = grouping.values != UNKNOWN
    out = []
    for value in order:
        others, label = known & (grouping.values != value), grouping.label(value)
        out.append(_gap(grouping, value, others, label, OTHERS, measured, setting, value in hidden))
    return out


def mid(label: str) -> str:
    """A label inside a sentence: ``Boys`` → ``boys``, but ``SEN support`` and ``Year 9`` stay."""
    plain = label[:1].isupper() and label[1:].islower() and " " not in label
    return label.lower() if plain else label


def _gap(
    grouping: Grouping,
    value: str,
    other: Rows,
    label: str,
    against: str,
    measured: Measured,
    setting: Setting,
    hide: bool,
) -> GapResult:
    rows = grouping.values == value
    values = measured.values
    one, rest = _estimate(values, setting, rows), _estimate(values, setting, other)
    if hide or min(one.people, rest.people) < THRESHOLD:
        return GapResult(grouping.name, measured.key, value, label, against, "c")
    found = difference(values, setting.design, rows, other)
    if min(one.people, rest.people) < DISTRIBUTION_FROM:
        error, free = float(np.hypot(one.se, rest.se)), min(one.free, rest.free)
        found = from_se(one.value - rest.value, error, found.people, free)
    return GapResult(
        cut=grouping.name,
        measure=measured.key,
        value=value,
        label=label,
        against=against,
        symbol="u" if min(one.people, rest.people) < DISTRIBUTION_FROM or not np.isfinite(found.se) else "",
        difference=round(found.value, 1),
        low=round(found.low, 1) if np.isfinite(found.low) else None,
        high=round(found.high, 1) if np.isfinite(found.high) else None,
        verdict=verdict(found),
        sincere=_sincere(values, rows, other, setting),
    )


def verdict(found: Estimate) -> Verdict:
    """What may be said of a difference (see ``MATTERS``)."""
    if not np.isfinite(found.se):
        return "unsure"
    if found.low > 0:
        return "higher"
    if found.high < 0:
        return "lower"
    return "same" if max(-found.low, found.high) <= MATTERS else "unsure"


def _sincere(values: Floats, rows: Rows, other: Rows, setting: Setting) -> float | None:
    """The difference without insincere answers; None where it would single out fewer than ten people."""
    meant = ~setting.insincere
    for side in (rows, other):
        known = side & ~np.isnan(values)
        left_out = setting.design.many(known & setting.insincere)
        if 0 < left_out < THRESHOLD or setting.design.many(known & meant) < THRESHOLD:
            return None
    return round(difference(values, setting.design, rows & meant, other & meant).value, 1)
