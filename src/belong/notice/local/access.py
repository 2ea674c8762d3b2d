"""Who may do what: local knowledge for staff: places, shops, festivals, who to meet."""

from collections.abc import Mapping

import rules

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {}
