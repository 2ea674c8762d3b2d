"""Counts are right when many come at the same moment, in threads with connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from belong.people.models import Tries
from belong.people.signing_in import tries

AT_ONCE = 6
RULE = tries.Rule("test", 4, (60,))


@pytest.mark.django_db(transaction=True)
def test_of_many_tries_at_once_five_are_taken():
    gate = Barrier(AT_ONCE)

    def hurry(_):
        try:
            gate.wait()
            return [tries.take(RULE, "somebody") for _ in range(5)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        waits = [wait for found in pool.map(hurry, range(AT_ONCE)) for wait in found]
    assert waits.count(0) == 5
    assert Tries.objects.get().count == 5


@pytest.mark.django_db
def test_a_right_try_is_given_back():
    for _ in range(20):
        assert tries.take(RULE, "an address") == 0
        tries.give_back(RULE, "an address")
    assert Tries.objects.get().count == 0


@pytest.mark.django_db
def test_what_is_only_counted_never_waits():
    for _ in range(7):
        tries.add("cards", 600, "an address")
    assert tries.counted("cards", 600, "an address") == 7
    assert tries.counted("cards", 600, "another") == 0
    Tries.objects.update(began_at=timezone.now() - timedelta(seconds=601))
    assert tries.counted("cards", 600, "an address") == 0
    tries.add("cards", 600, "an address")
    assert tries.counted("cards", 600, "an address") == 1


@pytest.mark.django_db
def test_one_does_not_count_for_another():
    for _ in range(5):
        tries.take(RULE, 1)
    assert tries.waiting(RULE, 1) > 0
    assert tries.waiting(RULE, 11) == 0
    tries.forget(RULE, 1)
    assert tries.take(RULE, 1) == 0
