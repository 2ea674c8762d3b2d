"""Every figure of every file says what it is; plots stand beside the report; odd codings are read or explained."""

import csv
import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from belong.measure.definitions import Definition, defined
from tests.analyse.conftest import PISA, people

WORDS = ("analyse", PISA, "--instrument", "pisa-belong", "--by", "sex,immigration", "--weight", "W_FSTUWT")


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """A report with everything in it, in every kind of file, with its plots."""
    from belong.site.command import main

    folder = tmp_path_factory.mktemp("whole")
    out = [word for kind in ("json", "csv", "html") for word in ("--out", str(folder / f"r.{kind}"))]
    more = ("--cluster", "SCHOOLID", "--model", "grm", "--dif", "sex", "--plots")
    assert main([str(word) for word in (*WORDS, *more, *out)]) == 0
    return folder


def _figures(value, place=""):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _figures(inner, f"{place}.{name}" if place else name)
    elif isinstance(value, list):
        for inner in value:
            yield from _figures(inner, f"{place}[]")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield place


def _undefined(found: dict) -> set[str]:
    known = {place: Definition(**one) for place, one in found["definitions"].items()}
    assert all(all((one.what, one.source, one.people, one.missing)) for one in known.values())
    return {place for place in _figures(found) if defined(place, known) is None}


def test_every_figure_of_the_json_has_its_definition(whole):
    assert _undefined(json.loads((whole / "r.json").read_text())) == set()


def test_so_has_every_figure_of_change(belong, answers):
    first = [{"pupil": f"p{i}", **row} for i, row in enumerate(people(80))]
    second = [{"pupil": f"p{i}", **row} for i, row in enumerate(people(80, seed=2))]
    words = (
        "--instrument",
        "pisa-belong",
        "--id",
        "pupil",
        "--by",
        "sex",
        "--out",
        "r.json",
        "--out",
        "r.csv",
    )
    ran = belong("analyse", answers(first, "a.csv"), *words, "--compare", answers(second, "b.csv"))
    assert (ran.code, ran.err) == (0, "")
    found = json.loads(Path("r.json").read_text())
    assert _undefined(found) == set()
    lines = [
        line for line in csv.reader(Path("r.csv").read_text("utf-8-sig").splitlines()) if line[0] == "change"
    ]
    assert {line[4] for line in lines} >= {"sincere", "groups[].alike", "groups[].regression"}
    assert all(line[-1] for line in lines)


def test_what_a_group_changed_beyond_others_is_shown_without_insincere_answers_too(belong, answers):
    first = [{"pupil": f"p{i}", **row} for i, row in enumerate(people(200))]
    second = [{"pupil": f"p{i}", **row} for i, row in enumerate(people(200, seed=2))]
    for row in second[:60]:  # thirty girls and thirty boys agree to everything
        row |= {f"ST27Q0{n}": "1" for n in range(1, 7)}
    words = ("--instrument", "pisa-belong", "--id", "pupil", "--by", "sex", "--out", "r.json")
    assert belong("analyse", answers(first, "a.csv"), *words, "--compare", answers(second, "b.csv")).code == 0
    girls, boys = json.loads(Path("r.json").read_text())["compared"]["groups"]
    assert girls["more_sincere"] == pytest.approx(-boys["more_sincere"])
    assert girls["more_sincere"] != pytest.approx(girls["more"]["value"])
    assert girls["alike_sincere"] is not None


def test_every_figure_of_the_csv_and_the_page_has_its_definition(whole):
    head, *lines = csv.reader((whole / "r.csv").read_text("utf-8-sig").splitlines())
    assert head[-1] == "definition"
    assert [line for line in lines if line[5] and not line[-1]] == []
    page = (whole / "r.html").read_text()
    assert "What each figure is" in page
    assert "Green &amp; Yang (2009), eq. 21" in page


def test_a_gap_is_shown_with_and_without_insincere_answers(whole):
    page = (whole / "r.html").read_text()
    assert "Hollow: without answers that were probably not meant." in page
    gaps = [gap for cut in json.loads((whole / "r.json").read_text())["cuts"] for gap in cut["gaps"]]
    assert any(gap["sincere"] is not None for gap in gaps)


def test_plots_stand_beside_the_report_titled_described_and_listed(whole):
    names = sorted(path.name for path in whole.glob("*.svg"))
    assert names == [
        "r-answers.svg", "r-between-groups-sex.svg", "r-differences.svg", "r-groups-immigration.svg",
        "r-groups-sex.svg", "r-information.svg", "r-test-information.svg",
    ]  # fmt: skip
    assert sorted(json.loads((whole / "r.json").read_text())["plots"]) == names
    page = (whole / "r.html").read_text()
    for name in names:
        assert name in page
        root = ElementTree.fromstring((whole / name).read_text())
        assert {"title", "desc", "style"} <= {child.tag.split("}")[1] for child in root}, name
        assert root.get("role") == "img"
        assert not [tag for tag in root.iter() if tag.tag.endswith(("script", "image", "foreignObject"))]
    model = (whole / "r-answers.svg").read_text()
    assert "prefers-color-scheme: dark" in model
    assert "@media print" in model
    assert "Every answer of every question is the likeliest one somewhere" in model


def test_plots_need_a_report_to_stand_beside(belong, answers):
    ran = belong("analyse", answers(), "--instrument", "pisa-belong", "--plots")
    assert ran.code == 2
    assert "--plots needs --out" in ran.err


def test_answers_counted_from_nought_are_explained_and_read(belong, tmp_path):
    items = "".join(f"  - {{id: q{n}, part: all, scale: s, column: Q{n}}}\n" for n in range(1, 5))
    (tmp_path / "k.yaml").write_text(
        "key: k\ntitle: {en: K}\naudience: [pupils]\nages: [8, 18]\nlicence: CC0\n"
        "parts: [{id: all, title: {en: All}}]\nscales: {s: {labels: {en: ['No', 'Yes']}}}\nmissing: [-1, 99]\n"
        f"items:\n{items}"
    )
    rng = np.random.default_rng(2)
    rows = (rng.normal(size=(60, 1)) + rng.normal(size=(60, 4)) > 0).astype(int).tolist()
    rows[3][1], rows[4][2] = -1, 99
    lines = [["Q1", "Q2", "Q3", "Q4"], *rows]
    (tmp_path / "a.csv").write_text("\n".join(";".join(map(str, line)) for line in lines))
    ran = belong("analyse", "a.csv", "--instrument", "k.yaml")
    assert ran.code == 2
    assert "If the file counts its answers from 0, write 'first: 0' in a mapping." in ran.err
    (tmp_path / "m.yaml").write_text("first: 0\n")
    ran = belong("analyse", "a.csv", "--instrument", "k.yaml", "--mapping", "m.yaml", "--out", "r.json")
    assert (ran.code, ran.err) == (0, "")
    item = json.loads(Path("r.json").read_text())["items"][1]
    assert (item["missing"], sum(item["counts"])) == (1, 59)
    assert item["counts"][1] == sum(row[1] == 1 for row in rows)
