"""What pupils said of adults beside what adults recorded: for the few it is for, and never by adult."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from belong.base.models import AuditEntry
from belong.notice.both_sides.mix import NAMED, PUPILS, STAFF, mixes
from belong.notice.both_sides.queries import (
    AGREE,
    NOBODY,
    OTHERS,
    SILENT,
    UNHEARD,
    Filters,
    both_sides,
    counts,
    narrowed,
    pupils_without_adult,
)
from belong.notice.models import KnownBy
from belong.people.models import Characteristic, Person

LIST = reverse("notice:both-sides")


def _row(user, pupil):
    return next(row for row in both_sides(user) if row.pupil == pupil)


def _knows(cast, user, pupil):
    from belong.base.clock import today

    return KnownBy.objects.create(school=cast.school, adult=user.person, pupil=pupil, noted_on=today())


def test_where_the_two_sides_differ(cast, turn_to, stands):
    amina, ben, cerys, daniel, ewa = cast.pupils[:5]
    turn_to(amina, cast.tutor)
    _knows(cast, cast.tutor, amina)
    turn_to(ben, cast.senco)
    turn_to(cerys)
    _knows(cast, cast.tutor, cerys)
    turn_to(daniel)
    stands(cast.tutor, ewa, "establish")
    kinds = {row.pupil: row.kinds for row in both_sides(cast.tutor)}
    assert [kinds[pupil] for pupil in (amina, ben, cerys, daniel, ewa)] == [
        {AGREE},
        {SILENT},
        {OTHERS},
        {NOBODY},
        {UNHEARD},
    ]
    assert _row(cast.tutor, ben).differences == ["Mx Senco is named and has recorded nothing."]
    assert _row(cast.tutor, cerys).differences == ["Mx Tutor: recorded; the pupil said nobody yet."]
    assert pupils_without_adult(cast.tutor) == [daniel]
    assert counts(both_sides(cast.tutor))[NOBODY] == 1


def test_a_state_other_than_maintain_is_recorded_but_says_no_more(cast, turn_to, stands):
    turn_to(cast.pupils[0], cast.tutor)
    stands(cast.tutor, cast.pupils[0], "restore")
    row = _row(cast.tutor, cast.pupils[0])
    assert (row.differences, [side.says for side in row.recorded], row.keep) == ([], [("Restore",)], ())


def test_each_viewer_sees_their_own_pupils_and_only_answers_for_them(cast, turn_to, client_as):
    turn_to(cast.pupils[1], cast.senco)
    turn_to(cast.other_pupils[0], cast.dsl)
    seen = {}
    for part, user in cast.users.items():
        reply = client_as(user).get(LIST)
        html = reply.content.decode().split("<main")[-1]
        seen[part] = (reply.status_code, "Ben Carter" in html, "Mx Senco" in html, "Mx Dsl" in html)
    assert {part: found for part, found in seen.items() if found[0] == 200} == {
        "tutor": (200, True, True, False),
        "other_tutor": (200, False, False, True),
        "pastoral": (200, True, True, True),
        "senco": (200, False, False, False),
        "dsl": (200, False, False, False),
    }


def test_a_leader_without_a_pupils_trust_gets_no_page_and_nothing_about_adults(cast, turn_to, client_as):
    for pupil in cast.pupils:
        turn_to(pupil, cast.tutor)
    assert client_as(cast.head).get(LIST).status_code == 403
    html = (
        client_as(cast.head)
        .get(reverse("notice:both-sides-pupil", args=[cast.pupils[0].pk]))
        .content.decode()
    )
    assert "Mx Tutor" not in html
    assert "Nothing that was for you." in html


def test_that_somebody_looked_is_noted_without_what_was_said(cast, turn_to, client_as):
    turn_to(cast.pupils[1], cast.senco)
    client_as(cast.tutor).get(LIST)
    client_as(cast.tutor).get(reverse("notice:both-sides-pupil", args=[cast.pupils[1].pk]))
    found = AuditEntry.objects.filter(verb="notice.view_both_sides")
    assert [entry.facts for entry in found] == [{"pupils": [cast.pupils[1].pk]}] * 2


def test_filters_find_pupils_and_never_an_adults_pupils(cast, turn_to, client_as):
    turn_to(cast.pupils[1], cast.senco)
    turn_to(cast.pupils[2])
    client = client_as(cast.pastoral)
    assert "Ben Carter" in client.get(LIST, {"search": "carter", "year": "8"}).content.decode()
    assert "One pupil" in client.get(LIST, {"show": NOBODY}).content.decode()
    assert "No pupil of yours fits this" in client.get(LIST, {"search": "senco"}).content.decode()
    odd = client.get(LIST, {"show": "nonsense", "group": "x", "sort": "score", "page": "999"})
    assert odd.status_code == 200
    assert "24 pupils" in odd.content.decode()
    rows = both_sides(cast.pastoral)
    by_name = narrowed(rows, Filters(sort="name"))
    assert [row.pupil.family_name for row in by_name] == sorted(row.pupil.family_name for row in rows)
    group = narrowed(rows, Filters(group=cast.other_group.pk))
    assert {row.pupil.pk for row in group} == {pupil.pk for pupil in cast.other_pupils}


def test_the_page_asks_the_database_the_same_for_few_and_many(cast, turn_to, client_as):
    client = client_as(cast.pastoral)
    turn_to(cast.pupils[0], cast.tutor)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for pupil in [*cast.pupils[1:], *cast.other_pupils]:
        turn_to(pupil, cast.senco)
        _knows(cast, cast.tutor, pupil)
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(many) <= len(few) + 1


def test_a_question_that_was_not_for_the_viewer_looks_like_no_answer(cast, turn_to, asked, client_as):
    asked.readers = ["pastoral lead"]
    asked.save()
    turn_to(cast.pupils[1], cast.senco)
    page = reverse("notice:both-sides-pupil", args=[cast.pupils[1].pk])
    answered = client_as(cast.tutor).get(page).content.decode()
    silent = (
        client_as(cast.tutor)
        .get(reverse("notice:both-sides-pupil", args=[cast.pupils[2].pk]))
        .content.decode()
    )
    assert "Nothing that was for you." in answered
    assert "Nothing that was for you." in silent
    assert UNHEARD in _row(cast.tutor, cast.pupils[1]).kinds


def test_the_pupils_page_leads_here(cast, in_school, client_as):
    html = client_as(cast.tutor).get(reverse("notice:pupil", args=[cast.pupils[1].pk])).content.decode()
    assert reverse("notice:both-sides-pupil", args=[cast.pupils[1].pk]) in html


def test_an_adult_who_left_is_on_neither_side(cast, turn_to, asked):
    turn_to(cast.pupils[1], cast.senco)
    _knows(cast, cast.senco, cast.pupils[1])
    Person.objects.filter(pk=cast.senco.person_id).update(left_on=asked.opens_on)
    row = _row(cast.tutor, cast.pupils[1])
    assert (row.named, row.recorded) == ((), ())


def test_the_mix_gives_rows_for_a_release_and_says_what_is_not_held(cast, turn_to, close):
    turn_to(cast.pupils[0], cast.tutor, cast.senco)
    turn_to(cast.pupils[1])
    close()
    Characteristic.objects.create(
        school=cast.school, person=cast.pupils[0], kind="ethnicity", value="Bangladeshi"
    )
    found = mixes()
    assert len(found.side(PUPILS)) == 24
    assert {row.person_id for row in found.side(NAMED)} == {cast.tutor.person_id, cast.senco.person_id}
    assert cast.governor.person_id not in {row.person_id for row in found.side(STAFF)}
    assert [(pair.pupil_ethnicity, pair.adult_ethnicity) for pair in found.named] == [("Bangladeshi", "")] * 2
    assert found.held == frozenset()
    assert len(found.notes) == 2
    Person.objects.filter(pk=cast.tutor.person_id).update(sex="F")
    assert mixes().held == {"sex"}


@pytest.mark.parametrize("open_", [True, False])
def test_the_mix_waits_until_the_wave_has_closed(cast, turn_to, close, open_):
    turn_to(cast.pupils[0], cast.tutor)
    if not open_:
        close()
    assert bool(mixes().named) is not open_
