"""Who may do what: greeting well: how to say a name, who is back, what colleagues talk up."""

from collections.abc import Mapping

import rules

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {}
