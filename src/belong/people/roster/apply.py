"""Doing what a plan says: one transaction, in bulk, leavers shut out before it ends."""

from collections.abc import Callable
from datetime import date
from itertools import islice
from typing import Any

from django.db import transaction

from belong.base.audit import audit
from belong.base.clock import now, today
from belong.base.errors import Refused
from belong.people.models import CarerLink, Characteristic, Group, Membership, Person, Role, School, User
from belong.people.models_import import RosterImport, RosterImportRow
from belong.people.roster.plan import COMPARED, RosterPlan
from belong.people.signing_in.helping import close_sign_ins

CHANGED = "What the school holds has changed since the preview, so nothing was imported. Look at it again."
BATCH = 500
STEPS = 6


@transaction.atomic
def apply(
    actor: User | None,
    plan: RosterPlan,
    record: RosterImport,
    *,
    confirmed: int | None = None,
    tell: Callable[[str], None] = lambda step: None,
) -> RosterImport:
    """Carry out a plan made inside this transaction's view of the school, and note what was done.

    `confirmed` is the number of people the actor agreed would leave; it must be right where the plan stops.
    `tell` hears the name of each of the `STEPS`. Raises Refused, and then nothing has been written.
    """
    if plan.stop and confirmed != len(plan.left):
        raise Refused(
            f"{plan.stop} Nothing was imported. If that is right, confirm the number {len(plan.left)}."
        )
    tell("people")
    people = _people(plan)
    tell("groups")
    groups = _groups(plan)
    tell("places in groups")
    _places(plan, people, groups)
    tell("roles and links")
    _roles(plan, people)
    _characteristics(plan, people)
    _links(plan, people)
    tell("leavers")
    _shut_out(plan)
    tell("history")
    _record(plan, record, people)
    facts: dict[str, Any] = plan.counts()
    audit(actor, "people.import_roster", record, **facts)
    return record


def lock(school: School) -> None:
    """Let one import at a time compare and write; call inside the transaction that does both."""
    School.objects.select_for_update().get(pk=school.pk)


def _people(plan: RosterPlan) -> dict[str, Person]:
    """Add and change people; everyone of the file by ref."""
    made = [_new(plan, row) for row in plan.added]
    Person.objects.bulk_create(made, batch_size=BATCH)
    for one in plan.changed:
        for name, (_, value) in one.fields.items():
            setattr(one.person, name, value)
        if one.back:
            one.person.left_on = None
            one.person.joined_on = one.row.facts.get("joined_on") or today()
    fields = [*COMPARED, "left_on"]
    Person.objects.bulk_update([one.person for one in plan.changed], fields, batch_size=BATCH)
    added = {row.ref: person for row, person in zip(plan.added, made, strict=True)}
    return added | {ref: person for ref, person in plan.refs.items() if person}


def _new(plan: RosterPlan, row: Any) -> Person:
    facts = {name: row.facts[name] for name in (*COMPARED, "left_on") if name in row.facts}
    if not plan.first:
        facts.setdefault("joined_on", today())
    return Person(school=plan.school, kind=row.kind, source_id=row.source_id, **facts)


def _groups(plan: RosterPlan) -> dict[str, Group]:
    made = [
        Group(
            school=plan.school,
            kind=row.kind,
            name=row.name,
            year=row.year,
            source_id=row.source_id,
            since=_since(plan),
        )
        for row in plan.groups.added
    ]
    Group.objects.bulk_create(made, batch_size=BATCH)
    for group, fields in plan.groups.changed:
        for name, (_, value) in fields.items():
            setattr(group, name, value)
    changed = [group for group, _ in plan.groups.changed]
    Group.objects.bulk_update(changed, ["name", "kind", "year", "source_id"], batch_size=BATCH)
    Group.objects.filter(pk__in=[group.pk for group in plan.groups.closed]).update(
        until=today(), source_id=""
    )
    added = {row.ref: group for row, group in zip(plan.groups.added, made, strict=True)}
    return added | {ref: group for ref, group in plan.groups.refs.items() if group}


def _since(plan: RosterPlan) -> date | None:
    """From today; at a school's first import nobody knows since when, and a blank says so."""
    return None if plan.first else today()


def _places(plan: RosterPlan, people: dict[str, Person], groups: dict[str, Group]) -> None:
    for chunk in _chunks(list(plan.groups.ended)):
        Membership.objects.filter(pk__in=chunk).update(until=today())
    Membership.objects.bulk_create(
        [
            Membership(
                school=plan.school,
                group=groups[row.group],
                person=people[row.person],
                part=row.part,
                since=row.since or _since(plan),
                until=row.until,
            )
            for row in plan.groups.places
        ],
        batch_size=BATCH,
    )


def _roles(plan: RosterPlan, people: dict[str, Person]) -> None:
    Role.objects.bulk_create(
        [
            Role(school=plan.school, person=people[ref], role=role, since=_since(plan))
            for ref, role in plan.roles
        ],
        batch_size=BATCH,
    )


def _characteristics(plan: RosterPlan, people: dict[str, Person]) -> None:
    """A new value from today; the old one ends today, or is corrected where it only began today."""
    ended, corrected, made = [], [], []
    for row, held in plan.characteristics:
        if held and held.since == today():
            held.value = row.value
            corrected.append(held)
            continue
        if held:
            held.until = today()
            ended.append(held)
        made.append(
            Characteristic(
                school=plan.school, person=people[row.person], kind=row.kind, value=row.value, since=today()
            )
        )
    Characteristic.objects.bulk_update(ended, ["until"], batch_size=BATCH)
    Characteristic.objects.bulk_update(corrected, ["value"], batch_size=BATCH)
    Characteristic.objects.bulk_create(made, batch_size=BATCH)


def _links(plan: RosterPlan, people: dict[str, Person]) -> None:
    changed: list[CarerLink] = []
    made: list[CarerLink] = []
    for one in plan.links:
        link = one.held or CarerLink(school=plan.school, carer=people[one.carer], pupil=people[one.pupil])
        link.relationship = one.relationship or link.relationship
        link.may_see = link.may_see if one.may_see is None else one.may_see
        (changed if one.held else made).append(link)
    CarerLink.objects.bulk_update(changed, ["relationship", "may_see"], batch_size=BATCH)
    CarerLink.objects.bulk_create(made, batch_size=BATCH)
    CarerLink.objects.filter(pk__in=[link.pk for link in plan.unlinked]).delete()


def _shut_out(plan: RosterPlan) -> None:
    """Leavers: the date, their roles, their sign-ins, and every session that is open now."""
    for one in plan.left:
        one.person.left_on = one.on
    Person.objects.bulk_update([one.person for one in plan.left], ["left_on"], batch_size=BATCH)
    ids = [one.person.pk for one in plan.left]
    for chunk in _chunks(ids):
        Role.objects.current().filter(person__in=chunk).update(until=today())
    close_sign_ins([user for chunk in _chunks(ids) for user in User.objects.filter(person__in=chunk)])


def _record(plan: RosterPlan, record: RosterImport, people: dict[str, Person]) -> None:
    """The history: who, and which fields, but never a value."""
    kinds = RosterImportRow
    rows: list[dict[str, Any]] = [{"kind": kinds.ADDED, "person": people[row.ref]} for row in plan.added]
    rows += [
        {
            "kind": kinds.BACK if one.back else kinds.CHANGED,
            "person": one.person,
            "fields": sorted(one.fields),
        }
        for one in plan.changed
    ]
    rows += [{"kind": kinds.LEFT, "person": one.person, "what": one.why} for one in plan.left]
    rows += [
        {
            "kind": kinds.ASIDE,
            "file": one.where.file[:200],
            "line": one.where.line,
            "column": one.column[:200],
            "what": one.what[:400],
            "mend": one.mend[:400],
        }
        for one in plan.set_aside
    ]
    record.state, record.applied_at, record.counts = RosterImport.APPLIED, now(), plan.counts()
    record.save()
    RosterImportRow.objects.bulk_create(
        [RosterImportRow(school=plan.school, roster_import=record, **row) for row in rows], batch_size=BATCH
    )


def _chunks(ids: list[Any]) -> Any:
    """Lists short enough for one SQL statement on every database."""
    rest = iter(ids)
    while chunk := list(islice(rest, BATCH)):
        yield chunk
