"""Who may do what: hype and gratitude boards for a class or a corridor."""

from collections.abc import Mapping

import rules

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {}
