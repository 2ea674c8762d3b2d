"""A full disk or a database that is gone: 503 and a sentence that helps; a mistake of ours: 500; never a trace."""

import errno
import logging

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from belong.people.roster import keeping
from belong.people.roster.tables import Table
from belong.site import views


@pytest.fixture
def browser(monkeypatch):
    """A browser of somebody who is not told of exceptions, and a page that breaks as one likes."""
    logging.disable(logging.CRITICAL)

    def breaking(error):
        def broken():
            raise error

        monkeypatch.setattr(views, "scopes_disabled", broken)
        return Client(raise_request_exception=False).get("/healthy/")

    yield breaking
    logging.disable(logging.NOTSET)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "error",
    [
        OperationalError("database or disk is full"),
        InterfaceError("connection already closed"),
        OSError(errno.ENOSPC, "No space left on device"),
    ],
)
def test_what_passes_is_said_to_pass(browser, error):
    answer = browser(error)
    said = answer.content.decode()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "20"
    assert "Nothing of this step was kept" in said
    assert str(error.args[-1]) not in said


@pytest.mark.django_db
@pytest.mark.parametrize("error", [ValueError("secret-of-the-program"), OSError(errno.EACCES, "secret")])
def test_our_own_mistakes_say_nothing_of_themselves(browser, error):
    answer = browser(error)
    assert answer.status_code == 500
    assert b"secret" not in answer.content
    assert b"Traceback" not in answer.content


def test_half_a_list_is_not_left_on_a_full_disk(settings, tmp_path, monkeypatch):
    settings.BELONG_HOME = tmp_path

    class Full:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return False

        def write(self, data):
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(keeping.os, "fdopen", lambda *_: Full())
    with pytest.raises(OSError, match="No space"):
        keeping.keep([Table("list.csv", ["Name"], [])])
    assert list((tmp_path / "uploads").iterdir()) == []
