"""Second factors: an app that shows codes, passkeys, and ten recovery codes on paper.

allauth keeps them (`Authenticator`); what is stricter here than there: a code counts once, also within the minute and
a half in which it would be right, and of two people using one recovery code at the same moment one is let in.
"""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from belong.people import roles
from belong.people.models import Person, User
from belong.people.signing_in import sessions
from belong.people.signing_in.letters import tell_owner
from belong.people.signing_in.trail import note_own

TOTP_TYPE, PASSKEY, CODES = (
    Authenticator.Type.TOTP,
    Authenticator.Type.WEBAUTHN,
    Authenticator.Type.RECOVERY_CODES,
)
NAMES = {TOTP_TYPE: "An authenticator app", PASSKEY: "A passkey", CODES: "Recovery codes"}
PERIOD = 30
SHOWN_UNTIL = "codes_shown_until"
SHOWN_FOR = 15 * 60


def factors_of(user: User) -> list[Authenticator]:
    """The app and the passkeys of a sign-in, oldest first; recovery codes are no factor by themselves."""
    found = Authenticator.objects.filter(user=user, type__in=[TOTP_TYPE, PASSKEY])
    return list(found.order_by("created_at", "pk"))


def has_factor(user: User) -> bool:
    """Whether there is an app or a passkey."""
    return bool(Authenticator.objects.filter(user=user, type__in=[TOTP_TYPE, PASSKEY]).exists())


def has_app(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type=TOTP_TYPE).exists())


def must_have_factor(user: User) -> bool:
    """Every adult who works for the school; pupils and carers need none, nor does anybody in the demo."""
    if not settings.SECOND_FACTOR:
        return False
    is_staff = user.person is None or user.person.kind == Person.STAFF
    return is_staff or bool(user.roles - {roles.PUPIL, roles.CARER})


def right_step(secret: str, code: str, after: int = 0) -> int:
    """The half-minute whose code this is, now or one earlier or later and later than `after`; 0 where it is none."""
    digits = "".join(code.split())
    here = int(time.time()) // PERIOD
    for step in (here, here - 1, here + 1):
        right = constant_time_compare(digits, format_hotp_value(hotp_value(secret, step)))
        if right and step > after:
            return step
    return 0


def add_app(request: HttpRequest, user: User, secret: str, step: int) -> None:
    """Keep the app whose first code, of the half-minute `step`, was right."""
    with transaction.atomic():
        kept = TOTP.activate(user, secret).instance
        kept.data["last_step"] = step
        kept.save(update_fields=["data"])
        added(request, user, TOTP_TYPE)


def use_code(user: User, code: str) -> str:
    """Use up a code of the app or a recovery code: which of the two it was, or nothing for a wrong one."""
    with transaction.atomic():
        app = Authenticator.objects.select_for_update().filter(user=user, type=TOTP_TYPE).first()
        if app and (step := right_step(decrypt(app.data["secret"]), code, app.data.get("last_step", 0))):
            app.data["last_step"] = step
            app.save(update_fields=["data"])
            app.record_usage()
            return str(TOTP_TYPE)
    paper = Authenticator.objects.filter(user=user, type=CODES).first()
    # allauth locks the row before it looks, so that a code is used once.
    if paper and paper.wrap().validate_code("".join(code.split())):
        note_own("use_recovery_code", user)
        tell_owner(user, "code", left=str(codes_left(user)))
        return str(CODES)
    return ""


def added(request: HttpRequest, user: User, kind: str) -> None:
    """What follows a new factor: recovery codes with the first, a note, a letter, and other places signed out."""
    is_first = not Authenticator.objects.filter(user=user, type=CODES).exists()
    if is_first:
        new_codes(request, user)
        sessions.end_all([user], but=request.session.session_key)  # they came in without it
    note_own("add_second_factor", user, kind=kind)
    tell_owner(user, "added", factor=NAMES[Authenticator.Type(kind)])


def remove(user: User, factor: Authenticator) -> None:
    """Take a factor away; with the last one the recovery codes go, too."""
    with transaction.atomic():
        kind = factor.type
        factor.delete()
        if not has_factor(user):
            Authenticator.objects.filter(user=user).delete()
        note_own("remove_second_factor", user, kind=kind)
        tell_owner(user, "removed", factor=NAMES[Authenticator.Type(kind)])


def new_codes(request: HttpRequest, user: User) -> None:
    """Ten new recovery codes; the old ones stop. They can be read for a quarter of an hour, in this browser."""
    with transaction.atomic():
        Authenticator.objects.filter(user=user, type=CODES).delete()
        RecoveryCodes.activate(user)
    request.session[SHOWN_UNTIL] = int(time.time()) + SHOWN_FOR


def codes_left(user: User) -> int:
    """How many recovery codes are not used yet."""
    paper = Authenticator.objects.filter(user=user, type=CODES).first()
    return len(paper.wrap().get_unused_codes()) if paper else 0


def codes_to_show(request: HttpRequest, user: User) -> list[str]:
    """The new codes as "12345 67890", while they may be read; else none."""
    paper = Authenticator.objects.filter(user=user, type=CODES).first()
    if paper is None or time.time() > request.session.get(SHOWN_UNTIL, 0):
        return []
    return [f"{code[:5]} {code[5:]}" for code in paper.wrap().get_unused_codes()]


def kept_codes(request: HttpRequest) -> None:
    """They are on paper now, so they are not shown again."""
    request.session.pop(SHOWN_UNTIL, None)
