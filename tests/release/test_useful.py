"""What protection costs: the table in the document is the command's, and the command works."""

import re
from pathlib import Path

from bench.roll import invent
from tools import useful

PAGE = Path(__file__).resolve().parents[2] / "docs" / "privacy.md"
RULES = [useful.OURS, *useful.MERGES]


def rows_of(lines):
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def first_number(cell):
    return int(re.match(r"\d+", cell)[0])


def test_the_document_holds_the_table_for_five_sizes_and_three_rules():
    page = PAGE.read_text(encoding="utf-8")
    table = rows_of(page.split(useful.BEGIN)[1].split(useful.END)[0].strip().splitlines())
    assert tuple(table[0]) == useful.COLUMNS
    assert [row[:2] for row in table[2:]] == [[f"{size:,}", rule] for size in useful.SIZES for rule in RULES]
    for row in table[2:]:
        assert all(re.fullmatch(r"\d+\u00a0%( \(\d+–\d+\))?|–", cell) for cell in row[2:-1]), row
        if row[1] == useful.OURS:
            assert row[-1] == "0", "the engine gives nobody away"


def test_the_smallest_school_is_measured_anew():
    table = rows_of(useful.table([90], seeds=1))
    found = {row[1]: row for row in table[2:]}
    assert list(found) == RULES
    assert found[useful.OURS][-1] == "0"
    assert first_number(found["merge only, five"][-1]) > 0, "merging alone gives groups away"


def test_gaps_are_as_wide_as_they_were_made():
    school = invent(1800, seed=3)
    sen, others = (school.groups["sen"] == "E"), (school.groups["sen"] == "N")
    assert -0.75 < school.true_gap(sen, others) < -0.4
    assert 0.8 < school.answered.mean() < 0.95
