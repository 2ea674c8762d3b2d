"""A report is the same whichever engine counts the answers, and what an engine can't do it says by name."""

import json

import pytest

from belong.measure.reading import open_source
from belong.measure.streams.sheets import too_large_to_hold
from tests.analyse.conftest import PISA, csv_text, people
from tests.measure.making import numbers

WHOLE = (
    "--by",
    "sex,immigration",
    "--weight",
    "W_FSTUWT",
    "--cluster",
    "SCHOOLID",
    "--model",
    "grm",
    "--dif",
    "sex",
)


@pytest.fixture
def report(belong, tmp_path):
    """A report's words, and its figures by where they stand."""

    def made(file, engine, *words):
        out = tmp_path / f"{engine}.json"
        ran = belong("analyse", file, "--instrument", "pisa-belong", "--engine", engine, "--out", out, *words)
        assert ran.code == 0, ran.err
        return json.loads(out.read_text()), ran.err

    return made


def _words(value):
    """Everything of a report that is no number, in order."""
    if isinstance(value, dict | list):
        return [
            word for part in (value.values() if isinstance(value, dict) else value) for word in _words(part)
        ]
    return [] if isinstance(value, int | float) else [value]


def test_a_streamed_report_is_that_of_memory(report):
    held, said = report(PISA, "memory", *WHOLE)
    streamed, told = report(PISA, "duckdb", *WHOLE)
    assert _words(streamed) == _words(held)
    assert numbers(streamed) == pytest.approx(numbers(held), rel=1e-6, abs=1e-9)
    assert said == ""
    assert "streamed with DuckDB: 3,992 people in 3,077 distinct lines" in told


def test_parquet_and_untidy_csv_are_streamed_as_they_are_read(report, answers, tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = people(90)
    held, _ = report(answers(rows), "memory", "--by", "sex", "--weight", "W_FSTUWT")
    untidy = csv_text(rows, ";").replace(".", ",").splitlines()
    untidy = [
        "\ufeff" + untidy[0] + ";note",
        ";;",
        *(f'{line};"a ""b""; c\nd"' for line in untidy[1:]),
        ";" * 9,
    ]
    (tmp_path / "untidy.csv").write_text("\n".join(untidy), encoding="utf-8")
    columns = {name: [float(row[name]) for row in rows] for name in rows[0]}
    pq.write_table(pa.table(columns), tmp_path / "typed.parquet")
    for file, engine in (("untidy.csv", "duckdb"), ("typed.parquet", "duckdb"), ("typed.parquet", "memory")):
        found, _ = report(tmp_path / file, engine, "--by", "sex", "--weight", "W_FSTUWT")
        assert numbers(found) == pytest.approx(numbers(held), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        (3, "9x", "column 'ST27Q01', line 8: '9x' is not one of the answers"),
        (2, "-1", "column 'W_FSTUWT', line 8: a weight cannot be negative"),
        (1, "", "column 'SCHOOLID', line 8: the cluster is empty"),
        (3, "1,2,3", "line 8: 11 cells under 9 headings"),
    ],
)
def test_what_is_wrong_in_a_streamed_file_is_named_by_its_line(belong, tmp_path, column, cell, words):
    lines = csv_text(people(40)).splitlines()
    cells = lines[7].split(",")
    cells[column] = cell
    lines[7] = ",".join(cells)
    (tmp_path / "bad.csv").write_text("\n".join(lines))
    more = ("--weight", "W_FSTUWT", "--cluster", "SCHOOLID", "--engine", "duckdb")
    ran = belong("analyse", "bad.csv", "--instrument", "pisa-belong", *more)
    assert ran.code == 2
    assert words in ran.err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (
            ("--engine", "duckdb", "--compare", "b.csv", "--id", "x"),
            "--compare needs every person's own line",
        ),
        (("--engine", "duckdb", "--master", "local[2]"), "--master names a Spark, but --engine is duckdb"),
    ],
)
def test_what_an_engine_cannot_do_is_said(belong, answers, words, why):
    ran = belong("analyse", answers(), "--instrument", "pisa-belong", *words)
    assert ran.code == 2
    assert why in ran.err


def test_auto_streams_what_is_more_than_a_64th_of_memory(answers, tmp_path):
    plain = open_source(answers())
    assert too_large_to_hold(plain, memory=plain.size * 64 - 64)
    assert not too_large_to_hold(plain, memory=plain.size * 64)
    packed = open_source(PISA)
    assert too_large_to_hold(packed, memory=packed.size * 64)  # packed bytes count eightfold
    assert not too_large_to_hold(packed, memory=packed.size * 64 * 8)
