"""`belong staff reset-second-step`: for the senior leader whom no colleague can help."""

import pytest

from belong.people.signing_in.factors import has_factor
from belong.site import command, prepare
from tests.people.signing_in.conftest import give_app, trail


@pytest.fixture(autouse=True)
def prepared(monkeypatch):
    """The tables are there already."""
    monkeypatch.setattr(prepare, "prepare", lambda: None)


def test_the_only_head_gets_in_again(cast, capsys):
    give_app(cast.head)
    assert command.main(["staff", "reset-second-step", "--username", "HEAD@oak.test"]) == 0
    assert not has_factor(cast.head)
    assert "sets up a new one" in capsys.readouterr().out
    assert [(entry.actor_id, entry.about) for entry in trail("reset_second_factor")] == [
        (None, f"|{cast.head.person_id}|")
    ]


def test_what_cannot_be_done_is_said(cast, capsys):
    assert command.main(["staff", "reset-second-step", "--username", "nobody-here"]) == 2
    assert command.main(["staff", "reset-second-step", "--username", "head"]) == 2
    said = capsys.readouterr().err
    assert "nobody signs in as nobody-here" in said
    assert "has no second step" in said
