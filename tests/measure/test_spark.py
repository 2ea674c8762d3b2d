"""Spark counts what DuckDB counts. Collected where PySpark is installed: `./run test --cluster` brings it, and Java."""

import csv
import json

import numpy as np
import pytest

from belong.measure.streams import count_pairs, count_patterns, group_table, open_files, source, unknown_codes
from belong.site.command import main
from tests.analyse.conftest import csv_text, people
from tests.measure.making import instrument, numbers

pytestmark = [pytest.mark.spark, pytest.mark.once]
MASTER = "local[2]"


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """One awkward file as DuckDB and as Spark see it: gaps, unknown codes, decimals, quotes, groups, weights."""
    rng = np.random.default_rng(4)
    made = instrument(5, 4)
    path = tmp_path_factory.mktemp("spark") / "odd.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        write = csv.writer(stream)
        write.writerow([*(item.id for item in made.items), "house", "w"])
        for row in range(400):
            codes = [str(code) if code else "" for code in rng.integers(0, 5, 5)]
            codes[row % 5] = {0: "9", 1: "seldom", 2: "3.0", 3: "2.5", 4: " 1 "}.get(row % 40, codes[row % 5])
            write.writerow([*codes, ["Elm", 'Oak, "old"', ""][row % 3], round(float(rng.uniform(0.5, 2)), 3)])
    return [source(open_files(path, engine, MASTER), made) for engine in ("duckdb", "spark")]


def test_spark_counts_what_duckdb_counts(both):
    here, cluster = both
    assert unknown_codes(cluster) == unknown_codes(here)
    assert sum(unknown_codes(here).values()) == 30
    for cases in ("complete", "pairwise"):
        one, other = (count_pairs(side, cases, group="house", weight="w") for side in both)
        assert other.groups == one.groups == ("", "Elm", 'Oak, "old"')
        assert other.tables == pytest.approx(one.tables)
        assert (other.people == one.people).all()
    one, other = (count_patterns(side, group="house") for side in both)
    order = [np.lexsort(side.patterns.T) for side in (one, other)]
    assert (other.patterns[order[1]] == one.patterns[order[0]]).all()
    assert (other.counts[:, order[1]] == one.counts[:, order[0]]).all()
    one, other = (group_table(side, ["house"]) for side in both)
    means = [dict(zip(side.columns["house"].tolist(), side.mean, strict=True)) for side in (one, other)]
    assert means[1] == pytest.approx(means[0])


def test_a_report_by_spark_is_that_of_memory(tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text(csv_text(people(200)), encoding="utf-8")
    words = ["analyse", str(file), "--instrument", "pisa-belong", "--by", "sex", "--weight", "W_FSTUWT"]
    found = {}
    for name, more in (("memory", []), ("spark", ["--master", MASTER])):
        assert main([*words, *more, "--out", str(tmp_path / f"{name}.json")]) == 0
        found[name] = json.loads((tmp_path / f"{name}.json").read_text())
    assert numbers(found["spark"]) == pytest.approx(numbers(found["memory"]), rel=1e-6, abs=1e-9)
