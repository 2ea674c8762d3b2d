"""The real PISA file through the command: its figures are R's, its report is for a head, its source is named."""

import csv
import json
import re

import pytest

from tests.analyse.conftest import PISA

REFERENCE = PISA.parent / "reference_pisa2003_nld_belong.json"
NAMES = ("outsider_r", "friends", "belong", "awkward_r", "liked", "lonely_r")
WORDS = ("--by", "sex,immigration", "--weight", "W_FSTUWT", "--cluster", "SCHOOLID")


@pytest.fixture(scope="module")
def reference():
    return json.loads(REFERENCE.read_text())


@pytest.fixture
def written(belong, tmp_path):
    ran = belong(
        "analyse",
        PISA,
        "--instrument",
        "pisa-belong",
        *WORDS,
        "--out",
        "r.json",
        "--out",
        "r.html",
        "--out",
        "r.csv",
    )
    assert (ran.code, ran.err) == (0, "")
    return tmp_path


def test_the_figures_are_those_of_r(written, reference):
    found = json.loads((written / "r.json").read_text())
    score = found["measures"][0]
    plain, weighted = score["consistency"]
    assert (plain["weighted"], weighted["weighted"]) == (False, True)
    assert plain["people"] == found["complete"] == 3682
    assert plain["alpha"]["value"] == pytest.approx(reference["alpha_raw"], abs=1e-6)
    assert plain["omega"] == pytest.approx(reference["omega_total_1f_ML_cov"]["omega"], abs=1e-6)
    assert weighted["alpha"]["value"] == pytest.approx(0.7537, abs=5e-5)
    for item, name in zip(found["items"], NAMES, strict=True):
        assert item["counts"] == list(reference["item_freq_all"][name].values())
        assert item["alpha_if_dropped"] == pytest.approx(reference["alpha_if_dropped"][name], abs=1e-6)
        assert item["item_rest"] == pytest.approx(reference["item_rest_r"][name], abs=1e-6)
        assert item["mean"] == pytest.approx(reference["item_mean"][name], abs=1e-6)
    assert found["clustering"]["icc"] == pytest.approx(0.036, abs=5e-4)
    assert (found["errors"], found["replicates"], found["fay"]) == ("replicates", 80, 0.5)
    assert found["items"][2]["favourable"]["value"] == pytest.approx(77.172402, abs=1e-6)


def test_groups_in_the_json_follow_the_rules_of_a_release(written):
    found = json.loads((written / "r.json").read_text())
    groups = [group for cut in found["cuts"] for group in cut["groups"]]
    assert [group["label"] for group in groups][:2] == ["Girls", "Boys"]
    for group in groups:
        assert round(group["mean"], 1) == group["mean"]
        assert isinstance(group["favourable"], int)
        assert re.fullmatch(r"[\d,]+–[\d,]+", group["band"])
        assert group["low"] < group["shrunk"] < group["high"]


def test_the_report_says_it_in_plain_words_and_names_everything(written):
    page = (written / "r.html").read_text().replace("\u00a0", " ")
    for words in (
        "3,794 of 3,992 pupils in the file (95 %) answered at least 4 of the 6 questions",
        "Girls and boys: no difference we can tell",
        "Cronbach&#x27;s alpha, unweighted complete cases n = 3,682",
        "Cronbach&#x27;s alpha, weighted with W_FSTUWT, complete cases n = 3,682",
        "One-factor omega (maximum likelihood, raw covariances), unweighted complete cases n = 3,682",
        "The design effect is 1.56",
        "Data: OECD, Programme for International Student Assessment (PISA) 2003",
        "intraclass correlation .036",
        "Drawn together",
    ):
        assert words in page
    for figure in (">.762<", ">.754<", ">.769<", ">.711<"):
        assert figure in page


def test_the_csv_is_one_figure_a_line(written):
    with (written / "r.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    alphas = {row["note"]: float(row["value"]) for row in rows if row["statistic"] == "alpha"}
    assert alphas["unweighted complete cases"] == pytest.approx(0.762239, abs=1e-6)
    counts = [
        int(row["value"]) for row in rows if row["measure"] == "item:belong" and "count" in row["statistic"]
    ]
    assert counts == [152, 711, 2524, 455]
    assert next(row for row in rows if row["statistic"] == "rows")["value"] == "3992"


def test_without_replicate_weights_schools_give_the_interval(belong, tmp_path):
    ran = belong("analyse", PISA, "--instrument", "pisa-belong", "--cluster", "SCHOOLID", "--out", "r.json")
    assert ran.code == 0
    found = json.loads((tmp_path / "r.json").read_text())
    assert found["errors"] == "clusters"
    assert found["measures"][0]["mean"]["effect"] > 1.5
    assert len(found["measures"][0]["consistency"]) == 1


def test_without_out_a_summary_is_printed_and_nothing_written(belong, tmp_path):
    ran = belong("analyse", PISA, "--instrument", "pisa-belong", "--by", "sex")
    assert ran.code == 0
    assert "no difference we can tell" in ran.out
    assert "too narrow; name the column with" in " ".join(ran.out.split())
    assert list(tmp_path.iterdir()) == []


def test_another_key_reads_the_same_file(belong):
    ran = belong("analyse", PISA, "--instrument", "pisa-stu-rel", "--by", "sex")
    assert ran.code == 0
    assert "Girls higher than boys" in ran.out


def test_the_data_source_is_only_named_for_files_of_that_study(belong, answers, tmp_path):
    mapping = tmp_path / "own.yaml"
    rows = [{f"My {name}": value for name, value in row.items()} for row in csv.DictReader(answers().open())]
    mapping.write_text(
        "columns:\n" + "".join(f"  My ST27Q0{i}: {id}\n" for i, id in enumerate(
            ("outsider", "friends", "belong", "awkward", "liked", "lonely"), 1)), encoding="utf-8"
    )  # fmt: skip
    ran = belong("analyse", answers(rows), "--instrument", "pisa-belong", "--mapping", mapping)
    assert ran.code == 0
    assert "Data: OECD" not in ran.out
    assert "PISA 2003 Technical Report" in ran.out
