"""One name for one thing: in place of a figure stand the words of docs/privacy.md, wherever one may be missing."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from django.urls import reverse

from belong.release import SYMBOLS
from belong.see.models import ReleaseRecord
from belong.see.words import symbol_in_words
from belong.tell.words import KEPT_BACK
from belong.web.charts import Bar, Row, bars, changes, dots, gaps, rates, slopes
from belong.web.charts.words import SYMBOLS as ON_CHARTS
from belong.web.charts.words import is_not_shown
from tests.matrix.pdf import words_of as words_of_pdf
from tests.matrix.xlsx import sheets_of
from tests.see.reading import main_of, words_of

PRIVACY = Path(__file__).resolve().parents[2] / "docs" / "privacy.md"
ROW = re.compile(r"^\| (?:`(\w+)`|\*\(none\)\*) \| ([A-Z][^|]+?) \|", re.M)
ONCE_SAID = re.compile(r"too few to (?:tell|show)", re.I)
YEARS = {"7": "c", "8": "x", "9": "z", "10": "low", "11": "u"}
HIDDEN = sorted(ON_CHARTS)


def test_documents_texts_charts_and_files_use_the_same_words():
    written = dict(ROW.findall(PRIVACY.read_text()))
    assert written == {sign: symbol_in_words(sign) for sign in SYMBOLS}
    assert {sign: words.lower() for sign, words in written.items() if sign} == ON_CHARTS
    assert is_not_shown("c") == "is kept back"
    assert is_not_shown("z") == "does not apply"


def _row(sign: str) -> Row:
    return Row("Here", *((50.0, 40.0, 60.0, 45.0) if sign == "u" else ()), symbol=sign)


CHARTS = {
    "dots": lambda sign: dots([_row(sign)], "Title"),
    "gaps": lambda sign: gaps([_row(sign)], "Title"),
    "changes": lambda sign: changes([_row(sign)], "Title"),
    "slopes": lambda sign: slopes([Row("Here", symbol=sign)], "Title", before="Then", now="Now"),
    "bars": lambda sign: bars([Bar("Here", None, sign)], "Title", answers=("No", "Yes"), favourable=(2,)),
    "rates": lambda sign: rates([Row("Here", symbol=sign)], "Title"),
}


@pytest.mark.parametrize("kind", CHARTS)
def test_every_chart_says_why_in_its_drawing_its_description_and_its_table(kind):
    for sign, words in ON_CHARTS.items():
        chart = CHARTS[kind](sign)
        assert words in re.sub(r"<[^>]+>", " ", chart.svg), sign
        assert words in chart.description, sign
        assert any(words in cell.text for row in chart.rows for cell in row), sign


@pytest.fixture
def every(told):
    """The spring release as it would be if each year group's figures were missing for another reason."""

    def signed(row):
        sign = YEARS.get(row.group) if row.cut == "year" else None
        if sign is None:
            return row
        bare = {} if sign == "u" else dict.fromkeys({"mean", "low", "high", "shrunk", "favourable", "distribution",
                                                      "difference", "sincere_difference", "rate"}
                                                     & set(row.__dataclass_fields__))  # fmt: skip
        bands = {name: "" for name in ("n_band", "band") if bare and name in row.__dataclass_fields__}
        return replace(row, symbol=sign, **bare, **bands)

    kinds = {
        name: tuple(map(signed, getattr(told.release, name)))
        for name in ("cells", "gaps", "changes", "responses")
    }
    release = replace(told.release, **kinds, hash="").sealed()
    ReleaseRecord.objects.filter(wave=told.spring).update(payload=release.to_json(), hash=release.hash)
    return told


def test_every_page_and_file_of_a_release_uses_them(every, cast, client_as):
    head, wave = client_as(cast.head), every.spring.pk
    cuts = ("sex", "year", "sen", "sex-by-year", "year-by-pupil_premium")
    pages = [f"/see/{wave}/{page}" for page in ("", "items/", "method/", "parts/listened/", "parts/score/")]
    pages += [
        f"/see/{wave}/groups/{cut}/?measure={key}" for cut in cuts for key in ("score", "part:listened")
    ]
    pages += [
        f"/see/{wave}/gap/?measure=score&cut=year&group=7",
        "/see/",
        reverse("tell:report", args=[wave]),
    ]
    said = {page: unescape(main_of(head.get(page).content.decode())) for page in pages}
    assert not {page: found[0] for page, text in said.items() if (found := ONCE_SAID.search(text))}
    by_year = words_of(said[f"/see/{wave}/groups/year/?measure=score"])
    for sign, words in ON_CHARTS.items():
        assert by_year.count(words) >= 3, (sign, "chart, table behind it, all parts at a glance")
    csv = head.get(f"/see/{wave}/release.csv").content.decode()
    data = head.get(f"/see/{wave}/release.json").json()
    book = sheets_of(head.get(f"/see/{wave}/release.xlsx").content)
    beside = {(row["Symbol"], row["In words"]) for row in book["Responses"] if row["cut"] == "year"}
    assert beside == {(sign, symbol_in_words(sign)) for sign in HIDDEN}
    for sign in HIDDEN:
        assert f",{sign},{symbol_in_words(sign)}," in csv
        assert data["symbols"][sign] == symbol_in_words(sign)
    paper = words_of_pdf(head.get(reverse("tell:governors-pdf", args=[wave])).content).lower()
    assert "keptback" in paper.replace(" ", "")
    assert not ONCE_SAID.search(paper)


def test_pupils_and_families_read_it_in_their_language():
    from django.utils.translation import override

    said = set()
    for code in ("en-gb", "cy", "pl", "ur", "pa", "ro", "ar", "bn", "so", "pt", "uk"):
        with override(code):
            said.add(str(KEPT_BACK))
    assert len(said) == 11
