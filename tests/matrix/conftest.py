"""The school of the matrix, and a browser for every role."""

import pytest

from tests.matrix.walking import Visitors
from tests.matrix.world import world  # noqa: F401  (fixture)


@pytest.fixture
def visitors(cast, world) -> Visitors:  # noqa: F811
    return Visitors(cast)
