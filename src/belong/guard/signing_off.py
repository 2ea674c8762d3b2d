"""One register of what looks at single children and so stays off until somebody answerable signs for it.

A room that has such a thing keeps a table of who signed (`by`, `at`, `rule`, `ended_at`, `ended_by`) and names it here
with the version of its rule: a new rule has to be signed for anew. Who may sign is the room's own rule of access, and
the entry in the trail its own verb; when it is switched off, the room takes away what it had made.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps

from belong.base.clock import now
from belong.base.errors import Refused
from belong.people.models import User

UNREAD = "Tick that you have read what it does and how often it is wrong. Nothing was switched on."


@dataclass(frozen=True)
class SignOff:
    """One such thing: what it is `called`, the table of who signed for it ("ask.UsualCheck"), and its `rule`."""

    called: str
    model: str
    rule: str

    def current(self) -> Any | None:
        """Who switched it on for the rule as it is now; None while it is off. One query."""
        return self._standing().filter(rule=self.rule).select_related("by").order_by("-at").first()

    def sign(self, user: User, *, understood: bool) -> tuple[Any, bool]:
        """Switch it on: the row, and whether it was off. Raises Refused for who has not read what it does.

        The caller has checked who asks, and writes the trail.
        """
        if not understood:
            raise Refused(UNREAD)
        if kept := self.current():
            return kept, False
        facts = {"school_id": user.school_id, "by_id": user.person_id, "at": now(), "rule": self.rule}
        return self._model.objects.create(**facts), True

    def end(self, user: User) -> None:
        """Switch it off. The caller has checked who asks, and writes the trail."""
        self._standing().update(ended_at=now(), ended_by=user.person_id)

    def _standing(self) -> Any:
        return self._model.objects.filter(ended_at=None)

    @property
    def _model(self) -> Any:
        return apps.get_model(self.model)


_known: dict[str, SignOff] = {}


def register(one: SignOff) -> SignOff:
    """Make one known; again is harmless."""
    return _known.setdefault(one.model, one)


def standing() -> list[tuple[str, datetime | None]]:
    """Everything that needs a signature, and since when it is on here; None where it is off."""
    found = ((one.called, one.current()) for one in _known.values())
    return sorted(((called, row.at if row else None) for called, row in found), key=lambda one: one[0])
