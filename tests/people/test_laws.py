"""Laws of an import, over files mangled at random: nothing crashes, no row is lost, twice changes nothing."""

from django.db import transaction
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from belong.base.errors import Refused
from belong.people import roster
from belong.people.roster import plan
from belong.people.roster.problems import ASIDE, PASSED, TAKEN
from tests.people.files import SDS, folder_zip, one_school, small, zipped
from tests.people.importing import put
from tests.people.test_lists import SIMS

SAMPLE = {file.name: file.read_text() for file in sorted(SDS.glob("*.csv"))}
CARERS = "Forename,Surname,Email,Relationship,Pupil Adno\nAda,Yusuf,a@x.test,Mother,1\nAda,Yusuf,a@x.test,Mother,2\n"
STAFF = (
    "Staff Code,Title,Forename,Surname,Email,Role\nA,Mrs,Mary,Ahmed,m@oak.test,Teacher\nB,Mr,Al,Cole,,Head\n"
)
SETS = (small(), SAMPLE, {"list.csv": SIMS}, {"list.csv": CARERS}, {"list.csv": STAFF})
BITS = st.sampled_from(
    ['"', ",", ";", "\n", "\r\n", "", " ", "\x00", "é", "p1", "1E+5", "@", "31/02/2013", "student", "=1+1"]
)


@st.composite
def mangled(draw) -> dict[str, str]:
    """A sound set of files with a few edits: cells cut, swapped, pasted; lines doubled, files dropped."""
    files = dict(draw(st.sampled_from(SETS)))
    for _ in range(draw(st.integers(1, 8))):
        name = draw(st.sampled_from(sorted(files)))
        text = files[name]
        at = draw(st.integers(0, max(len(text), 1)))
        edit = draw(st.sampled_from(["paste", "cut", "double", "swap", "drop", "shift"]))
        if edit == "paste":
            files[name] = text[:at] + draw(BITS) + text[at:]
        elif edit == "cut":
            files[name] = text[:at] + text[at + draw(st.integers(1, 12)) :]
        elif edit == "drop" and len(files) > 1:
            del files[name]
        else:
            files[name] = _edit_line(text, edit, draw(st.integers(0, 30)), draw(st.integers(0, 9)))
    return files


def _edit_line(text: str, edit: str, line: int, cell: int) -> str:
    rows = text.split("\n")
    line %= len(rows)
    cells = rows[line].split(",")
    cell %= len(cells)
    if edit == "double":
        rows.insert(line, rows[line])
    elif edit == "swap":
        cells[cell], cells[cell - 1] = cells[cell - 1], cells[cell]
    else:
        cells.insert(cell, "")
    if edit != "double":
        rows[line] = ",".join(cells)
    return "\n".join(rows)


def opened(files: dict[str, str]):
    if list(files) == ["list.csv"]:
        return roster.open_bytes("list.csv", files["list.csv"].encode())
    return roster.open_bytes("roster.zip", zipped(files))


@given(mangled())
@settings(max_examples=150, deadline=None)
def test_every_row_read_is_taken_set_aside_or_passed_over(files):
    try:
        found = roster.read(opened(files))
    except Refused as refused:
        assert refused.reason  # noqa: PT017  (a refusal is a fair answer)
        return
    counts = found.ledger.counts()
    assert counts.read == counts.taken + counts.set_aside + counts.passed_over
    assert set(found.ledger.fates.values()) <= {TAKEN, ASIDE, PASSED}
    assert all(problem.what and problem.where.line for problem in found.ledger.problems)
    refs = {row.ref for row in found.people}
    assert all(row.person in refs for row in found.memberships)
    assert all(row.given_name for row in map(_Facts, found.people))


class _Facts:
    def __init__(self, row) -> None:
        self.given_name = row.facts["given_name"]


@given(mangled())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_importing_twice_changes_nothing(school, files):
    with scope(school=school), transaction.atomic():
        try:
            first = one_school(roster.read(opened(files)))
        except Refused:
            transaction.set_rollback(True)
            return
        put(school, first)
        again = plan.make(school, one_school(roster.read(opened(files))))
        transaction.set_rollback(True)
    assert (again.added, again.changed, again.left) == ([], [], [])
    assert again.is_empty


def test_the_sample_as_a_zip_is_the_sample_as_a_folder():
    zipped_up = roster.read(roster.open_bytes("roster.zip", folder_zip(SDS)))
    assert zipped_up == roster.read(roster.open_path(SDS))
