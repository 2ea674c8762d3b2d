"""The release engine is the only door from answers to figures: who may so much as name the tables of answers.

Import-linter holds who may read the rows (pyproject.toml), and the matrix watches the statements of every address
(`tests/matrix/door.py`); this looks at the text of the program.
"""

import re
from pathlib import Path

import pytest

from tests.matrix.door import past_the_door

ROOT = Path(__file__).resolve().parents[2] / "src" / "belong"
NAMES = re.compile(
    r"\b(?:(?:Pooled|Unlinked)(?:Sheet|Row)|Place(?:Sheet|Row)|ask_(?:pooled|unlinked|place)(?:sheet|row))\b"
)
TAKING = (  # taken in, rewritten at the close, withdrawn, erased, and the rows that a release is built from
    "ask/models/",
    "ask/migrations/",
    "ask/records.py",
    "ask/rewriting.py",
    "ask/actions/sheets.py",
    "ask/actions/withdrawal.py",
    "ask/queries/rows.py",
    "ask/places/actions.py",
    "ask/places/records.py",
    "ask/places/rows.py",
)
BY_NAME = re.compile(r"\b(?:SignedSheet|ask_signedsheet)\b")
KEEPS = re.compile(r"\bdjango\.core\.cache\b")
INVENTING = "site/demo/"  # the demo school writes its own
BUILDS = re.compile(r"^from belong\.release import (?:[^(\n]*\bbuild\b|\([^)]*\bbuild\b)", re.M)
BUILDERS = {"see/actions.py", "see/noticing/actions.py", "see/noticing/mixes.py", "see/places/building.py"}


def _texts():
    return {str(path.relative_to(ROOT)): path.read_text() for path in sorted(ROOT.rglob("*.py"))}


def test_nothing_but_the_taking_of_answers_names_their_tables():
    named = {name for name, text in _texts().items() if NAMES.search(text)}
    assert {name for name in named if not name.startswith((*TAKING, INVENTING))} == set()
    assert "ask/queries/rows.py" in named


def test_named_answers_are_read_in_the_room_that_takes_them_in():
    """They are read by the adults whose names stood beside the question; other rooms ask `ask` for what is theirs."""
    named = {
        name for name, text in _texts().items() if BY_NAME.search(text) and not name.startswith(INVENTING)
    }
    assert {name for name in named if not name.startswith("ask/")} == set()
    assert "ask/queries/said.py" in named


def test_no_figure_is_kept_in_the_shared_cache():
    """Releases are kept in memory by their seals (`see.queries`); the shared cache serves signing in alone."""
    keeps = {name for name, text in _texts().items() if KEEPS.search(text)}
    assert keeps == {"people/oidc/flow.py", "people/oidc/keys.py", "site/settings.py"}


def test_releases_are_built_in_few_places():
    engine = ("release/", "measure/")
    found = {name for name, text in _texts().items() if BUILDS.search(text) and not name.startswith(engine)}
    assert found <= BUILDERS
    assert "see/actions.py" in found


@pytest.mark.parametrize(
    ("method", "sql", "is_past"),
    [
        ("GET", 'SELECT AVG(x) FROM "ask_pooledrow"', True),
        ("GET", 'SELECT COUNT(*) AS "__count" FROM "ask_unlinkedrow"', True),
        ("GET", 'SELECT "answers" FROM "ask_pooledrow" WHERE "wave_id" = 3', True),
        ("POST", 'SELECT "answers" FROM "ask_pooledrow" WHERE "wave_id" = 3', False),
        ("POST", 'SELECT COUNT(*) FROM "people_person" INNER JOIN "ask_signedsheet" ON (1 = 1)', True),
        ("GET", 'SELECT "readers", COUNT("id") FROM "ask_signedsheet" GROUP BY 1', False),
        ("GET", 'SELECT COUNT(*) FROM "ask_signedsheet" WHERE "ask_signedsheet"."person_id" = 7', False),
        ("GET", 'SELECT COUNT(*) FROM "ask_signedsheet" WHERE "ask_signedsheet"."wave_id" = 7', True),
        ("GET", 'SELECT COUNT(*) FROM "ask_receipt"', False),
    ],
)
def test_the_watch_over_statements_knows_a_count_of_answers(method, sql, is_past):
    assert past_the_door(method, sql) is is_past
