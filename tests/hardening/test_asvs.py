"""The documents on security name tests that exist, and every requirement of the standard once."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = (ROOT / "docs" / "asvs.md").read_text()
DOCUMENTS = [ROOT / "docs" / "asvs.md", ROOT / "docs" / "security.md", ROOT / "SECURITY.md"]
# The requirements of levels 1 and 2 of ASVS 5.0.0, by section; "1-9 11" are the numbers within it.
WANTED = {
    "1.1": "1-2", "1.2": "1-9", "1.3": "1-11", "1.4": "1-3", "1.5": "1-2",
    "2.1": "1-3", "2.2": "1-3", "2.3": "1-4", "2.4": "1",
    "3.2": "1-2", "3.3": "1-4", "3.4": "1-6", "3.5": "1-5", "3.7": "1-2",
    "4.1": "1-3", "4.2": "1", "4.3": "1-2", "4.4": "1-4",
    "5.1": "1", "5.2": "1-3", "5.3": "1-2", "5.4": "1-3",
    "6.1": "1-3", "6.2": "1-12", "6.3": "1-4", "6.4": "1-4", "6.5": "1-5", "6.6": "1-3", "6.8": "1-4",
    "7.1": "1-3", "7.2": "1-4", "7.3": "1-2", "7.4": "1-5", "7.5": "1-2", "7.6": "1-2",
    "8.1": "1-2", "8.2": "1-3", "8.3": "1", "8.4": "1",
    "9.1": "1-3", "9.2": "1-4",
    "10.1": "1-2", "10.2": "1-2", "10.3": "1-4", "10.4": "1-11", "10.5": "1-5", "10.6": "1-2", "10.7": "1-3",
    "11.1": "1-2", "11.2": "1-3", "11.3": "1-3", "11.4": "1-4", "11.5": "1", "11.6": "1",
    "12.1": "1-3", "12.2": "1-2", "12.3": "1-4",
    "13.1": "1", "13.2": "1-5", "13.3": "1-2", "13.4": "1-5",
    "14.1": "1-2", "14.2": "1-4", "14.3": "1-3",
    "15.1": "1-3", "15.2": "1-3", "15.3": "1-7",
    "16.1": "1", "16.2": "1-5", "16.3": "1-4", "16.4": "1-3", "16.5": "1-3",
    "17.1": "1", "17.2": "1-4", "17.3": "1-2",
}  # fmt: skip


def wanted() -> list[str]:
    found = []
    for section, numbers in WANTED.items():
        first, _, last = numbers.partition("-")
        found += [f"{section}.{number}" for number in range(int(first), int(last or first) + 1)]
    return found


def test_every_requirement_stands_in_the_table_once():
    cells = re.findall(r"^\| ([\d., ]+) \|", TABLE, re.MULTILINE)
    here = [number.strip() for cell in cells for number in cell.split(",")]
    assert sorted(here) == sorted(wanted())


def test_every_row_says_what_holds_it():
    rows = re.findall(r"^\| [\d., ]+ \| (.+?) \| (.*) \|$", TABLE, re.MULTILINE)
    assert len(rows) > 130
    assert [what for what, held in rows if len(held.strip()) < 4] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_tests_and_documents_that_are_named_exist(document):
    text = document.read_text()
    for path, _, name in re.findall(r"`(tests/[\w/]+\.py)(::(\w+))?`", text):
        assert (ROOT / path).exists(), path
        assert not name or re.search(rf"^ *def {name}\(", (ROOT / path).read_text(), re.MULTILINE), (
            f"{path}::{name}"
        )
    for folder in re.findall(r"`(tests/[\w/]+/)`", text):
        assert (ROOT / folder).is_dir(), folder
    for named in re.findall(r"\bdocs/[\w-]+\.md", text):
        assert (ROOT / named).exists(), named


@pytest.mark.django_db
def test_trace_is_refused(client):
    assert client.trace("/sign-in/").status_code == 405
