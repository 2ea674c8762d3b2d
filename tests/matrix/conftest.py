"""The school of the matrix, and a browser for every role."""

import logging

import pytest

from tests.matrix.walking import Visitors
from tests.matrix.world import world  # noqa: F401  (fixture)


@pytest.fixture
def visitors(cast, world):  # noqa: F811
    """A browser per role. Thousands of refusals are meant here: none goes to the log."""
    logging.disable(logging.CRITICAL)
    yield Visitors(cast)
    logging.disable(logging.NOTSET)
