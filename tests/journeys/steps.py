"""Steps of the journey: the first person, the roster, colleagues with their roles."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

from django_scopes import scope
from playwright.sync_api import Page, expect

from belong.base.clock import today
from belong.people import roles
from belong.people.models import Group, Person, Role, School
from belong.people.staffing import make_sign_in
from tests.browser import rest
from tests.journeys import roster
from tests.journeys.windows import Windows

PASSWORD = "four quiet kettles singing"
ROLES = {"Mr Lund": roles.SURVEY_LEAD, "Ms Osei": roles.PASTORAL_LEAD, "Dr Vance": roles.GOVERNOR}


@dataclass
class Walk:
    """Where the journey stands: its school, its windows, and the numbers a later step needs."""

    school: School
    windows: Windows
    waves: list[int] = field(default_factory=list)
    session_code: str = ""
    pupil_number: str = ""
    plan_path: str = ""
    told_address: str = ""

    def page(self, who: str) -> Page:
        return self.windows.pages[who]

    def look(self, who: str, name: str, heading: str | re.Pattern[str] = "") -> None:
        """`Windows.look` at somebody's page."""
        self.windows.look(self.page(who), name, heading=heading)

    def child(self, at: int) -> Person:
        """A child of the roster as the school now holds it; call in the school's scope."""
        return Person.objects.get(source_id=roster.children()[at].number)

    def group(self, name: str) -> Group:
        """A tutor group by name; call in the school's scope."""
        return Group.objects.get(name=name)


def first_leader_comes_in(walk: Walk) -> None:
    """Made on the server, let in by a link that works once."""
    with scope(school=walk.school):
        person = Person.objects.create(
            school=walk.school, kind=Person.STAFF, given_name="Helen", family_name="Marsh", title="Mrs"
        )
        Role.objects.create(school=walk.school, person=person, role=roles.SENIOR_LEADER)
        link = make_sign_in(None, person=person)
    head = walk.windows.open("head")
    head.goto(link)
    walk.look("head", "set-password", "Set your password")
    head.get_by_label("New password", exact=True).fill("1234")
    head.get_by_label("The same once more").fill("1234")
    head.get_by_role("button", name="Set the password and sign in").click()
    expect(head.get_by_role("alert")).to_contain_text("Please look at this again")
    set_password(head)
    walk.look("head", "today-of-a-new-school", "Today")
    expect(head.get_by_text("Nothing due")).to_be_visible()
    again = walk.windows.open("whoever finds the link")
    again.goto(link)
    walk.look("whoever finds the link", "link-used", "This link has been used")


def set_password(page: Page) -> None:
    """On the page of a one-time link: a password, twice, and in."""
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("The same once more").fill(PASSWORD)
    page.get_by_role("button", name="Set the password and sign in").click()


def _upload(head: Page, name: str, data: bytes) -> None:
    head.get_by_label("Roster file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})
    head.get_by_role("button", name="Open the file").click()


def _figures(page: Page) -> dict[str, int]:
    """The figures above a preview or a result, by their words."""
    expect(page.locator("dl.figures > div").first).to_be_visible()
    rest(page)
    pairs = page.locator("dl.figures > div").all()
    return {pair.locator("dt").inner_text(): int(pair.locator("dd").inner_text()) for pair in pairs}


def staff_list_is_imported(walk: Walk) -> None:
    """A new school is led to the import; staff come first, so that pupils' tutors can be found by name."""
    head = walk.page("head")
    head.get_by_role("link", name="People").click()
    walk.look("head", "people", "People")
    head.get_by_role("link", name="Import a roster").first.click()
    walk.look("head", "import", "Import a roster")
    _upload(head, "staff.csv", roster.staff_csv())
    walk.look("head", "staff-columns", "What are these columns?")
    expect(head.get_by_label("Staff", exact=True)).to_be_checked()
    head.get_by_label("Some of them.").check()
    head.get_by_role("button", name="Show what would change").click()
    assert _figures(head)["would be added"] == len(roster.STAFF)
    head.get_by_role("button", name="Import now").click()
    expect(head.get_by_text("The roster is imported.")).to_be_visible()


def pupil_list_is_mapped_looked_at_and_imported(walk: Walk) -> None:
    """The columns are guessed and one is put right; the line without a name is set aside with its reason."""
    head = walk.page("head")
    head.goto("/people/import/")
    _upload(head, "pupils.csv", _pupils())
    walk.look("head", "pupil-columns", "What are these columns?")
    expect(head.get_by_label("What “PP” is")).to_have_value("pupil_premium")
    expect(head.get_by_label("What “Reg” is")).to_have_value("tutor_group")
    expect(head.get_by_label("All of them.")).not_to_be_checked()
    head.get_by_label("All of them.").check()
    head.get_by_role("button", name="Show what would change").click()
    walk.look("head", "import-preview", "Look before you import")
    figures = _figures(head)
    assert (figures["would be added"], figures["would leave"], figures["lines set aside"]) == (128, 0, 1)
    expect(head.get_by_text("counted and not shown: SEN provision")).to_be_visible()
    head.get_by_role("link", name=re.compile("Set aside")).click()
    line = head.get_by_role("row", name=re.compile(f"line {roster.line_without_a_name()}"))
    expect(line).to_contain_text("no name")
    walk.look("head", "import-set-aside", "Look before you import")
    head.get_by_role("button", name="Import now").click()
    walk.look("head", "import-result", "Imported")
    assert _figures(head)["added"] == 128
    with scope(school=walk.school):
        assert Person.objects.filter(kind=Person.PUPIL).count() == 128
        assert sorted(Group.objects.values_list("name", flat=True)) == list(roster.CLASSES)


def _pupils() -> bytes:
    return roster.pupils_csv(today() - timedelta(days=10))


def the_same_list_again_changes_nothing(walk: Walk) -> None:
    """The columns are remembered, so the list goes straight to the preview, and there is nothing to do."""
    head = walk.page("head")
    head.goto("/people/import/")
    _upload(head, "pupils again.csv", _pupils())
    expect(head.locator("h1")).to_contain_text("Look before you import")
    expect(head.get_by_text("Everything in this file is here already.")).to_be_visible()
    assert _figures(head)["stay as they are"] == 128
    expect(head.get_by_role("button", name="Import now")).to_have_count(0)
    head.get_by_role("button", name="Delete the upload").click()
    expect(head.get_by_text("Nothing was imported and the file is gone.")).to_be_visible()
    head.goto("/people/")
    walk.look("head", "people-imported", "People")
    head.get_by_role("link", name="Groups").click()
    walk.look("head", "groups", "Groups")
    expect(head.get_by_role("row", name=re.compile("^8H Mr Ahmed 32"))).to_be_visible()


def colleagues_get_roles_and_come_in(walk: Walk) -> None:
    """People → Staff: roles by hand, then a link each, used in windows of their own."""
    head = walk.page("head")
    head.goto("/people/staff/")
    for name, role in ROLES.items():
        row = head.get_by_role("row", name=_in_full(name))
        row.get_by_role("combobox").select_option(role)
        row.get_by_role("button", name="Give").click()
        expect(head.get_by_text(_in_full(name, f" is now {role}."))).to_be_visible()
    walk.look("head", "staff", "Staff")
    for who, name in (
        ("tutor", "Mr Ahmed"),
        ("survey lead", "Mr Lund"),
        ("pastoral lead", "Ms Osei"),
        ("governor", "Dr Vance"),
    ):
        _let_in(walk, who, name)
    walk.look("tutor", "today-of-a-tutor", "Today")
    walk.look("governor", "governor-before-anything", "What people told us")


def _in_full(name: str, after: str = "", *, before: str = "") -> re.Pattern[str]:
    """ "Mr Lund" with the first name that the staff page puts between."""
    title, family = name.split()
    return re.compile(rf"{before}{title} [^ ]+ {family}{after}")


def _let_in(walk: Walk, who: str, name: str) -> None:
    head = walk.page("head")
    head.goto("/people/staff/")
    head.get_by_role("button", name=_in_full(name, before="Let them in for ")).click()
    if who == "tutor":
        walk.look("head", "invited", f"A link for {name}")
    link = head.locator(".link-once").inner_text()
    page = walk.windows.open(who)
    page.goto(link)
    set_password(page)
