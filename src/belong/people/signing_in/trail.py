"""What signing in leaves in the audit trail: who, what and how; never a name that was typed, nor an address."""

from typing import Any

from belong.base.audit import audit
from belong.people.models import User


def note(verb: str, user: User, actor: User | None = None, **facts: Any) -> None:
    """Note `verb` about a sign-in. `actor` is whoever did it, where it is known who that was."""
    audit(actor, f"people.{verb}", user.person or user, **facts)


def note_own(verb: str, user: User, **facts: Any) -> None:
    """Note what somebody did with their own sign-in."""
    note(verb, user, actor=user, **facts)
