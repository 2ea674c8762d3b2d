"""The audit trail on screen, as a senior leader and the DSL use it; everyone else is kept out."""

import csv
import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope

import belong
from belong.base.audit import audit
from belong.base.clock import frozen, now
from belong.base.models import AuditEntry
from belong.guard.verbs import said, words
from belong.people.models import User

pytestmark = pytest.mark.alike

TRAIL, FIND = "/guard/trail/", "/guard/trail/pupil/"
KEPT_OUT = [
    "tutor",
    "pastoral",
    "senco",
    "survey_lead",
    "governor",
    "technician",
    "analyst",
    "outside",
    "carer",
    "pupil",
]


@pytest.fixture
def day(cast, in_school):
    """A week: yesterday's entries, and one of a month ago."""
    with frozen(now() - timedelta(days=30)):
        audit(cast.head, "people.give_role", cast.other_tutor.person, role="teacher")
    with frozen(now() - timedelta(days=1)):
        audit(cast.tutor, "notice.record_moment", kind="praise", pupils=[p.pk for p in cast.pupils[:5]])
        audit(cast.tutor, "notice.set_state", pupil=cast.pupils[1].pk, state="restore")
        audit(cast.dsl, "ask.reveal_writer", cast.pupils[0], why="=She wrote that she is afraid.")
        audit(cast.dsl, "ask.read_texts", texts=14)
        audit(None, "see.build_release", cast.tutor_group, state="ready")
    return cast


def text(answer) -> str:
    """What a page says between its tags, with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def rows(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))


@pytest.mark.parametrize("part", ["head", "dsl"])
def test_the_last_week_in_plain_words(day, client_as, part):
    page = text(client_as(getattr(day, part)).get(TRAIL))
    assert "5 entries, newest first" in page
    assert "Mx Tutor noted a moment (kind praise) Amina Yusuf, Ben Carter, Cerys Pugh and 2 more" in page
    assert "Mx Dsl look looked up who wrote a text Amina Yusuf =She wrote that she is afraid." in page
    assert re.search(r"belong itself worked out results \(group \d+, state ready\)", page)
    assert "gave a role" not in page.split("newest first")[1]


@pytest.mark.parametrize("part", KEPT_OUT)
def test_everybody_else_is_kept_out(day, client_as, part):
    client, pupil = client_as(getattr(day, part)), day.pupils[0].pk
    before = AuditEntry.objects.count()
    for address in (TRAIL, f"{TRAIL}entries.csv", FIND):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "afraid" not in answer.content.decode()
    for address in (f"{FIND}{pupil}/", f"{FIND}{pupil}/entries.csv"):
        assert client.get(address).status_code == 404
    assert AuditEntry.objects.count() == before


def test_without_a_sign_in_one_is_asked_for(client, day):
    assert client.get(TRAIL).headers["Location"].startswith("/sign-in/")


def test_the_head_of_another_school_sees_their_own_trail_only(day, client_as):
    client = client_as(day.stranger)
    assert "Nothing in these days" in text(client.get(TRAIL))
    theirs, absent = client.get(f"{FIND}{day.pupils[0].pk}/"), client.get(f"{FIND}999999/")
    assert (theirs.status_code, theirs.content) == (404, absent.content)
    assert "Amina" not in text(client.get(f"{FIND}?q=amina"))


def test_by_person_by_verb_and_by_days(day, client_as):
    client = client_as(day.head)
    page = text(client.get(TRAIL, {"who": day.tutor.pk, "since": "", "until": ""}))
    assert "2 entries" in page
    page = text(client.get(TRAIL, {"verb": "people.give_role"}))
    assert "1 entry, newest first" in page
    assert "Mx Other Tutor" in page
    ago = timezone.localtime(now() - timedelta(days=30)).date().isoformat()
    page = text(client.get(TRAIL, {"since": ago, "until": ago}))
    assert "1 entry, newest first" in page


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"since": "2026-03-02", "until": "2026-03-01"}, "The last day comes before the first one."),
        ({"since": "soon"}, "Enter a valid date."),
        ({"who": "x"}, "not one of the available choices"),
        ({"verb": "x"}, "not one of the available choices"),
    ],
)
def test_a_slip_in_the_filter_is_named(day, client_as, asked, says):
    client = client_as(day.head)
    answer = client.get(TRAIL, asked)
    assert answer.status_code == 422
    assert says in text(answer)
    assert client.get(f"{TRAIL}entries.csv", asked).status_code == 422
    assert not AuditEntry.objects.filter(verb__startswith="guard.").exists()


def test_reading_is_noted_with_what_was_asked_for(day, client_as):
    client = client_as(day.dsl)
    client.get(TRAIL, {"who": day.tutor.pk, "verb": "notice.set_state"})
    client.get(f"{FIND}{day.pupils[1].pk}/")
    client.get(f"{TRAIL}entries.csv")
    read, about, exported = AuditEntry.objects.filter(verb__startswith="guard.").order_by("number")
    assert (read.actor, read.facts) == (
        day.dsl,
        {"page": 1, "whose": day.tutor.pk, "what": "notice.set_state"},
    )
    assert (about.verb, about.about) == ("guard.read_about", f"|{day.pupils[1].pk}|")
    assert (exported.verb, exported.facts["entries"]) == ("guard.export_trail", 7)
    assert "read this trail (page 1" in text(client.get(TRAIL))


def test_pages_of_fifty(day, client_as):
    for _ in range(60):
        audit(day.tutor, "notice.record_moment")
    client = client_as(day.head)
    assert text(client.get(TRAIL)).count("noted a moment") >= 50
    second = client.get(TRAIL, {"page": 2})
    assert "66 entries" in text(second)  # sixty more, and that the first page was read
    assert len(second.context["lines"]) == 16


def test_a_spreadsheet_with_nothing_that_runs(day, client_as):
    answer = client_as(day.head).get(f"{TRAIL}entries.csv", {"since": "2020-01-01"})
    found = rows(answer)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="audit-trail.csv"'
    assert "no-store" in answer.headers["Cache-Control"]
    assert [row["Number"] for row in found] == ["6", "5", "4", "3", "2", "1"]
    looked = found[2]
    assert (looked["Who"], looked["About"]) == ("Mx Dsl", "Amina Yusuf")
    assert looked["Why"] == "'=She wrote that she is afraid."
    assert found[4]["About"].count(";") == 4
    assert found[5]["Hash"] == AuditEntry.objects.get(number=1).hash


def test_a_pupil_is_found_by_any_name_even_after_leaving(day, client_as):
    gone = day.pupils[3]
    gone.preferred_name, gone.left_on = "Dan", date(2025, 7, 20)
    gone.save()
    client = client_as(day.dsl)
    found = text(client.get(f"{FIND}?q=oka+dan"))
    assert re.search(r"Dan Okafor left \w+ 20 July 2025", found)
    assert "Nobody found" in text(client.get(f"{FIND}?q=zzz"))
    assert client.get(f"{FIND}{gone.pk}/").status_code == 200


def test_what_happened_about_one_pupil_in_72_hours(day, client_as):
    client = client_as(day.dsl)
    page = client.get(f"{FIND}{day.pupils[1].pk}/")
    said_ = text(page)
    assert "Who saw or changed what about Ben Carter" in said_
    assert [(doer.who, doer.saw, doer.did) for doer in page.context["doers"]] == [("Mx Tutor", 0, 2)]
    assert "set how a relationship stands" in said_
    assert "looked up who wrote a text" not in said_
    assert "read what people wrote in confidence" in said_.split("Looks at many people at once", 1)[1]
    other = client.get(f"{FIND}{day.pupils[0].pk}/")
    assert [(doer.who, doer.saw, doer.did) for doer in other.context["doers"]] == [
        ("Mx Dsl", 1, 0),
        ("Mx Tutor", 0, 1),
    ]


def test_how_far_back_can_be_chosen_and_nothing_odd(day, client_as):
    with frozen(now() - timedelta(days=10)):
        audit(day.senco, "notice.set_state", pupil=day.pupils[2].pk)
    client, here = client_as(day.dsl), f"{FIND}{day.pupils[2].pk}/"
    assert len(client.get(here).context["lines"]) == 1
    assert len(client.get(here, {"days": 14}).context["lines"]) == 3  # and the look just now
    assert client.get(here, {"days": "99999999999"}).context["span"] == "72 hours"
    assert client.get(here, {"days": "²"}).context["span"] == "72 hours"
    found = rows(client.get(f"{here}entries.csv", {"days": 90}))
    assert {"Mx Senco", "Mx Tutor", "Mx Dsl"} == {row["Who"] for row in found}


def test_similar_numbers_are_not_the_same_pupil(day, client_as):
    pupil = day.pupils[0]
    audit(day.tutor, "notice.set_state", pupil=int(f"{pupil.pk}1"))
    audit(day.tutor, "notice.set_state", pupil=int(f"1{pupil.pk}"))
    assert len(client_as(day.dsl).get(f"{FIND}{pupil.pk}/").context["lines"]) == 2


def test_a_sign_in_that_is_gone_still_stands_there(day, client_as):
    gone = day.tutor.pk
    User.objects.filter(pk=gone).delete()
    assert f"somebody whose sign-in is gone (number {gone})" in text(client_as(day.head).get(TRAIL))


def test_the_page_costs_the_same_for_one_entry_or_fifty(day, client_as):
    client = client_as(day.head)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(TRAIL)
        return len(captured)

    first = cost()
    with scope(school=day.school):
        for pupil in day.pupils * 4:
            audit(day.tutor, "notice.set_state", pupil=pupil.pk)
    assert cost() == first


def test_every_verb_of_the_program_has_plain_words():
    source = "".join(path.read_text() for path in Path(belong.__file__).parent.rglob("*.py"))
    used = set(re.findall(r'\baudit\(\s*[\w.]+,\s*"([a-z_.]+)"', source))
    assert "notice.record_moment" in used
    assert sorted(used - set(words())) == [], "give these a line in src/belong/content/texts/verbs.yaml"
    assert said("notice.new_thing") == "notice: new thing"
