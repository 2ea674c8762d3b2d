"""Importing a roster, step by step: upload, say what the columns are, look, go ahead or cancel."""

from collections.abc import Mapping as MappingType
from datetime import timedelta

from django.db import transaction

from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now
from belong.base.errors import Refused
from belong.people import roster
from belong.people.models import User
from belong.people.models_import import ColumnMapping, RosterImport
from belong.people.roster import apply as applying
from belong.people.roster import keeping, lists, opening, plan, schools
from belong.people.roster.lists import Mapping
from belong.people.roster.tables import key

VERB = "people.import_roster"


@action
def begin_import(actor: User, *, file_name: str, data: bytes) -> RosterImport:
    """Open an upload and keep its tables. A list whose headings were met before is mapped as last time."""
    require(actor, VERB)
    forget_old_imports()
    if len(data) > opening.LARGEST_UPLOAD:
        raise Refused(
            f"{file_name} is larger than 20 MB. Import larger files with `belong import` on the server."
        )
    tables = roster.open_bytes(file_name, data)
    record = RosterImport(school=actor.school, by=actor, made_at=now(), file_name=file_name[:200])
    if roster.needs_mapping(tables):
        _must_be_a_list(tables[0])
        known = ColumnMapping.objects.filter(fingerprint=lists.fingerprint(tables[0])).first()
        guessed = lists.guess(tables[0])
        record.who = known.who if known else guessed.who
        record.columns = _fitting(known.columns, guessed.columns) if known else dict(guessed.columns)
        record.complete = known.complete if known else None
    else:
        roster.read(tables)  # refuses here, where the person can choose another file
    record.stored = keeping.keep(tables)
    record.save()
    audit(actor, "people.begin_import", record, tables=len(tables))
    return record


def _must_be_a_list(table: roster.Table) -> None:
    if not table.rows:
        raise Refused(f"{table.name} has no lines below its headings.")
    if len(table.headings) < 2 and not any(lists.guess(table).columns.values()):
        raise Refused(f"{table.name} is not a list of people: it has one column, “{table.headings[0]}”.")


def _fitting(known: MappingType[str, str], here: MappingType[str, str]) -> dict[str, str]:
    """A remembered mapping by the headings as this file spells them."""
    by_key = {key(heading): name for heading, name in known.items()}
    return {heading: by_key.get(key(heading), guess) for heading, guess in here.items()}


@action
def map_columns(actor: User, *, record: RosterImport, mapping: Mapping) -> None:
    """Say what each column is, and remember it for the next list with these headings."""
    require(actor, VERB, record)
    _must_wait(record)
    if said := mapping.problems():
        raise Refused(" ".join(said))
    table = keeping.tables(record.stored)[0]
    record.who, record.columns, record.complete = mapping.who, dict(mapping.columns), mapping.complete
    record.save(update_fields=["who", "columns", "complete"])
    ColumnMapping.objects.update_or_create(
        school=actor.school,
        fingerprint=lists.fingerprint(table),
        defaults={
            "who": mapping.who,
            "columns": dict(mapping.columns),
            "complete": mapping.complete,
            "used_at": now(),
        },
    )


@action
def choose_school(actor: User, *, record: RosterImport, org: str) -> None:
    """Say which of the schools in the files this one is."""
    require(actor, VERB, record)
    _must_wait(record)
    if org not in {choice.id for choice in choices(record)}:
        raise Refused("Choose one of the schools in the file.")
    record.org = org
    record.save(update_fields=["org"])


@action
def say_complete(actor: User, *, record: RosterImport, complete: bool) -> None:
    """Say whether a set of files holds everyone, where they themselves say otherwise or nothing."""
    require(actor, VERB, record)
    _must_wait(record)
    record.complete = complete
    record.save(update_fields=["complete"])


def read(record: RosterImport) -> roster.RosterFile:
    """The whole roster of a waiting import, all schools in it."""
    tables = keeping.tables(record.stored)
    if record.is_list:
        return roster.read(tables, Mapping(record.who, record.columns, bool(record.complete)))
    found = roster.read(tables)
    if record.complete is not None:
        found.complete = record.complete
    return found


def choices(record: RosterImport) -> list[schools.Choice]:
    """The schools in the files of a waiting import."""
    return schools.choices(read(record))


def preview(record: RosterImport, actor: User | None) -> plan.RosterPlan | None:
    """What the import would do; None where somebody must first say which school is meant."""
    whole = read(record)
    found = schools.choices(whole)
    if found:
        named = schools.obvious(found, record.school.name, record.school.urn)
        org = record.org or (named.id if named else "")
        if not org:
            return None
        whole = schools.only(whole, org)
    return plan.make(record.school, whole, actor)


@action
def apply_import(
    actor: User, *, record: RosterImport, seen: str, confirmed: int | None = None
) -> RosterImport:
    """Carry out exactly what the actor was shown (`seen` is that plan's digest), or nothing."""
    require(actor, VERB, record)
    applying.lock(actor.school)
    record.refresh_from_db()
    _must_wait(record)
    made = preview(record, actor)
    if made is None:
        raise Refused("Say first which of the schools in the file this is.")
    if made.digest() != seen:
        raise Refused(applying.CHANGED)
    record.format = made.roster.format
    stored, record.stored = record.stored, ""
    applying.apply(actor, made, record, confirmed=confirmed)
    transaction.on_commit(lambda: keeping.forget(stored))
    return record


@action
def cancel_import(actor: User, *, record: RosterImport) -> None:
    """Forget an upload; nothing was imported."""
    require(actor, VERB, record)
    _must_wait(record)
    stored, record.stored, record.state = record.stored, "", RosterImport.CANCELLED
    record.save(update_fields=["stored", "state"])
    transaction.on_commit(lambda: keeping.forget(stored))


def forget_old_imports() -> None:
    """Cancel what has waited for more than a day, and delete every file that old."""
    old = now() - timedelta(seconds=keeping.KEPT_FOR)
    waiting = RosterImport.objects.filter(state=RosterImport.WAITING, made_at__lt=old)
    for name in waiting.values_list("stored", flat=True):
        keeping.forget(name)
    waiting.update(state=RosterImport.CANCELLED, stored="")
    keeping.forget_old()


def _must_wait(record: RosterImport) -> None:
    if record.state != RosterImport.WAITING:
        raise Refused(f"This import was already {record.state}.")
