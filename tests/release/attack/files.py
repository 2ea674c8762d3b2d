"""Files for the attacker: naive tables, releases and class lists of the same answers."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from belong.release import Microdata, Release
from belong.release.attack import attack, read, read_roll
from belong.release.compute import measures_of, values_of

ITEM = "item:q1"


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    """Rows as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def groups_of(data: Microdata, cuts=(), pairs=()) -> dict[tuple[str, str], np.ndarray]:
    """Everyone, every value of every cut, every pair of values."""
    found = {("all", "all"): np.ones(data.pupils, dtype=bool)}
    for cut in cuts:
        for value in np.unique(data.attributes[cut]):
            found[cut, str(value) or "unknown"] = data.attributes[cut] == value
    for a, b in pairs:
        for (cut, one), first in list(found.items()):
            for (other, two), second in list(found.items()):
                if (cut, other) == (a, b):
                    found[f"{a}*{b}", f"{one}*{two}"] = first & second
    return found


def naive_rows(
    data: Microdata, cuts=(), pairs=(), *, items=("q1",), least=10, decimals=1
) -> list[dict[str, object]]:
    """The table most programs print: exact numbers and means, and groups under ``least`` simply left out."""
    rows = []
    for item in items:
        codes = data.items[item]
        for (cut, group), members in groups_of(data, cuts, pairs).items():
            some = codes[members & (codes > 0)].astype(float)
            row: dict[str, object] = {
                "cut": cut,
                "group": group,
                "measure": f"item:{item}",
                "n": "",
                "mean": "",
            }
            if len(some) >= least:
                row |= {"n": len(some), "mean": f"{(some - 1).mean() * 25:.{decimals}f}"}
            rows.append(row)
    return rows


def naive(path: Path, data: Microdata, cuts=(), pairs=(), **more) -> Path:
    return write(path, naive_rows(data, cuts, pairs, **more))


def exported(path: Path, release: Release) -> Path:
    """The release as an officer downloads it."""
    path.write_text(json.dumps(release.to_json()), encoding="utf-8")
    return path


def class_list(path: Path, data: Microdata) -> Path:
    """Who is in which group, and who answered which question."""
    return write(path, _lines(data, ""))


def class_list_of_two(
    path: Path, *waves: Microdata, compared: Mapping[str, set[bytes]] | None = None
) -> Path:
    """The same over several waves, people told apart by their keys; ``compared`` who is in the changes of a wave."""
    people: dict[bytes, dict[str, object]] = {}
    for data in waves:
        for key, line in zip(data.person_keys or (), _lines(data, f"@{data.wave}"), strict=True):
            people.setdefault(key, {}).update(line)
    for name, inside in (compared or {}).items():
        for key, line in people.items():
            line[f"compared@{name}"] = "yes" if key in inside else "no"
    return write(path, list(people.values()))


def _lines(data: Microdata, wave: str) -> list[dict[str, object]]:
    """A line a person who answered: groups, and answered or not by measure. Empty is no."""
    measures = measures_of(data, 1)
    answered = values_of(data, measures).answered
    careless = np.zeros(data.pupils, dtype=bool) if data.insincere is None else data.insincere
    return [
        {f"{cut}{wave}": values[row] for cut, values in data.attributes.items()}
        | {f"answered{wave}:{m.key}": "yes" if answered[i, row] else "no" for i, m in enumerate(measures)}
        | {f"answered{wave}": "yes", f"careless{wave}": "yes" if careless[row] else "no"}
        for row in range(data.pupils)
    ]


def tried(*files: Path, plain: bool = False, roll: Path | None = None, **more):
    """The report on these files."""
    told = [one for file in files for one in read(file, plain=plain)]
    return attack(told, read_roll(roll) if roll else None, **more)


def by_way(report, way: str):
    """What one way of attacking learned."""
    return [one for one in report.learned if one.way == way]
