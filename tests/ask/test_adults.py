"""Which adults here could you turn to: asked kindly, kept for those named, and nobody else."""

from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from belong.ask import actions
from belong.ask.adults import choosing_for
from belong.ask.answers import RATHER_NOT, TWO_WAYS, Misfit, checked
from belong.ask.models import PooledSheet, Receipt, SignedSheet, UnlinkedSheet, Wave
from belong.ask.queries import adults_named, named_answers
from belong.ask.records import forget_adults, in_words
from belong.base.clock import today
from belong.base.errors import Refused
from belong.guard.rights.gathering import gather
from belong.measure.instrument import InstrumentError, from_dict, load
from belong.people.models import Person
from tests.ask.conftest import answer, plan, send, sheet_for
from tests.conftest import make_person

FIELD = "q-turn-to"


@pytest.fixture
def asked(cast, in_school) -> Wave:
    return actions.open_wave(cast.survey_lead, plan(cast, "trusted-adults", title="Adults"))


def ids(*users) -> list[str]:
    return [str(user.person_id) for user in users]


def form(asked, pupil, readers=(), **more):
    """A posted sheet with the hidden field of the page."""
    return sheet_for(asked, pupil, readers) | more


def test_the_page_offers_own_adults_first_then_everyone_in_post(cast, asked):
    left = make_person(cast.school, Person.STAFF, "Gil", "Gone", title="Mr", left_on=today())
    choosing = choosing_for(cast.pupils[0])
    assert [(one.id, one.where) for one in choosing.own] == [(cast.tutor.person_id, "your tutor")]
    others = {one.id for one in choosing.others}
    assert cast.other_tutor.person_id in others
    assert cast.technician.person_id in others
    assert others.isdisjoint(
        {left.pk, cast.stranger.person_id, cast.governor.person_id, cast.tutor.person_id}
    )
    assert not others & {pupil.pk for pupil in cast.pupils}


def test_two_adults_of_one_name_are_told_apart(cast, asked):
    first = make_person(cast.school, Person.STAFF, "Salma", "Ahmed", title="Mrs")
    second = make_person(cast.school, Person.STAFF, "Nadia", "Ahmed", title="Mrs")
    names = {one.id: one.name for one in choosing_for(None).others}
    assert (names[first.pk], names[second.pk]) == ("Mrs Salma Ahmed", "Mrs Nadia Ahmed")


def test_a_sheet_by_form_is_kept_in_one_place_and_in_four_inserts_at_most(cast, asked):
    ben = cast.pupils[1]
    sheet = form(
        asked, ben, [cast.tutor.person_id], **{FIELD: ids(cast.tutor, cast.senco), "q-adult-glad": "3"}
    )
    with CaptureQueriesContext(connection) as queries:
        assert send(Client(), sheet, script=False).status_code == 302
    assert sum(one["sql"].startswith("INSERT") for one in queries) <= 4
    kept = SignedSheet.objects.get(person=ben)
    assert kept.adults == {"turn-to": [cast.tutor.person_id, cast.senco.person_id]}
    assert (kept.answers, kept.named) == ({"adult-glad": 3}, True)
    assert not PooledSheet.objects.exists()
    assert not UnlinkedSheet.objects.exists()
    stored = connection.cursor()
    stored.execute(f"SELECT adults FROM {SignedSheet._meta.db_table}")
    assert stored.fetchone()[0].startswith("e1:")


@pytest.mark.parametrize(
    ("given", "kept", "codes"),
    [
        ({FIELD: ["0"]}, {"turn-to": []}, {}),
        ({"no-turn-to": "1"}, None, {"turn-to": RATHER_NOT}),
        ({}, None, {}),
    ],
    ids=["nobody yet", "rather not", "skipped"],
)
def test_nobody_yet_rather_not_and_skipped_are_three_things(cast, asked, given, kept, codes):
    assert send(Client(), form(asked, cast.pupils[1], **given)).status_code == 201
    sheet = SignedSheet.objects.get(person=cast.pupils[1])
    assert (sheet.adults, sheet.answers) == (kept, codes)


@pytest.mark.parametrize("script", [True, False], ids=["script", "form"])
@pytest.mark.parametrize(
    "what", ["too many", "left", "elsewhere", "a pupil", "two ways", "rather not and one"]
)
def test_what_does_not_fit_is_said_and_nothing_is_lost(cast, asked, what, script):
    gone = make_person(cast.school, Person.STAFF, "Gil", "Gone", title="Mr", left_on=today())
    tutor = str(cast.tutor.person_id)
    given, words = {
        "too many": (
            ids(cast.tutor, cast.senco, cast.dsl, cast.head, cast.pastoral, cast.other_tutor),
            "You chose 6 adults and 5 is the most",
        ),
        "left": ([tutor, str(gone.pk)], "Mr Gone does not work here any more."),
        "elsewhere": ([tutor, str(cast.stranger.person_id)], "not an adult at this school"),
        "a pupil": ([tutor, str(cast.pupils[3].pk)], "not an adult at this school"),
        "two ways": ([tutor, "0"], TWO_WAYS),
        "rather not and one": ([tutor], TWO_WAYS),
    }[what]
    extra = {"no-turn-to": "1"} if what == "rather not and one" else {}
    reply = send(
        Client(), form(asked, cast.pupils[1], **{FIELD: given, "q-adult-glad": "2"}, **extra), script=script
    )
    assert reply.status_code == 422
    assert not Receipt.objects.exists()
    if script:
        assert (words in reply.json()["text"], reply.json()["item"]) == (True, "turn-to")
        return
    html = unescape(reply.content.decode())
    assert words in html
    assert f'value="{tutor}" checked' in html
    assert html.count("checked") >= 2, "the other answer is still ticked too"
    assert "Stranger" not in html
    assert "Pugh" not in html


def test_a_resend_after_an_adult_left_is_no_error(cast, asked):
    sheet = form(asked, cast.pupils[1], **{FIELD: ids(cast.tutor)})
    assert send(Client(), sheet).status_code == 201
    Person.objects.filter(pk=cast.tutor.person_id).update(left_on=today())
    assert send(Client(), sheet).status_code == 201
    assert SignedSheet.objects.count() == 1


def test_the_readers_stand_beside_the_question_and_the_form_works_without_script(cast, asked):
    card = actions.issue_card(cast.survey_lead, asked, cast.tutor_group, cast.pupils[1].pk)
    client = Client()
    client.post(reverse("ask:card", args=[card.token]))
    html = unescape(client.get(reverse("ask:questions")).content.decode())
    assert "Mx Tutor" in html
    assert "Mx Pastoral" in html
    assert "Nobody yet" in html
    assert "I’d rather not say" in html
    assert "You can choose up to 5 adults." in html
    assert f'type="checkbox" name="{FIELD}" value="{cast.senco.person_id}"' in html


def test_only_those_named_see_it_and_adults_are_not_listed(cast, asked, client_as):
    readers = [cast.tutor.person_id, cast.pastoral.person_id]
    actions.submit_sheet(asked, cast.pupils[1], {"turn-to": [cast.senco.person_id]}, _id(), readers)
    actions.submit_sheet(asked, cast.pupils[2], {"turn-to": []}, _id(), readers)
    told = {part: sorted(adults_named(getattr(cast, part))) for part in cast.users}
    assert {part for part, found in told.items() if found} == {"tutor", "pastoral"}
    [said] = [answer.answer for answer in named_answers(cast.tutor, cast.pupils[1])]
    assert said == "Mx Senco"
    html = client_as(cast.tutor).get(reverse("ask:named", args=[asked.pk])).content.decode()
    assert "Mx Senco" in html
    assert "Nobody yet" in html
    assert "Ben Carter" in html
    assert (
        "Mx Senco"
        not in client_as(cast.senco)
        .get(reverse("ask:named", args=[asked.pk]))
        .content.decode()
        .split("<main")[1]
    )


def test_a_pupil_who_moved_on_and_a_teacher_who_no_longer_teaches_end_it(cast, asked):
    actions.submit_sheet(asked, cast.pupils[1], {"turn-to": []}, _id(), [cast.other_tutor.person_id])
    assert adults_named(cast.other_tutor) == {}


@pytest.mark.parametrize("kind", ["pooled", "confidential", "unlinked"])
def test_nothing_but_named_is_taken(cast, in_school, kind):
    draft = plan(cast, "trusted-adults")
    with pytest.raises(Refused, match="can't be"):
        actions.change_visibility(cast.survey_lead, draft, visibility={"turn-to": kind}, readers=["tutor"])
    draft.visibility["turn-to"] = kind
    draft.save()
    with pytest.raises(Refused, match=f"can't be {kind}"):
        actions.open_wave(cast.survey_lead, draft)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"visibility": "pooled"}, "named"),
        ({"scale": "often4"}, "no answer scale"),
        ({"most": 9}, "5"),
        ({"kind": "choice", "scale": "often4"}, "Remove this line"),
    ],
)
def test_an_instrument_that_asks_it_wrongly_is_refused(change, says):
    data = load("trusted-adults").to_dict()
    data["items"][0] |= change
    data["items"][0] = {key: value for key, value in data["items"][0].items() if value is not None}
    with pytest.raises(InstrumentError, match=says):
        from_dict(data)


def test_only_pupils_are_asked_and_it_is_never_scored():
    instrument = load("trusted-adults")
    assert instrument.item("turn-to") not in instrument.scored_items
    data = instrument.to_dict() | {"audience": ["pupils", "staff"]}
    with pytest.raises(InstrumentError, match="only pupils"):
        from_dict(data)


def test_other_instruments_keep_their_hashes():
    assert all("most" not in item.to_dict() for item in load("belong-core").items)


def test_it_is_in_a_pupils_copy_goes_with_withdrawal_and_after_its_time(cast, asked):
    answer(asked, cast.pupils[1], **{"turn-to": (cast.senco.person_id,), "adult-glad": 4})
    answer(asked, cast.pupils[2], **{"turn-to": ()})
    sheet = SignedSheet.objects.get(person=cast.pupils[1])
    assert in_words(sheet)["Which adults here could you turn to?"] == "Mx Senco"
    assert "Mx Senco" in str(list(gather(cast.pupils[1])))
    assert forget_adults(SignedSheet.objects.filter(adults__isnull=False)) == 2
    sheet.refresh_from_db()
    assert (sheet.adults, sheet.answers) == (None, {"adult-glad": 4})
    assert SignedSheet.objects.count() == 1, "a sheet that held nothing else is gone"
    actions.withdraw_answers(cast.survey_lead, asked, cast.pupils[1])
    assert not SignedSheet.objects.exists()


def test_it_can_be_tried_out_and_printed(cast, asked, client_as):
    client = client_as(cast.survey_lead)
    tried = client.get(reverse("ask:try", args=[asked.pk]))
    assert "Mx Senco" in tried.content.decode()
    printed = client.get(reverse("ask:paper", args=[asked.pk]))
    assert "Write up to 5 names" in printed.content.decode()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.lists(st.integers(1, 8), max_size=9))
def test_at_most_five_different_adults_are_ever_kept(chosen):
    item = load("trusted-adults").item("turn-to")
    if len(set(chosen)) > 5:
        with pytest.raises(Misfit, match="5 is the most"):
            checked([item], {"turn-to": chosen})
        return
    kept = checked([item], {"turn-to": chosen})["turn-to"]
    assert isinstance(kept, tuple)
    assert list(kept) == list(dict.fromkeys(chosen))
    assert len(kept) <= 5


def _id():
    from uuid import uuid4

    return uuid4()
