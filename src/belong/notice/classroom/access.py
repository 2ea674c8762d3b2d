"""Who may do what: conversation starters and this-or-that on the classroom screen: any adult who works with pupils."""

from collections.abc import Mapping

import rules

from belong.people.access import is_staff

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {"notice.use_classroom": is_staff}
