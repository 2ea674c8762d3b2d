"""A wrong file or word: one message with the column, the line and the mend; exit code 2; nothing written."""

import gzip

import pytest

from tests.analyse.conftest import COLUMNS, PISA, csv_text, people


def with_cell(row: int, column: str, value: str) -> list[dict[str, str]]:
    rows = people()
    rows[row][column] = value
    return rows


@pytest.fixture
def refused(belong, tmp_path):
    """Run, expect a refusal with these words in its message, and the folder as it was."""

    def check(path, *words, says):
        before = sorted(tmp_path.iterdir())
        ran = belong(
            "analyse", path, "--instrument", "pisa-belong", *words, "--out", "r.html", "--out", "r.json"
        )
        assert ran.code == 2
        assert ran.out == ""
        for part in says:
            assert part in ran.err
        assert sorted(tmp_path.iterdir()) == before

    return check


@pytest.mark.parametrize(
    ("row", "column", "value", "says"),
    [
        (
            4,
            "ST27Q03",
            "12",
            ("column 'ST27Q03', line 6", "12 is out of range", "1 to 4", "5–9, 95–99", "--mapping"),
        ),
        (4, "ST27Q03", "0", ("column 'ST27Q03', line 6", "0 is out of range")),
        (
            0,
            "ST27Q01",
            "Agre",
            ("column 'ST27Q01', line 2", "'Agre' is not one of", "Did you mean 'Agree'?", "--mapping"),
        ),
        (2, "ST27Q01", "2.5", ("column 'ST27Q01', line 4", "2.5 is out of range")),
    ],
)
def test_answers_that_mean_nothing(refused, answers, row, column, value, says):
    refused(answers(with_cell(row, column, value)), says=says)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (
            "heavy",
            ("column 'W_FSTUWT', line 9", "'heavy' is not a number", "correct it or leave the line out"),
        ),
        ("", ("column 'W_FSTUWT', line 9", "the cell is empty")),
        ("-1", ("column 'W_FSTUWT', line 9", "cannot be negative (-1)")),
        ("inf", ("column 'W_FSTUWT', line 9", "'inf' is not a number")),
    ],
)
def test_weights(refused, answers, value, says):
    refused(answers(with_cell(7, "W_FSTUWT", value)), "--weight", "W_FSTUWT", says=says)


def test_weights_that_are_all_nought(refused, answers):
    rows = [row | {"W_FSTUWT": "0"} for row in people()]
    refused(answers(rows), "--weight", "W_FSTUWT", says=("column 'W_FSTUWT'", "every weight is 0"))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ("--weight", "W_FSTUWTT"),
            ("no column 'W_FSTUWTT' (--weight)", "Did you mean 'W_FSTUWT'?", "The columns are:"),
        ),
        (("--cluster", "SCHOOL"), ("no column 'SCHOOL' (--cluster)", "Did you mean 'SCHOOLID'?")),
        (("--by", "sexx"), ("no column or group 'sexx' (--by)", "Did you mean 'sex'?")),
        (("--by", "immigration"), ("no column 'IMMIG' (--by immigration)",)),
        (
            ("--by", "W_FSTUWT"),
            ("column 'W_FSTUWT'", "different values are too many for groups", "--cluster"),
        ),
    ],
)
def test_unknown_columns(refused, answers, words, says):
    refused(answers(), *words, says=says)


def test_a_missing_question_names_the_nearest_heading(refused, answers):
    rows = [{name.replace("ST27Q01", "ST27Q1"): value for name, value in row.items()} for row in people()]
    refused(answers(rows), says=("1 of 6 questions", "ST27Q01", "Did you mean 'ST27Q1'?", "--write-mapping"))


def test_another_study_s_question_is_not_suggested(belong, answers):
    rows = [{name.replace("ST27Q01", "ST26Q01"): value for name, value in row.items()} for row in people()]
    ran = belong("analyse", answers(rows), "--instrument", "pisa-belong")
    assert ran.code == 2
    assert "Did you mean" not in ran.err


def test_groups_without_people_or_answers(refused, answers):
    rows = people()
    refused(
        answers([r | {"ST03Q01": ""} for r in rows]),
        "--by",
        "sex",
        says=("column 'ST03Q01'", "no line has a value"),
    )
    one = [r | {"ST03Q01": "1"} for r in rows]
    refused(
        answers(one),
        "--by",
        "sex",
        says=("'ST03Q01', from line 2", "everyone is in one group (Girls)", "leave out --by"),
    )
    silent = [r | dict.fromkeys(COLUMNS, "") if r["ST03Q01"] == "2" else r for r in rows]
    says = ("'ST03Q01', from line 3", "the group 'Boys' is empty: 30 lines, no answers", "leave out --by sex")
    refused(answers(silent), "--by", "sex", says=says)


def test_clusters(refused, answers):
    refused(
        answers(with_cell(3, "SCHOOLID", "")),
        "--cluster",
        "SCHOOLID",
        says=("'SCHOOLID', line 5", "cluster is empty"),
    )
    one = [row | {"SCHOOLID": "7"} for row in people()]
    refused(
        answers(one),
        "--cluster",
        "SCHOOLID",
        says=("all lines are in one cluster (7)", "Leave out --cluster"),
    )


def test_fewer_than_ten_people(refused, answers):
    refused(answers(people(9)), says=("only 9 people", "fewer than 10"))


def test_files_that_hold_no_answers(refused, tmp_path):
    def file(name: str, content: bytes):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    refused(tmp_path / "answer.csv", says=("there is no such file",))
    refused(tmp_path, says=("this is a folder",))
    refused(file("a.csv", b""), says=("the file is empty", "Export it again"))
    refused(file("b.csv", b"\n\n , \n"), says=("nothing but blank lines",))
    refused(file("c.csv", csv_text(people(1)).split("\n")[0].encode()), says=("headings but no answers",))
    refused(
        file("d.csv", b"hello\nworld\n"),
        says=("line 1: only one column was found", "commas, semicolons or tabs"),
    )
    refused(file("e.pdf", b"%PDF-1.7 ..."), says=("this is a PDF", "one line per person"))
    refused(file("f.sav", b"$FL2@(#) SPSS"), says=("SPSS file", "Save as, CSV"))
    refused(file("g.csv", b"PK\x03\x04zip"), says=("zip file or a spreadsheet",))
    refused(file("h.xlsx", b"not a spreadsheet"), says=("not a spreadsheet that can be read", ".xlsx"))
    refused(file("i.csv.gz", gzip.compress(b"a,b\n1,2\n" * 500)[:40]), says=("gzip file is damaged",))
    refused(file("j.bin", bytes(range(256)) * 40), says=("this is not text",))
    refused(file("k.csv", b"a,b\n1,2\n3,4,5\n"), says=("no column was found",))


def test_a_line_with_too_many_cells_is_named(refused, tmp_path):
    lines = csv_text(people()).splitlines()
    lines[5] += ",9,9"
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    refused(tmp_path / "a.csv", says=("line 6: 11 cells under 9 headings", "Put quotes"))


def test_lines_are_those_of_the_file_even_after_a_cell_of_two_lines(refused, tmp_path):
    rows = [
        {"said": "one\ntwo" if i == 0 else "", **row} for i, row in enumerate(with_cell(4, "ST27Q03", "12"))
    ]
    (tmp_path / "a.csv").write_bytes(csv_text(rows).encode())
    refused(tmp_path / "a.csv", says=("column 'ST27Q03', line 7",))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--out", "r.docx"), "Use .html, .pdf, .json, .csv"),
        (("--out", "nowhere/r.html"), "there is no folder nowhere"),
        (("--mapping", "none.yaml"), "the mapping cannot be read"),
        (("--write-mapping", "m.txt"), "Use .yaml, .yml"),
    ],
)
def test_places_that_cannot_be_written_or_read(belong, answers, tmp_path, words, says):
    path = answers()
    ran = belong("analyse", path, "--instrument", "pisa-belong", *words)
    assert ran.code == 2
    assert says in ran.err
    assert list(tmp_path.iterdir()) == [path]


def test_the_answers_are_never_overwritten(belong, answers):
    path = answers()
    before = path.read_bytes()
    ran = belong("analyse", path, "--instrument", "pisa-belong", "--out", path)
    assert ran.code == 2
    assert "overwrite the answers" in ran.err
    assert path.read_bytes() == before


def test_an_unknown_instrument_names_the_nearest(belong):
    ran = belong("analyse", PISA, "--instrument", "pisa-belonging")
    assert ran.code == 2
    assert "Did you mean 'pisa-belong'?" in ran.err


def test_a_folder_that_cannot_be_written_leaves_nothing_behind(belong, answers, tmp_path, monkeypatch):
    """The second file fails after the first was made: neither is there."""
    from pathlib import Path

    real = Path.replace

    def fail(self, target):
        if Path(target).suffix == ".json":
            raise OSError(28, "No space left on device", str(target))
        return real(self, target)

    path = answers()
    monkeypatch.setattr(Path, "replace", fail)
    ran = belong("analyse", path, "--instrument", "pisa-belong", "--out", "r.json")
    assert ran.code == 1
    assert "No space left on device. Nothing was written." in ran.err
    assert list(tmp_path.iterdir()) == [path]
