"""A note home: in the family's language, with the name used at home, looked at first, one mail each, sent once."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils.html import escape

from belong.base.clock import frozen, now
from belong.content import read
from belong.notice.models import Letter, Moment, NoteHome
from belong.notice.noting.letter import compose, language_for, languages
from belong.notice.noting.sending import CUT_OFF_AFTER, TRY_FOR, send, send_due
from belong.people.models import CarerLink, Person
from tests.conftest import make_person

WORDS = "He read to the little ones, and they asked for more."


class Unreachable(EmailBackend):
    def open(self):
        raise ConnectionRefusedError("no")


class Refusing(EmailBackend):
    def send_messages(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such user")})


class Cut(EmailBackend):
    def send_messages(self, messages):
        super().send_messages(messages)
        raise ConnectionResetError("the line dropped after the mail had gone")


def use(settings, backend: type) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.{backend.__name__}"


@pytest.fixture
def ben(cast, in_school):
    return cast.pupils[1]


@pytest.fixture
def families(cast, ben):
    """A mother who reads Urdu, a father who reads Polish, and an aunt who may not see."""

    def carer(given, language, may_see=True):
        one = make_person(cast.school, Person.CARER, given, "Carter", email=f"{given.lower()}@home.test")
        Person.objects.filter(pk=one.pk).update(home_language=language)
        CarerLink.objects.create(school=cast.school, carer=one, pupil=ben, may_see=may_see)
        return one

    return [carer("Noor", "ur"), carer("Piotr", "pl-PL"), carer("Zelda", "en", may_see=False)]


def write(client, pupil, step="send", **more):
    sent = {"note": WORDS, "submission": str(uuid4()), "step": step, "next": "/group/"}
    return client.post(f"/pupils/{pupil.pk}/note-home/", sent | more)


def later(minutes=11):
    return frozen(now() + timedelta(minutes=minutes))


def test_the_letter_is_looked_at_before_anything_is_kept(cast, ben, families, client_as):
    page = write(client_as(cast.tutor), ben, step="look").content.decode()
    assert (Moment.objects.count(), NoteHome.objects.count()) == (0, 0)
    assert WORDS in page
    assert 'lang="ur" dir="rtl"' in page
    assert 'lang="pl" dir="ltr"' in page
    assert "Not checked by a speaker" in page
    assert "Zelda" not in page


def test_nothing_goes_for_ten_minutes_and_then_one_mail_each(cast, ben, families, client_as):
    answer = write(client_as(cast.tutor), ben)
    assert answer["Kept"]
    assert send_due() == 0
    with later():
        assert send_due() == 2
        assert send_due() == 0
    assert sorted(one.to[0] for one in mail.outbox) == ["noor@home.test", "piotr@home.test"]
    assert all(len(one.to) == 1 and not one.cc and not one.bcc for one in mail.outbox)
    urdu = next(one for one in mail.outbox if "noor" in one.to[0])
    assert WORDS in urdu.body
    assert urdu.extra_headers["Content-Language"] == "ur"
    assert 'dir="rtl"' in urdu.alternatives[0][0]
    assert "piotr" not in urdu.message().as_string().lower()
    assert ben.first_name not in urdu.subject
    assert "Sent home" in client_as(cast.tutor).get(f"/pupils/{ben.pk}/").content.decode()


def test_the_name_is_the_one_used_at_home(cast, ben, families, client_as):
    Person.objects.filter(pk=ben.pk).update(preferred_name="Sky", name_at_home="Benjamin")
    write(client_as(cast.tutor), ben)
    with later():
        send_due()
    assert all("Benjamin" in one.body and "Sky" not in one.body for one in mail.outbox)


def test_the_name_used_at_school_is_not_sent_home_by_accident(cast, ben, families, client_as):
    Person.objects.filter(pk=ben.pk).update(preferred_name="Sky", name_at_home="Benjamin")
    note = "Sky’s poem was read out."
    answer = write(client_as(cast.tutor), ben, note=note)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert escape("Messages home use “Benjamin”") in page
    assert note in page
    assert Moment.objects.count() == 0
    write(client_as(cast.tutor), ben, note="The sky in the picture glows.", name_is_right="on")
    assert Moment.objects.count() == 1


def test_sending_the_form_twice_writes_home_once(cast, ben, families, client_as):
    client, submission = client_as(cast.tutor), str(uuid4())
    for _ in range(2):
        assert write(client, ben, submission=submission)["Kept"] == submission
    with later():
        send_due()
    assert len(mail.outbox) == 2


def test_taken_back_in_time_nothing_goes(cast, ben, families, client_as):
    client, submission = client_as(cast.tutor), str(uuid4())
    write(client, ben, submission=submission)
    client.post(f"/moments/{submission}/undo/")
    with later():
        assert send_due() == 0
    assert (mail.outbox, Moment.objects.count()) == ([], 0)


def test_words_can_be_changed_till_it_goes(cast, ben, families, client_as):
    client, submission = client_as(cast.tutor), str(uuid4())
    write(client, ben, submission=submission)
    client.post(f"/moments/{submission}/words/", {"note": "He sang, too.", "next": "/group/"})
    with later():
        send_due()
    assert all("He sang, too." in one.body for one in mail.outbox)


def test_sent_now_it_can_be_neither_changed_nor_taken_back(cast, ben, families, client_as):
    client, submission = client_as(cast.tutor), str(uuid4())
    write(client, ben, submission=submission)
    note = NoteHome.objects.get()
    client.post(f"/notes-home/{note.pk}/send/")
    send_due()
    assert len(mail.outbox) == 2
    client.post(f"/notes-home/{note.pk}/send/")
    send_due()
    assert len(mail.outbox) == 2
    back = {"Referer": "http://testserver/group/"}
    page = client.post(f"/moments/{submission}/undo/", headers=back, follow=True).content.decode()
    assert "on its way, so it cannot be taken back" in page
    page = client.post(f"/moments/{submission}/words/", {"note": "Else"}).content.decode()
    assert "its words stay as they are" in page
    assert Moment.objects.get().note == WORDS


def test_a_server_that_is_away_loses_and_doubles_nothing(cast, ben, families, client_as, settings):
    write(client_as(cast.tutor), ben)
    use(settings, Unreachable)
    with later():
        assert send_due() == 0
    assert set(Letter.objects.values_list("state", flat=True)) == {"waiting"}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with later(60):
        assert send_due() == 2


def test_a_server_away_for_a_day_is_told_to_the_writer(cast, ben, families, client_as, settings):
    client = client_as(cast.tutor)
    write(client, ben)
    use(settings, Unreachable)
    with frozen(now() + TRY_FOR + timedelta(minutes=20)):
        send_due()
        assert "Notes home that did not arrive" in client.get("/").content.decode()
        page = client.get(f"/notes-home/{NoteHome.objects.get().pk}/").content.decode()
    assert "the mail server could not be reached for a day" in page


def test_an_address_that_is_refused_is_told_and_can_go_on_paper(cast, ben, families, client_as, settings):
    client = client_as(cast.tutor)
    write(client, ben)
    use(settings, Refusing)
    with later():
        send_due()
        note = NoteHome.objects.get()
        assert (
            "the mail server did not take the address"
            in client.get(f"/notes-home/{note.pk}/").content.decode()
        )
        assert "Notes home that did not arrive" in client.get("/").content.decode()
        client.post(f"/notes-home/{note.pk}/printed/")
        assert "Notes home that did not arrive" not in client.get("/").content.decode()


def test_a_mail_cut_off_is_never_sent_again_and_the_writer_knows(cast, ben, families, client_as, settings):
    write(client_as(cast.tutor), ben)
    use(settings, Cut)
    with later():
        send_due()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with later(60):
        assert send_due() == 0
        page = client_as(cast.tutor).get(f"/notes-home/{NoteHome.objects.get().pk}/").content.decode()
    assert len(mail.outbox) == 2
    assert "it may have arrived or not" in page


def test_a_worker_killed_in_the_middle_leaves_a_word_and_no_second_mail(cast, ben, families, client_as):
    write(client_as(cast.tutor), ben)
    Letter.objects.update(state=Letter.SENDING, at=now())
    with frozen(now() + CUT_OFF_AFTER + timedelta(minutes=1)):
        assert send_due() == 0
    assert set(Letter.objects.values_list("trouble", flat=True)) == {"cut off"}
    assert mail.outbox == []


def test_a_carer_who_may_no_longer_see_gets_nothing(cast, ben, families, client_as):
    write(client_as(cast.tutor), ben)
    CarerLink.objects.filter(carer=families[0]).update(may_see=False)
    with later():
        assert send_due() == 1
    assert [one.to for one in mail.outbox] == [["piotr@home.test"]]


def test_two_carers_with_one_address_get_one_mail(cast, ben, families, client_as):
    Person.objects.filter(pk=families[1].pk).update(email="Noor@home.test ")
    write(client_as(cast.tutor), ben)
    with later():
        assert send_due() == 1


def test_without_an_address_it_is_kept_to_print(cast, ben, client_as):
    client = client_as(cast.tutor)
    Person.objects.filter(pk=ben.pk).update(home_language="ar")
    answer = write(client, ben)
    note = NoteHome.objects.get()
    assert answer.url == f"/notes-home/{note.pk}/"
    page = client.get(f"/notes-home/{note.pk}/paper/?size=a4").content.decode()
    assert 'lang="ar" dir="rtl"' in page
    assert WORDS in page
    assert "paper-a4" in page
    assert send(note.pk) == 0


def test_one_that_came_back_is_said_and_shown(cast, ben, families, client_as):
    client = client_as(cast.tutor)
    write(client, ben)
    with later():
        send_due()
    note = NoteHome.objects.get()
    letter = note.letters.first()
    client.post(f"/notes-home/{note.pk}/letters/{letter.pk}/back/")
    assert "came back: it did not arrive" in client.get(f"/notes-home/{note.pk}/").content.decode()
    assert "Notes home that did not arrive" in client.get("/").content.decode()


@pytest.mark.parametrize("note", ["", "x" * 281])
def test_no_words_or_too_many_are_refused_and_stay(cast, ben, families, client_as, note):
    answer = write(client_as(cast.tutor), ben, note=note)
    assert answer.status_code == 422
    assert note in answer.content.decode()
    assert Moment.objects.count() == 0


def test_another_adult_sees_how_it_stands_and_can_do_nothing(cast, ben, families, client_as):
    write(client_as(cast.tutor), ben)
    note = NoteHome.objects.get()
    head = client_as(cast.head)
    page = head.get(f"/notes-home/{note.pk}/").content.decode()
    assert WORDS in page
    assert "Send it now" not in page
    assert "noor@home.test" not in page
    for act in ("send", "printed"):
        assert head.post(f"/notes-home/{note.pk}/{act}/").status_code == 404
    assert client_as(cast.other_tutor).get(f"/notes-home/{note.pk}/").status_code == 404


@pytest.mark.parametrize("code", list(languages()))
def test_every_frame_is_whole_and_names_nobody_wrongly(cast, ben, code):
    carer = make_person(cast.school, Person.CARER, "Ada", "Carter")
    letter = compose(WORDS, pupil=ben, adult=cast.tutor.person, language=languages()[code], carer=carer)
    assert all(name in letter.plain for name in ("Ben", "Ada Carter", "Oak Park School", "Mx Tutor", WORDS))
    assert "{" not in letter.plain + letter.subject
    assert letter.language.direction == ("rtl" if code in ("ur", "ar") else "ltr")
    assert all(code in texts for texts in read("texts/note-home").values())


@pytest.mark.parametrize(
    ("tags", "code"),
    [(("pa-IN",), "pa"), (("pa-Arab",), "en"), (("", "uk"), "uk"), (("de", "so"), "so"), ((), "en")],
)
def test_a_language_we_have_no_frame_for_falls_to_the_next(tags, code):
    assert language_for(*tags).code == code
