"""One statistic, ours and R's, and the data both are of."""

import csv
import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from belong.measure import Responses, load, pair_counts, pattern_counts

DATA = Path(__file__).resolve().parent.parent.parent / "tests" / "data"
NAMES = ("outsider_r", "friends", "belong", "awkward_r", "liked", "lonely_r")
"""What the reference calls the questions: by content, reversed ones marked; ours are in the same order."""
PISA, KNECHT = "PISA 2003, Netherlands", "A class of 26 (Knecht 2008)"


@dataclass(frozen=True)
class Value:
    """One statistic: ours and R's (arrays are compared at their largest difference), and how far apart they may be."""

    data: str
    name: str
    package: str
    ours: float | np.ndarray
    theirs: float | np.ndarray
    within: float

    @property
    def apart(self) -> float:
        return float(np.abs(np.asarray(self.ours, float) - np.asarray(self.theirs, float)).max())

    @property
    def is_true(self) -> bool:
        return self.apart <= self.within

    def line(self) -> str:
        ours, theirs = np.atleast_1d(self.ours).astype(float), np.atleast_1d(self.theirs).astype(float)
        many = f" (largest of {ours.size})" if ours.size > 1 else ""
        worst = int(np.abs(ours - theirs).argmax())
        shown = f"{ours.flat[worst]:.6f} | {theirs.flat[worst]:.6f} | {self.apart:.1e} | {self.within:.0e}"
        return f"| {self.data} | {self.name}{many} | {self.package} | {shown} |"


class Pisa:
    """The file, its reference values, and the counts that everything follows from."""

    def __init__(self) -> None:
        with gzip.open(DATA / "pisa" / "pisa2003_nld.csv.gz", "rt", encoding="utf-8") as stream:
            self.rows = list(csv.DictReader(stream))
        self.r = json.loads((DATA / "pisa" / "reference_pisa2003_nld_belong.json").read_text())
        self.key = load("pisa-belong")
        columns = {item.id: [int(row[item.column] or 0) for row in self.rows] for item in self.key.items}
        self.responses = Responses.from_columns(self.key, columns)
        self.complete = self.responses.where(self.responses.complete())
        self.pairwise = pair_counts(self.responses, "pairwise")
        self.pairs, self.patterns = pair_counts(self.complete, "complete"), pattern_counts(self.complete)
        self.covariance = self.pairs.covariance()

    def numbers(self, name: str) -> np.ndarray:
        return np.array([float(row[name] or "nan") for row in self.rows])

    def by(self, part: dict[str, float]) -> np.ndarray:
        return np.array([part[name] for name in NAMES])

    def say(self, name: str, package: str, ours: object, theirs: object, within: float) -> Value:
        """A row of this file's table."""
        return Value(PISA, name, package, np.asarray(ours, float), np.asarray(theirs, float), within)
