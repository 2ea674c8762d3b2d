"""What a device keeps while it is with the class: one key under one path, and a pass inside the form. No session."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpResponse

from belong.notice.boards.setting import TURN_LASTS

COOKIE = f"{'__Secure-' if settings.HTTPS else ''}belong_board"
PATH = "/our-turn/"
_SALT = "belong.notice.turn"


@dataclass(frozen=True)
class TurnPass:
    """One form in front of one pupil at one device: whoever sends it sends it for them."""

    turn_id: int
    person_id: int

    def sign(self) -> str:
        """The value for the form's hidden field; good for as long as a turn."""
        return signing.dumps([self.turn_id, self.person_id], salt=_SALT)

    def is_signed(self, value: str) -> bool:
        """Whether the value was made by us, for this pupil at this device, in this turn."""
        try:
            given = signing.loads(value, salt=_SALT, max_age=TURN_LASTS)
        except signing.BadSignature:
            return False
        return bool(given == [self.turn_id, self.person_id])


def remember(response: HttpResponse, key: str) -> None:
    """Put a turn's key into this browser, under its own path only."""
    age = int(TURN_LASTS.total_seconds())
    response.set_cookie(
        COOKIE, key, max_age=age, path=PATH, httponly=True, samesite="Lax", secure=settings.HTTPS
    )


def forget(response: HttpResponse) -> None:
    """Take the key out of this browser."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
