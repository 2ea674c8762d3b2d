"""Who may do what: answers on paper, typed in by an adult."""

from collections.abc import Mapping

import rules

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {}
