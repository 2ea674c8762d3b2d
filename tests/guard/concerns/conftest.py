"""A rota with every post filled, moments to stand at, and a look-through that finds what a test asks it to."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from belong.guard.concerns import noticing, raising
from belong.guard.concerns.noticing import Look
from belong.guard.models import Concern, Deputy, Rota
from belong.people import roles
from belong.people.models import Person
from tests.conftest import make_person, make_user

MONDAY = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 16, 19, 0, tzinfo=UTC)
WORDS = "I am scared to go home"


@pytest.fixture
def posts(cast, in_school):
    """Senior leader `head` is the head, `governor` the chair, `pastoral` the one deputy."""
    Concern.objects.filter(pk__in=[])
    Deputy.objects.create(school=cast.school, person=cast.pastoral.person)
    Rota.objects.create(school=cast.school, head=cast.head.person, chair=cast.governor.person)
    cast.users["deputy"] = cast.pastoral
    cast.users["chair"] = cast.governor
    assistant = make_person(cast.school, Person.STAFF, "Alex", "Assistant", email="assistant@oak.test")
    cast.users["assistant"] = make_user(assistant, "assistant", roles.SENIOR_LEADER)
    return cast


@pytest.fixture
def finds(monkeypatch) -> Callable[..., None]:
    """`finds("scared", urgency="now")`: the next texts are looked through for this word and no other."""

    def find(word: str, urgency: str = "today", why: str = "says that they are afraid") -> None:
        def looked(text: str) -> Look:
            at = text.find(word)
            if at < 0:
                return Look()
            hit = {"start": at, "end": at + len(word), "words": word, "why": why, "urgency": urgency}
            return Look(({"rule": "test", "category": "test"} | hit,))

        monkeypatch.setattr(raising, "look", looked)

    return find


@pytest.fixture
def broken_look(monkeypatch):
    """Looking through words fails with an error that holds the words."""

    def broken(text: str):
        raise RuntimeError(text)

    monkeypatch.setattr("belong.guard.detecting.detect", broken)
    return noticing
