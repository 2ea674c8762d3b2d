"""`belong attack` as an officer runs it: what it prints, how it ends, what it says to a wrong file."""

import json

import pytest

from belong.release import Menu, build
from belong.see.table import as_csv
from belong.site.command import main
from tests.people.files import xlsx
from tests.release.attack.files import class_list, exported, naive, write
from tests.release.schools import blocks, school


@pytest.fixture
def belong(capsys, tmp_path, monkeypatch):
    """Run `belong attack …` in a folder with a release, a naive table and a class list of the same answers."""
    monkeypatch.chdir(tmp_path)
    data = school({"sex": blocks(F=57, M=3), "year": ["7", "8", "9"] * 20})
    release = build(data, Menu.of("sex", "year"))
    exported(tmp_path / "release.json", release)
    (tmp_path / "release.csv").write_text(as_csv(release), encoding="utf-8")
    naive(tmp_path / "naive.csv", data, ["sex", "year"])
    class_list(tmp_path / "roll.csv", data)

    def run(*words):
        try:
            code = main(["attack", *words])
        except SystemExit as stop:
            code = stop.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.mark.parametrize("words", [["release.json"], ["release.csv"], ["release.json", "--roll", "roll.csv"]])
def test_a_release_holds(belong, words):
    code, out, _ = belong(*words)
    assert (code, out.splitlines()[-1]) == (0, "Learned nothing about fewer than 10 people.")


def test_a_naive_table_does_not(belong):
    code, out, _ = belong("--plain", "naive.csv")
    assert code == 1
    assert "M (sex) (3 people), item:q1:" in out
    assert "how: the figures of the other groups taken from those of the whole" in out
    code, out, _ = belong("--plain", "naive.csv", "--roll", "roll.csv", "--fast", "--json")
    report = json.loads(out)
    assert code == 1
    assert {one["way"] for one in report["learned"]} == {"subtraction", "exact"}
    assert all(one["files"] == ["naive.csv"] for one in report["learned"])


def test_several_files_and_one_measure_of_them(belong):
    code, out, _ = belong("release.json", "release.csv", "--measure", "score")
    assert code == 0
    assert out.startswith("Read release.json, release.csv.")
    code, _, err = belong("release.json", "--measure", "scoer")
    assert code == 2
    assert "no file has the measure scoer; they have score" in err


def test_nobody_is_named(belong, tmp_path):
    rows = [
        {"name": f"Ada Lovelace {i}", "sex": "M" if i >= 57 else "F", "year": str(7 + i % 3)}
        for i in range(60)
    ]
    write(tmp_path / "names.csv", rows)
    code, out, err = belong("--plain", "naive.csv", "--roll", "names.csv")
    assert code == 1
    assert "Lovelace" not in out + err


BAD = {
    "missing.json": (None, "Check the name"),
    "cut.json": ('{"wave": "1",\n "cells": [', "line 2: this is not whole JSON"),
    "other.json": ('{"pupils": 3}', "the table “cells” is missing"),
    "picture.png": (b"\x89PNG\xff\xfe", "this is a picture. Give a CSV"),
    "empty.csv": ("", "the file is empty. Export it again."),
    "other.csv": ("name,form\nA,7b\n", "there is no column “table”"),
    "release-12.xlsx": (
        xlsx([["Spring wave", ""], ["School", "Oak Park"]]),
        "give the JSON of the same release",
    ),
    "nobody.csv": ("cut,group,measure,n,mean\nall,all,q,ten,50\n", "line 2: "),
    "scale.csv": (
        "cut,group,measure,n,mean\nall,all,q,30,3.5\nall,all,q,30,3.5\n",
        "line 3: all all q stands here a",
    ),
    "range.csv": ("cut,group,measure,n,mean\nall,all,q,30,350\n", "the mean 350 is not between 0 and 100"),
    "crooked.csv": ("cut,group,measure,n,mean\nall,all,q,30,3,5\n", "line 2: 6 cells under 5 headings"),
}


@pytest.mark.parametrize("name", BAD)
def test_files_that_cannot_be_read(belong, tmp_path, name):
    held, words = BAD[name]
    if held is not None:
        (tmp_path / name).write_bytes(held if isinstance(held, bytes) else held.encode())
    code, out, err = belong(name)
    assert (code, out) == (3, "")
    assert err.startswith(f"belong attack: {name}")
    assert words in err


def test_a_class_list_that_cannot_be_read(belong, tmp_path):
    (tmp_path / "list.csv").write_text("sex,answered\nF,yes\nM,perhaps\n", encoding="utf-8")
    code, _, err = belong("release.json", "--roll", "list.csv")
    assert code == 3
    assert "list.csv, line 3: “perhaps” in the column “answered” is neither yes nor no" in err


@pytest.mark.parametrize("words", [[], ["release.json", "--threshold", "1"]])
def test_wrong_words(belong, words):
    assert belong(*words)[0] == 2
