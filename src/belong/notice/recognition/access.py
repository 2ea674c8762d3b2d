"""Who may do what: recognition tied to the school's own values and traits, and each pupil's timeline."""

from collections.abc import Mapping

import rules

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {}
