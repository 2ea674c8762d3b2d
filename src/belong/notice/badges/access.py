"""Who may do what: badges with criteria, issued as Open Badges 3.0."""

from collections.abc import Mapping

import rules

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {}
