"""Sessions in the database, as Django keeps them; every signed-in page reads one, so that is a prepared statement."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_scopes import scopes_disabled

from belong.base.prepared import prepared


@prepared
def _session(key: str) -> Any:
    return Session.objects.filter(session_key=key)


class SessionStore(DatabaseStore):
    """Django's own store, but for how a session is read."""

    def _get_session_from_db(self) -> Session | None:
        """The session if it is there and not over; else the key is forgotten, as in Django's store."""
        with scopes_disabled():
            found = next(iter(_session(str(self.session_key))), None)
        if found is not None and found.expire_date > timezone.now():
            return found
        self._session_key = None
        return None
