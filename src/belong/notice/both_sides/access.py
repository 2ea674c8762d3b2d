"""Who may do what: what pupils said of adults beside what adults say they know; matches offered and accepted."""

from collections.abc import Mapping

import rules

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {}
