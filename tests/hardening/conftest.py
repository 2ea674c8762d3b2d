"""The school of the matrix and its browsers."""

from tests.matrix.conftest import visitors  # noqa: F401  (fixture)
from tests.matrix.world import world  # noqa: F401  (fixture)
