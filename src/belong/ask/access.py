"""Who may do what in the ask room."""

from collections.abc import Mapping

import rules

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {}
