"""One named answer is taken back alone: it is gone, the rest of the sheet stays, and its readers see that it was."""

import pytest

from belong.ask.actions.withdrawal import withdraw_again
from belong.ask.answers import TAKEN_BACK
from belong.ask.checkins import actions, queries
from belong.ask.models import PooledSheet, Receipt, SignedSheet, UsualNote
from belong.ask.records import in_words
from belong.base.errors import Refused
from belong.base.models import AuditEntry
from belong.guard.models import Tombstone
from tests.ask.checkins.conftest import answer


@pytest.fixture
def told(cast, round_):
    """What Amina and Ben told; a prompt rests on Amina's face."""
    answer(round_, cast.pupils[0], mood=1, line="A long day")
    answer(round_, cast.pupils[1], mood=5)
    UsualNote.objects.create(
        school=cast.school,
        pupil=cast.pupils[0],
        topic="mood",
        round=round_,
        reason="low",
        made_on=round_.opens_on,
    )
    return round_


def test_a_pupil_takes_one_answer_back_on_their_own_page(cast, told, client_as):
    client, address = client_as(cast.pupil), f"/my-answers/{told.pk}/take-back/mood-12/"
    assert address in client.get("/my-answers/").content.decode()
    page = client.get(address).content.decode()
    assert "Your other answers stay" in page
    assert "An adult who has read it may still know it" in page or "may remember it" in page
    assert client.post(address).url == "/my-answers/"
    mine = client.get("/my-answers/").content.decode()
    assert "Taken back" in mine
    assert address not in mine
    sheet = SignedSheet.objects.get(person=cast.pupils[0])
    assert (sheet.answers, sheet.texts) == ({"mood-12": TAKEN_BACK}, {"line-12": "A long day"})
    assert (Receipt.objects.count(), PooledSheet.objects.count()) == (2, 2)
    assert not UsualNote.objects.exists()
    newest = AuditEntry.objects.order_by("number").last()
    assert (newest.verb, newest.facts) == ("ask.take_own_answer_back", {})


def test_its_readers_see_that_it_was_taken_back_and_a_copy_of_data_has_it_no_more(cast, told, client_as):
    actions.take_one_back(cast.pupil, told, "mood-12")
    read = {one.pupil: one for one in queries.told(cast.tutor, told)}
    (face,) = read[cast.pupils[0]].faces
    assert (face.face, face.words, read[cast.pupils[0]].is_low) == (None, "Taken back", False)
    assert "Taken back" in client_as(cast.tutor).get(f"/ask/check-ins/{told.check_in_id}/").content.decode()
    copy = in_words(SignedSheet.objects.get(person=cast.pupils[0]))
    assert "A long day" in copy.values()
    assert not any("today" in question for question in copy)


def test_what_cannot_be_taken_back(cast, told, client_as):
    client = client_as(cast.pupil)
    for item in ("break-12", "line-12", "nonsense"):
        assert client.get(f"/my-answers/{told.pk}/take-back/{item}/").url == "/my-answers/"
        with pytest.raises(Refused, match="no answer with your name"):
            actions.take_one_back(cast.pupil, told, item)
    actions.take_one_back(cast.pupil, told, "mood-12")
    with pytest.raises(Refused):
        actions.take_one_back(cast.pupil, told, "mood-12")
    assert SignedSheet.objects.get(person=cast.pupils[1]).answers == {"mood-12": 5}


def test_a_backup_put_back_does_not_bring_it_back(cast, told):
    actions.take_one_back(cast.pupil, told, "mood-12")
    stone = Tombstone.objects.get()
    SignedSheet.objects.filter(person=cast.pupils[0]).update(answers={"mood-12": 1})
    assert withdraw_again(cast.school, stone.row, stone.facts) == 1
    assert SignedSheet.objects.get(person=cast.pupils[0]).answers == {"mood-12": TAKEN_BACK}
