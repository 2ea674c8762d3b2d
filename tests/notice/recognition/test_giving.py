"""Saying what good thing was seen: by adults, pupils and families; what is refused, in words, with nothing lost."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from belong.base.clock import today
from belong.guard.models import Concern, Shift
from belong.notice.models import Ambassador, Recognition, RecognitionPhoto
from belong.people.models import CarerLink, Group, Membership, Person, Role, User


def body(trait, words="Waited for a friend who was lost.", **more):
    return {"trait": trait.pk, "words": words, "submission": str(uuid4())} | more


def url(pupil):
    return f"/recognise/{pupil.pk}/"


@pytest.fixture
def as_pupil(cast, client_as):
    return client_as(cast.pupil)


@pytest.fixture
def as_tutor(cast, client_as):
    return client_as(cast.tutor)


def test_an_adult_recognises_one_of_theirs_and_it_shows_at_once(cast, as_tutor, kindness):
    ben = cast.pupils[1]
    answer = as_tutor.post(url(ben), body(kindness), follow=True)
    assert answer.redirect_chain[-1][0] == f"/pupils/{ben.pk}/"
    assert "Waited for a friend who was lost." in answer.content.decode()
    row = Recognition.objects.get()
    assert (row.state, row.source, row.by_id) == ("approved", "staff", cast.tutor.person_id)


def test_it_can_be_taken_back_and_a_late_resend_does_not_bring_it_back(cast, as_tutor, kindness):
    sent = body(kindness)
    as_tutor.post(url(cast.pupils[1]), sent)
    as_tutor.post(f"/recognition/{Recognition.objects.get().pk}/undo/")
    assert not Recognition.objects.exists()
    answer = as_tutor.post(url(cast.pupils[1]), sent)
    assert answer.status_code == 422
    assert "You took this one back" in answer.content.decode()
    assert not Recognition.objects.exists()


def test_sending_twice_keeps_one(cast, as_pupil, kindness):
    sent = body(kindness)
    for _ in range(2):
        assert as_pupil.post(url(cast.pupils[1]), sent).status_code == 302
    assert Recognition.objects.count() == 1


def test_a_pupil_names_a_fellow_and_an_adult_reads_it_first(cast, as_pupil, kindness):
    people = as_pupil.get("/me/recognise/").content.decode()
    assert "Ben" in people
    assert "Carter" not in people
    assert "Amina Yusuf" not in people.split("<main", 1)[1]
    assert cast.other_pupils[3].first_name not in people
    answer = as_pupil.post(url(cast.pupils[1]), body(kindness, signed="on"), follow=True)
    assert "An adult reads it first; then Ben sees it." in answer.content.decode()
    row = Recognition.objects.get()
    assert (row.state, row.source, row.is_signed) == ("waiting", "pupil", True)
    assert "An adult will read it" in as_pupil.get("/me/sent/").content.decode()


def test_a_pupil_cannot_name_a_stranger_or_themselves(cast, as_pupil, kindness):
    assert as_pupil.post(url(cast.other_pupils[0]), body(kindness)).status_code == 404
    answer = as_pupil.post(url(cast.pupils[0]), body(kindness, "I helped myself."))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "That is you!" in html
    assert "I helped myself." in html
    assert not Recognition.objects.exists()


def test_an_ambassador_may_name_those_of_the_year_and_the_house(cast, as_pupil, kindness):
    other, house_mate = cast.other_pupils[:2]
    Ambassador.objects.create(school=cast.school, pupil=cast.pupils[0], since=today())
    assert as_pupil.post(url(other), body(kindness)).status_code == 404
    house = Group.objects.create(school=cast.school, kind=Group.HOUSE, name="Elm")
    for person in (cast.pupils[0], house_mate):
        Membership.objects.create(school=cast.school, group=house, person=person)
    Person.objects.filter(pk=other.pk).update(year="8")
    for pupil in (other, house_mate):
        assert as_pupil.post(url(pupil), body(kindness)).status_code == 302
    assert set(Recognition.objects.values_list("source", flat=True)) == {"ambassador"}
    Ambassador.objects.update(until=today())
    assert as_pupil.post(url(house_mate), body(kindness, "Again.")).status_code == 404


def test_a_family_tells_of_its_own_child_only(cast, client_as, kindness):
    carer = client_as(cast.carer)
    answer = carer.post(url(cast.pupils[0]), body(kindness, "Read to her brother."), follow=True)
    assert answer.redirect_chain[-1][0] == f"/family/{cast.pupils[0].pk}/"
    assert "Read to her brother." in answer.content.decode()
    assert carer.post(url(cast.pupils[1]), body(kindness)).status_code == 404
    row = Recognition.objects.get()
    assert (row.source, row.state) == ("family", "waiting")


def test_a_teacher_who_writes_as_a_parent_waits_like_any_family(cast, client_as, kindness, in_school):
    Role.objects.create(school=cast.school, person=cast.other_tutor.person, role="carer")
    CarerLink.objects.create(
        school=cast.school, carer=cast.other_tutor.person, pupil=cast.pupils[1], may_see=True
    )
    parent = client_as(User.objects.get(pk=cast.other_tutor.pk))
    assert parent.post(url(cast.pupils[1]), body(kindness, seen="home")).status_code == 302
    assert Recognition.objects.get().state == "waiting"
    answer = parent.post(url(cast.pupils[1]), body(kindness, "As a teacher."))
    assert answer.status_code == 302
    assert set(Recognition.objects.values_list("source", "state")) == {("family", "waiting")}


def test_the_name_of_another_pupil_is_found_and_a_choice_is_asked_for(cast, as_tutor, kindness):
    words = "Helped ewa with Daniel's bag. Ben was kind."
    answer = as_tutor.post(url(cast.pupils[1]), body(kindness, words))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Daniel, ewa" in html
    assert "Leave the name out" in html
    assert not Recognition.objects.exists()
    as_tutor.post(url(cast.pupils[1]), body(kindness, words, names="leave-out"))
    kept = Recognition.objects.get().words
    assert kept == "Helped another pupil with another pupil's bag. Ben was kind."


def test_a_name_that_is_a_word_may_stay(cast, as_tutor, kindness):
    Person.objects.filter(pk=cast.pupils[2].pk).update(given_name="Will")
    as_tutor.post(url(cast.pupils[1]), body(kindness, "I know he will help. Will do it again."))
    assert Recognition.objects.count() == 1
    as_tutor.post(url(cast.pupils[1]), body(kindness, "Sat with Grace and Will.", names="not-a-name"))
    assert Recognition.objects.filter(pupil=cast.pupils[1]).count() == 2
    answer = as_tutor.post(url(cast.pupils[1]), body(kindness, "Sat beside Will at lunch."))
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("words", "said"),
    [("", "Write in a line what you saw"), ("ok", "Write in a line"), ("x" * 281, "280")],
)
def test_no_words_and_too_many_are_refused(cast, as_pupil, kindness, words, said):
    answer = as_pupil.post(url(cast.pupils[1]), body(kindness, words))
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_same_again_is_kept_once(cast, as_pupil, kindness):
    as_pupil.post(url(cast.pupils[1]), body(kindness))
    answer = as_pupil.post(url(cast.pupils[1]), body(kindness, "waited for a friend  who was LOST."))
    assert answer.status_code == 422
    assert "It is kept, once." in answer.content.decode()


def test_five_a_day_from_one_pupil(cast, as_pupil, kindness):
    for number in range(5):
        as_pupil.post(url(cast.pupils[1]), body(kindness, f"Good thing number {number}."))
    answer = as_pupil.post(url(cast.pupils[1]), body(kindness, "One more good thing."))
    assert "You have sent five today." in answer.content.decode()
    assert "One more good thing." in answer.content.decode()
    assert Recognition.objects.count() == 5


def test_a_pupil_who_left_is_said_so_by_name(cast, as_tutor, as_pupil, kindness):
    Person.objects.filter(pk=cast.pupils[1].pk).update(left_on=today() - timedelta(days=2))
    for browser in (as_tutor, as_pupil):
        answer = browser.post(url(cast.pupils[1]), body(kindness))
        assert answer.status_code == 422
        assert " left the school on" in answer.content.decode()
        assert "Waited for a friend" in answer.content.decode()
    assert not Recognition.objects.exists()


def test_a_retired_word_cannot_be_chosen(cast, as_tutor, kindness):
    kindness.retired_on = today()
    kindness.save()
    assert as_tutor.post(url(cast.pupils[1]), body(kindness)).status_code == 422


def test_words_that_worry_go_to_the_safeguarding_lead_as_well(cast, as_pupil, kindness):
    as_pupil.post(url(cast.pupils[1]), body(kindness, "He listened when I said my uncle hits me."))
    row = Recognition.objects.get()
    concern = Concern.objects.filter(kind="words").get()
    assert concern.source == f"notice.recognition:{row.pk}"
    assert concern.person_id == cast.pupils[0].pk
    assert row.state == "waiting"


def test_adults_words_are_not_looked_through(cast, as_tutor, kindness):
    as_tutor.post(url(cast.pupils[1]), body(kindness, "Told an adult that somebody hits him."))
    assert not Concern.objects.filter(kind="words").exists()


def test_pupils_are_not_asked_to_write_while_nobody_reads(cast, as_pupil, kindness):
    Shift.objects.all().delete()
    html = as_pupil.get(url(cast.pupils[1])).content.decode()
    assert "Just now no adult is there to read." in html
    assert "<textarea" not in html
    answer = as_pupil.post(url(cast.pupils[1]), body(kindness))
    assert answer.status_code == 422
    assert not Recognition.objects.exists()


def picture() -> BytesIO:
    file = BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (51.0, 30.0, 0.0)}
    Image.new("RGB", (40, 30), "teal").save(file, "JPEG", exif=exif)
    file.seek(0)
    file.name = "photo.jpg"
    return file


def test_a_picture_is_kept_without_its_place_and_only_with_nobody_else_in_it(
    cast, as_tutor, client_as, kindness
):
    answer = as_tutor.post(url(cast.pupils[0]), body(kindness, photo=picture()))
    assert answer.status_code == 422
    assert "no other child is in the picture" in answer.content.decode()
    assert not Recognition.objects.exists()
    as_tutor.post(url(cast.pupils[0]), body(kindness, photo=picture(), nobody_else="on"))
    kept = RecognitionPhoto.objects.get()
    assert not Image.open(BytesIO(kept.data)).getexif()
    address = f"/recognition/{kept.recognition_id}/photo/"
    shown = client_as(cast.pupil).get(address)
    assert shown["Content-Type"] == "image/jpeg"
    assert "no-store" in shown["Cache-Control"]
    assert address in client_as(cast.pupil).get("/me/").content.decode()
    for stranger in (cast.other_tutor, cast.governor, cast.carer, cast.technician):
        assert client_as(stranger).get(address).status_code == 404


def test_a_familys_picture_waits_with_its_words(cast, client_as, kindness):
    sent = body(kindness, "She built this.", photo=picture(), nobody_else="on")
    client_as(cast.carer).post(url(cast.pupils[0]), sent)
    row = Recognition.objects.get()
    address = f"/recognition/{row.pk}/photo/"
    assert address in client_as(cast.tutor).get("/recognition/").content.decode()
    assert client_as(cast.tutor).get(address).status_code == 200
    assert client_as(cast.pupil).get(address).status_code == 404
    client_as(cast.tutor).post(f"/recognition/{row.pk}/approve/", {"words": "She built this."})
    assert client_as(cast.pupil).get(address).status_code == 200


def test_a_pupil_sends_no_picture(cast, as_pupil, kindness):
    as_pupil.post(url(cast.pupils[1]), body(kindness, photo=picture(), nobody_else="on"))
    assert not RecognitionPhoto.objects.exists()


def test_a_file_that_is_no_picture_is_refused_and_the_words_are_kept(cast, as_tutor, kindness):
    fake = BytesIO(b"GIF89a not a picture")
    fake.name = "photo.jpg"
    answer = as_tutor.post(url(cast.pupils[1]), body(kindness, photo=fake, nobody_else="on"))
    assert answer.status_code == 422
    assert "not a photo" in answer.content.decode()
    assert "Waited for a friend" in answer.content.decode()
    assert not Recognition.objects.exists()


def test_who_has_no_right_gets_nothing(cast, client_as, kindness):
    for user in (
        cast.governor,
        cast.technician,
        cast.analyst,
        cast.outside,
        cast.other_tutor,
        cast.survey_lead,
    ):
        assert client_as(user).post(url(cast.pupils[1]), body(kindness)).status_code == 404
    assert not Recognition.objects.exists()
