"""An observation is routed to the pastoral lead, kept apart from praise, and its words are looked through."""

from uuid import uuid4

import pytest

from belong.guard.models import Concern
from belong.notice import actions
from belong.notice.models import Aspect, Moment, ObservationSeen
from belong.people.models import Role

SAW = "Sat alone at lunch again, and would not say why."
WORRYING = "She told me her dad hits her."


def observe(client, pupil, note=SAW, **more):
    sent = {"kind": "observation", "aspect": "mood", "note": note, "submission": str(uuid4()), **more}
    return client.post(f"/pupils/{pupil.pk}/moment/", sent | {"next": "/group/"})


def test_it_asks_what_it_is_about_and_keeps_the_words(cast, in_school, client_as):
    answer = observe(client_as(cast.tutor), cast.pupils[1], aspect="")
    assert answer.status_code == 422
    assert SAW in answer.content.decode()
    assert Moment.objects.count() == 0


def test_an_aspect_nobody_offered_is_refused_in_words(cast, in_school, client_as):
    answer = observe(client_as(cast.tutor), cast.pupils[1], aspect="looks")
    assert answer.status_code == 422
    assert SAW in answer.content.decode()
    assert Moment.objects.count() == 0


def test_a_kind_nobody_knows_is_refused_in_words(cast, in_school, client_as):
    answer = observe(client_as(cast.tutor), cast.pupils[1], kind="sanction", aspect="")
    assert "There is no such kind of moment." in answer.content.decode()
    assert SAW in answer.content.decode()
    assert Moment.objects.count() == 0


def test_good_moments_have_no_aspect(cast, in_school):
    made = actions.record_moment(cast.tutor, pupils=[cast.pupils[1]], kind="praise", aspect=Aspect.MOOD)
    assert made[0].aspect == ""


def test_it_stands_on_the_pastoral_leads_today_until_seen_and_the_writer_learns_it(
    cast, in_school, client_as
):
    ben = cast.pupils[1]
    observe(client_as(cast.tutor), ben)
    lead, tutor = client_as(cast.pastoral), client_as(cast.tutor)
    today = lead.get("/").content.decode()
    assert "Observations to read" in today
    assert SAW not in today, "the words are on the page of observations, not on Today"
    page = lead.get("/observations/").content.decode()
    assert SAW in page
    assert "Not seen by the pastoral lead yet" in tutor.get(f"/pupils/{ben.pk}/").content.decode()

    moment = Moment.objects.get()
    lead.post(f"/observations/{moment.pk}/seen/", {"next_step": "I will have lunch with him."})
    assert "Observations to read" not in lead.get("/").content.decode()
    page = tutor.get(f"/pupils/{ben.pk}/").content.decode()
    assert "Seen by Mx Pastoral" in page
    assert "I will have lunch with him." in page


def test_seen_can_be_taken_back_by_who_said_it(cast, in_school, client_as):
    observe(client_as(cast.tutor), cast.pupils[1])
    lead, moment = client_as(cast.pastoral), Moment.objects.get()
    lead.post(f"/observations/{moment.pk}/seen/")
    lead.post(f"/observations/{moment.pk}/unseen/")
    assert ObservationSeen.objects.count() == 0
    assert "Observations to read" in lead.get("/").content.decode()


@pytest.mark.parametrize("who", ["tutor", "other_tutor", "senco", "head", "dsl"])
def test_nobody_else_marks_it_or_sees_the_list(cast, in_school, client_as, who):
    observe(client_as(cast.tutor), cast.pupils[1])
    client = client_as(getattr(cast, who))
    assert client.post(f"/observations/{Moment.objects.get().pk}/seen/").status_code == 404
    assert client.get("/observations/").status_code == 403
    assert "Observations to read" not in client.get("/").content.decode()


def test_a_lead_of_one_group_reads_only_that_group(cast, in_school, client_as):
    Role.objects.filter(person=cast.pastoral.person).update(group=cast.other_group)
    observe(client_as(cast.tutor), cast.pupils[1])
    lead = client_as(cast.pastoral)
    assert SAW not in lead.get("/observations/").content.decode()
    assert lead.post(f"/observations/{Moment.objects.get().pk}/seen/").status_code == 404


def test_the_sheet_says_when_nobody_would_read_it(cast, in_school, client_as):
    url = f"/pupils/{cast.pupils[1].pk}/moment/?kind=observation"
    assert "Nobody is pastoral lead" not in client_as(cast.tutor).get(url).content.decode()
    Role.objects.filter(person=cast.pastoral.person).delete()
    assert "Nobody is pastoral lead for Ben yet" in client_as(cast.tutor).get(url).content.decode()


def test_words_that_worry_go_to_the_safeguarding_lead_once_and_stay_when_taken_back(
    cast, in_school, client_as
):
    client, submission, before = client_as(cast.tutor), str(uuid4()), Concern.objects.count()
    for _ in range(2):
        observe(client, cast.pupils[1], WORRYING, submission=submission)
    assert Concern.objects.count() == before + 1
    concern = Concern.objects.order_by("-pk")[0]
    assert (concern.kind, concern.person_id) == (Concern.ADULT, cast.pupils[1].pk)
    client.post(f"/moments/{submission}/undo/")
    assert Moment.objects.count() == 0
    assert Concern.objects.filter(pk=concern.pk).exists()


def test_everyday_words_raise_nothing(cast, in_school, client_as):
    before = Concern.objects.count()
    observe(client_as(cast.tutor), cast.pupils[1])
    assert Concern.objects.count() == before
