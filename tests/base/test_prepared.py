"""Statements that are put together once read what is there now, of the school in scope, and leave no column out."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import OuterRef, Subquery
from django.db.models.signals import post_save
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled
from django_scopes.exceptions import ScopeError

from belong.ask.models import FreedName, PooledSheet, Receipt, SignedSheet, UnlinkedSheet, Wave
from belong.base.clock import today
from belong.base.prepared import insert, prepared
from belong.people.models import Membership, Person, User


@prepared
def groups_of(person_id, day):
    return Membership.objects.current(day).filter(person=person_id).values_list("group_id", flat=True)


@prepared
def with_turn(wave_id, person_id):
    freed = FreedName.objects.filter(wave=wave_id, person=OuterRef("pk")).values("times")
    return Person.objects.filter(pk=person_id).annotate(freed=Subquery(freed))


@pytest.fixture
def wave(school, in_school):
    window = {"opens_on": today(), "closes_on": today()}
    return Wave.objects.create(school=school, title="W", audience="pupils", instrument={}, **window)


def test_it_reads_what_the_queryset_reads_each_time_anew(cast, wave):
    pupil = cast.pupils[0]
    assert groups_of(pupil.pk, today()) == [cast.tutor_group.pk]
    assert groups_of(cast.other_pupils[0].pk, today()) == [cast.other_group.pk]
    Membership.objects.filter(person=pupil).update(until=today() + timedelta(days=1))
    assert groups_of(pupil.pk, today()) == [cast.tutor_group.pk]
    assert groups_of(pupil.pk, today() + timedelta(days=1)) == []
    assert [(one, one.family_name, one.freed) for one in with_turn(wave.pk, pupil.pk)] == [
        (pupil, pupil.family_name, None)
    ]
    FreedName.objects.create(school=wave.school, wave=wave, person=pupil, times=2)
    (found,) = with_turn(wave.pk, pupil.pk)
    assert found.freed == 2
    assert found.born == Person.objects.get(pk=pupil.pk).born
    assert with_turn(wave.pk, 0) == []


def test_what_is_joined_comes_with_it(cast, django_assert_num_queries):
    @prepared
    def sign_in(name, day):
        signed_in = User.objects.filter(username=name).exclude(person__left_on=day)
        return signed_in.select_related("school", "person")

    with scopes_disabled():
        Person.objects.filter(pk=cast.tutor.person.pk).update(left_on=today())
        assert sign_in(cast.tutor.username, today()) == []
        for user in (cast.tutor, cast.stranger):
            with django_assert_num_queries(1):
                (found,) = sign_in(user.username, today() + timedelta(days=1))
                assert (found, found.school, found.person) == (user, user.school, user.person)
                assert found.person.family_name == user.person.family_name
        assert sign_in("nobody", today()) == []


def test_it_sees_the_school_in_scope_and_no_other(cast, school):
    mine, theirs = cast.pupils[0], cast.stranger.person
    with scope(school=school):
        assert [found.pk for found in with_turn(1, mine.pk)] == [mine.pk]
        assert with_turn(1, theirs.pk) == []
    with scope(school=theirs.school):
        assert with_turn(1, mine.pk) == []
        assert [found.pk for found in with_turn(1, theirs.pk)] == [theirs.pk]
    with scopes_disabled():
        assert with_turn(1, mine.pk)
        assert with_turn(1, theirs.pk)
    with pytest.raises(ScopeError):
        with_turn(1, mine.pk)


def test_what_it_could_not_do_rightly_it_refuses(in_school):
    @prepared
    def ignoring(person_id):
        return Person.objects.filter(pk__gt=0)

    @prepared
    def dictionaries(person_id):
        return Person.objects.filter(pk=person_id).values("pk")

    with pytest.raises(TypeError, match="no value for"):
        ignoring(1)
    with pytest.raises(TypeError, match="cannot be prepared"):
        dictionaries(1)


def rows_of(wave, person):
    """A new row of each kind of sheet, with something in every column that may hold something."""
    base = {"school_id": wave.school_id, "wave": wave}
    how, answers = {"language": "pl", "helper": True}, {"adults-1": 3, "peers-2": -1}
    return [
        Receipt(**base, person=person, submission_id=uuid4(), family=7),
        SignedSheet(
            **base,
            person=person,
            submission_id=uuid4(),
            answers=answers,
            how=how,
            texts={"open-helps": "Zażółć 🙂"},
            adults={"turn-to": [5]},
            friends={"be-with": []},
            readers=[1, 2],
            named=True,
            wrote=True,
            named_read_by=[9],
        ),
        PooledSheet(**base, scramble=b"\x00\xff" * 8, answers=answers, how=how),
        UnlinkedSheet(**base, attributes={"year": "8"}, answers=answers),
    ]


def stored(row):
    """What stands in the database, column by column, sealed texts opened; without the number of the row."""
    found = type(row).objects.get(pk=row.pk)
    fields = [field for field in found._meta.concrete_fields if not field.primary_key]
    return {
        field.attname: bytes(value)
        if isinstance(value := getattr(found, field.attname), memoryview)
        else value
        for field in fields
    }


def test_a_row_is_added_as_saving_adds_it(cast, wave):
    pupil = cast.pupils[0]
    for row, twin in zip(rows_of(wave, pupil), rows_of(wave, pupil), strict=True):
        if hasattr(row, "submission_id"):
            twin.submission_id = row.submission_id
        twin.save(force_insert=True)
        expected = stored(twin)
        twin.delete()
        with CaptureQueriesContext(connection) as sent:
            insert(row)
        assert stored(row) == expected
        assert all(
            value not in (None, "", [], {}) for name, value in expected.items() if name != "texts_read_by"
        )
        assert len(sent) == 1
        assert not row._state.adding


def test_whoever_wants_to_hear_of_new_rows_does(cast, wave):
    heard = []

    def hear(sender, instance, created, **kwargs):
        heard.append((sender, created))

    post_save.connect(hear, sender=Receipt)
    try:
        insert(Receipt(school_id=wave.school_id, wave=wave, person=cast.pupils[0]))
    finally:
        post_save.disconnect(hear, sender=Receipt)
    assert heard == [(Receipt, True)]
    assert Receipt.objects.count() == 1
