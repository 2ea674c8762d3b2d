"""τ-Argus (`pytauargus`, PyPI) beside us: one two-way table of the same school, protected by both.

It is brought into an environment of its own under `.cache`, and never into ours. Where that does not work the
measurement says so and goes on. `piargus` (PyPI) only drives a τ-Argus program that is there already: it is used for
nothing here. τ-Argus chooses what to hide in the one table; we choose it for means that must also stand beside
everything else that is released, so we may hide more of one table and still less than it would have to in all. It keeps
single cells safe; we also let nobody subtract what is shown from a total and be left with the sum of a few people.
"""

import json
import subprocess
import tempfile
import time
import venv
from pathlib import Path

import numpy as np

from belong.release import SHOWN, Attribute, Menu, Microdata, Policy, Release, ReleaseRefused, build
from belong.release.compute import measures_of, values_of

FOLDER = Path(__file__).resolve().parent.parent / ".cache" / "tauargus"
PACKAGE = "pytauargus"
THRESHOLD = 10
SCRIPT = """
import json, sys, time
from pytauargus import protect
table = json.load(open(sys.argv[1]))
names = [name for name in table if name != "points"]
began = time.process_time()
found = protect(table, names, "points", safety_rules="FREQ(10,10)", suppress=sys.argv[2], workdir=sys.argv[3])
took = time.process_time() - began
cells = [row for row in found.tables[0].rows if "Total" not in (row[names[0]], row[names[1]])]
held = [row for row in cells if row["freq"]]
shown = [row for row in held if row["status"] in "SP"]
totals = [row for row in found.tables[0].rows if [row[name] for name in names].count("Total") == 1]
hidden = [row for row in held if row not in shown]
rests = [
    sum(row["freq"] for row in hidden if all(total[name] in ("Total", row[name]) for name in names))
    for total in totals if total["status"] in "SP"
]
print(json.dumps({
    "s": took, "cells": len(held), "shown": len(shown), "first": sum(row["status"] == "U" for row in held),
    "people": sum(row["freq"] for row in shown), "of": sum(row["freq"] for row in held),
    "rests": sum(0 < rest < 10 for rest in rests),
}))
"""


def beside(data: Microdata, attributes: tuple[str, str]) -> None:
    """Print both figures: seconds of CPU, cells shown, and the share of people whose cell is shown."""
    if not set(attributes) <= set(data.attributes):
        print(f"τ-Argus was left out: the table of {' by '.join(attributes)} is not among these facts")
        return
    print(f"one table, {' by '.join(attributes)}, the score, at least {THRESHOLD} people a cell:")
    try:
        print(_said("belong", _ours(data, attributes)))
    except ReleaseRefused as refusal:
        print(f"belong: refused: {refusal.reason}")
    try:
        for name, suppress in (("τ-Argus, optimal", "OPT(1,5)"), ("τ-Argus, modular", "MOD(1)")):
            print(_said(name, _theirs(data, attributes, suppress)))
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        print(f"τ-Argus was left out: {PACKAGE} could not be used here: {type(error).__name__}: {error}")


def _ours(data: Microdata, attributes: tuple[str, str]) -> dict[str, float]:
    menu = Menu(tuple(Attribute(key) for key in attributes), (attributes,))
    began = time.process_time()
    release = build(data, menu, Policy(threshold=THRESHOLD))
    took = time.process_time() - began
    counts = _counts(data, attributes)
    cells = [c for c in release.cells_of("*".join(attributes), "score") if counts.get(c.group)]
    shown = [counts[cell.group] for cell in cells if cell.symbol in SHOWN]
    return {
        "rests": _rests(release, [cell.group for cell in cells if cell.symbol not in SHOWN], counts),
        "s": took,
        "cells": len(cells),
        "shown": len(shown),
        "people": sum(shown),
        "of": sum(counts.values()),
        "first": sum(0 < many < THRESHOLD for many in counts.values()),
    }


def _rests(release: Release, hidden: list[str], counts: dict[str, int]) -> int:
    """Shown totals of which the hidden cells together are fewer people than the threshold."""
    totals = [
        (side, cell.group)
        for side, name in enumerate(release.cuts[-1].split("*"))
        for cell in release.cells_of(name, "score")
        if cell.symbol in SHOWN
    ]
    rests = [sum(counts[group] for group in hidden if group.split("*")[side] == key) for side, key in totals]
    return sum(0 < rest < THRESHOLD for rest in rests)


def _counts(data: Microdata, attributes: tuple[str, str]) -> dict[str, int]:
    """Respondents of the score by group key."""
    answered = ~np.isnan(values_of(data, measures_of(data, THRESHOLD)).points[0])
    names = [
        np.where(data.attributes[key] == "", "unknown", data.attributes[key])[answered] for key in attributes
    ]
    keys, many = np.unique([f"{a}*{b}" for a, b in zip(*names, strict=True)], return_counts=True)
    return dict(zip(keys.tolist(), many.tolist(), strict=True))


def _theirs(data: Microdata, attributes: tuple[str, str], suppress: str) -> dict[str, float]:
    points = values_of(data, measures_of(data, THRESHOLD)).points[0]
    rows = np.flatnonzero(~np.isnan(points))
    table = {key: [str(value) or "unknown" for value in data.attributes[key][rows]] for key in attributes}
    with tempfile.TemporaryDirectory(prefix="bench-argus-") as folder:
        file = Path(folder) / "table.json"
        file.write_text(json.dumps({**table, "points": points[rows].round(2).tolist()}))
        command = [str(_brought()), "-c", SCRIPT, str(file), suppress, folder]
        done = subprocess.run(command, check=True, timeout=600, capture_output=True, text=True, cwd=folder)
    return json.loads(done.stdout.splitlines()[-1])


def _brought() -> Path:
    python = FOLDER / "bin" / "python"
    if not (FOLDER / ".ready").exists():
        venv.create(FOLDER, with_pip=True)
        quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE]
        subprocess.run([str(python), *quiet], check=True, timeout=600, stderr=subprocess.DEVNULL)
        (FOLDER / ".ready").touch()
    return python


def _said(name: str, found: dict[str, float]) -> str:
    share = 100 * found["people"] / max(found["of"], 1)
    return (
        f"  {name:<18} {found['s']:.2f} s of CPU; {found['shown']} of {found['cells']} cells shown ({found['first']} "
        f"too small by themselves), {share:.0f} % of people are in a cell that is shown; "
        f"{found['rests']} totals leave the sum of fewer than {THRESHOLD} people over"
    )
