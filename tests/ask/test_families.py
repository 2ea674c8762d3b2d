"""Families and staff: one answer per family, links in their language, text lists, a word to small groups."""

import csv
import io
import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from belong.ask import actions, tasks
from belong.ask.families import families, family_of
from belong.ask.models import Receipt, SignedSheet, Wave
from belong.ask.notices import notice_for
from belong.ask.queries import wave_progress
from belong.ask.questionnaire import instrument_of, minutes
from belong.base.errors import Refused
from belong.people.models import CarerLink, Person, Role
from tests.ask.conftest import plan
from tests.conftest import make_person


@pytest.fixture
def home(cast, in_school):
    """Two carers of Amina and Ben; a third of Ben and Cerys; one of Ewa. In that order."""
    people = [
        make_person(
            cast.school, Person.CARER, name, "Home", email=email, source_id=f"C{n}", home_language=language
        )
        for n, (name, email, language) in enumerate(
            [("Ola", "ola@home.test", "pl"), ("Jan", "", ""), ("Sue", "", "cy"), ("Uma", "uma@home.test", "")]
        )
    ]
    for carer, children in zip(people, ([0, 1], [1, 0], [1, 2], [4]), strict=True):
        for child in children:
            CarerLink.objects.create(school=cast.school, carer=carer, pupil=cast.pupils[child], may_see=True)
    return people


def family_wave(cast, **more) -> Wave:
    return actions.open_wave(cast.survey_lead, plan(cast, "belong-family", "families", **more))


def send_for(wave: Wave, person: Person) -> None:
    actions.submit_sheet(wave, person, {}, uuid4())


def test_carers_of_exactly_the_same_children_are_one_family(cast, home):
    ola, jan, sue, uma = home
    found = families([one.pk for one in home])
    assert found[ola.pk] == found[jan.pk] == ola.pk
    assert found[sue.pk] == sue.pk
    assert found[uma.pk] == uma.pk


def test_each_carer_answers_unless_the_wave_says_otherwise(cast, home):
    wave = family_wave(cast)
    assert family_of(wave, home[0]) is None
    for carer in home[:2]:
        send_for(wave, carer)
    assert Receipt.objects.count() == 2


def test_one_answer_per_family_and_the_other_only_reads_that_it_is_in(cast, home):
    wave = family_wave(cast, one_per_family=True)
    cards = {card.person.pk: card.token for card in actions.issue_links(cast.survey_lead, wave, home[:3])}
    send_for(wave, home[0])
    other = Client().get(reverse("ask:card", args=[cards[home[1].pk]]))
    assert (other.status_code, "Your family has already answered." in other.content.decode()) == (409, True)
    assert "Ola" not in other.content.decode()
    with pytest.raises(actions.AlreadyAnswered):
        send_for(wave, home[1])
    send_for(wave, home[2])
    assert Receipt.objects.count() == 2
    assert not SignedSheet.objects.filter(person=home[1]).exists()


def test_progress_counts_families_where_one_answers_for_all(cast, home):
    wave = family_wave(cast, one_per_family=True)
    before = wave_progress(wave)
    carers = Person.objects.filter(kind="carer", pk__in=[one.pk for one in home[:3]])
    assert before.of == len(
        set(families(Person.objects.filter(kind="carer").values_list("pk", flat=True)).values())
    )
    assert carers.count() == 3
    send_for(wave, home[0])
    assert wave_progress(wave).answered == 1


def test_the_setting_is_on_the_plan_of_a_family_wave_alone(cast, in_school, client_as):
    lead = client_as(cast.survey_lead)
    page = lead.get("/ask/new/?for=families&with=belong-family").content.decode()
    assert "One answer from each family" in page
    assert "a parent who lives elsewhere should not be answered for" in page
    assert (
        "One answer from each family"
        not in lead.get("/ask/new/?for=staff&with=belong-staff").content.decode()
    )
    days = {"opens_on": "2099-01-01", "closes_on": "2099-01-10", "years": ["8"]}
    lead.post(
        "/ask/new/?for=families&with=belong-family", {"title": "One each", "one_per_family": "1", **days}
    )
    lead.post("/ask/new/?for=families&with=belong-family", {"title": "All", "one_per_family": "", **days})
    assert dict(Wave.objects.values_list("title", "one_per_family")) == {"One each": True, "All": False}


def test_a_mail_is_in_the_language_of_the_home_and_so_is_the_page(cast, home, mailoutbox):
    wave = family_wave(cast)
    tasks.mail_links.call(school_id=cast.school.pk, wave_id=wave.pk, base_url="http://testserver/")
    polish = next(mail for mail in mailoutbox if mail.to == ["ola@home.test"])
    english = next(mail for mail in mailoutbox if mail.to == ["uma@home.test"])
    address = re.search(r"http://testserver(/a/\S+)", polish.body)[1]
    assert address.startswith("/a/pl/c/")
    assert "/a/pl/" not in english.body
    assert 'lang="pl"' in Client().get(address).content.decode()


def test_the_text_list_has_a_line_a_person_and_numbers_only_if_given(cast, home, client_as):
    wave, lead = family_wave(cast), client_as(cast.survey_lead)
    upload = SimpleUploadedFile("n.csv", b"id,mobile\nC1,+44 7700 900001\nC9,1\n")
    reply = lead.post(reverse("ask:text-list", args=[wave.pk]), {"numbers": upload, "everyone": "1"})
    rows = {
        row["id"]: row for row in csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"))) if row["id"]
    }
    assert rows["C1"]["number"] == "0044 7700 900001"
    assert rows["C0"]["number"] == ""
    assert (rows["C0"]["language"], rows["C2"]["language"]) == ("pl", "cy")
    assert "/a/pl/c/" in rows["C0"]["message"]
    assert all(len(row["message"]) < 300 for row in rows.values())
    link = re.search(r"http://testserver(/a/\S+)", rows["C1"]["message"])[1]
    assert Client().get(link).status_code == 200


def test_the_text_list_wants_the_password_first_and_leaves_a_line_in_the_trail(cast, home, client_as):
    from belong.base.models import AuditEntry
    from belong.people.confirming import SESSION_KEY

    wave, lead = family_wave(cast), client_as(cast.survey_lead)
    session = lead.session
    session[SESSION_KEY] = 0
    session.save()
    assert "/sign-in/again/" in lead.post(reverse("ask:text-list", args=[wave.pk])).url
    fresh = client_as(cast.survey_lead)
    fresh.post(reverse("ask:text-list", args=[wave.pk]))
    assert AuditEntry.objects.filter(verb="ask.take_text_list").count() == 1


def test_a_file_that_is_no_list_of_numbers_is_refused_before_any_link_is_made(cast, home):
    from belong.ask.texting import numbers_in

    for wrong in (b"\x00\x01\x02", b"just words\n", b"a;b\n"):
        with pytest.raises(Refused):
            numbers_in(wrong)


def test_letters_are_in_the_language_of_the_home(cast, home, client_as):
    wave = family_wave(cast)
    page = (
        client_as(cast.survey_lead)
        .post(reverse("ask:slips", args=[wave.pk]), {"everyone": "1"})
        .content.decode()
    )
    assert page.count('class="paper-qr"') == wave_progress(wave).of
    assert '<li lang="pl"' in page
    assert "/a/cy/c/" in page


def test_families_and_staff_are_done_in_a_few_minutes(cast, in_school):
    for key, audience in (("belong-family", "families"), ("belong-staff", "staff")):
        assert minutes(instrument_of(plan(cast, key, audience, years=["8"])).items, adults=True) <= 4


def staff_of(cast, teachers: int, others: int) -> list[Person]:
    made = [make_person(cast.school, Person.STAFF, f"S{n}", "Staff") for n in range(teachers + others)]
    for person in made[:teachers]:
        Role.objects.create(school=cast.school, person=person, role="teacher")
    return made


def test_staff_of_a_small_kind_of_post_are_told_before_they_answer(cast, in_school):
    made = staff_of(cast, teachers=12, others=0)
    wave = actions.open_wave(cast.survey_lead, plan(cast, "belong-staff", "staff", years=()))
    assert wave.small_groups == ["other"]
    few = notice_for(wave, cast.head.person).few
    assert few.startswith("Fewer than 10 of you do this kind of job here")
    assert notice_for(wave, made[0]).few == ""
