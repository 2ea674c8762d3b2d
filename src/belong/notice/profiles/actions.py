"""Every write of a pupil's own page: who drafts it, who says yes to it, and who lets it be seen."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.guard.concerns.noticing import Look
from belong.guard.concerns.raising import Flagged, look_through, raise_words
from belong.notice.models import Audience, ProfileField, ProfilePage, ProfilePart
from belong.notice.profiles.access import needs_company
from belong.notice.profiles.words import SUPPORTS, TITLES
from belong.people.models import Person, User

TEXT_LENGTH = 600
State = ProfilePage.State
SOON = ("now", "today")
UNSHARED = (State.DRAFT, State.WAITING, State.HELD)


@dataclass(frozen=True)
class Said:
    """What one part says, and who may read it; `supports` are keys of `SUPPORTS`."""

    text: str = ""
    audience: str = Audience.TEACHERS
    supports: tuple[str, ...] = ()


Parts = Mapping[str, Said]


@action
def write_own(actor: User, *, parts: Parts, share: bool) -> ProfilePage:
    """The pupil writes their own page: `share` makes it the one that is read, otherwise it is kept to go on with.

    The words are looked through on this machine, and the safeguarding lead gets what is found. Where somebody should
    read it soon, nobody sees this page until it is let through; the page that was shared before goes on being read.
    """
    pupil = _own(actor)
    kept = _checked(parts)
    if share and not kept:
        raise Refused(_("There is nothing on your page yet. Write a little first."))
    page = _draft_of(actor, pupil)
    flagged, unheard = _flags(pupil, kept)
    _fill(page, kept)
    if unheard:
        page.concern = raise_words(pupil.school, pupil, unheard, source_of(page))
    held = any(_holds_back(found) for _, _, found in flagged)
    page.state = State.HELD if held and share else State.DRAFT
    page.save()
    if share and not held:
        _approve(page)
    audit(actor, "notice.share_profile" if share else "notice.draft_profile", page)
    return page


@action
def draft(actor: User, *, pupil: Person, parts: Parts, send: bool) -> ProfilePage:
    """An adult writes a page together with the pupil. Nobody else reads it before the pupil has said yes.

    `send` asks the pupil for their yes on their own page, or here, where an adult is with them (`approve_with`).
    """
    require(actor, "notice.draft_profile", pupil)
    kept = _checked(parts)
    if send and not kept:
        raise Refused("There is nothing on this page yet.")
    page = _draft_of(actor, pupil)
    page.state = State.WAITING if send else State.DRAFT
    page.said_no_on = None
    _fill(page, kept)
    page.save()
    audit(actor, "notice.draft_profile", page)
    return page


@action
def discard(actor: User, *, page: ProfilePage) -> None:
    """Throw away a draft of one's own."""
    require(actor, "notice.view_draft", page)
    if page.drafted_by_id != actor.person_id or page.state not in UNSHARED:
        raise Refused("That page is not a draft of yours any more.")
    ProfilePage.objects.filter(pk=page.pk).delete()  # the object keeps its number, for the trail
    audit(actor, "notice.discard_profile", page)


@action
def say_yes(actor: User, *, page: ProfilePage, audiences: Mapping[str, str]) -> ProfilePage:
    """The pupil agrees to what an adult wrote with them, each part for whom they choose."""
    require(actor, "notice.answer_profile", page)
    _check_waits(page)
    _choose(page, audiences)
    _approve(page)
    audit(actor, "notice.share_profile", page)
    return page


@action
def say_no(actor: User, *, page: ProfilePage) -> ProfilePage:
    """The pupil says: not like this. The adult who wrote it sees that, and nobody sees the page."""
    require(actor, "notice.answer_profile", page)
    _check_waits(page)
    page.state, page.said_no_on = State.DRAFT, today()
    page.save(update_fields=["state", "said_no_on"])
    audit(actor, "notice.decline_profile", page)
    return page


@action
def approve_with(actor: User, *, page: ProfilePage, yes_to: set[str]) -> ProfilePage:
    """Recorded by the adult who drafted it, with the pupil beside them: the pupil heard each part and said yes.

    For the youngest, and for pupils without a sign-in. Parts without a yes are left out.
    """
    require(actor, "notice.approve_with_pupil", page)
    if not needs_company(page.pupil):
        raise Refused(f"{page.pupil.first_name} can say yes on their own page. Nothing was shared.")
    page.parts.exclude(field__in=yes_to).delete()
    if not page.parts.exists():
        raise Refused("Nothing was shared: tick each part that the pupil heard and said yes to.")
    page.approved_with = actor.person
    _approve(page)
    audit(actor, "notice.share_profile_together", page)
    return page


@action
def stop_sharing(actor: User, *, pupil: Person) -> ProfilePage:
    """The pupil takes their page back. It is kept for them, and nobody else reads it."""
    require(actor, "notice.own_profile", pupil)
    page = ProfilePage.objects.filter(pupil=pupil, state=State.APPROVED).first()
    if page is None:
        raise Refused(_("Your page is not shared now."))
    page.state = State.WITHDRAWN
    page.save(update_fields=["state"])
    audit(actor, "notice.withdraw_profile", page)
    return page


@action
def share_again(actor: User, *, page: ProfilePage) -> ProfilePage:
    """Share a page that was shared before, as it was."""
    require(actor, "notice.answer_profile", page)
    if page.state not in (State.WITHDRAWN, State.REPLACED):
        raise Refused(_("That page cannot be shared again."))
    _approve(page)
    audit(actor, "notice.share_profile", page)
    return page


@action
def note_family(actor: User, *, page: ProfilePage) -> ProfilePage:
    """The family agrees to what goes to all staff: said by a carer here, or noted by an adult who asked them."""
    require(actor, "notice.note_family", page)
    if not page.parts.filter(audience=Audience.STAFF).exists():
        raise Refused("Nothing on this page is for all staff.")
    page.family_on, page.family_by = today(), actor.person
    page.save(update_fields=["family_on", "family_by"])
    audit(actor, "notice.note_family", page)
    return page


@action
def undo_family(actor: User, *, page: ProfilePage) -> ProfilePage:
    """Take the family's agreement back, at any time: what was for all staff goes back to the closer adults."""
    require(actor, "notice.note_family", page)
    page.family_on = page.family_by = None
    page.save(update_fields=["family_on", "family_by"])
    audit(actor, "notice.undo_family", page)
    return page


@action
def let_through(actor: User, *, page: ProfilePage) -> ProfilePage:
    """An adult who reads the concern lets the page be seen as it is."""
    require(actor, "notice.let_profile_through", page)
    page.let_through_on = today()
    _approve(page)
    audit(actor, "notice.let_profile_through", page)
    return page


def source_of(page: ProfilePage) -> str:
    """How a concern names the page it came from."""
    return f"{ProfilePage._meta.label_lower}:{page.pk}"


def _own(actor: User) -> Person:
    pupil = actor.person
    if pupil is None:
        raise Refused("This page is for pupils.")
    require(actor, "notice.own_profile", pupil)
    return pupil


def _checked(parts: Parts) -> dict[str, Said]:
    """The parts that say something. Raises Refused for one that is too long, unknown or for nobody we know."""
    kept = {}
    for field, said in parts.items():
        text = said.text.replace("\x00", "").strip()
        if field not in ProfileField.values or said.audience not in Audience.values:
            raise Refused("Choose who may read each part.")
        if len(text) > TEXT_LENGTH:
            raise Refused(
                f"“{ProfileField(field).label}” has {len(text)} letters; {TEXT_LENGTH} fit. Nothing was kept."
            )
        ticked = tuple(key for key in SUPPORTS if key in said.supports)
        if text or ticked:
            kept[field] = Said(text, said.audience, ticked if field == ProfileField.TAKING_PART else ())
    return kept


def _draft_of(actor: User, pupil: Person) -> ProfilePage:
    """The actor's open draft of this pupil's page, or a new one."""
    mine = {"school_id": actor.school_id, "pupil": pupil, "drafted_by_id": actor.person_id}
    page = ProfilePage.objects.select_for_update().filter(**mine, state__in=UNSHARED).first()
    if page is None:
        page = ProfilePage.objects.create(**mine, drafted_on=today())
    page.drafted_on = today()
    return page


def _fill(page: ProfilePage, parts: Mapping[str, Said]) -> None:
    page.parts.all().delete()
    ProfilePart.objects.bulk_create(
        ProfilePart(
            school_id=page.school_id,
            page=page,
            field=field,
            text=said.text,
            supports=list(said.supports),
            audience=said.audience,
        )
        for field, said in parts.items()
    )


def _flags(pupil: Person, parts: Mapping[str, Said]) -> tuple[Flagged, Flagged]:
    """What an adult should read, and what of that has not gone to the safeguarding lead yet.

    Words that an adult has let through on an earlier page are flagged no more.
    """
    earlier = ProfilePart.objects.filter(page__pupil=pupil, page__concern__isnull=False).select_related(
        "page"
    )
    sent = {part.text for part in earlier}
    read = {part.text for part in earlier if part.page.let_through_on is not None}
    pairs = [(str(TITLES[ProfileField(field)]), said.text) for field, said in parts.items()]
    flagged = look_through(pair for pair in pairs if pair[1] and pair[1] not in read)
    return flagged, [one for one in flagged if one[1] not in sent]


def _holds_back(found: Look) -> bool:
    """Whether somebody should read it before anybody else does; what only wants a look is read by the adults chosen."""
    return found.failed or any(hit["urgency"] in SOON for hit in found.hits)


def _check_waits(page: ProfilePage) -> None:
    if page.state != State.WAITING:
        raise Refused("This page is not waiting for you any more.")


def _choose(page: ProfilePage, audiences: Mapping[str, str]) -> None:
    for part in page.parts.all():
        chosen = audiences.get(part.field, part.audience)
        if chosen not in Audience.values:
            raise Refused("Choose who may read each part.")
        if chosen != part.audience:
            part.audience = chosen
            part.save(update_fields=["audience"])


def _approve(page: ProfilePage) -> None:
    """Make this the version that is read. The family is asked again where what goes to all staff has changed."""
    before = ProfilePage.objects.filter(pupil=page.pupil_id, state=State.APPROVED).exclude(pk=page.pk).first()
    if before is not None:
        if page.family_on is None and _for_all(before) == _for_all(page):
            page.family_on, page.family_by = before.family_on, before.family_by
        before.state = State.REPLACED
        before.save(update_fields=["state"])
    page.state, page.approved_on, page.said_no_on = State.APPROVED, today(), None
    page.save()


def _for_all(page: ProfilePage) -> set[tuple[str, str, tuple[str, ...]]]:
    """What a version says to all staff."""
    parts = page.parts.filter(audience=Audience.STAFF)
    return {(part.field, part.text, tuple(part.supports)) for part in parts}
