"""Tasks for a person where it is not well between a pupil and an adult: opened, worked on, closed.

Opening one is the only thing that follows from an answer here: no state is set, no score is kept or shown.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count, Q

from belong.ask.models import Wave
from belong.ask.queries import asking_waves_since, felt_about_adults, readers_of
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.notice.both_sides.thresholds import (
    LOW_FROM,
    LOW_SHARE,
    OVERDUE_BY,
    RESTORE_TIMES,
    RESTORE_WITHIN,
)
from belong.notice.models import (
    NOTE_LENGTH,
    CareStep,
    CareTask,
    Relationship,
    RelationshipChange,
    Seen,
    State,
    Step,
)
from belong.people import roles
from belong.people.models import Membership, Person, Role, User
from belong.people.queries import pupils_on_roll, staff_in_post, tutors_of

STILL_TRIED = 30


def open_for_answers(wave: Wave) -> list[CareTask]:
    """Open a task for each pupil of a closed wave whose named answers about adults are low; twice changes nothing.

    It goes to the first of those named beside the questions who is still here: tutor, then the others.
    """
    low = [
        felt
        for felt in felt_about_adults(wave)
        if felt.answered >= LOW_FROM and felt.low >= LOW_SHARE * felt.answered
    ]
    here = set(staff_in_post().values_list("pk", flat=True))
    standing = set(
        CareTask.objects.filter(Q(wave=wave) | Q(closed_on=None), adult=None).values_list(
            "pupil_id", flat=True
        )
    )
    opened = []
    for felt in low:
        owner = next((reader for reader in felt.readers if reader in here), None)
        if owner is not None and felt.pupil_id not in standing:
            opened.append(_open(wave.school_id, felt.pupil_id, owner, seen=Seen.ANSWERS, wave=wave))
    return opened


def open_for_states() -> list[CareTask]:
    """Open a task for each Restore that an adult set again and again, or whose conversation is long overdue.

    It goes to the pupil's tutor; to the pastoral lead where the tutor is the adult it is about. One that was closed
    does not come back until the adult has set the state anew.
    """
    again = _set_again()
    late = today() - OVERDUE_BY
    kept = Relationship.objects.filter(
        state=State.RESTORE, pupil__in=pupils_on_roll(), adult__in=staff_in_post()
    ).select_related("pupil")
    before: dict[tuple[int, int | None], date] = {}
    for pupil_id, adult_id, day in CareTask.objects.exclude(adult=None).values_list(
        "pupil_id", "adult_id", "opened_on"
    ):
        before[pupil_id, adult_id] = max(day, before.get((pupil_id, adult_id), day))
    open_now = set(
        CareTask.objects.filter(closed_on=None).exclude(adult=None).values_list("pupil_id", "adult_id")
    )
    opened = []
    for row in kept.defer("reason"):
        pair = (row.pupil_id, row.adult_id)
        seen = Seen.AGAIN if row.pk in again else Seen.OVERDUE if row.review_on <= late else None
        if seen is None or pair in open_now or (pair in before and before[pair] >= row.set_on):
            continue
        owner = owner_for(row.pupil, besides=row.adult_id)
        if owner is not None:
            opened.append(_open(row.school_id, row.pupil_id, owner, seen=seen, adult_id=row.adult_id))
    return opened


def _set_again() -> set[int]:
    """Relationships whose adult set Restore on several days lately."""
    changes = RelationshipChange.objects.filter(state=State.RESTORE, set_on__gt=today() - RESTORE_WITHIN)
    days = changes.order_by().values("relationship").annotate(days=Count("set_on", distinct=True))
    return set(days.filter(days__gte=RESTORE_TIMES).values_list("relationship", flat=True))


def _open(school_id: int, pupil_id: int, owner: int, **facts: object) -> CareTask:
    fields = {"school_id": school_id, "pupil_id": pupil_id, "owner_id": owner, "opened_on": today()}
    task = CareTask.objects.create(**fields, **facts)
    audit(None, "notice.open_care", task, pupil=pupil_id, seen=task.seen)
    return task


def owner_for(pupil: Person, besides: int | None = None) -> int | None:
    """Who is asked to see to a pupil: the tutor, else a pastoral lead of theirs; never the adult it is about."""
    return next((adult.pk for adult in keepers(pupil) if adult.pk != besides), None)


def keepers(pupil: Person) -> list[Person]:
    """The pupil's tutors, then their pastoral leads."""
    tutors = list(tutors_of(pupil))
    groups = Membership.objects.current().filter(person=pupil, part=Membership.MEMBER).values("group")
    leads = Role.objects.current().filter(Q(group=None) | Q(group__in=groups), role=roles.PASTORAL_LEAD)
    others = staff_in_post().filter(pk__in=leads.values("person")).exclude(pk__in=[t.pk for t in tutors])
    return [*tutors, *others.order_by("family_name", "given_name", "pk")]


def may_take_on(task: CareTask) -> list[Person]:
    """To whom a task can be handed: where a pupil's answers opened it, those named beside them and nobody else."""
    if task.adult_id is not None:
        found: Sequence[Person] = [adult for adult in keepers(task.pupil) if adult.pk != task.adult_id]
    else:
        named = readers_of(task.pupil_id, task.wave_id or 0)
        found = list(staff_in_post().filter(pk__in=named).order_by("family_name", "given_name"))
    return [adult for adult in found if adult.pk != task.owner_id]


def find_new_owners() -> int:
    """Hand on the open tasks of adults who have left; one that nobody may take on is closed. How many moved."""
    left = CareTask.objects.filter(closed_on=None).exclude(owner__in=staff_in_post()).select_related("pupil")
    moved = 0
    for task in left:
        others = may_take_on(task)
        if others:
            CareTask.objects.filter(pk=task.pk).update(owner=others[0])
            audit(None, "notice.hand_on_care", task, to=others[0].pk)
            moved += 1
        else:
            CareTask.objects.filter(pk=task.pk).update(closed_on=today(), reason="Who had it has left.")
            audit(None, "notice.close_care", task)
    return moved


@action
def tick_step(actor: User, task: CareTask, *, step: str, line: str) -> CareStep:
    """Say what was done for one of the three; the third closes the task. Again, the line is changed."""
    task = _held(actor, task)
    if step not in Step.values:
        raise Refused("Choose one of the three steps. Nothing was kept.")
    words = line.strip()
    if not words:
        raise Refused("Write a few words on what was done. Nothing was kept.")
    if len(words) > NOTE_LENGTH:
        raise Refused(f"That is {len(words)} characters; the most is {NOTE_LENGTH}. Nothing was kept.")
    row, _ = CareStep.objects.update_or_create(
        task=task,
        step=step,
        defaults={"line": words},
        create_defaults={
            "school_id": task.school_id,
            "line": words,
            "done_on": today(),
            "done_by_id": actor.person_id,
        },
    )
    if task.steps.count() == len(Step.values):
        _close(actor, task, "")
    audit(actor, "notice.tick_care", task, step=step)
    return row


@action
def untick_step(actor: User, task: CareTask, *, step: str) -> None:
    """Take a step back while the task is open."""
    task = _held(actor, task)
    if not CareStep.objects.filter(task=task, step=step).delete()[0]:
        raise Refused("That step has been taken back already.")
    audit(actor, "notice.untick_care", task, step=step)


@action
def close_care(actor: User, task: CareTask, *, reason: str) -> CareTask:
    """Close a task before all three are done, with a reason."""
    task = _held(actor, task)
    words = reason.strip()
    if not words:
        raise Refused("Write why it can be closed. It is still open.")
    if len(words) > NOTE_LENGTH:
        raise Refused(f"That is {len(words)} characters; the most is {NOTE_LENGTH}. It is still open.")
    return _close(actor, task, words)


@action
def hand_on_care(actor: User, task: CareTask, *, to: int) -> CareTask:
    """Give a task to another adult who may have it."""
    task = _held(actor, task)
    other = next((adult for adult in may_take_on(task) if adult.pk == to), None)
    if other is None:
        raise Refused("This task can’t go to that adult. It is still with you.")
    task.owner = other
    task.save(update_fields=["owner"])
    audit(actor, "notice.hand_on_care", task, to=to)
    return task


def _held(actor: User, task: CareTask) -> CareTask:
    """The task, locked; refused where it is closed."""
    require(actor, "notice.keep_care", task)
    kept = CareTask.objects.select_for_update(of=("self",)).select_related("pupil").get(pk=task.pk)
    if not kept.is_open:
        raise Refused("This task has been closed since you opened the page. What was done stays below.")
    return kept


def _close(actor: User, task: CareTask, reason: str) -> CareTask:
    task.closed_on, task.closed_by_id, task.reason = today(), actor.person_id, reason
    task.save(update_fields=["closed_on", "closed_by", "reason"])
    audit(actor, "notice.close_care", task)
    return task


def lately_closed() -> Iterable[Wave]:
    """Waves closed in the last month: the nightly round opens what a lost job did not."""
    return asking_waves_since(date.fromordinal(today().toordinal() - STILL_TRIED))
