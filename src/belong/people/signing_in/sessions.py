"""Where somebody is signed in: kept beside Django's session, seen, and ended."""

import re
import time
from collections.abc import Iterable

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from belong.people.models import User

SEEN = "seen_at"
SEEN_EVERY = 5 * 60  # how exact "last used" is, and how seldom it is written
SYSTEMS = [
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android.*Mobile", "Android phone"),
    (r"Android", "Android tablet"),
    (r"CrOS", "Chromebook"),
    (r"Windows", "Windows computer"),
    (r"Macintosh", "Mac"),
    (r"Linux", "Linux computer"),
]
BROWSERS = [
    (r"Edg", "Edge"),
    (r"Firefox|FxiOS", "Firefox"),
    (r"OPR", "Opera"),
    (r"SamsungBrowser", "Samsung Internet"),
    (r"Chrome|CriOS|Chromium", "Chrome"),
    (r"Safari", "Safari"),
]


def begin(request: HttpRequest) -> None:
    """Put the session that has just begun on the person's list."""
    UserSession.objects.create_from_request(request)
    request.session[SEEN] = int(time.time())


def seen(request: HttpRequest) -> None:
    """Note that a session is in use, every five minutes at most. One that is not on the list is put there."""
    if time.time() - request.session.get(SEEN, 0) < SEEN_EVERY:
        return
    mine = UserSession.objects.filter(session_key=request.session.session_key)
    if mine.update(last_seen_at=timezone.now()):
        request.session[SEEN] = int(time.time())
    else:
        begin(request)


def sessions_of(user: User) -> list[UserSession]:
    """Open sessions, the last used first; those that are over are taken off the list."""
    live = UserSession.objects.purge_and_list(user)
    return sorted(live, key=lambda one: one.last_seen_at, reverse=True)


def end(sessions: Iterable[UserSession]) -> int:
    """End these sessions now; how many."""
    ended = 0
    for one in sessions:
        one.end()
        ended += 1
    return ended


def end_all(users: Iterable[User], but: str | None = None) -> int:
    """End every session of these people, but the one with the key `but`; how many were on their lists."""
    ids = [user.pk for user in users]
    if not ids:
        return 0
    listed = UserSession.objects.filter(user__in=ids).exclude(session_key=but or "")
    ended = end(list(listed))
    _end_unlisted({str(pk) for pk in ids}, but)
    return ended


def forget_old() -> None:
    """Take lists and sessions that are over away; run daily."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    keys: QuerySet = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=keys).delete()


def device_words(user_agent: str) -> str:
    """ "Chrome on a Windows computer": enough to know one's own devices again."""
    system = next((words for pattern, words in SYSTEMS if re.search(pattern, user_agent)), "")
    browser = next((words for pattern, words in BROWSERS if re.search(pattern, user_agent)), "")
    if not system:
        return browser or "A device that does not say what it is"
    article = "an" if system[0] in "AEIOUi" else "a"
    return f"{browser or 'A browser'} on {article} {system}"


def _end_unlisted(user_ids: set[str], but: str | None) -> None:
    """Sessions that no list knows: begun before there were lists."""
    live = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=but or "")
    keys = [one.session_key for one in live.iterator() if one.get_decoded().get("_auth_user_id") in user_ids]
    for at in range(0, len(keys), 500):
        Session.objects.filter(session_key__in=keys[at : at + 500]).delete()
