"""Who may do what: moments in depth: notes home, observations, circle-backs owed, fair share."""

from collections.abc import Mapping

import rules

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {}
