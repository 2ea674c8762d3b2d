"""A computer of its own for tests of backup and restore."""

from tests.guard.machine import computers  # noqa: F401  (a fixture)
