"""Who may do what in the guard room."""

from collections.abc import Mapping

import rules

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {}
