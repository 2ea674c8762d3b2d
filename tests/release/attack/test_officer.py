"""The class list as an officer has it: however it was saved, and what is said when it does not fit."""

import json

import numpy as np
import pytest

from belong.release import Menu, build
from belong.site.command import main
from tests.people.files import xlsx
from tests.release.attack.files import exported
from tests.release.schools import blocks, school


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A release of sixty pupils, three of whom are boys, beside it a table that gives them away."""
    path = tmp_path_factory.mktemp("office")
    data = school({"sex": blocks(F=57, M=3), "year": ["7", "8", "9"] * 20})
    exported(path / "release.json", build(data, Menu.of("sex", "year")))
    return path, data


@pytest.fixture
def belong(folder, capsys, monkeypatch):
    """Run ``belong attack release.json --roll …`` on a list, given as rows or as bytes."""
    path, _ = folder
    monkeypatch.chdir(path)

    def run(held, name="list.csv"):
        (path / name).write_bytes(held if isinstance(held, bytes) else text(held).encode())
        code = main(["attack", "release.json", "--roll", name, "--fast", "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out else {}, said.err

    return run


def rows(folder, **columns):
    """The class list, with names and dates that are not needed."""
    _, data = folder
    held = {"Name": ["Zoë Müller"] * 60, "Born": ["04/09/2013"] * 60}
    held |= {"Sex": data.attributes["sex"].tolist(), "year": data.attributes["year"].tolist()} | columns
    return [list(held), *map(list, zip(*held.values(), strict=True))]


def text(some, mark=","):
    return "".join(mark.join(row) + "\r\n" for row in some)


def test_however_it_was_saved(belong, folder):
    plain = rows(folder)
    code, report, _ = belong(plain)
    assert code == 0
    wanted = {one["way"]: one["looked_at"] for one in report["tried"]}
    assert wanted["exact"] > 0, "the three boys are looked at"
    wrapped = {
        "bom.csv": ("\ufeff" + text(plain)).encode(),
        "semicolons.csv": text(plain, ";").encode(),
        "tabs.txt": text(plain, "\t").encode("utf-16"),
        "windows.csv": text(plain).encode("cp1252"),
        "excel.xlsx": xlsx([[int(cell) if cell.isdigit() else cell for cell in row] for row in plain]),
        "labels.csv": text([[cell.replace("Sex", "SEX ") for cell in row] for row in plain]).encode(),
    }
    for name, held in wrapped.items():
        code, again, err = belong(held, name)
        assert code == 0, err
        assert {one["way"]: one["looked_at"] for one in again["tried"]} == wanted, name


REFUSED = {
    "empty": (b"", "list.csv: the file is empty"),
    "nobody": (b"sex,year\n", "list.csv: there are headings, and nothing below them"),
    "no cut": (b"Pupil,Form\nA,3B\n", "line 1: no column is called like a cut of the files (sex and year)"),
    "twice": (b"sex,year,Sex\nF,7,F\n", "list.csv, line 1: two columns are called"),
    "a class": (b"sex,year\n" + b"F,7\n" * 12, "there are 12 people in it, but release.json tells of at least"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_lists_that_are_no_use(belong, case):
    held, words = REFUSED[case]
    code, _, err = belong(held)
    assert code == 3
    assert words in err


def test_values_that_are_no_group(belong, folder):
    """Read as it stands, such a list would place nobody, and nothing would be found, whatever there was."""
    years = folder[1].attributes["year"]
    code, _, err = belong(rows(folder, year=[f"Yr {year}" for year in years]))
    assert code == 3
    assert "list.csv, line 2: “Yr 7” in the column “year” is no group of release.json" in err
    assert "Its groups are 7, 8 and 9." in err
    code, report, _ = belong(rows(folder, year=np.where(np.arange(60) < 2, "Nursery", years).tolist()))
    assert code == 0
    assert any("“Nursery” in the column “year”" in note for note in report["notes"])


def test_dates_where_yes_or_no_is_wanted(belong, folder):
    code, _, err = belong(rows(folder, answered=["09/10/2026"] * 60))
    assert code == 3
    assert "line 2: “09/10/2026” in the column “answered” is neither yes nor no" in err


def test_what_could_not_be_tried_is_said(belong, folder):
    plain = rows(folder, **{"year@9": ["8"] * 60})
    code, report, _ = belong([[row[2], row[4]] for row in plain])
    assert code == 0
    notes = " ".join(report["notes"])
    assert "has no column for year" in notes
    assert "has columns for wave 9, of which no file was given" in notes


def test_figures_that_do_not_fit_the_list_are_named(belong, folder):
    """A list of another day: nobody may take “nothing learned” for more than was tried."""
    sexes = folder[1].attributes["sex"].tolist()
    code, report, _ = belong(rows(folder, year=["7"] * 40 + ["8"] * 10 + ["9"] * 10, Sex=sexes))
    assert code == 0
    (note,) = {one["note"] for one in report["tried"] if one["way"] == "exact"}
    assert "7 (year) in release.json" in note
    assert "The list is of another day than the wave, or does not say who answered." in note


def test_a_list_in_the_place_of_a_release(folder, capsys, monkeypatch):
    monkeypatch.chdir(folder[0])
    (folder[0] / "list.csv").write_text("sex,year\nF,7\n", encoding="utf-8")
    for words, said in (
        (["list.csv"], "a class list goes after --roll"),
        (["release.json", "--roll", "release.json"], "this is JSON. A class list is a CSV"),
        (["."], "this is a folder. Give the file inside it."),
        (["relaese.json"], "Did you mean 'release.json'?"),
    ):
        assert main(["attack", *words]) == 3
        assert said in capsys.readouterr().err
