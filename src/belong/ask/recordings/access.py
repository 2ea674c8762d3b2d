"""Who may do what: questions read aloud by a voice the school recorded."""

from collections.abc import Mapping

import rules

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {}
