"""Small files of answers, and the command run as a person runs it."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from belong.measure import load
from belong.site.command import main

PISA = Path(__file__).parent.parent / "data" / "pisa" / "pisa2003_nld.csv.gz"
COLUMNS = [item.column for item in load("pisa-belong").items]


@dataclass
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def belong(capsys, tmp_path, monkeypatch) -> Callable[..., Ran]:
    """Run `belong …` in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> Ran:
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run


def people(n: int = 60, seed: int = 1) -> list[dict[str, str]]:
    """Made-up answers to the six PISA questions, with sex, school and weight."""
    rng = np.random.default_rng(seed)
    key = load("pisa-belong")
    rows = []
    for i in range(n):
        level = rng.normal()
        row = {
            "ST03Q01": str(1 + i % 2),
            "SCHOOLID": str(i % 6),
            "W_FSTUWT": str(round(rng.uniform(1, 3), 2)),
        }
        for item in key.items:
            code = int(np.clip(round(3 + level * 0.6 + rng.normal() * 0.7), 1, 4))
            row[item.column] = str(item.oriented(code))
        rows.append(row)
    return rows


def csv_text(rows: Sequence[dict[str, str]], delimiter: str = ",") -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


@pytest.fixture
def answers(tmp_path) -> Callable[..., Path]:
    """Write rows as a CSV file and give its path."""

    def write(rows: Sequence[dict[str, str]] | None = None, name: str = "answers.csv") -> Path:
        path = tmp_path / name
        path.write_text(csv_text(people() if rows is None else rows), encoding="utf-8")
        return path

    return write
