"""The one door for several schools together: their answers, a menu and a policy in; a frozen table out, or a
refusal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from belong.measure import design_effect, nested, one_way
from belong.release.across.keys import Noise, record_keys
from belong.release.across.noisy import noisy
from belong.release.across.perturbation import Keys
from belong.release.across.pooling import OF, Left, common, together
from belong.release.across.rows import Count, NoiseTold
from belong.release.across.schools import pointing_at_schools, unfit_groups
from belong.release.across.table import AcrossTable, beside, check_noise
from belong.release.audit import audit, audit_against
from belong.release.build import worth_knowing
from belong.release.cells import cells
from belong.release.model import Floats, Menu, Microdata, Policy, ReleaseRefused
from belong.release.reach import hemmed_in
from belong.release.release import Release
from belong.release.rows import Cell, Note
from belong.release.wave import Worked, work_out
from belong.release.witness import Book


def across(
    schools: Mapping[str, Microdata],
    menu: Menu,
    policy: Policy | None = None,
    noise: Noise | None = None,
    ids: Mapping[str, Sequence[str]] | None = None,
    history: Sequence[AcrossTable] = (),
) -> AcrossTable:
    """The protected, audited, frozen table of several schools' answers to one wave.

    ``schools`` by name, each with the same questions and attributes; a school is never a cut. With ``noise`` each
    school's ``ids`` name its people in the order of their answers, lastingly and once in all schools together.
    ``history`` holds the tables there already are: beside one of the same wave and schools another is made only with
    the same noise, and without what the two would tell of few schools. Same input, same ``hash``, whatever the order
    of schools and rows. Raises ``ReleaseRefused``.
    """
    policy = policy or Policy()
    if any(attribute.key == OF for attribute in menu.attributes):
        raise ReleaseRefused("The school is never a cut: a figure of one school would be that school's.")
    names = sorted(schools)
    data = together({name: schools[name] for name in names})
    if noise is not None:
        data = replace(data, person_keys=_person_keys(names, schools, noise, ids or {}))
    data, left = common(data)
    earlier = beside(history, data.wave, names, data.attributes)
    now = _protected(data, menu, policy, [old.release for old in earlier])
    made, counts = _figures(now, policy, noise)
    release = Release(
        wave=data.wave,
        audience=policy.audience,
        threshold=policy.threshold,
        built_on=data.closed_on,
        measures=now.values.measures,
        cells=tuple(made),
        notes=tuple(_notes(now, left, noise)),
    ).sealed()
    if findings := (*audit(release), *audit_against(release, now.data)):
        raise ReleaseRefused(f"The audit stopped this table: {findings[0].text}")
    table = noise.table if noise else None
    told = NoiseTold(table.most, table.variance, table.gone, noise.mark) if noise and table else None
    found = AcrossTable(release, tuple(names), tuple(counts), told).sealed()
    check_noise(found, earlier)
    return found


def _protected(data: Microdata, menu: Menu, policy: Policy, earlier: Sequence[Release]) -> Worked:
    """All hidden that must be, for people as in one school, and for schools; again until nothing is left to hide."""
    now = work_out(data, menu, policy)
    barred, book = unfit_groups(now), Book()
    while True:
        if barred.any():
            now = work_out(data, menu, policy, barred=barred)
        more = pointing_at_schools(now, earlier)
        if not more.any():
            more = hemmed_in(now, policy, book)
        if not more.any():
            return now
        barred |= more


def _person_keys(
    names: Sequence[str], schools: Mapping[str, Microdata], noise: Noise, ids: Mapping[str, Sequence[str]]
) -> list[bytes]:
    """Record keys as bytes, so that they stay with their rows however those are sorted."""
    for name in names:
        if len(ids.get(name, ())) != schools[name].pupils:
            raise ReleaseRefused(f"With noise, {name} needs an id for each of its people.")
    records = record_keys([one for name in names for one in ids[name]], noise)
    return [int(record).to_bytes(8, "big") for record in records]


def _records(data: Microdata) -> Keys:
    return np.array([int.from_bytes(key, "big") for key in data.person_keys or ()], dtype=np.uint64)


def _figures(now: Worked, policy: Policy, noise: Noise | None) -> tuple[list[Cell], list[Count]]:
    wider = _wider(now)
    if noise is not None:
        return noisy(now, policy, noise, _records(now.data), lambda g, m: float(wider[g, m]))
    exact = replace(now.figures, errors=now.figures.errors * wider)
    return cells(exact, now.softened, policy), []


def _wider(now: Worked) -> Floats:
    """By how much standard errors grow as pupils of one school are alike (groups × measures): the root of the design
    effect, with one intraclass correlation for each measure and the school sizes of each group.
    """
    school = np.unique(now.data.attributes[OF], return_inverse=True)[1].astype(np.intp)
    found = np.ones(now.pattern.means.shape)
    for m, points in enumerate(now.values.points):
        known = ~np.isnan(points)
        fit = one_way(nested(points, school))
        icc = fit.icc if fit else 0.0
        for g in np.flatnonzero(now.pattern.means[:, m]).tolist():
            sizes = np.bincount(school[known & now.layout.members[g]]).astype(np.float64)
            found[g, m] = np.sqrt(max(1.0, design_effect(sizes, icc)))
    return found


def _notes(now: Worked, left: Sequence[Left], noise: Noise | None) -> Iterator[Note]:
    yield from worth_knowing(now)
    for one in left:
        text = f"“{one.title}” was answered in too few schools, or mostly in one."
        yield Note("too_few_schools", f"item:{one.item}", text)
    if noise is not None:
        yield Note(
            "noise", "",
            "Every number of people was changed at random by a few, always in the same way for the same people. The "
            "intervals allow for it. Parts need not add up to their total.",
        )  # fmt: skip
