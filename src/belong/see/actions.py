"""Building a release: once, when its wave has closed, in a job."""

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction

from belong.act.queries import plans_watching
from belong.ask.models import Wave
from belong.ask.queries import previous_wave
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now
from belong.base.errors import Refused
from belong.base.jobs import enqueue
from belong.base.secrets import Unreadable
from belong.people.models import User
from belong.release import Policy, Previous, Release, ReleaseRefused, build
from belong.see import families, tasks
from belong.see.microdata import Tables, pooled_tables, unlinked_tables
from belong.see.models import ReleaseRecord
from belong.see.queries import release_of
from belong.see.translations import helped_note_for, note_for

SLOW_MINUTES = 15
NOTHING = "None of the questions are for counting: their answers go to named people or were written in words."
BROKEN = (
    "The program stopped on a mistake of its own while it worked the tables out. Nothing was shown and no answer "
    "is lost."
)


@action
def request_release(wave: Wave) -> ReleaseRecord:
    """Note that a closed wave needs its release, and start the job that builds it; asking twice changes nothing."""
    record, is_new = ReleaseRecord.everything.get_or_create(
        wave=wave, defaults={"school_id": wave.school_id, "requested_at": now()}
    )
    if is_new:
        enqueue(tasks.build_release, school_id=wave.school_id, wave_id=wave.pk)
    return record


@action
def build_again(actor: User, record: ReleaseRecord) -> ReleaseRecord:
    """Try once more after a refusal, or when a build has been under way for too long. A ready release stays."""
    require(actor, "see.build_again", record)
    if record.is_ready:
        raise Refused("This release is ready. It never changes, so that two versions can't give anyone away.")
    if record.state == ReleaseRecord.BUILDING and not is_slow(record):
        raise Refused("It is being worked out now. Give it a few minutes.")
    record.state, record.step, record.reason = ReleaseRecord.BUILDING, ReleaseRecord.WAITING, ""
    record.requested_at = now()
    record.save()
    audit(actor, "see.build_again", record)
    enqueue(tasks.build_release, school_id=record.school_id, wave_id=record.wave_id)
    return record


def is_broken(record: ReleaseRecord) -> bool:
    """Whether it was the program or its keys that failed, not the answers: the same answers may well give results."""
    return record.reason == BROKEN or "looks after belong" in record.reason  # the second from `base.secrets`


def is_slow(record: ReleaseRecord) -> bool:
    """Whether a build has been under way for longer than any should take."""
    return (now() - record.requested_at).total_seconds() > SLOW_MINUTES * 60


def build_release(wave: Wave) -> ReleaseRecord:
    """Build, protect and freeze the release of a closed wave; one that is ready already is left as it is.

    Ends as `ready` or `refused`; a mistake of the program's own is recorded as a refusal and raised again.
    """
    record = ReleaseRecord.everything.select_related("wave").get(wave=wave)
    if record.is_ready:
        return record
    try:
        _step(record, ReleaseRecord.READING)
        release = make(wave, on_protecting=lambda: _step(record, ReleaseRecord.PROTECTING))
    except (ReleaseRefused, Unreadable) as refusal:
        return _finish(record, reason=refusal.reason)
    except Exception:
        _finish(record, reason=BROKEN)
        raise
    return _finish(record, release)


def make(wave: Wave, *, on_protecting: Callable[[], None] = lambda: None) -> Release:
    """Work out the release of a wave without storing it. Raises ReleaseRefused."""
    pooled = pooled_tables(wave)
    unlinked = unlinked_tables(wave, alone=pooled is None)
    before = previous_wave(wave)
    earlier = release_of(before) if before else None
    previous = _previous(wave, before, earlier) if pooled and before and earlier else None
    on_protecting()
    if pooled is None and unlinked is None:
        raise ReleaseRefused(NOTHING)
    if pooled is None or unlinked is None:
        made = _build(wave, pooled or unlinked, previous)  # type: ignore[arg-type]
    else:
        made = _together(_build(wave, pooled, previous), _build(wave, unlinked, None))
    told = note_for(wave, made.threshold) + helped_note_for(wave, made.threshold) + families.note_for(wave)
    return replace(made, notes=made.notes + told, hash="").sealed() if told else made


def _build(wave: Wave, tables: Tables, previous: Previous | None) -> Release:
    policy = Policy(threshold=int(wave.school.settings.get("threshold", 10)), audience=wave.audience)
    watched = [
        (w.measure, w.cut, w.group)
        for w in plans_watching(wave)
        if previous and str(w.wave_id) == previous[0].wave
    ]
    return build(tables.data, tables.menu, policy, previous=previous, watched=list(dict.fromkeys(watched)))


def _previous(wave: Wave, before: Wave, earlier: Release) -> Previous:
    """The earlier release with its answers, people named as in this wave; None for answers whose key has died."""
    if before.pool_key is None or wave.pool_key is None:
        return earlier, None
    tables = pooled_tables(before, keyed_by=wave)
    return earlier, tables.data if tables else None


def _together(pooled: Release, unlinked: Release) -> Release:
    """One release of both kinds of answers; they share no question, so nothing in one can be taken from the other."""
    return replace(
        pooled,
        measures=pooled.measures + unlinked.measures,
        cells=pooled.cells + unlinked.cells,
        gaps=pooled.gaps + unlinked.gaps,
        notes=pooled.notes + unlinked.notes,
        hash="",
    ).sealed()


def _step(record: ReleaseRecord, step: str) -> None:
    ReleaseRecord.everything.filter(pk=record.pk, state=ReleaseRecord.BUILDING).update(step=step)


@transaction.atomic
def _finish(record: ReleaseRecord, release: Release | None = None, *, reason: str = "") -> ReleaseRecord:
    """Freeze the outcome, unless another run of the same job has done so."""
    record = ReleaseRecord.everything.select_for_update().select_related("wave").get(pk=record.pk)
    if record.is_ready:
        return record
    if release is not None:
        record.state, record.reason = ReleaseRecord.READY, ""
        record.payload, record.hash = release.to_json(), release.hash
    else:
        record.state, record.reason = ReleaseRecord.REFUSED, reason
    record.built_at = now()
    record.save()
    audit(None, "see.build_release", record, state=record.state, hash=record.hash)
    return record
