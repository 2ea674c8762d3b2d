"""`belong across` as somebody in a trust runs it, and `belong attack` on what it wrote."""

import csv
import io
import json
import stat

import numpy as np
import pytest

from belong.release.across import AcrossTable
from belong.site.command import main
from tests.analyse.conftest import PISA, csv_text, people

WORDS = ["--instrument", "pisa-belong", "--school", "SCHOOLID"]


@pytest.fixture
def belong(capsys, tmp_path, monkeypatch):
    """Run `belong across …` in a folder with answers of six schools."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "answers.csv").write_text(csv_text(rows()), encoding="utf-8")

    def run(*words, command="across"):
        try:
            code = main([command, *map(str, words)])
        except SystemExit as stop:
            code = stop.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def rows():
    """240 people of six schools, both sexes in each, in two halves, with an id."""
    made = people(240)
    for n, row in enumerate(made):
        row["ST03Q01"], row["half"], row["upn"] = str(1 + n // 6 % 2), "ab"[n // 12 % 2], f"U{n:04}"
    return made


def test_a_table_is_printed_written_and_holds_against_attack(belong, tmp_path):
    code, out, _ = belong("answers.csv", *WORDS, "--by", "sex")
    assert code == 0
    assert "6 schools together" in out
    assert "Girls" in out
    assert "Not lonely" in out
    code, out, _ = belong("answers.csv", *WORDS, "--by", "sex", "--out", "t.json", "--out", "t.csv")
    assert (code, out) == (0, "Wrote t.json\nWrote t.csv\n")
    table = AcrossTable.from_json((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert table.release.wave == "answers"
    assert len(table.schools) == 6
    lines = list(csv.DictReader(io.StringIO((tmp_path / "t.csv").read_text(encoding="utf-8-sig"))))
    assert {line["schools"] for line in lines} == {"6"}
    assert {line["in words"] for line in lines} == {"Shown"}
    for file in ("t.json", "t.csv"):
        code, out, _ = belong(file, command="attack")
        assert (code, out.splitlines()[-1]) == (0, "Learned nothing about fewer than 10 people.")


def test_two_cuts_together_or_apart(belong, tmp_path):
    for words, cuts in (([], ("all", "sex", "half", "sex*half")), (["--apart"], ("all", "sex", "half"))):
        assert belong("answers.csv", *WORDS, "--by", "sex,half", *words, "--out", "t.json")[0] == 0
        assert AcrossTable.from_json((tmp_path / "t.json").read_text(encoding="utf-8")).release.cuts == cuts


def test_real_schools(belong, tmp_path):
    """PISA 2003, Netherlands: girls and boys by where they were born, over 154 schools."""
    code, _, err = belong(PISA, *WORDS, "--by", "sex,immigration", "--out", "nld.json")
    assert (code, err) == (0, "")
    table = AcrossTable.from_json((tmp_path / "nld.json").read_text(encoding="utf-8"))
    assert len(table.schools) == 154
    whole = table.release.cell("score")
    assert (whole.mean, whole.n_band) == (74.2, "3,700–3,799")
    assert {cell.symbol for cell in table.release.cells_of("sex*immigration", "score")} <= {"", "c"}


def test_noise_from_a_new_key_to_a_second_table(belong, tmp_path):
    code, out, _ = belong("--new-noise-key", "trust.key")
    assert code == 0
    assert "keep a copy" in out
    assert stat.S_IMODE((tmp_path / "trust.key").stat().st_mode) == 0o600
    assert belong("--new-noise-key", "trust.key")[0] == 2, "a key is never written over"

    noise = ["--noise-key", "trust.key", "--id", "upn"]
    assert "error by noise" in belong("answers.csv", *WORDS, *noise, "--by", "sex")[1]
    for name in ("first", "again"):
        assert belong("answers.csv", *WORDS, *noise, "--by", "sex", "--out", f"{name}.json")[0] == 0
    assert (tmp_path / "first.json").read_text() == (tmp_path / "again.json").read_text()
    words = ["--by", "half", "--beside", "first.json", "--out", "second.csv"]
    assert belong("answers.csv", *WORDS, *noise, *words)[0] == 0
    line = next(csv.DictReader(io.StringIO((tmp_path / "second.csv").read_text(encoding="utf-8-sig"))))
    first = json.loads((tmp_path / "first.json").read_text())
    assert line["people with noise"] == str(first["across"]["counts"]["rows"][0][3])
    code, _, err = belong("answers.csv", *WORDS, "--beside", "first.json", "--out", "third.csv")
    assert code == 2
    assert "unless both have the same noise" in err


def changed(column, *values):
    made = rows()
    for n, value in values:
        made[n][column] = value
    return made


def without(column):
    return [{key: cell for key, cell in row.items() if key != column} for row in rows()]


KEYED = ["--noise-key", "k", "--id", "upn"]
BAD = {
    "no such column": (rows(), ["--school", "SCHOOL"], ["no column 'SCHOOL' (--school)", "Did you mean 'SCHOOLID'"]),
    "an empty school": (changed("SCHOOLID", (7, "")), [], ["column 'SCHOOLID', line 9: the school is empty"]),
    "too few schools": (
        [row for row in rows() if row["SCHOOLID"] in "0123"], [], ["there are 4 schools", "at least 5"],
    ),
    "one school under two names": (
        changed("SCHOOLID", *((n, ("03", "3")[n % 2]) for n in range(240) if n % 6 > 3)), [], ["there are 4 schools"],
    ),
    "one dominating": (
        changed("SCHOOLID", *((n, "0") for n in range(90))), [], ["More than 40 %", "of one school (0)", "Take more"],
    ),
    "the school as a cut": (rows(), ["--by", "SCHOOLID"], ["never a cut", "Leave it out"]),
    "three cuts": (rows(), ["--by", "sex,upn,SCHOOLID"], ["--by sex,upn,SCHOOLID", "two facts at most"]),
    "noise without ids": (rows(), ["--noise-key", "k"], ["--noise-key needs --id"]),
    "ids without noise": (rows(), ["--id", "upn"], ["--id is for noise only"]),
    "no id column": (without("upn"), KEYED, ["there is no column 'upn' (--id)"]),
    "an empty id": (changed("upn", (3, " ")), KEYED, ["column 'upn', line 5: the id is empty"]),
    "the same id twice": (
        changed("upn", (3, "U0009")), KEYED, ["line 11: the id U0009 stands in line 5, too", "Leave one line out"],
    ),
    "ids that count anew": (
        changed("upn", (1, "7"), (2, "007")), KEYED, ["line 4: the id 007 stands in line 3", "put school and number"],
    ),
    "a group with a sign": (changed("ST03Q01", (1, "a*b")), ["--by", "sex"], ["called a*b: rename it"]),
    "no key": (rows(), ["--noise-key", "none", "--id", "upn"], ["none: the key of the noise cannot be read"]),
    "a short key": (rows(), ["--noise-key", "short", "--id", "upn"], ["short, line 1: the key has 4 digits", "64"]),
    "a key that is a text": (rows(), ["--noise-key", "text", "--id", "upn"], ["text, line 1", "a–f"]),
    "a guessable key": (rows(), ["--noise-key", "nought", "--id", "upn"], ["nought, line 1", "could be guessed"]),
    "an earlier table that is none": (rows(), ["--beside", "short"], ["short:", "the .json file that --out wrote"]),
    "no earlier table": (rows(), ["--beside", "gone.json"], ["gone.json: the earlier table cannot be read"]),
    "another ending": (rows(), ["--out", "t.pdf"], ["t.pdf: the ending says the format"]),
    "over the answers": (rows(), ["--out", "answers.csv"], ["would overwrite"]),
    "no questionnaire": (rows(), ["--instrument", "pisa-belongs"], ["Did you mean 'pisa-belong'"]),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_is_off_is_said_with_its_mend(belong, tmp_path, case):
    made, words, says = BAD[case]
    (tmp_path / "answers.csv").write_text(csv_text(made), encoding="utf-8")
    (tmp_path / "k").write_text(np.random.default_rng(1).bytes(32).hex())
    (tmp_path / "short").write_text("abcd")
    (tmp_path / "text").write_text("not a key at all")
    (tmp_path / "nought").write_text("00" * 32)
    before = sorted(tmp_path.iterdir())
    code, out, err = belong("answers.csv", *WORDS, "--out", "t.json", *words)
    assert (code, out) == (2, "")
    assert err.startswith("belong across: ")
    for part in says:
        assert part in " ".join(err.split())
    assert sorted(tmp_path.iterdir()) == before


def test_words_that_are_missing(belong):
    for words, says in ((["answers.csv"], "--instrument is missing"), (WORDS, "FILE is missing")):
        code, _, err = belong(*words)
        assert code == 2
        assert says in err
