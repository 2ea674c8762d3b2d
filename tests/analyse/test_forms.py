"""Answers from forms: one column per question, words as answers, read through a mapping that is drafted and mended."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from belong.measure import load, score
from belong.measure.answers import read_answers
from belong.measure.mapping import load_mapping
from belong.measure.reading import open_source
from tests.analyse.conftest import PISA, people

CORE = load("belong-core")


def form(path: Path, *, number: bool = True, n: int = 60) -> np.ndarray:
    """A form's export for belong core, with a name, an e-mail address and a comment; gives the true codes."""
    rng = np.random.default_rng(5)
    items = [item for item in CORE.items if item.scale]
    codes = np.stack([rng.integers(0, item.categories + 1, n) for item in items], axis=1)
    heads = [f"{i}. {item.text['en']}" if number else item.text["en"] for i, item in enumerate(items, 1)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            ["ID", "Start time", "Email", "Name", "Which year are you in?", *heads, "Anything else?"]
        )
        for i, row in enumerate(codes):
            words = [
                item.scale.words()[code - 1].upper() if code else ""
                for item, code in zip(items, row, strict=True)
            ]
            year = f"Year {7 + i % 3}"
            writer.writerow(
                [i, "2026-11-02", f"p{i}@school.example", f"Pupil {i}", year, *words, "=cmd|' /C calc'!A0"]
            )
    return codes


@pytest.mark.parametrize("number", [True, False])
def test_a_drafted_mapping_reads_back_the_very_answers(belong, tmp_path, number):
    codes = form(tmp_path / "form.csv", number=number)
    ran = belong("analyse", "form.csv", "--instrument", "belong-core", "--write-mapping", "m.yaml")
    assert ran.code == 0
    assert "Check every line" in ran.out
    mapping = load_mapping("m.yaml", CORE)
    read = read_answers(open_source("form.csv"), CORE, mapping)
    items = [item for item in CORE.items if item.scale]
    kept = [j for j, item in enumerate(items) if item.id in read.responses.ids]
    assert (read.responses.codes == codes[:, kept]).all()
    assert {item.id for item in CORE.scored_items} <= set(read.responses.ids)


def test_headings_that_are_the_wording_need_no_mapping(belong, tmp_path):
    form(tmp_path / "form.csv", number=False)
    ran = belong(
        "analyse",
        "form.csv",
        "--instrument",
        "belong-core",
        "--by",
        "Which year are you in?",
        "--out",
        "r.html",
    )
    assert (ran.code, ran.err) == (0, "")


def test_names_addresses_and_comments_reach_no_report_and_no_draft(belong, tmp_path):
    form(tmp_path / "form.csv")
    belong("analyse", "form.csv", "--instrument", "belong-core", "--write-mapping", "m.yaml")
    words = [word for kind in ("html", "json", "csv") for word in ("--out", f"r.{kind}")]
    ran = belong("analyse", "form.csv", "--instrument", "belong-core", "--mapping", "m.yaml", *words)
    assert ran.code == 0
    for name in ("m.yaml", "r.html", "r.json", "r.csv"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "school.example" not in text
        assert "Pupil 1" not in text
        assert "cmd|" not in text


def test_other_words_are_given_codes_in_the_mapping(belong, tmp_path):
    """A school's own translation of the scale, with a word for no answer and a number for never."""
    rows = [
        {"Year": f"{7 + i % 2}", **{item.id: ["0", "Not oftn", "Manchmal", "Often", "Weiß nicht"][(i + j) % 5]
         for j, item in enumerate(CORE.scored_items)}}
        for i in range(40)
    ]  # fmt: skip
    path = tmp_path / "a.csv"
    with path.open("w", encoding="cp1252", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    ran = belong("analyse", path, "--instrument", "belong-core")
    assert ran.code == 2
    assert "0 is out of range" in ran.err
    belong("analyse", path, "--instrument", "belong-core", "--write-mapping", "m.yaml")
    draft = (tmp_path / "m.yaml").read_text(encoding="utf-8")
    assert '"Not oftn": 2' in draft
    ran = belong("analyse", path, "--instrument", "belong-core", "--mapping", "m.yaml")
    assert ran.code == 2
    assert "'Manchmal' has no code yet" in ran.err
    mended = draft.replace('"Manchmal":', '"Manchmal": 3\n  "0": 1').replace('  "Weiß nicht":\n', "")
    (tmp_path / "m.yaml").write_text(mended.replace("missing: []", "missing: [Weiß nicht]"), encoding="utf-8")
    ran = belong("analyse", path, "--instrument", "belong-core", "--mapping", "m.yaml", "--out", "r.json")
    assert (ran.code, ran.err) == (0, "")
    first = json.loads((tmp_path / "r.json").read_text())["items"][0]
    assert first["counts"] == [8, 8, 8, 8, 0]
    assert first["missing"] == 8


def test_a_grid_question_is_known_by_its_row(tmp_path, belong):
    form(tmp_path / "form.csv", number=False)
    with (tmp_path / "form.csv").open(encoding="utf-8") as stream:
        head, *rows = list(csv.reader(stream))
    head = [f"How is school? [{name}]" if name.startswith("In the last") else name for name in head]
    with (tmp_path / "grid.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, *rows])
    belong("analyse", "grid.csv", "--instrument", "belong-core", "--write-mapping", "m.yaml")
    mapping = load_mapping("m.yaml", CORE)
    assert {item.id for item in CORE.scored_items} <= set(mapping.columns.values())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("columns: {ST27Q01: outsidr}", "m.yaml, line 1, columns.ST27Q01: 'outsidr' is not one of"),
        ("columns: {a: liked, b: liked}", "Each question has one column"),
        ("columns: {Nowhere: liked}", "no column 'Nowhere' (the mapping says it holds 'liked')"),
        ("words: {Yes: 9}", "9 is outside 1 to 4"),
        ("instrument: belong-core", "this mapping is for 'belong-core'"),
        ("colums: {}", "Did you mean 'columns'?"),
    ],
)
def test_a_mistaken_mapping_is_answered_with_its_place(belong, answers, tmp_path, text, says):
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    ran = belong("analyse", answers(), "--instrument", "pisa-belong", "--mapping", "m.yaml")
    assert ran.code == 2
    assert says in ran.err


def test_a_question_left_out_of_the_form_is_said_in_the_mapping(belong, answers, tmp_path):
    rows = [{name: value for name, value in row.items() if name != "ST27Q06"} for row in people()]
    (tmp_path / "m.yaml").write_text("absent: [lonely]\n", encoding="utf-8")
    ran = belong(
        "analyse", answers(rows), "--instrument", "pisa-belong", "--mapping", "m.yaml", "--out", "r.json"
    )
    assert (ran.code, ran.err) == (0, "")
    found = json.loads((tmp_path / "r.json").read_text())["measures"][0]
    assert (found["items"], found["needed"]) == (5, 4)


def test_own_wording_stands_in_the_report_where_none_is_shipped(belong, tmp_path, answers):
    rows = [
        {("I feel I belong here" if n == "ST27Q03" else n): v for n, v in row.items()} for row in people()
    ]
    (tmp_path / "m.yaml").write_text("columns: {I feel I belong here: belong}\n", encoding="utf-8")
    ran = belong("analyse", answers(rows), "--instrument", "pisa-belong", "--mapping", "m.yaml")
    assert "I feel I belong here" in ran.out


def test_a_draft_never_overwrites_a_mended_mapping(belong, answers, tmp_path):
    (tmp_path / "m.yaml").write_text("mended", encoding="utf-8")
    ran = belong("analyse", answers(), "--instrument", "pisa-belong", "--write-mapping", "m.yaml")
    assert ran.code == 2
    assert "already there" in ran.err
    assert (tmp_path / "m.yaml").read_text() == "mended"


@pytest.mark.parametrize("name", ["pisa-2012", "pisa-2015"])
def test_ready_mappings_cover_every_question(name):
    key = load("pisa-belong")
    assert set(load_mapping(name, key).columns.values()) == {item.id for item in key.items}


def test_words_and_codes_score_alike(tmp_path):
    key = load("pisa-belong")
    with_words = []
    for row in people():
        with_words.append(
            {k: key.items[0].scale.words()[int(v) - 1] if k.startswith("ST27") else v for k, v in row.items()}
        )
    for name, rows in (("codes.csv", people()), ("words.csv", with_words)):
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    one, other = (
        score(read_answers(open_source(tmp_path / n), key).responses, key) for n in ("codes.csv", "words.csv")
    )
    assert (one == other).all()


def test_the_real_file_needs_no_mapping_and_its_draft_is_whole(belong, tmp_path):
    belong("analyse", PISA, "--instrument", "pisa-belong", "--write-mapping", "m.yaml")
    text = (tmp_path / "m.yaml").read_text()
    assert '"ST27Q01": outsider' in text
    assert "ST26Q01" not in text
