"""Who is answering, without a session: signed values that say one wave and one person and nothing else.

No row is written when somebody begins (a session row would carry a time). The *pass* sits in a cookie for the
pages before the questions; the *sheet pass* sits in the questionnaire itself and also holds the submission id and
the readers who were named, so that a second child at the same device can never answer for the first, and a
resend is recognised. Neither ever signs a staff member in.
"""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

_SECURE = "__Secure-" if settings.HTTPS else ""  # with the prefix, plain HTTP beside us can't plant one
COOKIE = f"{_SECURE}belong_answering"
DEVICE_COOKIE = f"{_SECURE}belong_device"
PATH = "/a/"
BEGIN_WITHIN = 60 * 60
SEND_WITHIN = 60 * 60 * 10
_PASS = "belong.ask.pass"  # noqa: S105  (a salt, not a secret)
_SHEET = "belong.ask.sheet"


@dataclass(frozen=True)
class SheetPass:
    """One questionnaire in front of one person."""

    wave_id: int
    person_id: int
    submission_id: UUID = field(default_factory=uuid4)
    readers: tuple[int, ...] = ()

    def sign(self) -> str:
        """The value for the form's hidden field; good for a school day."""
        return signing.dumps(
            [self.wave_id, self.person_id, self.submission_id.hex, list(self.readers)], salt=_SHEET
        )


def read_sheet_pass(value: str) -> SheetPass | None:
    """The sheet pass, or None if it was altered or is too old."""
    try:
        wave_id, person_id, submission, readers = signing.loads(value, salt=_SHEET, max_age=SEND_WITHIN)
    except signing.BadSignature:
        return None
    return SheetPass(wave_id, person_id, UUID(submission), tuple(readers))


def let_begin(response: HttpResponse, wave_id: int, person_id: int) -> None:
    """Put the pass of one person for one wave into this browser, for an hour, under /a/ only."""
    value = signing.dumps([wave_id, person_id], salt=_PASS)
    _set(response, COOKIE, value)


def who_begins(request: HttpRequest) -> tuple[int, int] | None:
    """Wave id and person id of the pass in this browser, or None."""
    try:
        wave_id, person_id = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_PASS, max_age=BEGIN_WITHIN)
    except signing.BadSignature:
        return None
    return wave_id, person_id


def remember_device(response: HttpResponse, key: str) -> None:
    """Put a class session's device key into this browser, under /a/ only."""
    _set(response, DEVICE_COOKIE, key)


def forget(response: HttpResponse) -> None:
    """Take every answering cookie out of this browser, also where Clear-Site-Data is not known."""
    for name in (COOKIE, DEVICE_COOKIE):
        response.delete_cookie(name, path=PATH, samesite="Lax")


def _set(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=BEGIN_WITHIN, path=PATH, httponly=True, samesite="Lax", secure=settings.HTTPS
    )
