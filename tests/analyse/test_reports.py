"""What a report may never do: run, fetch, show a small group, let a formula loose. And what it always holds."""

import csv
import json
import re
from html.parser import HTMLParser

import pytest

from tests.analyse.conftest import PISA, people
from tests.analyse.test_forms import form


class Page(HTMLParser):
    """Collects tags, attributes and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for found, attrs in self.tags if found == tag]


@pytest.fixture
def report(belong, answers, tmp_path):
    """Analyse rows and give the text of a format."""

    def make(kind: str, rows=None, *words: str) -> bytes:
        ran = belong("analyse", answers(rows), "--instrument", "pisa-belong", *words, "--out", f"r.{kind}")
        assert (ran.code, ran.err) == (0, "")
        return (tmp_path / f"r.{kind}").read_bytes()

    return make


def hostile() -> list[dict[str, str]]:
    """A group column full of markup and formulas."""
    names = ("<script>alert(1)</script>", '=HYPERLINK("http://x","y")', "@SUM(A1)", '#include "x" $x$ *b*')
    return [row | {"House": names[i % 4]} for i, row in enumerate(people(80))]


def test_the_page_is_one_file_that_fetches_and_runs_nothing(report):
    page = Page(report("html", None, "--by", "sex", "--cluster", "SCHOOLID").decode())
    assert page.all("script") == page.all("link") == page.all("img") == page.all("iframe") == []
    for tag, attrs in page.tags:
        assert not [name for name in attrs if name.startswith("on")], tag
        assert "style" not in attrs
        for name in ("src", "href", "xlink:href", "action"):
            assert name not in attrs
    css = "".join(page.words)
    assert not re.search(r"@import|url\((?!\"data:font/woff2)(?!#)", css)
    policy = next(m["content"] for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")


def test_the_page_is_built_to_be_read_aloud_and_printed(report):
    text = report("html", None, "--by", "sex").decode()
    page = Page(text)
    assert page.all("html")[0]["lang"] == "en"
    assert len(page.all("h1")) == 1
    ids = [attrs["id"] for attrs in page.all("h2")]
    assert [attrs["aria-labelledby"] for attrs in page.all("section")] == ids
    drawings = [attrs for attrs in page.all("svg") if attrs.get("role") == "img"]
    assert drawings
    assert all(attrs["aria-label"] for attrs in drawings)
    assert all(attrs["scope"] in ("col", "row") for attrs in page.all("th"))
    assert "@page" in text
    assert "prefers-color-scheme: dark" in text


def test_words_of_a_file_stay_words_in_html(report):
    text = report("html", hostile(), "--by", "House").decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_words_of_a_file_stay_words_in_pdf(report):
    made = report("pdf", hostile(), "--by", "House")
    assert made.startswith(b"%PDF-")


def test_no_cell_of_the_csv_is_a_formula(report):
    text = report("csv", hostile(), "--by", "House").decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert any(cell == '\'=HYPERLINK("http://x","y")' for row in rows for cell in row)
    for row in rows:
        for cell in row:
            assert not cell.startswith(("=", "+", "@", "\t"))
            assert not cell.startswith("-") or float(cell) < 0


def test_the_pdf_is_tagged_and_names_its_title(report):
    made = report("pdf", None, "--by", "sex")
    assert b"/MarkInfo" in made
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid" in made
    assert b"/Lang" in made


def small_group() -> list[dict[str, str]]:
    """Sixty people, of whom four are in House C."""
    return [row | {"House": "C" if i < 4 else "AB"[i % 2]} for i, row in enumerate(people(64))]


@pytest.mark.parametrize("kind", ["html", "json", "csv"])
def test_a_group_under_ten_has_no_figure_in_any_file(report, kind):
    text = report(kind, small_group(), "--by", "House").decode()
    if kind == "json":
        groups = {g["label"]: g for cut in json.loads(text)["cuts"] for g in cut["groups"]}
        gaps = {g["label"] for cut in json.loads(text)["cuts"] for g in cut["gaps"]}
        assert "C" not in groups
        assert "C" not in gaps
        assert [g for g in groups if g.endswith("C (together)")]
    elif kind == "csv":
        assert not [row for row in csv.reader(text.splitlines()) if row[2:3] == ["C"]]
    else:
        assert "C (together)" in text
        assert ">C<" not in text


def test_with_two_groups_one_small_nothing_is_compared(belong, answers):
    rows = [row | {"House": "A" if i < 5 else "B"} for i, row in enumerate(people())]
    ran = belong("analyse", answers(rows), "--instrument", "pisa-belong", "--by", "House")
    assert ran.code == 0
    assert "too few people to compare groups" in ran.out
    assert "A, B not shown" in ran.out


def test_under_thirty_people_no_spread_is_shown(report):
    found = json.loads(report("json", people(25)))
    assert all(
        item["counts"] is None and item["percent"] is None and item["sd"] is None for item in found["items"]
    )
    assert found["measures"][0]["sd"] is None
    assert found["measures"][0]["consistency"] == []
    page = report("html", people(25)).decode()
    assert "Fewer than thirty people" in page


def test_nothing_not_a_number_reaches_the_json(report):
    """One school per group: cluster-robust errors do not exist there, and the file says null, not NaN."""
    rows = [row | {"House": row["SCHOOLID"]} for row in people(80)]
    found = json.loads(
        report("json", rows, "--by", "House", "--cluster", "SCHOOLID"), parse_constant=pytest.fail
    )
    assert {g["symbol"] for cut in found["cuts"] for g in cut["groups"]} <= {"u", ""}


def test_parts_of_an_instrument_each_have_a_score(belong, tmp_path):
    form(tmp_path / "form.csv", number=False, n=90)
    out = [word for kind in ("json", "html", "pdf") for word in ("--out", f"r.{kind}")]
    ran = belong("analyse", "form.csv", "--instrument", "belong-core", "--by", "Which year are you in?", *out)
    assert (ran.code, ran.err) == (0, "")
    found = json.loads((tmp_path / "r.json").read_text())
    parts = ["adults", "peers", "taking-part", "place", "listened"]
    assert [m["key"] for m in found["measures"]] == ["score", *(f"part:{part}" for part in parts)]
    page = (tmp_path / "r.html").read_text()
    assert "Being listened to: most favourable" in page
    assert "Differences by part" in page


def test_insincere_answers_are_counted_and_their_effect_shown(report):
    line = [dict.fromkeys(("ST27Q01", "ST27Q02", "ST27Q03", "ST27Q04", "ST27Q05", "ST27Q06"), "4")] * 24
    rows = people(200)
    for i, same in enumerate(line):
        rows[i] |= same
    found = json.loads(report("json", rows, "--by", "sex"))
    assert found["insincere"] == "20–29"
    gap = found["cuts"][0]["gaps"][0]
    assert gap["sincere"] is not None
    assert "20–29 pupils gave the same answer" in report("html", rows, "--by", "sex").decode()


def test_help_teaches(belong, capsys):
    with pytest.raises(SystemExit) as stopped:
        belong("analyse", "--help")
    assert stopped.value.code == 0
    text = capsys.readouterr().out
    for words in (
        "--write-mapping",
        "--by sex,immigration",
        "what is never shown",
        "exit code",
        "least to most belonging",
    ):
        assert words in text


def test_what_is_missing_on_the_command_line_is_named(belong, capsys):
    with pytest.raises(SystemExit) as stopped:
        belong("analyse", PISA)
    assert stopped.value.code == 2
    assert "--instrument" in capsys.readouterr().err
