"""How fast a release is built, audited and read, in a school of 1,500 cut by twelve facts in all one- and two-way ways.

Thirty measures: the score, five parts, twenty-four questions. `rules_s` is rules and row space together, once over the
whole menu; `audit_s` all audits of bounds by linear programmes, and `job_s` the whole build, in which both take turns
until nothing is told too closely, all in seconds of this process's CPU; `read_ms`, CPU as well, the 95th percentile of
reading one figure as a dashboard does: the wave's release through `see.queries`, then the figure. τ-Argus protects two
tables beside us, the largest and one of middling size (`bench.argus`).

    ./run bench release                       as above
    ./run bench release --attributes 6        the first six facts only
    ./run bench release --profile             where the time of the build goes, besides
"""

import argparse
import cProfile
import itertools
import math
import os
import pstats
import random
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in the worker that builds releases

import numpy as np

from belong.measure import load
from belong.release import (
    SHOWN,
    Attribute,
    Menu,
    Microdata,
    Policy,
    Release,
    ReleaseRefused,
    build,
    protected,
)
from belong.release.model import ALL
from bench import argus
from bench.figures import line, percentile
from bench.roll import answers_of, invent
from bench.school import settle

PUPILS, SEED, READINGS, SCHOOLS, CORES = 1500, 1, 2000, 100, 2
MORE_QUESTIONS = 4
NIGHT = 8
FACTS = (
    "year", "sex", "sen", "pupil_premium", "eal", "ethnicity", "tutor_group", "joined_this_year", "looked_after",
    "house", "club", "fsm6",
)  # fmt: skip
LARGEST = ("tutor_group", "ethnicity")
MERGES: dict[str, Any] = {"sex": "smallest", "year": "neighbours", "ethnicity": "smallest"}


class TooLongError(Exception):
    """A step took longer than it was given."""


@dataclass(frozen=True)
class Took:
    """What a step gave (None where it was given up) and its CPU seconds (not a number then)."""

    found: Any
    seconds: float


def main() -> None:
    """Build, audit, store, read, compare, print."""
    asked = _asked()
    data, menu = _wave(asked.pupils, asked.attributes)
    groups = sum(len(np.unique(values)) for values in data.attributes.values())
    print(
        f"{asked.pupils:,} on roll, {data.pupils:,} answered; {len(menu.attributes)} facts, {groups} groups, "
        f"{len(menu.pairs)} two-way cuts, {6 + len(data.items)} measures; load {os.getloadavg()[0]:.1f}"
    )
    with _profiled(asked.profile), _timed_calls("ways_in") as audits, _timed_calls("rules") as passes:
        built = _within(asked.at_most, "build with its audits", lambda: _built(data, menu))
    audit_s = sum(audits) if not math.isnan(built.seconds) else math.nan
    print(
        f"of which {len(passes)} passes of rules and row space: {', '.join(f'{one:.1f}' for one in passes)} s of CPU"
    )
    print(f"and {len(audits)} audits of bounds: {', '.join(f'{one:.1f}' for one in audits)} s of CPU")
    read = _read(built.found) if built.found else math.nan
    _overnight(built.seconds)
    for table in (LARGEST, ("year", "ethnicity")):
        argus.beside(data, table)
    print(
        line(
            "release",
            rules_s=f"{max(passes):.2f}" if passes else "nan",
            audit_s=f"{audit_s:.1f}",
            job_s=f"{built.seconds:.1f}",
            read_ms=f"{read:.3f}",
            pupils=asked.pupils,
            attributes=len(menu.attributes),
            load=f"{os.getloadavg()[0]:.1f}",
        )
    )


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench release")
    parser.add_argument("--pupils", type=int, default=PUPILS)
    parser.add_argument("--attributes", type=int, default=len(FACTS), help="how many facts to cut by")
    parser.add_argument("--at-most", type=int, default=1200, help="seconds by the clock for each step")
    parser.add_argument("--profile", action="store_true", help="print where the build spends its time")
    return parser.parse_args()


def _wave(pupils: int, facts: int) -> tuple[Microdata, Menu]:
    """The answers of a closed wave with thirty measures, and a menu of everything there is."""
    school, dice = invent(pupils, SEED), np.random.default_rng(SEED)
    groups = dict(school.groups) | {
        "house": dice.choice(list("ABCD"), pupils),
        "club": dice.choice(["Y", "N"], pupils),
        "fsm6": np.where(dice.random(pupils) < 0.1, "Y", school.groups["pupil_premium"]),
    }
    chosen = {key: groups[key] for key in FACTS[:facts]}
    instrument = load("belong-core")
    data, again = (answers_of(school, instrument, chosen, seed) for seed in (SEED, SEED + 1))
    first = list(data.items)[:MORE_QUESTIONS]
    parts = {
        part: [*items, *(f"{item}-again" for item in first if item in items)]
        for part, items in data.parts.items()
    }
    more = {f"{item}-again": again.items[item] for item in first}
    categories = {**data.categories, **{f"{item}-again": data.categories[item] for item in first}}
    favourable = {**data.favourable, **{f"{item}-again": data.favourable[item] for item in first}}
    data = replace(
        data, items={**data.items, **more}, parts=parts, categories=categories, favourable=favourable
    )
    attributes = tuple(Attribute(key, merge=MERGES.get(key, "never")) for key in chosen)
    return data, Menu(attributes, tuple(itertools.combinations(chosen, 2)))


def _built(data: Microdata, menu: Menu) -> Release | None:
    try:
        release = build(data, menu, Policy())
    except ReleaseRefused as refusal:
        print(f"build: refused: {refusal.reason}")
        return None
    shown = sum(cell.symbol in SHOWN for cell in release.cells)
    print(f"build: {len(release.cells):,} cells, {shown:,} shown")
    return release


@contextmanager
def _timed_calls(name: str) -> Iterator[list[float]]:
    """CPU seconds of each call of one step that a build makes between its rounds of hiding."""
    spent: list[float] = []
    real = getattr(protected, name)

    def timed(*given: Any, **more: Any) -> Any:
        began = time.process_time()
        try:
            return real(*given, **more)
        finally:
            spent.append(time.process_time() - began)

    setattr(protected, name, timed)
    try:
        yield spent
    finally:
        setattr(protected, name, real)


def _within(seconds: int, name: str, do: Callable[[], Any]) -> Took:
    """A step's result and CPU time; given up, and said so, when it has taken too long by the clock."""

    def give_up(*_: object) -> None:
        raise TooLongError

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    began = time.process_time()
    try:
        found = do()
    except TooLongError:
        print(f"{name}: given up after {seconds} s by the clock, {time.process_time() - began:.0f} s of CPU")
        return Took(None, math.nan)
    finally:
        signal.alarm(0)
    took = time.process_time() - began
    print(f"{name}: {took:.2f} s of CPU")
    return Took(found, took)


def _read(release: Release) -> float:
    """Milliseconds, 95th percentile, from the database's row to one figure; prints the first reading, too."""
    with tempfile.TemporaryDirectory(prefix="belong-bench-") as folder:
        settle(Path(folder))
        from django_scopes import scope

        from belong.see import queries

        wave = _stored(release)
        with scope(school=wave.school):
            first = _timed(lambda: queries.release_of(wave))
            print(f"read: the first time, with its seal checked: {first:.0f} ms")
            found = queries.release_of(wave)
            assert found is not None
            for one in (found.cell("score"), found.cells_of(ALL, "score")):
                assert one, "the indexes are made once"
            times = {name: [_timed(ask) for ask in asks] for name, asks in _figures(found, wave).items()}
    for name, taken in times.items():
        print(f"read: {name:<24} p50 {percentile(taken, 0.5):.3f} p95 {percentile(taken, 0.95):.3f} ms")
    return max(percentile(taken, 0.95) for taken in times.values())


def _stored(release: Release) -> Any:
    """A closed wave with this release, in a new database."""
    from django_scopes import scope

    from belong.ask.models import Wave
    from belong.base.clock import now
    from belong.people.models import School
    from belong.see.models import ReleaseRecord

    school = School.objects.create(name="Oak Park", slug="oak", phase="secondary")
    with scope(school=school):
        instrument = load("belong-core")
        wave = Wave.objects.create(
            school=school,
            title="Spring wave",
            audience="pupils",
            instrument_key=instrument.key,
            instrument=instrument.to_dict(),
            instrument_hash=instrument.hash,
            opens_on=date(2026, 2, 23),
            closes_on=date(2026, 3, 2),
            state=Wave.CLOSED,
            closed_at=now(),
        )
        ReleaseRecord.objects.create(
            school=school,
            wave=wave,
            state=ReleaseRecord.READY,
            payload=release.to_json(),
            hash=release.hash,
            requested_at=now(),
            built_at=now(),
        )
    return wave


def _figures(release: Release, wave: Any) -> dict[str, Iterator[Callable[[], object]]]:
    """Readings by kind: each asks for the wave's release, as every request does, and then for one figure."""
    from belong.see import queries

    dice = random.Random(SEED)
    cells, gaps = (dice.choices(rows, k=READINGS // 4) for rows in (release.cells, release.gaps))

    def each(rows: Sequence[Any], figure: Callable[[Release, Any], object]) -> Iterator[Callable[[], object]]:
        for row in rows:
            yield lambda row=row: figure(queries.release_of(wave), row)  # type: ignore[misc, arg-type]

    return {
        "a cell": each(cells, lambda now, row: now.cell(row.measure, row.cut, row.group)),
        "a gap": each(gaps, lambda now, row: now.gap(row.measure, row.cut, row.group)),
        "the groups of a cut": each(cells, lambda now, row: now.cells_of(row.cut, row.measure)),
        "all gaps of a measure": each(gaps, lambda now, row: now.gaps_of(row.measure)),
    }


def _timed(ask: Callable[[], object]) -> float:
    began = time.process_time()  # SQLite works in this process, too
    ask()
    return 1000 * (time.process_time() - began)


def _overnight(each: float) -> None:
    if math.isnan(each):
        return
    minutes = SCHOOLS * each / CORES / 60
    fits = "fit into" if minutes <= 60 * NIGHT else "do not fit into"
    print(
        f"{SCHOOLS} such schools on {CORES} cores, reckoned: {minutes:.0f} min, {fits} a night of {NIGHT} h"
    )


@contextmanager
def _profiled(wanted: bool) -> Iterator[None]:
    if not wanted:
        yield
        return
    profile = cProfile.Profile()
    with profile:
        yield
    pstats.Stats(profile).sort_stats("cumulative").print_stats("belong", 25)


if __name__ == "__main__":
    main()
