"""Greeting well: the page at the door, names said aloud, back today, lines for a colleague, birthdays."""

import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from belong.base.clock import today
from belong.base.errors import Refused
from belong.base.models import AuditEntry
from belong.base.secrets import key_path
from belong.base.today import items_for
from belong.guard.models import Concern
from belong.notice.greeting import actions
from belong.notice.greeting.hello import hello, hellos
from belong.notice.models import BackToday, Moment, NameSound, NoBirthday, TalkUp
from belong.people.models import Person, User
from tests.base.files.making import SECRET, wav, webm
from tests.conftest import make_person

pytestmark = pytest.mark.usefixtures("in_school")


def at(name: str, *arguments) -> str:
    return reverse(f"notice:{name}", args=arguments)


@pytest.fixture
def ben(cast):
    return cast.pupils[1]


@pytest.fixture
def amina(cast):
    """The pupil who has a sign-in, and a carer."""
    return cast.pupils[0]


def said(pupil, user, data: bytes | None = None):
    return actions.keep_sound(user, pupil=pupil, upload=io.BytesIO(data or wav()))


def greeted_on_today(user) -> list[tuple[str, str]]:
    return [(item.title, item.detail) for item in items_for(user) if item.kind == "greet"]


# At the door


def test_the_door_shows_everybody_with_what_is_special_first(cast, ben, amina, client_as):
    Person.objects.filter(pk=cast.pupils[7].pk).update(
        joined_on=today() - timedelta(days=3), said_like="OO-go"
    )
    Person.objects.filter(pk=cast.pupils[4].pk).update(home_language="pl")
    actions.mark_back(cast.tutor, pupil=ben)
    actions.talk_up(cast.pastoral, pupil=cast.pupils[2], line="Ask her about the cornet.")
    said(amina, cast.pupil)
    page = client_as(cast.tutor).get(at("door", cast.tutor_group.pk)).content.decode()
    names = [page.index(f"greet-{pupil.pk}") for pupil in (ben, cast.pupils[2], cast.pupils[7], amina)]
    assert max(names[:3]) < names[3]
    for words in (
        "Back today",
        "Ask her about the cornet.",
        "from Mx Pastoral",
        "New, ",
        "OO-go",
        "Cześć",
        "CHESHCH",
    ):
        assert words in page
    assert at("name-sound", amina.pk) in page
    assert at("name-sound", ben.pk) not in page


def test_one_tap_greets_once_however_often_it_arrives_and_undo_takes_it_back(cast, ben, client_as):
    browser, form = client_as(cast.tutor), {"submission": str(uuid4())}
    for _ in range(2):
        answer = browser.post(at("greet", ben.pk), form, headers={"HX-Request": "true"})
        assert "Greeted" in answer.content.decode()
    assert list(Moment.objects.filter(pupil=ben).values_list("kind", flat=True)) == ["greeting"]
    undo = at("undo-greet", ben.pk, form["submission"])
    assert "Taken back" in browser.post(undo, headers={"HX-Request": "true"}).content.decode()
    assert not Moment.objects.filter(pupil=ben).exists()
    late = browser.post(at("greet", ben.pk), form, headers={"HX-Request": "true"})
    assert "You took this one back" in late.content.decode()


def test_without_scripts_a_tap_comes_back_to_the_card(cast, ben, client_as):
    here = at("door", cast.tutor_group.pk)
    answer = client_as(cast.tutor).post(
        at("greet", ben.pk), {"submission": str(uuid4())}, headers={"Referer": f"http://testserver{here}"}
    )
    assert answer["Location"].endswith(f"{here}#greet-{ben.pk}")


def test_a_greeting_without_its_number_or_for_a_leaver_is_refused_in_words(cast, ben, client_as):
    browser = client_as(cast.tutor)
    assert "had no number" in browser.post(at("greet", ben.pk), {}).content.decode()
    Person.objects.filter(pk=ben.pk).update(left_on=today())
    said_no = browser.post(at("greet", ben.pk), {"submission": str(uuid4())}).content.decode()
    assert "left the school on" in said_no
    assert not Moment.objects.filter(pupil=ben).exists()


def test_the_door_asks_the_database_as_often_for_a_few_as_for_many(cast, client_as):
    browser, counts = client_as(cast.tutor), []
    for more in (0, 6):
        for n in range(more):
            pupil = make_person(cast.school, Person.PUPIL, f"New{n}", "Pupil", year="8", joined_on=today())
            cast.tutor_group.memberships.create(school=cast.school, person=pupil)
            actions.talk_up(cast.pastoral, pupil=pupil, line="Plays chess.")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get(at("door", cast.tutor_group.pk))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_somebody_elses_group_is_no_door(cast, client_as):
    for who in ("other_tutor", "carer", "pupil", "governor", "survey_lead"):
        assert client_as(getattr(cast, who)).get(at("door", cast.tutor_group.pk)).status_code == 404


# A line for a colleague


def test_a_line_is_shown_to_another_adult_until_they_greet_with_it(cast, ben):
    line = actions.talk_up(cast.pastoral, pupil=ben, line="  Ask him about\nthe match. ")
    assert line.line == "Ask him about the match."
    assert greeted_on_today(cast.tutor) == [("Ben Carter", "Mx Pastoral: “Ask him about the match.”")]
    submission = uuid4()
    actions.greet(cast.tutor, pupil=ben, submission=submission, line=line)
    line.refresh_from_db()
    assert (line.used_by, line.used_on) == (cast.tutor.person, today())
    assert greeted_on_today(cast.tutor) == []
    actions.undo_greet(cast.tutor, submission=submission)
    assert greeted_on_today(cast.tutor) != []


def test_while_the_key_is_missing_the_door_goes_on_without_lines(cast, ben, client_as):
    actions.talk_up(cast.pastoral, pupil=ben, line="Ask him about the match.")
    key_path().unlink()
    door = client_as(cast.tutor).get(at("door", cast.tutor_group.pk))
    assert door.status_code == 200
    assert "Ben" in door.content.decode()
    assert greeted_on_today(cast.tutor) == []


def test_ones_own_line_is_for_others_and_an_old_one_goes(cast, ben, client_as):
    actions.talk_up(cast.tutor, pupil=ben, line="Ask him about the match.")
    door = client_as(cast.tutor).get(at("door", cast.tutor_group.pk)).content.decode()
    assert "the match" not in door
    TalkUp.objects.update(until=today() - timedelta(days=1))
    assert "the match" not in client_as(cast.head).get(at("door", cast.tutor_group.pk)).content.decode()


def test_who_left_a_line_sees_that_it_was_used_and_takes_back_one_that_was_not(cast, ben, client_as):
    line = actions.talk_up(cast.pastoral, pupil=ben, line="Ask him about the match.")
    browser, home = client_as(cast.pastoral), at("pupil", ben.pk)
    assert "waits at the door until" in browser.get(home).content.decode()
    actions.greet(cast.tutor, pupil=ben, submission=uuid4(), line=line)
    assert "Mx Tutor used it today" in browser.get(home).content.decode()
    assert browser.post(at("undo-talk-up", line.pk)).status_code == 404
    other = actions.talk_up(cast.pastoral, pupil=ben, line="Ask him about the dog.")
    assert client_as(cast.tutor).post(at("undo-talk-up", other.pk)).status_code == 404
    assert browser.post(at("undo-talk-up", other.pk)).status_code == 302
    assert not TalkUp.objects.filter(pk=other.pk).exists()


def test_an_empty_or_long_line_is_refused_and_a_worrying_one_goes_to_the_safeguarding_lead(
    cast, ben, client_as
):
    browser, here = client_as(cast.tutor), at("talk-up", ben.pk)
    form = {"line": "x" * 141, "submission": str(uuid4())}
    assert browser.post(here, form).status_code == 422
    with pytest.raises(Refused, match="Write one good line"):
        actions.talk_up(cast.tutor, pupil=ben, line="  ")
    form["line"] = "He said his stepdad hits him when he is late."
    assert "safeguarding lead" in browser.post(here, form, follow=True).content.decode()
    assert not TalkUp.objects.exists()
    assert Concern.objects.filter(person=ben).count() == 1


# Back today


def test_back_today_is_a_day_and_nothing_more(cast, ben, client_as):
    fields = {field.name for field in BackToday._meta.get_fields()}
    assert fields == {"id", "school", "pupil", "by", "on"}
    browser = client_as(cast.tutor)
    browser.post(at("back-today", ben.pk), {"reason": "was in hospital", "why": "court"})
    browser.post(at("back-today", ben.pk))
    assert BackToday.objects.count() == 1
    assert greeted_on_today(cast.tutor) == [("Ben Carter", "Back today.")]
    assert "hospital" not in str(list(AuditEntry.objects.values_list("why", "facts")))
    browser.post(at("undo-back-today", ben.pk))
    assert greeted_on_today(cast.tutor) == []


def test_back_today_is_gone_tomorrow(cast, ben):
    BackToday.objects.create(
        school=cast.school, pupil=ben, by=cast.tutor.person, on=today() - timedelta(days=1)
    )
    assert greeted_on_today(cast.tutor) == []


# Birthdays


@pytest.fixture
def birthday(ben):
    born = date(2012, 3, 1) if (today().month, today().day) == (2, 29) else today().replace(year=2012)
    Person.objects.filter(pk=ben.pk).update(born=born)
    ben.refresh_from_db()
    return ben


def test_the_school_may_leave_birthdays_out(cast, birthday, client_as):
    assert greeted_on_today(cast.tutor) == [("Ben Carter", "Birthday today.")]
    assert client_as(cast.tutor).post(at("greeting-settings"), {}).status_code == 403
    client_as(cast.head).post(at("greeting-settings"), {})
    tutor = User.objects.get(pk=cast.tutor.pk)
    assert greeted_on_today(tutor) == []
    client_as(cast.head).post(at("greeting-settings"), {"birthdays": "on"})
    assert greeted_on_today(User.objects.get(pk=cast.tutor.pk)) != []


def test_a_family_may_leave_their_childs_birthday_out_without_a_reason(cast, amina, client_as):
    Person.objects.filter(pk=amina.pk).update(born=today().replace(year=2012, day=min(today().day, 28)))
    browser, here = client_as(cast.carer), at("own-name", amina.pk)
    assert "may be mentioned at school" in browser.get(here).content.decode()
    browser.post(here, {"said_like": "a-MEE-na"})
    assert NoBirthday.objects.filter(pupil=amina).exists()
    assert not any("Birthday" in detail for _, detail in greeted_on_today(cast.tutor))
    browser.post(here, {"said_like": "a-MEE-na", "birthday": "on"})
    assert not NoBirthday.objects.exists()
    assert Person.objects.get(pk=amina.pk).said_like == "a-MEE-na"


# A name said aloud


def test_a_pupil_records_hears_replaces_and_deletes_their_name(cast, amina, client_as):
    browser, here = client_as(cast.pupil), at("name-sound", amina.pk)
    assert browser.get(here).status_code == 404
    browser.post(here, {"sound": SimpleUploadedFile("me.wav", wav(1.0), "text/html")})
    heard = browser.get(here)
    assert heard["Content-Type"] == "audio/wav"
    assert heard["Cache-Control"] == "no-store, private"
    assert SECRET not in heard.content
    browser.post(here, {"sound": SimpleUploadedFile("me.webm", webm(2.0))})
    assert client_as(cast.tutor).get(here)["Content-Type"] == "audio/webm"
    assert NameSound.objects.count() == 1
    browser.post(at("delete-sound", amina.pk))
    assert not NameSound.objects.exists()
    assert browser.get(here).status_code == 404


def test_the_database_holds_no_sound_that_can_be_played(cast, amina):
    said(amina, cast.pupil)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sound FROM notice_namesound")
        (stored,) = cursor.fetchone()
    assert stored.startswith("e1:")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"this is a letter", "not a sound belong can play"),
        (wav(30.0), "30 seconds long"),
        (b"", "That file is empty"),
        (webm(track=1), "holds a film or a picture"),
    ],
)
def test_what_is_no_sound_is_refused_on_the_page_and_the_old_one_stays(cast, amina, client_as, data, words):
    said(amina, cast.pupil)
    answer = client_as(cast.pupil).post(
        at("name-sound", amina.pk), {"sound": SimpleUploadedFile("x.wav", data)}
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert NameSound.objects.count() == 1


def test_who_hears_a_name_and_who_may_record_it(cast, amina, client_as):
    said(amina, cast.carer)
    here = at("name-sound", amina.pk)
    hears = {
        "tutor": 200,
        "head": 200,
        "pastoral": 200,
        "carer": 200,
        "pupil": 200,
        "other_tutor": 404,
        "governor": 404,
    }
    hears |= dict.fromkeys(("other_tutor", "governor", "technician", "outside", "stranger"), 404)
    for who, status in hears.items():
        assert client_as(getattr(cast, who)).get(here).status_code == status, who
    for who in ("tutor", "head", "other_tutor"):
        file = {"sound": SimpleUploadedFile("x.wav", wav())}
        assert client_as(getattr(cast, who)).post(here, file).status_code == 404, who


def test_an_adult_takes_away_what_is_not_a_name_but_makes_none(cast, amina, client_as):
    said(amina, cast.pupil)
    assert client_as(cast.other_tutor).post(at("delete-sound", amina.pk)).status_code == 404
    client_as(cast.tutor).post(at("delete-sound", amina.pk))
    assert not NameSound.objects.exists()
    with pytest.raises(Refused):
        said(amina, cast.tutor)


def test_the_tutor_records_together_with_a_pupil_who_has_no_sign_in(cast, ben, client_as):
    page = client_as(cast.tutor).get(at("own-name", ben.pk))
    assert "Do this together with Ben" in page.content.decode()
    assert said(ben, cast.tutor).seconds == 1.0
    assert client_as(cast.head).get(at("own-name", ben.pk)).status_code == 404


def test_only_the_page_that_records_may_use_the_microphone(cast, amina, client_as):
    browser = client_as(cast.pupil)
    recording = browser.get(at("own-name", amina.pk))
    assert "microphone=(self)" in recording["Permissions-Policy"]
    assert "camera=()" in recording["Permissions-Policy"]
    assert "media-src 'self' blob:" in recording["Content-Security-Policy"]
    assert "microphone=()" in browser.get("/me/")["Permissions-Policy"]


def test_the_name_stands_on_the_pupils_and_the_familys_page(cast, amina, client_as):
    for who, here in (("pupil", "/me/"), ("carer", reverse("notice:child", args=[amina.pk]))):
        assert at("own-name", amina.pk) in client_as(getattr(cast, who)).get(here).content.decode()


def test_hello_is_found_by_language_and_left_out_for_english():
    assert hello("pl").language == "Polish"
    assert hello("pa-PK").words == hello("pa").words
    assert hello("en") is None
    assert hello("") is None
    wanted = {"cy", "pl", "ur", "pa", "ro", "ar", "bn", "so", "pt", "uk"}
    assert wanted <= set(hellos())
    assert all(one.said and one.custom.endswith(".") for one in hellos().values())
