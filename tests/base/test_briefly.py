"""What a class reads at once is read once, for a few seconds and by its arguments; tests keep nothing."""

import time

import pytest

from belong.base.briefly import MOST, _kept, briefly


@pytest.fixture
def counted():
    """A function that counts how often it was asked."""
    asked: list[int] = []

    @briefly
    def twice(n: int) -> int:
        asked.append(n)
        return 2 * n

    _kept.clear()
    yield twice, asked
    _kept.clear()


def test_it_is_read_once_for_each_argument(settings, counted):
    settings.BRIEFLY = 60
    twice, asked = counted
    assert [twice(1), twice(1), twice(2)] == [2, 2, 4]
    assert asked == [1, 2]


def test_it_is_read_anew_after_its_time(settings, counted, monkeypatch):
    settings.BRIEFLY = 5
    twice, asked = counted
    begun = time.monotonic()
    twice(1)
    monkeypatch.setattr(time, "monotonic", lambda: begun + 60)
    twice(1)
    assert asked == [1, 1]


def test_with_no_time_nothing_is_kept(settings, counted):
    assert settings.BRIEFLY == 0, "tests see every change at once"
    twice, asked = counted
    twice(1)
    twice(1)
    assert asked == [1, 1]
    assert not _kept


def test_it_does_not_grow_without_end(settings, counted):
    settings.BRIEFLY = 60
    twice, _ = counted
    for n in range(MOST + 10):
        twice(n)
    assert len(_kept) <= MOST
