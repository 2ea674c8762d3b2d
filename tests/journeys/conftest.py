"""A new school with nobody in it, and windows on it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from belong.people.models import School
from tests.journeys.steps import Walk
from tests.journeys.windows import Windows


@pytest.fixture
def walk(transactional_db, browser: Browser, live: str) -> Iterator[Walk]:
    """The journey's school and its windows; at the end no page may have misbehaved."""
    school = School.objects.create(name="Hill Street School", slug="hill-street", phase="secondary")
    windows = Windows(browser, live)
    yield Walk(school, windows)
    troubles = windows.troubles()
    windows.close()
    assert troubles == [], "Pages misbehaved:\n" + "\n".join(troubles)
