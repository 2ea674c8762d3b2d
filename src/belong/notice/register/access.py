"""Who may do what: keeping relationships on purpose: strategies, intentions, weeks until the next look, handing over."""

from collections.abc import Mapping

import rules

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {}
