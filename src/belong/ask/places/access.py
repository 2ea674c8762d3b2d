"""Who may do what: where pupils feel they belong, on the school’s own plan."""

from collections.abc import Mapping

import rules

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {}
