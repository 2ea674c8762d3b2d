"""The same answers in any wrapping: delimiters, encodings, gzip, spreadsheets."""

import gzip
import io
import zipfile

import pytest

from belong.measure import load
from belong.measure.answers import read_answers
from belong.measure.reading import open_source
from tests.analyse.conftest import csv_text, people

KEY = load("pisa-belong")


def read(path, **words):
    return read_answers(open_source(path, words.pop("sheet", None)), KEY, **words)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    path = tmp_path_factory.mktemp("plain") / "a.csv"
    path.write_text(csv_text(people()), encoding="utf-8")
    return read(path, weight="W_FSTUWT", by=["sex"])


def wrapped() -> dict[str, bytes]:
    text = csv_text(people())
    semicolons = csv_text([row | {"W_FSTUWT": row["W_FSTUWT"].replace(".", ",")} for row in people()], ";")
    padded = text.replace("ST27Q01", " st27q01\u00a0", 1)
    return {
        "bom.csv": text.encode("utf-8-sig"),
        "windows.csv": ("Schüler," + text.replace("\r\n", "\r\n,")[:-1]).encode("cp1252"),
        "utf16.txt": csv_text(people(), "\t").encode("utf-16"),
        "semicolons.csv": semicolons.encode(),
        "sep.csv": ("sep=;\r\n" + semicolons).encode(),
        "pipes.csv": csv_text(people(), "|").encode(),
        "zipped.csv.gz": gzip.compress(text.encode()),
        "zipped-without-its-ending.csv": gzip.compress(text.encode()),
        "padded.csv": padded.encode(),
        "blank-lines.csv": text.replace("\r\n", "\r\n\r\n").encode(),
        "old-mac.csv": text.replace("\r\n", "\r").encode(),
    }


@pytest.mark.parametrize("name", list(wrapped()))
def test_any_text_file(plain, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(wrapped()[name])
    found = read(path, weight="W_FSTUWT", by=["sex"])
    assert (found.responses.codes == plain.responses.codes).all()
    assert (found.design.weights == plain.design.weights).all()
    assert (found.groupings[0].values == plain.groupings[0].values).all()


def sheet_xml(rows: list[list[str]]) -> str:
    def cell(value: str) -> str:
        number = value.replace(".", "", 1).isdigit()
        return f"<c><v>{float(value)}</v></c>" if number else f'<c t="inlineStr"><is><t>{value}</t></is></c>'

    lines = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    return f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>'


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKED = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-"


def workbook(sheets: dict[str, list[list[str]]]) -> bytes:
    """The least an XLSX file may hold."""
    numbers = range(1, len(sheets) + 1)
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{i}.xml" '
        f'ContentType="{KIND}officedocument.spreadsheetml.worksheet+xml"/>'
        for i in numbers
    )
    names = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="r{i}"/>' for i, name in enumerate(sheets, 1))
    targets = "".join(
        f'<Relationship Id="r{i}" Type="{LINKS}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in numbers
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKED}/content-types">'
        f'<Default Extension="rels" ContentType="{KIND}package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKED}/relationships">'
        f'<Relationship Id="r0" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKED}/relationships">{targets}</Relationships>',
        **{f"xl/worksheets/sheet{i}.xml": sheet_xml(rows) for i, rows in enumerate(sheets.values(), 1)},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()


def test_a_spreadsheet_and_its_sheets(plain, tmp_path, belong):
    rows = people()
    grid = [list(rows[0]), *(list(row.values()) for row in rows)]
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook({"About": [["Read me"]], "Answers": grid}))
    for sheet in (None, "Answers"):
        found = read(path, weight="W_FSTUWT", by=["sex"], sheet=sheet)
        assert (found.responses.codes == plain.responses.codes).all()
        assert found.groupings[0].values.tolist() == plain.groupings[0].values.tolist()
    ran = belong("analyse", path, "--instrument", "pisa-belong", "--sheet", "Answer")
    assert ran.code == 2
    assert "Did you mean 'Answers'?" in ran.err


def test_study_codes_for_no_answer_are_no_answer(tmp_path):
    rows = people()
    for i, code in enumerate(("7", "8", "9", "97", "98", "99", "", "NA", "N/A", ".")):
        rows[i]["ST27Q01"] = code
    (tmp_path / "a.csv").write_text(csv_text(rows), encoding="utf-8")
    codes = read(tmp_path / "a.csv").responses.codes[:, 0]
    assert (codes[:10] == 0).all()
    assert (codes[10:] > 0).all()


def test_groups_that_differ_in_letter_case_or_dots_are_one(tmp_path):
    rows = [
        row | {"House": ("Oak", "oak ", "Elm", "ELM")[i % 4], "ST03Q01": ("1.0", "2")[i % 2]}
        for i, row in enumerate(people())
    ]
    (tmp_path / "a.csv").write_text(csv_text(rows), encoding="utf-8")
    house, sex = read(tmp_path / "a.csv", by=["house", "sex"]).groupings
    assert set(house.values.tolist()) == {"Oak", "Elm"}
    assert {sex.label(value) for value in sex.values.tolist()} == {"Girls", "Boys"}
