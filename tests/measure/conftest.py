"""The real PISA file and its reference values, read once."""

import csv
import gzip
import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from belong.measure import Design, Instrument, Responses, load

# PySpark is three hundred megabytes that no school needs: it is there under `./run test --cluster`, which CI runs.
collect_ignore = [] if find_spec("pyspark") else ["test_spark.py"]

DATA = Path(__file__).parent.parent / "data" / "pisa"
# The reference names items by content and marks reversed ones; ours are their plain ids, in the same order.
NAMES = ("outsider_r", "friends", "belong", "awkward_r", "liked", "lonely_r")


class Pisa:
    """Columns of the file by name, answers, design."""

    def __init__(self) -> None:
        with gzip.open(DATA / "pisa2003_nld.csv.gz", "rt", encoding="utf-8") as stream:
            self.rows = list(csv.DictReader(stream))
        self.key: Instrument = load("pisa-belong")
        self.responses = Responses.from_columns(
            self.key, {item.id: [int(row[item.column] or 0) for row in self.rows] for item in self.key.items}
        )
        self.weights = self.numbers("W_FSTUWT")
        self.schools = np.unique([row["SCHOOLID"] for row in self.rows], return_inverse=True)[1].astype(
            np.intp
        )

    def numbers(self, name: str) -> np.ndarray:
        return np.array([float(row[name] or "nan") for row in self.rows])

    def texts(self, name: str) -> np.ndarray:
        return np.array([row[name] for row in self.rows])

    def replicated(self) -> Design:
        runs = np.stack([self.numbers(f"W_FSTR{i}") for i in range(1, 81)], axis=1)
        return Design(len(self.rows), self.weights, self.schools, runs, 0.5)


@pytest.fixture(scope="session")
def pisa() -> Pisa:
    return Pisa()


@pytest.fixture(scope="session")
def reference() -> dict:
    return json.loads((DATA / "reference_pisa2003_nld_belong.json").read_text())
