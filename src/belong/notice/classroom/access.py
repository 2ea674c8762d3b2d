"""Who may do what: conversation starters and quick polls for the classroom screen."""

from collections.abc import Mapping

import rules

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {}
