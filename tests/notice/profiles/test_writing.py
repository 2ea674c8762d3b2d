"""The pupil writes, shares, changes and takes back their own page; adults write with them and wait for their yes."""

import pytest
from django.db import connection

from belong.base.models import AuditEntry
from belong.guard.models import Concern
from belong.notice.models import ProfilePage, ProfilePart
from belong.notice.profiles import actions
from belong.notice.profiles.actions import Said
from belong.people.models import Person, User
from tests.notice.profiles.conftest import as_new, form_of

WORRYING = "My uncle hits me when my mum is at work and I am scared to go home."


@pytest.fixture
def amina(cast) -> Person:
    return cast.pupil.person


def states() -> list[str]:
    return list(ProfilePage.objects.order_by("id").values_list("state", flat=True))


def page_of(client_as, user, pupil) -> str:
    return client_as(user).get(f"/pupils/{pupil.pk}/profile/").content.decode()


def test_kept_for_oneself_nobody_reads_it_and_shared_those_chosen_do(cast, in_school, client_as, amina):
    me = client_as(cast.pupil)
    sent = form_of(helps=("Time to think.", "teachers"), know=("I have a hearing aid.", "tutor"))
    me.post("/me/profile/", sent | {"supports": ["heads_up", "circle_back"]})
    assert states() == ["draft"]
    assert "Time to think." not in page_of(client_as, cast.tutor, amina)
    assert "Time to think." in me.get("/me/profile/").content.decode()
    me.post("/me/profile/", sent | {"supports": ["heads_up", "circle_back"], "share": "1"})
    assert states() == ["approved"]
    page = page_of(client_as, cast.tutor, amina)
    assert "Time to think." in page
    assert "I have a hearing aid." in page
    assert "Tell me beforehand what you will ask me" in page
    assert "I have a hearing aid." not in page_of(client_as, cast.pastoral, amina)


def test_versions_are_kept_for_the_pupil_alone(cast, in_school, client_as, amina):
    me = client_as(cast.pupil)
    for words in ("First words.", "Second words."):
        me.post("/me/profile/", form_of(share=True, likes=(words, "teachers")))
    assert states() == ["replaced", "approved"]
    page = page_of(client_as, cast.tutor, amina)
    assert "Second words." in page
    assert "First words." not in page
    own = me.get("/me/profile/").content.decode()
    assert "First words." in own
    first = ProfilePage.objects.get(state="replaced")
    me.post(f"/me/profile/{first.pk}/again/")
    assert "First words." in page_of(client_as, cast.tutor, amina)
    assert states() == ["approved", "replaced"]


def test_taken_back_nobody_reads_it_and_it_can_be_shared_again(cast, in_school, client_as, amina):
    me = client_as(cast.pupil)
    me.post("/me/profile/", form_of(share=True, likes=("Chess.", "teachers")))
    page = me.post("/me/profile/stop/", follow=True).content.decode()
    assert "Nobody else can read your page now." in page
    assert "Chess." not in page_of(client_as, cast.tutor, amina)
    me.post(f"/me/profile/{ProfilePage.objects.get().pk}/again/")
    assert "Chess." in page_of(client_as, cast.tutor, amina)


def test_what_an_adult_drafts_nobody_else_reads_before_the_pupil_says_yes(cast, in_school, client_as, amina):
    sent = form_of(helps=("A break at ten.", "staff"))
    client_as(cast.senco).post(f"/pupils/{amina.pk}/profile/write/", sent | {"send": "1"})
    page = ProfilePage.objects.get()
    assert page.state == "waiting"
    others = ("tutor", "pastoral", "dsl", "head")
    assert not any("A break at ten." in page_of(client_as, cast.users[who], amina) for who in others)
    assert not any(
        "A break at ten."
        in client_as(cast.users[who]).get(f"/pupils/{amina.pk}/profile/write/").content.decode()
        for who in others
    )
    me = client_as(cast.pupil)
    assert "A break at ten." in me.get(f"/me/profile/{page.pk}/").content.decode()
    me.post(f"/me/profile/{page.pk}/", {"helps": "teachers", "yes": "1"})
    assert "A break at ten." in page_of(client_as, cast.tutor, amina)
    assert ProfilePart.objects.get().audience == "teachers"


def test_no_is_an_answer_and_only_the_adult_who_wrote_it_learns_it(cast, in_school, client_as, amina):
    client_as(cast.senco).post(
        f"/pupils/{amina.pk}/profile/write/", form_of(helps=("A break at ten.", "staff")) | {"send": "1"}
    )
    page = ProfilePage.objects.get()
    client_as(cast.pupil).post(f"/me/profile/{page.pk}/", {"no": "1", "helps": "staff"})
    assert states() == ["draft"]
    assert "said: not like this" in page_of(client_as, cast.senco, amina)
    assert "not like this" not in page_of(client_as, cast.tutor, amina)
    assert client_as(cast.pupil).get(f"/me/profile/{page.pk}/").status_code == 404


def test_another_pupil_answers_nothing(cast, in_school, client_as, amina):
    ben = cast.pupils[1]
    page = actions.draft(cast.senco, pupil=ben, parts={"helps": Said("x")}, send=True)
    assert client_as(cast.pupil).get(f"/me/profile/{page.pk}/").status_code == 404
    assert (
        client_as(cast.pupil).post(f"/me/profile/{page.pk}/", {"yes": "1", "helps": "staff"}).status_code
        == 404
    )
    assert states() == ["waiting"]


def test_the_youngest_say_yes_with_an_adult_beside_them(cast, in_school, client_as):
    ben = cast.pupils[1]
    Person.objects.filter(pk=ben.pk).update(year="1")
    sent = form_of(likes=("Foxes.", "staff"), helps=("My bear.", "teachers"))
    answer = client_as(cast.tutor).post(f"/pupils/{ben.pk}/profile/write/", sent | {"send": "1"})
    page = ProfilePage.objects.get()
    assert answer.url == f"/profiles/{page.pk}/together/"
    assert client_as(cast.tutor).post(answer.url).status_code == 422, "no tick, no yes"
    client_as(cast.tutor).post(answer.url, {"yes": ["helps"]})
    page.refresh_from_db()
    assert (page.state, page.approved_with) == ("approved", cast.tutor.person)
    shown = page_of(client_as, cast.pastoral, ben)
    assert "My bear." in shown
    assert "Foxes." not in shown, "a part without a yes is left out"
    assert "Mx Tutor was with them." in shown


def test_a_pupil_who_can_say_yes_alone_is_not_spoken_for(cast, in_school, client_as, amina):
    page = actions.draft(cast.tutor, pupil=amina, parts={"helps": Said("x")}, send=True)
    answer = client_as(cast.tutor).post(f"/profiles/{page.pk}/together/", {"yes": ["helps"]})
    assert answer.status_code == 422
    assert "can say yes on their own page" in answer.content.decode()
    assert states() == ["waiting"]


def test_only_the_adult_who_drafted_it_records_a_yes(cast, in_school, client_as):
    ben = cast.pupils[1]
    page = actions.draft(cast.tutor, pupil=ben, parts={"helps": Said("x")}, send=True)
    assert (
        client_as(cast.pastoral).post(f"/profiles/{page.pk}/together/", {"yes": ["helps"]}).status_code == 404
    )
    assert states() == ["waiting"]


def test_for_all_staff_waits_for_the_family(cast, in_school, client_as, amina):
    client_as(cast.pupil).post("/me/profile/", form_of(share=True, likes=("Chess.", "staff")))
    page = ProfilePage.objects.get()
    stranger = client_as(cast.other_tutor)
    assert stranger.get(f"/pupils/{amina.pk}/profile/").status_code == 404
    client_as(cast.tutor).post(f"/profiles/{page.pk}/family/")
    assert "Chess." in stranger.get(f"/pupils/{amina.pk}/profile/").content.decode()
    client_as(cast.tutor).post(f"/profiles/{page.pk}/family/", {"undo": "1"})
    assert stranger.get(f"/pupils/{amina.pk}/profile/").status_code == 404


def test_the_family_agrees_on_its_own_page(cast, in_school, client_as, amina):
    client_as(cast.pupil).post(
        "/me/profile/", form_of(share=True, likes=("Chess.", "staff"), know=("Not for home.", "tutor"))
    )
    page = ProfilePage.objects.get()
    family = client_as(cast.carer)
    shown = family.get(f"/family/{amina.pk}/").content.decode()
    assert "Chess." in shown
    assert "Not for home." not in shown
    family.post(f"/profiles/{page.pk}/family/")
    page.refresh_from_db()
    assert page.family_by == cast.carer.person
    assert "Chess." in client_as(cast.other_tutor).get(f"/pupils/{amina.pk}/profile/").content.decode()


def test_a_change_of_what_goes_to_all_staff_asks_the_family_again_and_another_change_does_not(
    cast, in_school, client_as, amina
):
    me = client_as(cast.pupil)
    me.post("/me/profile/", form_of(share=True, likes=("Chess.", "staff")))
    actions.note_family(cast.tutor, page=ProfilePage.objects.get())
    me.post("/me/profile/", form_of(share=True, likes=("Chess.", "staff"), helps=("Quiet.", "teachers")))
    assert ProfilePage.objects.get(state="approved").family_on is not None
    me.post("/me/profile/", form_of(share=True, likes=("Chess and more.", "staff")))
    assert ProfilePage.objects.get(state="approved").family_on is None


def test_words_that_an_adult_should_read_first_hold_the_page_back(cast, in_school, client_as, amina):
    me = client_as(cast.pupil)
    me.post("/me/profile/", form_of(share=True, likes=("Chess.", "staff")))
    page = me.post(
        "/me/profile/", form_of(share=True, likes=("Chess.", "staff"), know=(WORRYING, "staff")), follow=True
    ).content.decode()
    assert "An adult whose job it is reads your page first" in page
    assert states() == ["approved", "held"], "what was shared before goes on being read"
    concern = Concern.objects.get(kind="words")
    held = ProfilePage.objects.get(state="held")
    assert (concern.person, held.concern) == (amina, concern)
    for who in ("tutor", "pastoral", "head", "senco"):
        assert "My uncle" not in page_of(client_as, cast.users[who], amina)
    assert "My uncle" not in client_as(cast.carer).get(f"/family/{amina.pk}/").content.decode()
    found = {
        who: client_as(user).get(f"/profiles/{held.pk}/held/").status_code for who, user in cast.users.items()
    }
    assert {who for who, status in found.items() if status == 200} == {"dsl", "head"}
    assert "waits until somebody has read it" in client_as(cast.dsl).get("/").content.decode()
    client_as(cast.dsl).post(f"/profiles/{held.pk}/held/")
    assert states() == ["replaced", "approved"]


def test_the_same_words_raise_one_concern_and_once_let_through_hold_nothing_back(
    cast, in_school, client_as, amina
):
    me = client_as(cast.pupil)
    sent = form_of(know=(WORRYING, "tutor"))
    me.post("/me/profile/", sent)
    assert states() == ["draft"]
    me.post("/me/profile/", sent | {"share": "1"})
    assert Concern.objects.filter(kind="words").count() == 1
    held = ProfilePage.objects.get(state="held")
    actions.let_through(as_new(cast.dsl), page=held)
    me.post("/me/profile/", sent | {"share": "1", "text_likes": "Chess."})
    assert states() == ["replaced", "approved"]
    assert Concern.objects.filter(kind="words").count() == 1


def test_words_that_only_want_a_look_reach_the_safeguarding_lead_and_hold_nothing_back(
    cast, in_school, client_as, amina
):
    me = client_as(cast.pupil)
    words = "A minute at the door before I have to talk."
    me.post("/me/profile/", form_of(share=True, helps=(words, "teachers")))
    assert Concern.objects.filter(kind="words").count() == 1
    assert words in page_of(client_as, cast.tutor, amina)
    me.post("/me/profile/", form_of(share=True, helps=(words, "teachers"), likes=("Chess.", "staff")))
    assert Concern.objects.filter(kind="words").count() == 1, "the same words are sent once"


def test_worrying_words_taken_out_again_the_page_is_shared(cast, in_school, client_as, amina):
    me = client_as(cast.pupil)
    me.post("/me/profile/", form_of(share=True, know=(WORRYING, "tutor")))
    me.post("/me/profile/", form_of(share=True, know=("I like maps.", "tutor")))
    assert states() == ["approved"]
    assert Concern.objects.filter(kind="words").count() == 1, (
        "what was written stays with the safeguarding lead"
    )


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (form_of(share=True), "There is nothing on your page yet"),
        (form_of(share=True, likes=("x" * 601, "teachers")), "601"),
        (form_of(share=True, likes=("x", "everybody")), "everybody"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_lost(cast, in_school, client_as, sent, words):
    answer = client_as(cast.pupil).post("/me/profile/", sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert states() == []


def test_words_are_encrypted_and_the_trail_holds_none(cast, in_school, client_as, amina):
    client_as(cast.pupil).post(
        "/me/profile/", form_of(share=True, likes=("Quillfeather.", "staff")) | {"supports": ["heads_up"]}
    )
    with connection.cursor() as cursor:
        cursor.execute("select text, supports from notice_profilepart")
        stored = str(cursor.fetchall())
    assert "Quillfeather" not in stored
    assert "heads_up" not in stored
    assert "Quillfeather" not in str(list(AuditEntry.objects.values_list("facts", "why", "row")))


def test_only_pupils_have_an_own_page(cast, in_school, client_as):
    found = {who: client_as(user).get("/me/profile/").status_code for who, user in cast.users.items()}
    assert {who for who, status in found.items() if status == 200} == {"pupil"}
    assert User.objects.filter(person__isnull=False).exists()
