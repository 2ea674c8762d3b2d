"""A request for access, from the day it comes to the day its file is forgotten."""

from datetime import date, timedelta

from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now, today
from belong.base.errors import Refused
from belong.base.jobs import enqueue
from belong.guard.models import AccessRequest, RequestItem
from belong.guard.models.rights import FILE_LIVES
from belong.guard.rights import files
from belong.guard.rights.gathering import Item, gather, needs_review
from belong.guard.rights.packing import pack, tables
from belong.people.models import CarerLink, Person, User

GIVE, HOLD = RequestItem.GIVE, RequestItem.HOLD
NEVER = (
    "A concern does not go out this way to a carer, or to an adult it may be about. "
    "Tell them yourself what may be told."
)


@action
def open_request(
    user: User,
    *,
    person: Person,
    asker: str,
    asked_on: date,
    known_by: str,
    carer: Person | None = None,
    child_view: str = AccessRequest.NOT_A_CHILD,
    child_words: str = "",
) -> AccessRequest:
    """Write a request down and look up what somebody has to decide about. Raises Refused."""
    require(user, "guard.answer_request")
    if asked_on > today():
        raise Refused("The day it was asked is still to come.")
    if not known_by.strip():
        raise Refused("Please say how you know that it is them.")
    _check_carer(person, asker, carer)
    if (
        person.kind == Person.PUPIL
        and asker != AccessRequest.THEMSELVES
        and child_view == AccessRequest.NOT_A_CHILD
    ):
        raise Refused("Please say what the pupil says about it, or that they do not understand it yet.")
    request: AccessRequest = AccessRequest.objects.create(
        school=user.school,
        person=person,
        asker=asker,
        carer=carer,
        asked_on=asked_on,
        known_by=known_by.strip(),
        child_view=child_view,
        child_words=child_words.strip(),
        opened_by=user,
        opened_at=now(),
    )
    refresh_items(request)
    audit(user, "guard.open_request", request, asker=asker, pupil_says=child_view)
    return request


def refresh_items(request: AccessRequest) -> None:
    """Add what has come since, drop what is gone; decisions made stay."""
    found = {item.key: item for item in needs_review(request)}
    had = {(row.model, row.row): row for row in RequestItem.objects.filter(request=request)}
    RequestItem.objects.filter(pk__in=[row.pk for key, row in had.items() if key not in found]).delete()
    RequestItem.objects.bulk_create(
        RequestItem(
            school=request.school,
            request=request,
            model=model,
            row=row,
            locked=item.locked,
            decision=HOLD if item.locked else "",
            reason=NEVER if item.locked else "",
        )
        for (model, row), item in found.items()
        if (model, row) not in had
    )


def review(user: User, request: AccessRequest) -> list[tuple[RequestItem, Item | None]]:
    """What is to be decided, each with what it says; None where this user may not look at it."""
    shown = {item.key: item for item in needs_review(request)}
    rows = RequestItem.objects.filter(request=request)
    pairs = [(row, shown[row.model, row.row]) for row in rows if (row.model, row.row) in shown]
    return [(row, item if may_look(user, item) else None) for row, item in pairs]


def may_look(user: User, item: Item) -> bool:
    """Whether this user may see a row under review; a concern about the DSL is not for the DSL."""
    look = item.record.may_review
    if look is None:
        return True
    model = item.record.model_class
    assert model is not None
    return look(user, model._default_manager.get(pk=item.row))


@action
def decide(user: User, request: AccessRequest, item_id: int, decision: str, reason: str = "") -> RequestItem:
    """Give one item, or hold it back with a reason."""
    require(user, "guard.answer_request", request)
    item = RequestItem.objects.select_for_update().filter(request=request, pk=item_id).first()
    if item is None or request.state == AccessRequest.BUILDING:
        raise Refused("This can no longer be decided. Open the request again.")
    if item.locked:
        raise Refused(NEVER)
    if decision not in (GIVE, HOLD):
        raise Refused("Give it, or hold it back.")
    if decision == HOLD and not reason.strip():
        raise Refused("Please say why it is held back: it may be asked about later.")
    item.decision, item.decided_by = decision, user
    item.reason = reason.strip() if decision == HOLD else ""
    item.save(update_fields=["decision", "decided_by", "reason"])
    audit(user, "guard.decide_item", request, decision=decision, table=item.model, number=item.row)
    return item


@action
def make_file(user: User, request: AccessRequest) -> None:
    """Put the file together in the background. Raises Refused while something waits to be decided."""
    from belong.guard.rights.tasks import build_request

    require(user, "guard.answer_request", request)
    if request.person is None:
        raise Refused("This person has been erased; nothing is held about them.")
    if request.state == AccessRequest.BUILDING:
        raise Refused("It is being put together already.")
    if request.child_view == AccessRequest.OBJECTS:
        raise Refused(
            "The pupil understands this and does not want it. Speak with them, and change what they say."
        )
    refresh_items(request)
    waiting = RequestItem.objects.filter(request=request, decision="").count()
    if waiting:
        raise Refused(f"{waiting} of the things others wrote still wait for a decision.")
    files.forget(request.stored)
    request.state, request.stored, request.made_by, request.done = AccessRequest.BUILDING, "", user, 0
    request.save(update_fields=["state", "stored", "made_by", "done"])
    held = RequestItem.objects.filter(request=request, decision=HOLD).count()
    audit(user, "guard.make_request_file", request, held_back=held)
    enqueue(build_request, school_id=request.school_id, request_id=request.pk)


def build(request: AccessRequest) -> None:
    """Gather, pack and seal; the job's work. Doing it twice makes the file anew."""
    assert request.person is not None
    decided = RequestItem.objects.filter(request=request, decision=GIVE, locked=False)
    given = set(decided.values_list("model", "row"))
    items = []
    for item in gather(request.person, request.carer):
        items.append(item)
        if len(items) % 200 == 0:
            AccessRequest.objects.filter(pk=request.pk).update(done=len(items))
    request.stored = files.keep(pack(request, tables(items, given)))
    request.state, request.made_at = AccessRequest.READY, now()
    request.done = request.of = len(items)
    request.save(update_fields=["stored", "state", "made_at", "done", "of"])


def hand_over(user: User, request: AccessRequest) -> bytes:
    """The ZIP, for whoever hands it to the person; noted every time."""
    require(user, "guard.answer_request", request)
    if request.state != AccessRequest.READY or request.is_over:
        raise Refused(files.GONE)
    data = files.read(request.stored)
    audit(user, "guard.take_request_file", request)
    return data


@action
def change_view(user: User, request: AccessRequest, child_view: str, child_words: str) -> None:
    """What the pupil says has changed."""
    require(user, "guard.answer_request", request)
    if child_view not in dict(AccessRequest.VIEWS):
        raise Refused("Choose what the pupil says.")
    request.child_view, request.child_words = child_view, child_words.strip()
    request.save(update_fields=["child_view", "child_words"])
    audit(user, "guard.change_request", request, pupil_says=child_view)


def forget_files() -> int:
    """Delete files that are a week old, and any that no request of any school knows; how many of this school went."""
    old = AccessRequest.objects.filter(made_at__lte=now() - FILE_LIVES).exclude(stored="")
    count = 0
    for request in old:
        files.forget(request.stored)
        request.stored, request.state = "", AccessRequest.GONE
        request.save(update_fields=["stored", "state"])
        count += 1
    known = set(AccessRequest._base_manager.exclude(stored="").values_list("stored", flat=True))
    day_ago = (now() - timedelta(days=1)).timestamp()
    for name in files.names() - known:
        if (files.folder() / f"{name}.sealed").stat().st_mtime < day_ago:
            files.forget(name)
    return count


def _check_carer(person: Person, asker: str, carer: Person | None) -> None:
    if asker == AccessRequest.CARER:
        linked = carer is not None and CarerLink.objects.filter(carer=carer, pupil=person).exists()
        if not linked:
            raise Refused("Choose which carer asks. Only carers of this pupil can ask as a carer.")
    elif carer is not None:
        raise Refused("A carer is named only where a carer asks.")
