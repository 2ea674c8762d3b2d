"""A query outside a school's scope raises, whichever table and whichever way it is asked."""

import pytest
from django.apps import apps
from django.db.models import QuerySet
from django_scopes import scope, scopes_disabled
from django_scopes.exceptions import ScopeError

from belong.base.models import SchoolModel
from belong.base.scoping import CREATES, HARMLESS
from belong.people.models import Group, Person

MODELS = [model for model in apps.get_models() if issubclass(model, SchoolModel)]
WAYS = sorted(
    name
    for name in dir(QuerySet)
    if not name.startswith("_") and callable(getattr(QuerySet, name)) and name not in CREATES | HARMLESS
)
ASKED = {
    "iterate": list,
    "length": len,
    "truth": bool,
    "one": lambda rows: rows[0],
    "slice": lambda rows: rows[:1],
    "inside": lambda rows: 1 in rows,
    "and": lambda rows: rows & rows,
    "or": lambda rows: rows | rows,
    "picture": repr,
}


def test_every_table_that_has_a_school_goes_through_the_closed_manager():
    has_school = {
        model
        for model in apps.get_models()
        if model.__module__.startswith("belong.")
        and any(field.name == "school" for field in model._meta.concrete_fields)
    }
    assert {model.__name__ for model in has_school - set(MODELS)} == {"User"}
    assert len(MODELS) > 25


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_outside_a_scope_every_way_of_asking_raises(model):
    """No database is needed: what reaches it would fail on its own account."""
    answered = [name for name in WAYS if not _raises(lambda name=name: getattr(model.objects, name)())]
    shut = model._default_manager.get_queryset
    answered += [name for name in WAYS if not _raises(lambda name=name: getattr(shut(), name)())]
    answered += [name for name, ask in ASKED.items() if not _raises(lambda ask=ask: ask(shut()))]
    assert not answered


def _raises(ask) -> bool:
    try:
        ask()
    except ScopeError:
        return True
    except AttributeError as error:
        # a manager has no __len__ and no `delete`; there is nothing to ask, so nothing is answered
        return "Manager" in str(error)
    return False


def test_the_rooms_own_ways_raise_as_well():
    for ask in (Person.objects.pupils, Person.objects.here, Group.objects.current):
        with pytest.raises(ScopeError, match="scope"):
            ask()


def test_related_rows_raise_too(cast):
    for ask in (
        cast.tutor_group.memberships.exists,
        cast.tutor_group.memberships.count,
        lambda: list(cast.tutor_group.memberships.all()),
        lambda: cast.tutor_group.memberships.exclude(pk=1),
    ):
        with pytest.raises(ScopeError):
            ask()


def test_nothing_may_be_had_and_a_row_that_names_its_school_created(school):
    assert list(Person.objects.none()) == []
    made = Person.objects.create(school=school, kind="pupil", given_name="Nia")
    Person.objects.bulk_create([Person(school=school, kind="pupil", given_name="Omar")])
    with scope(school=school):
        assert set(Person.objects.values_list("given_name", flat=True)) == {made.given_name, "Omar"}


def test_a_scope_sees_its_own_school(cast, school):
    with scope(school=cast.stranger.school):
        assert [person.family_name for person in Person.objects.all()] == ["Stranger"]
        assert not Person.objects.filter(pk=cast.pupils[0].pk).exists()
        assert Person.objects.in_bulk([cast.pupils[0].pk]) == {}


def test_each_scope_sees_its_own_school_whatever_was_asked_before(cast):
    """The beginning of a queryset is kept for each school: neither rows nor schools may be taken for others."""
    mine, theirs = cast.school, cast.stranger.school

    def seen() -> set[int]:
        return set(Person.objects.staff().values_list("school_id", flat=True))

    for _ in range(2):
        with scope(school=mine):
            before = Person.objects.all()
            assert seen() == {mine.pk}
            with scope(school=theirs):
                assert seen() == {theirs.pk}
                assert {row.school_id for row in Group.objects.all()} == set()
                with scopes_disabled():
                    assert seen() == {mine.pk, theirs.pk}
                assert not Person.objects.filter(pk=cast.tutor.person.pk).exists()
            assert cast.tutor_group.memberships.filter(person=cast.tutor.person).exists()
            Person.objects.create(school=mine, kind=Person.PUPIL, given_name="New", family_name="Comer")
            assert before.count() == len(before) == Person.objects.count()
        with scope(school=[mine, theirs]):
            assert seen() == {mine.pk, theirs.pk}
        with pytest.raises(ScopeError):
            seen()
