"""A badge leaves the school: the pupil's or the family's own act, and nobody else's.

What leaves: the badge's name, what it is given for, the school's name, the day, a number drawn for this award, and (if
they want) the words. No name of a child, no address, nothing that two badges of one pupil have in common.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now, today
from belong.base.errors import Refused
from belong.notice.badges import drawing
from belong.notice.badges.credential import (
    Given,
    Outcome,
    bake,
    credential_of,
    make_status_list,
    read_issuer,
    read_status,
    sign_jwt,
    sign_ldp,
    verify,
)
from belong.notice.badges.credential.making import CannotSign, Signer
from belong.notice.badges.credential.status import PLACES
from belong.notice.badges.keyring import SETTING, issuer_file, signer
from belong.notice.models import Award, Badge, StatusList
from belong.people.models import School, User

FULL = PLACES * 3 // 4
KINDS = {
    "png": (_("A picture (PNG)"), "image/png"),
    "svg": (_("A picture that stays sharp (SVG)"), "image/svg+xml"),
    "json": (_("A data file (JSON)"), "application/json"),
    "jwt": (_("A token (JWT)"), "text/plain; charset=us-ascii"),
}


@dataclass(frozen=True)
class Taken:
    """A file to take along."""

    name: str
    mime: str
    data: bytes


@action
def take_badge(actor: User, award: Award, *, kind: str = "png", with_words: bool = True) -> Taken:
    """Make the file of an award. Raises Refused; nothing leaves that our own verifier would not call valid."""
    require(actor, "notice.take_badge", award)
    if kind not in KINDS:
        raise Refused("Choose a picture, a data file or a token.")
    school = award.school
    key = signer(school)
    listed = _place(award)
    credential = credential_of(_given(award, listed, with_words), key)
    try:
        token = sign_jwt(credential, key) if kind == "jwt" else _written(sign_ldp(credential, key, now()))
    except CannotSign as no:
        raise Refused(f"The badge cannot be made: {no}. Please tell whoever looks after belong.") from None
    data = token.encode() if kind in ("json", "jwt") else bake(picture_of(award.badge, kind)[0], token)
    _check(school, listed, data)
    if award.taken_on is None:
        award.taken_on = today()
        award.save(update_fields=["taken_on"])
    audit(actor, "notice.take_badge", award, form=kind, with_words=with_words)
    name = slugify(award.badge.name) or "badge"
    return Taken(f"badge-{name}.{kind}", KINDS[kind][1], data)


def picture_of(badge: Badge, kind: str = "svg") -> tuple[bytes, str]:
    """The picture of a badge and its kind. A picture of the school's own is given as PNG where it is to be baked."""
    if badge.picture:
        own = bytes(badge.picture)
        if kind == "show":
            return own, badge.picture_kind
        if kind == "png":
            return drawing.as_png(own), "image/png"
    if kind == "png":
        return drawing.png(badge.shape, badge.sign, badge.colour), "image/png"
    return drawing.svg(badge.shape, badge.sign, badge.colour, badge.name), "image/svg+xml"


def status_address(listed: StatusList) -> str:
    """Where verifiers find a list: under the school's own address, else a number that leads nowhere by itself."""
    base = str(listed.school.settings.get(SETTING, {}).get("status", ""))
    return f"{base}{listed.uid}.json" if base else f"urn:uuid:{listed.uid}"


def status_document(listed: StatusList) -> str:
    """The signed list as it stands, dated today."""
    day = datetime.combine(today(), time(), ZoneInfo("UTC"))
    return _signed_list(
        signer(listed.school), status_address(listed), tuple(listed.withdrawn), min(day, now())
    )


@lru_cache(maxsize=16)
def _signed_list(key: Signer, address: str, withdrawn: tuple[int, ...], at: datetime) -> str:
    return _written(make_status_list(key, address, withdrawn, at))


def _given(award: Award, listed: StatusList, with_words: bool) -> Given:
    badge, zone = award.badge, ZoneInfo(award.school.timezone)
    since = datetime.combine(award.on, time(), zone)
    until = _after(since, badge.lasts_months) if badge.lasts_months else None
    return Given(
        uid=award.uid,
        recipient=award.recipient,
        badge=badge.uid,
        name=badge.name,
        criteria=badge.criteria,
        since=since,
        until=until,
        evidence=award.evidence if with_words else "",
        status_list=status_address(listed),
        status_place=award.status_place or 0,
    )


def _after(since: datetime, months: int) -> datetime:
    """So many months later, on the same day of the month or its last."""
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    for day in range(since.day, since.day - 4, -1):
        try:
            return since.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _place(award: Award) -> StatusList:
    """The list an award stands in. Its place is drawn by lot when it first leaves: it tells nothing of the order."""
    if award.status_list_id:
        return StatusList.objects.select_related("school").get(pk=award.status_list_id)
    listed = StatusList.objects.select_for_update().filter(school=award.school).order_by("-number").first()
    if listed is None or len(listed.used) >= FULL:
        number = listed.number + 1 if listed else 1
        listed = StatusList.objects.create(school=award.school, number=number)
    used = set(listed.used)
    place = secrets.randbelow(PLACES)
    while place in used:
        place = secrets.randbelow(PLACES)
    listed.used = sorted({*used, place})
    listed.save(update_fields=["used"])
    award.status_list, award.status_place = listed, place
    award.save(update_fields=["status_list", "status_place"])
    return listed


def _check(school: School, listed: StatusList, data: bytes) -> None:
    """What leaves must be valid to a stranger with the school's key file and list."""
    known = read_issuer(json.dumps(issuer_file(school)))
    verdict = verify(data, issuer=known, status=read_status(status_document(listed).encode()), at=now())
    if verdict.outcome is not Outcome.VALID:
        reason = "; ".join((*verdict.wrong, *verdict.open))
        raise Refused(f"The badge was not given out, because it would not verify: {reason}.")


def _written(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
