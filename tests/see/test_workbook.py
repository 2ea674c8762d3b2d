"""The Excel file of a release: the CSV's figures, words to read first, nothing that is run, the same for everyone."""

import csv
import io
import re
import warnings
from dataclasses import replace
from datetime import datetime

import pytest
from django.utils import timezone

from belong.base.clock import frozen
from belong.see.models import ReleaseRecord
from belong.see.words import symbol_in_words
from tests.matrix.xlsx import FIRST, MIME, parts_of, sheets_of

pytestmark = pytest.mark.alike

TABLES = {
    "Means": ["score"],
    "Gaps": ["gap"],
    "Changes": ["change"],
    "Responses": ["answered %"],
    "Reliability": ["Cronbach's alpha", "one-factor omega"],
}
VALUES = {"Mean (points of 100)", "Gap (points)", "Change (points)", "Answered (%)", "Value"}
SAME = dict.fromkeys(VALUES, "value") | {
    "Question or part": "question or part",
    "Group": "group name",
    "95 % interval from": "low",
    "95 % interval to": "high",
    "Drawn towards the average (points)": "drawn together",
    "Favourable (%)": "favourable %",
    "Without careless answers (points)": "without careless answers",
    "People": "people",
    "Symbol": "symbol",
    "In words": "in words",
    **{key: key for key in ("measure", "cut", "group", "against", "compared with")},
}
RISKY = ("=cmd|'/c calc'!A1", "+1+1", "-2", "@SUM(1)", "https://example.org", "42")


def test_it_holds_what_the_csv_file_holds_and_nothing_else(cast, client_as, told):
    answer = client_as(cast.head).get(f"/see/{told.spring.pk}/release.xlsx")
    assert answer["Content-Type"] == MIME
    assert answer["Content-Disposition"] == f'attachment; filename="release-{told.spring.pk}.xlsx"'
    plain = client_as(cast.head).get(f"/see/{told.spring.pk}/release.csv")
    assert answer.get("Cache-Control") == plain.get("Cache-Control")
    rows = list(csv.DictReader(io.StringIO(plain.content.decode("utf-8-sig"))))
    sheets = sheets_of(answer.content)
    assert list(sheets) == [FIRST, *TABLES]
    assert any(row.get("Symbol") == "c" for row in sheets["Means"]), (
        "the synthetic school must have groups to hide"
    )
    for name, tables in TABLES.items():
        wanted = [row for table in tables for row in rows if row["table"] == table]
        assert len(sheets[name]) == len(wanted) > 0
        for found, row in zip(sheets[name], wanted, strict=True):
            _is_same(name, found, row)


def _is_same(sheet, found, row):
    said = {SAME[heading]: value for heading, value in found.items() if heading in SAME}
    if sheet == "Reliability":  # of everyone; and the CSV gives no sign there
        said |= {"cut": "all", "group": "all"}
        row = row | {name: said[name] for name in ("symbol", "in words") if name in said}
    shares = [found[heading] for heading in found if re.fullmatch(r"Answer \d \(%\)", heading)]
    if shares:
        said["answers % lowest to highest"] = " ".join(f"{share:g}" for share in shares)
    if "Limited" in found:
        said["limited"] = {"or more": "top", "or less": "bottom"}[found["Limited"]]
    told = {name: value for name, value in row.items() if value and name != "table"}
    assert said.keys() == told.keys(), (found, row)
    for name, value in said.items():
        assert (float(told[name]) if isinstance(value, float) else told[name]) == value, (name, found, row)
    if row["symbol"] not in ("", "u"):
        assert not [value for value in found.values() if not isinstance(value, str)]
        assert "People" not in found
        assert found["In words"] == symbol_in_words(row["symbol"])


def test_the_first_sheet_says_what_it_is_and_why_figures_are_missing(cast, client_as, told):
    data = client_as(cast.head).get(f"/see/{told.spring.pk}/release.xlsx").content
    lines = [(line.get("name", ""), line.get("words", "")) for line in sheets_of(data)[FIRST]]
    said = dict(lines)
    assert lines[0] == ("Spring wave", "")
    assert said["School"] == cast.school.name
    assert said["Who was asked"].startswith("Pupils")
    assert said["Asked"].startswith("1 February 2027 to ")
    assert "fewer than 10 people" in said["Smallest group"]
    assert said["Kept back (c)"].startswith("Kept back to protect people")
    assert said["Seal"] == told.release.hash
    assert {("In this release", note.text) for note in told.release.notes} <= set(lines)
    parts = parts_of(data)
    assert "<dc:creator></dc:creator>" in parts["docProps/core.xml"]
    assert "Spring wave" in parts["docProps/core.xml"]
    assert 'orientation="landscape"' in parts["xl/worksheets/sheet2.xml"]
    assert "_xlnm.Print_Titles" in parts["xl/workbook.xml"]


def test_everyone_who_reads_it_has_the_same_bytes_at_any_time(cast, client_as, told):
    where = f"/see/{told.spring.pk}/release.xlsx"
    first = client_as(cast.head).get(where).content
    with frozen(timezone.make_aware(datetime(2028, 8, 1, 9))):
        assert client_as(cast.analyst).get(where).content == first


def test_what_a_school_typed_in_stays_text(cast, client_as, told):
    """Group names come out of rosters, titles from whoever asks."""
    labels = dict(zip(("7", "8", "9", "10", "11"), RISKY, strict=False))

    def named(row):
        return replace(row, label=labels[row.group]) if row.cut == "year" else row

    kinds = {name: tuple(map(named, getattr(told.release, name))) for name in ("cells", "gaps", "responses")}
    release = replace(told.release, **kinds, hash="").sealed()
    ReleaseRecord.objects.filter(wave=told.spring).update(payload=release.to_json(), hash=release.hash)
    told.spring.title = '=HYPERLINK("http://x") S&G'
    told.spring.save()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        data = client_as(cast.head).get(f"/see/{told.spring.pk}/release.xlsx").content
    sheets = sheets_of(data)
    by_year = {row["group"]: row["Group"] for row in sheets["Means"] if row["cut"] == "year"}
    assert by_year == labels
    assert sheets[FIRST][0] == {"name": told.spring.title}
    parts = parts_of(data)
    assert not [name for name, text in parts.items() if re.search(r"<f[ >]|<hyperlink|externalLink", text)]
    assert '=HYPERLINK("http://x") S and G' in parts["xl/worksheets/sheet1.xml"].replace("&quot;", '"')
