"""Who is answering, without a session: signed values that say one wave and one person and nothing else.

No row is written when somebody begins (a session row would carry a time). The *pass* sits in a cookie for the
pages before the questions; the *sheet pass* sits in the questionnaire itself and also holds the submission id and
the readers who were named, so that a second child at the same device can never answer for the first, and a
resend is recognised. Neither ever signs a staff member in.

`turn` counts how often a teacher freed this name because somebody else had tapped it: what was begun in an earlier
turn can no longer be sent (`belong.ask.turns`). An *activity pass* is the same for what is no wave: a
check-in, a wall, a map of places.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

_SECURE = "__Secure-" if settings.HTTPS else ""  # with the prefix, plain HTTP beside us can't plant one
COOKIE = f"{_SECURE}belong_answering"
DEVICE_COOKIE = f"{_SECURE}belong_device"
ACTIVITY_COOKIE = f"{_SECURE}belong_activity"
PATH = "/a/"
BEGIN_WITHIN = 60 * 60
DEVICE_LASTS = 60 * 60 * 4  # longer than any class session: a device is let in until its session ends
SEND_WITHIN = 60 * 60 * 10
_PASS = "belong.ask.pass"  # noqa: S105  (a salt, not a secret)
_SHEET = "belong.ask.sheet"
_ACTIVITY = "belong.ask.activity"
_READ = "_belong_begun"


@dataclass(frozen=True)
class SheetPass:
    """One questionnaire in front of one person.

    `language` is the page's; `helper` the name of the adult who helps, or nothing.
    """

    wave_id: int
    person_id: int
    submission_id: UUID = field(default_factory=uuid4)
    readers: tuple[int, ...] = ()
    language: str = "en"
    helper: str = ""
    turn: int = 0

    def sign(self) -> str:
        """The value for the form's hidden field; good for a school day."""
        facts = [self.wave_id, self.person_id, self.submission_id.hex, list(self.readers)]
        return signing.dumps([*facts, self.language, self.helper, self.turn], salt=_SHEET)


def read_sheet_pass(value: str) -> SheetPass | None:
    """The sheet pass, or None if it was altered or is too old."""
    try:
        wave_id, person_id, submission, readers, *how = signing.loads(value, salt=_SHEET, max_age=SEND_WITHIN)
        language, helper, *_, turn = how  # pages of an earlier version hold one thing more
    except signing.BadSignature:
        return None
    return SheetPass(wave_id, person_id, UUID(submission), tuple(readers), language, helper, turn)


def let_begin(
    response: HttpResponse,
    wave_id: int,
    person_id: int,
    *,
    helper: str = "",
    own: bool = False,
    turn: int = 0,
) -> None:
    """Put the pass of one person for one wave into this browser, for an hour, under /a/ only.

    `helper` is the name of an adult who helps; `own` that the person came by their own card, link or account.
    """
    value = signing.dumps([wave_id, person_id, helper, own, turn], salt=_PASS)
    _set(response, COOKIE, value)


def who_begins(request: HttpRequest) -> tuple[int, int] | None:
    """Wave id and person id of the pass in this browser, or None."""
    begun = _begun(request)
    return (begun[0], begun[1]) if begun else None


def how_begun(request: HttpRequest) -> tuple[str, bool]:
    """The helper's name ("" for none) and whether the person came as themselves."""
    begun = _begun(request)
    return (begun[2], begun[3]) if begun and len(begun) > 3 else ("", False)


def turn_begun(request: HttpRequest) -> int:
    """Which turn of this name the pass in this browser belongs to."""
    begun = _begun(request)
    return begun[4] if begun and len(begun) > 4 else 0


def _begun(request: HttpRequest) -> list[Any] | None:
    """What the pass in this browser says; its signature is checked once for each page."""
    if not hasattr(request, _READ):
        try:
            found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_PASS, max_age=BEGIN_WITHIN)
        except signing.BadSignature:
            found = None
        setattr(request, _READ, found)
    begun: list[Any] | None = getattr(request, _READ)
    return begun


def remember_device(response: HttpResponse, key: str) -> None:
    """Put a class session's device key into this browser, under /a/ only."""
    _set(response, DEVICE_COOKIE, key, DEVICE_LASTS)


@dataclass(frozen=True)
class ActivityPass:
    """One activity that is no wave (`checkin`, `wall`, `place`) in front of one person, who came in as a pupil does.

    It stands in a cookie on the way there (`let_take_part`, `activity_of`) and, signed, in the activity's own form,
    so that what is sent is the person's whose page it was. `submission_id` tells a resend from a second sending; `turn`
    is None for who came by an account of their own (`belong.ask.turns`).
    """

    kind: str
    object_id: int
    person_id: int
    submission_id: UUID = field(default_factory=uuid4)
    turn: int | None = None

    def sign(self) -> str:
        """The value for a form's hidden field or the cookie."""
        facts = [self.kind, self.object_id, self.person_id, self.submission_id.hex, self.turn]
        return signing.dumps(facts, salt=_ACTIVITY)


def read_activity_pass(value: str, kind: str, within: int = SEND_WITHIN) -> ActivityPass | None:
    """The pass for that kind of activity, or None if it was altered, is for another kind, or too old (seconds)."""
    try:
        found, object_id, person_id, submission, turn = signing.loads(value, salt=_ACTIVITY, max_age=within)
    except (signing.BadSignature, ValueError):  # altered, too old, or of an earlier version
        return None
    return ActivityPass(found, object_id, person_id, UUID(submission), turn) if found == kind else None


def let_take_part(response: HttpResponse, activity: ActivityPass) -> None:
    """Put an activity pass into this browser, for an hour, under /a/ only."""
    _set(response, ACTIVITY_COOKIE, activity.sign())


def activity_of(request: HttpRequest, kind: str) -> ActivityPass | None:
    """The activity pass in this browser, or None (the next child's turn, another kind, too long ago)."""
    return read_activity_pass(request.COOKIES.get(ACTIVITY_COOKIE, ""), kind, BEGIN_WITHIN)


def forget_person(response: HttpResponse) -> None:
    """Take who was about to answer out of this browser; the device stays let in."""
    for name in (COOKIE, ACTIVITY_COOKIE):
        response.delete_cookie(name, path=PATH, samesite="Lax")


def forget(response: HttpResponse) -> None:
    """Take every answering cookie out of this browser, also where Clear-Site-Data is not known."""
    forget_person(response)
    response.delete_cookie(DEVICE_COOKIE, path=PATH, samesite="Lax")


def _set(response: HttpResponse, name: str, value: str, lasts: int = BEGIN_WITHIN) -> None:
    response.set_cookie(
        name, value, max_age=lasts, path=PATH, httponly=True, samesite="Lax", secure=settings.HTTPS
    )
