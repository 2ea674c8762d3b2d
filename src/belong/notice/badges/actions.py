"""Every write about badges: each checks who asks, is one transaction, and leaves an audit line."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import IO, Any

from django.utils.formats import date_format

from belong.base.access import allowed, require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now, today
from belong.base.errors import Refused
from belong.base.files import clean_photo
from belong.notice.badges.keyring import SETTING
from belong.notice.boards.names import names_in
from belong.notice.models import Award, Badge, Givers, StatusList
from belong.people.models import Membership, Person, School, User
from belong.people.queries import pupils_on_roll

EVIDENCE, WHY = 280, 280
BACKDATE_WITHIN = timedelta(days=366)
FIXED = ("name", "criteria", "lasts_months")
FIELDS = (*FIXED, "shape", "sign", "colour", "trait", "given_by")


@action
def make_badge(actor: User, *, picture: IO[bytes] | None = None, **fields: Any) -> Badge:
    """A new badge. Raises Refused for a name that is in use, or a picture that is none."""
    require(actor, "notice.manage_badges")
    badge = Badge(school_id=actor.school_id, made_by=actor.person, made_on=today())
    _fill(badge, fields, picture)
    badge.save()
    audit(actor, "notice.make_badge", badge)
    return badge


@action
def change_badge(actor: User, badge: Badge, *, picture: IO[bytes] | None = None, **fields: Any) -> Badge:
    """Change a badge. Once somebody holds it, its name, criteria and term stand."""
    require(actor, "notice.manage_badges", badge)
    before = {field: getattr(badge, field) for field in FIXED}
    _fill(badge, fields, picture)
    moved = [field for field in FIXED if getattr(badge, field) != before[field]]
    if moved and badge.awards.exists():
        raise Refused(
            "Pupils hold this badge already, so its name, what it is given for and how long it lasts stay as they are. "
            "Put it away and make a new one."
        )
    badge.save()
    audit(actor, "notice.change_badge", badge)
    return badge


@action
def retire_badge(actor: User, badge: Badge) -> Badge:
    """Put a badge away: nobody is given it any more. Whoever holds it keeps it."""
    require(actor, "notice.manage_badges", badge)
    badge.retired_on = badge.retired_on or today()
    badge.save(update_fields=["retired_on"])
    audit(actor, "notice.retire_badge", badge)
    return badge


@action
def bring_back_badge(actor: User, badge: Badge) -> Badge:
    """Let a badge be given again."""
    require(actor, "notice.manage_badges", badge)
    badge.retired_on = None
    badge.save(update_fields=["retired_on"])
    audit(actor, "notice.bring_back_badge", badge)
    return badge


@action
def give_badge(
    actor: User, badge: Badge, pupils: Sequence[Person], *, evidence: str = "", on: date | None = None
) -> list[Award]:
    """Give a badge to some pupils. Raises Refused, and gives it to nobody, unless all of it may be."""
    words, day = " ".join(evidence.split()), on or today()
    _may_give(actor, badge, pupils, day)
    _names_nobody_else(words, pupils)
    rows = [
        Award.objects.create(
            school_id=actor.school_id,
            badge=badge,
            pupil=pupil,
            by=actor.person,
            on=day,
            given_at=now(),
            evidence=words,
        )
        for pupil in pupils
    ]
    audit(actor, "notice.give_badge", badge, pupils=[pupil.pk for pupil in pupils])
    return rows


@action
def withdraw_award(actor: User, award: Award, *, why: str) -> Award:
    """Take a badge back, with the reason. Where it has left the school, verifiers with the newest list see it too."""
    require(actor, "notice.withdraw_award", award)
    reason = " ".join(why.split())
    if not reason:
        raise Refused("Write why the badge is withdrawn. The pupil may read it. Nothing was changed.")
    if len(reason) > WHY:
        raise Refused(f"That is {len(reason)} characters; the most is {WHY}. Nothing was changed.")
    if award.revoked_on:
        raise Refused("That badge has been withdrawn already.")
    award.revoked_on, award.revoked_by, award.revoked_why = today(), actor.person, reason
    award.save(update_fields=["revoked_on", "revoked_by", "revoked_why"])
    if award.status_list_id:
        listed = StatusList.objects.select_for_update().get(pk=award.status_list_id)
        listed.withdrawn = sorted({*listed.withdrawn, award.status_place})
        listed.save(update_fields=["withdrawn"])
    audit(actor, "notice.withdraw_award", award)
    return award


@action
def set_addresses(actor: User, *, issuer: str, status: str) -> School:
    """Under which address the school issues, and where it puts its list of withdrawn badges ("" for neither)."""
    require(actor, "notice.manage_badges")
    school = School.objects.select_for_update().get(pk=actor.school_id)
    if issuer and not issuer.startswith(("https://", "did:web:")):
        raise Refused("The address begins with https:// or did:web:. Leave it empty to use the key itself.")
    if status and not (status.startswith("https://") and status.endswith("/")):
        raise Refused("The address of the list begins with https:// and ends with a stroke (/).")
    before = school.settings.get(SETTING, {})
    earlier = {*before.get("earlier", []), before.get("issuer", "")} - {"", issuer}
    chosen = {"issuer": issuer, "status": status, "earlier": sorted(earlier)}
    school.settings = school.settings | {SETTING: chosen}
    school.save(update_fields=["settings"])
    audit(actor, "notice.set_badge_addresses", school)
    return school


def _fill(badge: Badge, fields: dict[str, Any], picture: IO[bytes] | None) -> None:
    for field in FIELDS:
        if field in fields:
            setattr(badge, field, fields[field])
    badge.name, badge.criteria = " ".join(badge.name.split()), badge.criteria.strip()
    if not badge.name or not badge.criteria:
        raise Refused("Give the badge a name, and say what it is given for.")
    same = Badge.objects.filter(name__iexact=badge.name, retired_on__isnull=True).exclude(pk=badge.pk)
    if same.exists():
        raise Refused(f"There is a badge called {badge.name} already.")
    if fields.get("drop_picture"):
        badge.picture, badge.picture_kind = None, ""
    if picture is not None:
        badge.picture, badge.picture_kind = clean_photo(picture), "image/jpeg"


def _may_give(actor: User, badge: Badge, pupils: Sequence[Person], day: date) -> None:
    if badge.school_id != actor.school_id or not allowed(actor, "notice.give_badge", badge):
        kept = (
            "pastoral staff and senior leaders"
            if badge.given_by == Givers.PASTORAL
            else "the school’s adults"
        )
        raise Refused(f"This badge is given by {kept}. Nothing was given.")
    if badge.retired_on:
        raise Refused(f"{badge.name} was put away, so nobody is given it any more. Nothing was given.")
    if not pupils:
        raise Refused("Choose at least one pupil. Nothing was given.")
    if day > today():
        raise Refused("That day has not come yet. Nothing was given.")
    if day < today() - BACKDATE_WITHIN:
        raise Refused("A badge can be given up to a year back. Nothing was given.")
    for pupil in pupils:
        if not allowed(
            actor, "notice.award_badge", Award(school_id=pupil.school_id, badge=badge, pupil=pupil)
        ):
            raise Refused(_why_not(actor, pupil))
    held = (
        Award.objects.filter(badge=badge, pupil__in=pupils, revoked_on__isnull=True)
        .select_related("pupil")
        .first()
    )
    if held:
        raise Refused(f"{held.pupil.display_name} holds {badge.name} already. Nothing was given.")


def _why_not(actor: User, pupil: Person) -> str:
    """A stranger's pupil is never named."""
    if pupil.left_on and allowed(actor, "notice.note_about", pupil):
        return f"{pupil.display_name} left the school on {date_format(pupil.left_on, 'D j F Y')}. Nothing was given."
    return "That pupil is not in one of your groups. Nothing was given."


def _names_nobody_else(words: str, pupils: Sequence[Person]) -> None:
    """What a badge is given for goes wherever the pupil takes it: no other child is named in it."""
    if len(words) > EVIDENCE:
        raise Refused(f"That is {len(words)} characters; the most is {EVIDENCE}. Nothing was given.")
    if not words:
        return
    mine = {pupil.pk for pupil in pupils}
    groups = Membership.objects.current().filter(person__in=mine, part=Membership.MEMBER).values("group")
    inside = Membership.objects.current().filter(group__in=groups, part=Membership.MEMBER).values("person")
    beside = pupils_on_roll().filter(pk__in=inside).exclude(pk__in=mine)
    whole = words.casefold()
    elsewhere = [
        one
        for one in pupils_on_roll().exclude(pk__in=mine)
        if f"{one.first_name} {one.family_name}".casefold() in whole or one.display_name.casefold() in whole
    ]
    others = [*names_in(words, beside), *elsewhere]
    if len(mine) > 1:
        others += names_in(words, pupils)
    if others:
        raise Refused(
            f"The words name {others[0].first_name}. The badge may be shown outside the school: write what the pupil "
            "did and leave every child’s name out. Nothing was given."
        )
