"""Who may do what: one page per pupil, approved by the pupil, each field with its audience."""

from collections.abc import Mapping

import rules

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {}
