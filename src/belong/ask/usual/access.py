"""Who may do what: change against a child’s own usual in check-ins."""

from collections.abc import Mapping

import rules

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {}
