"""A class's board, and short ways to write on it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from belong.notice.boards import actions, setting
from belong.notice.models import Board, BoardPost
from belong.people.models import Person


@pytest.fixture
def board(cast, in_school) -> Board:
    """8H's thank-you board, kept by the tutor."""
    return setting.make_board(cast.tutor, kind="gratitude", title="8H says thank you", group=cast.tutor_group)


@pytest.fixture
def corridor(cast, in_school) -> Board:
    """A hype board in the corridor of Year 8, kept by the other tutor."""
    return setting.make_board(cast.other_tutor, kind="hype", title="Corridor", place="Corridor", years=["8"])


@pytest.fixture
def pupil_writes(board) -> Callable[..., BoardPost]:
    """`pupil_writes(pupil, "Thank you", to=[other])`: waits on the class's board."""

    def make(author: Person, words: str, to: Any = (), **more: Any) -> BoardPost:
        sent = {"words": words, "submission": uuid4(), **more}
        return actions.write_as_pupil(author, sent.pop("on", board), pupils=list(to), **sent)

    return make
