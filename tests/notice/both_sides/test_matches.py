"""An adult is asked to look out for a pupil: yes opens the page and starts at Establish, no needs no reason."""

import pytest
from django.urls import reverse

from belong.base.access import allowed
from belong.base.clock import today
from belong.base.errors import Refused
from belong.notice.both_sides import actions
from belong.notice.both_sides.today import own
from belong.notice.models import KnownBy, Match, MatchOffer, Relationship
from belong.people.models import Person, User
from tests.conftest import make_person


@pytest.fixture
def offer(cast, in_school) -> MatchOffer:
    """The tutor asked the other tutor, who does not teach Ben."""
    return actions.offer_match(
        cast.tutor, pupil=cast.pupils[1], adult=cast.other_tutor.person, line="Likes chess."
    )


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def titles(user: User) -> list[str]:
    return [item.title for item in own(fresh(user))]


def test_asked_answered_yes_and_begun(cast, offer, client_as):
    client, ben = client_as(cast.other_tutor), cast.pupils[1]
    assert titles(cast.other_tutor) == ["Would you look out for Ben Carter?"]
    assert client.get(reverse("notice:pupil", args=[ben.pk])).status_code == 404
    page = client.get(reverse("notice:match", args=[offer.pk])).content.decode()
    assert "Likes chess." in page
    assert "Not this time" in page
    reply = client.post(reverse("notice:match", args=[offer.pk]), {"answer": "yes"})
    assert reply.url == reverse("notice:pupil", args=[ben.pk])
    assert client.get(reply.url).status_code == 200
    kept = Relationship.objects.get(adult=cast.other_tutor.person, pupil=ben)
    assert (kept.state, kept.review_on > today()) == ("establish", True)
    assert not KnownBy.objects.exists(), "that they know the pupil is theirs to record"
    assert titles(cast.other_tutor) == []


def test_not_this_time_needs_no_reason_and_only_who_asked_sees_it(cast, offer, client_as):
    reply = client_as(cast.other_tutor).post(
        reverse("notice:match", args=[offer.pk]), {"answer": "no"}, follow=True
    )
    assert "That is fine." in reply.content.decode()
    assert titles(cast.tutor) == ["Ben Carter: ask another adult"]
    address = reverse("notice:match", args=[offer.pk])
    seen = {part for part, user in cast.users.items() if client_as(user).get(address).status_code == 200}
    assert seen == {"tutor", "other_tutor"}
    assert (
        "Not this time"
        not in client_as(cast.pastoral)
        .get(reverse("notice:both-sides-pupil", args=[cast.pupils[1].pk]))
        .content.decode()
        .split('id="offer"')[0]
    )
    offer.refresh_from_db()
    assert offer.line == ""
    actions.offer_match(cast.tutor, pupil=cast.pupils[1], adult=cast.senco.person)
    assert titles(cast.tutor) == []


def test_an_own_state_stays_when_the_adult_says_yes(cast, in_school, stands, coach):
    stands(cast.other_tutor, cast.pupils[1], "maintain")
    offer = actions.offer_match(cast.tutor, pupil=cast.pupils[1], adult=coach)
    actions.accept_match(fresh(cast.other_tutor), offer)
    assert Relationship.objects.get(adult=coach).state == "maintain"


def test_ending_it_closes_the_page_again(cast, offer, client_as):
    actions.accept_match(cast.other_tutor, offer)
    assert allowed(fresh(cast.other_tutor), "notice.view_pupil", cast.pupils[1])
    reply = client_as(cast.tutor).post(reverse("notice:end-match", args=[offer.pk]), follow=True)
    assert "Ended. Thank you for Ben Carter." in reply.content.decode()
    assert not allowed(fresh(cast.other_tutor), "notice.view_pupil", cast.pupils[1])
    with pytest.raises(Refused, match="ended already"):
        actions.end_match(cast.tutor, offer)


def test_taking_an_offer_back_leaves_nothing_to_answer(cast, offer, client_as):
    actions.end_match(cast.tutor, offer)
    reply = client_as(cast.other_tutor).post(reverse("notice:match", args=[offer.pk]), {"answer": "yes"})
    assert reply.status_code == 409
    assert "nothing to answer" in reply.content.decode()
    assert MatchOffer.objects.get().state == Match.WITHDRAWN


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_an_answer_that_is_none_changes_nothing(cast, offer, client_as, answer):
    reply = client_as(cast.other_tutor).post(reverse("notice:match", args=[offer.pk]), {"answer": answer})
    assert (reply.status_code, "Nothing was answered." in reply.content.decode()) == (409, True)
    assert MatchOffer.objects.get().is_offered


def test_only_the_adult_who_was_asked_answers(cast, offer, client_as):
    assert (
        client_as(cast.tutor).post(reverse("notice:match", args=[offer.pk]), {"answer": "yes"}).status_code
        == 404
    )
    assert MatchOffer.objects.get().is_offered


def test_who_may_not_be_asked(cast, in_school):
    ben = cast.pupils[1]
    gone = make_person(cast.school, Person.STAFF, "Gil", "Gone", title="Mr", left_on=today())
    for adult, says in (
        (gone, "does not work here any more"),
        (cast.governor.person, "signs in"),
        (cast.pupils[2], "signs in"),
    ):
        with pytest.raises(Refused, match=says):
            actions.offer_match(cast.tutor, pupil=ben, adult=adult)
    with pytest.raises(Refused, match="tutor or pastoral lead"):
        actions.offer_match(cast.head, pupil=ben, adult=cast.senco.person)
    with pytest.raises(Refused, match="characters"):
        actions.offer_match(cast.tutor, pupil=ben, adult=cast.senco.person, line="x" * 281)
    actions.offer_match(cast.tutor, pupil=ben, adult=cast.senco.person)
    with pytest.raises(Refused, match="already"):
        actions.offer_match(cast.pastoral, pupil=ben, adult=cast.senco.person)
    assert MatchOffer.objects.count() == 1


def test_asking_from_the_page(cast, turn_to, client_as):
    turn_to(cast.pupils[1], cast.senco)
    address = reverse("notice:both-sides-pupil", args=[cast.pupils[1].pk])
    client = client_as(cast.tutor)
    html = client.get(address).content.decode()
    assert html.index("Named by the pupil") < html.index("Everyone else")
    assert client.post(address, {}).status_code == 422
    bad = client.post(address, {"adult": "", "line": "Likes chess."})
    assert bad.status_code == 422
    assert "Likes chess." in bad.content.decode()
    forged = client.post(address, {"adult": str(cast.stranger.person_id), "line": "Likes chess."})
    assert forged.status_code == 422
    assert not MatchOffer.objects.exists()
    assert (
        client.post(address, {"adult": str(cast.senco.person_id), "line": "Likes chess."}).status_code == 302
    )
    assert (MatchOffer.objects.get().adult, MatchOffer.objects.get().line) == (
        cast.senco.person,
        "Likes chess.",
    )
    assert "asked, no answer yet" in client.get(reverse("notice:both-sides")).content.decode()


def test_own_page_shows_whom_one_looks_out_for(cast, offer, client_as):
    mine = reverse("notice:both-sides-mine")
    assert "Would you look out for Ben Carter?" in client_as(cast.other_tutor).get(mine).content.decode()
    actions.accept_match(cast.other_tutor, offer)
    html = client_as(cast.other_tutor).get(mine).content.decode()
    assert "You look out for" in html
    assert "Ben Carter" in html
    assert "Establish" in html
    assert "Ben Carter" not in client_as(cast.tutor).get(mine).content.decode().split("<main")[1]
