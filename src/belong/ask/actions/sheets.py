"""Taking in one person's answers: one short transaction, at most four INSERTs, no time and no trail.

Words that should be read soon, and a request for an adult, add a concern in the same transaction (`safeguarding`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from belong.ask.adults import check_adults
from belong.ask.answers import Answers, Misfit, checked, split
from belong.ask.bands import later
from belong.ask.families import family_of
from belong.ask.friends.choosing import check_friends
from belong.ask.how import ALONE, How, askable_with
from belong.ask.models import OptOut, PooledSheet, Receipt, SignedSheet, UnlinkedSheet, Wave
from belong.ask.models.wave import CONFIDENTIAL, NAMED, POOLED, UNLINKED
from belong.ask.opening import coarse
from belong.ask.questionnaire import questions_for
from belong.ask.safeguarding import flag
from belong.ask.scramble import scramble
from belong.base.clock import today
from belong.base.errors import Refused
from belong.base.prepared import insert, prepared
from belong.people.models import Person

CLOSED = later("endings", "end-closed")
ALREADY = later("endings", "end-already")
NOT_ASKED = later("endings", "end-not-asked")


class AlreadyAnswered(Refused):
    """A second submission of the same person; the first one stands."""


@dataclass(frozen=True)
class Sheets:
    """The unsaved rows of one person's answers; None for a kind of question the wave does not have."""

    receipt: Receipt
    signed: SignedSheet | None
    pooled: PooledSheet | None
    unlinked: UnlinkedSheet | None


def sheets_of(
    wave: Wave,
    person: Person,
    answers: Answers,
    submission_id: UUID | None = None,
    readers: Sequence[int] = (),
    how: How = ALONE,
) -> Sheets:
    """The rows that answers (already checked) become; for `submit_sheet` and for writing many at once."""
    parts = split(wave, answers)
    kinds = set(wave.visibility.values())
    base = {"school_id": wave.school_id, "wave": wave}
    signed = SignedSheet(
        **base,
        person=person,
        submission_id=submission_id,
        answers=parts.signed,
        texts=parts.texts,
        adults=parts.adults or None,
        friends=parts.friends or None,
        wrote=bool(parts.texts),
        readers=list(readers),
        named=parts.named,
        how=how.kept(),
    )
    pooled = PooledSheet(
        **base,
        scramble=scramble(wave.pool_key or b"", person.pk),
        answers=parts.pooled,
        how=how.kept(),
    )
    unlinked = UnlinkedSheet(**base, attributes=coarse(wave, person), answers=parts.unlinked)
    return Sheets(
        receipt=Receipt(**base, person=person, submission_id=submission_id, family=family_of(wave, person)),
        signed=signed if kinds & {NAMED, CONFIDENTIAL} else None,
        pooled=pooled if POOLED in kinds else None,
        unlinked=unlinked if UNLINKED in kinds and not how.helper else None,
    )


def submit_sheet(
    wave: Wave,
    person: Person,
    answers: Mapping[str, int | str | Sequence[int]],
    submission_id: UUID,
    readers: Sequence[int] = (),
    how: How = ALONE,
) -> None:
    """Keep one person's answers; the same submission again changes nothing and is no error.

    `readers` are the ids of the people who were named beside the named questions; `how` says in which language the
    page was and whether an adult helped (then a wave's unlinked questions are not asked). Raises Refused (wave closed),
    AlreadyAnswered (another submission came first) or Misfit (answers that do not fit the questions). The access
    is the caller's pass: nobody signs in to answer, and no entry in the audit trail says who answered when.
    """
    items = askable_with(wave, questions_for(wave, person.year), helper=how.helper)
    fitting = checked(items, answers)
    if not wave.takes_answers or person.is_leaver:
        if _is_resend(wave, person, submission_id):
            return
        raise Refused(str(CLOSED))
    if _opted_out(person.pk, today()) and not _is_resend(wave, person, submission_id):
        raise Refused(str(NOT_ASKED))
    try:
        check_adults(items, fitting)
        check_friends(items, fitting, person)
    except Misfit:
        if _is_resend(wave, person, submission_id):
            return  # it is in; an adult may have left since
        raise
    sheets = sheets_of(wave, person, fitting, submission_id, readers, how)
    try:
        _insert(wave, sheets)
    except IntegrityError:
        if not _is_resend(wave, person, submission_id):
            raise


@transaction.atomic
def _insert(wave: Wave, sheets: Sheets) -> None:
    """The receipt first: it is unique, and its foreign key holds the wave until we are done, so that a wave that
    closes meanwhile waits for this sheet, and a sheet that comes after the close finds the wave closed."""
    insert(sheets.receipt)
    if not _open(wave.pk):
        raise Refused(str(CLOSED))
    for sheet in (sheets.signed, sheets.pooled, sheets.unlinked):
        if sheet is not None:
            insert(sheet)
    if sheets.signed is not None:
        flag(sheets.receipt.wave, sheets.receipt.person, sheets.signed)


@prepared
def _opted_out(person_id: int, day: date) -> Any:
    return OptOut.objects.current(day).filter(person=person_id).order_by().values_list("pk", flat=True)


@prepared
def _open(wave_id: int) -> Any:
    return Wave.askings.filter(pk=wave_id, state=Wave.OPEN).order_by().values_list("pk", flat=True)


def _is_resend(wave: Wave, person: Person, submission_id: UUID) -> bool:
    """Whether this very submission is in; raises AlreadyAnswered if another one is."""
    kept = Receipt.objects.filter(wave=wave, person=person).first()
    if kept is None:
        if Receipt.objects.filter(wave=wave, family=family_of(wave, person) or 0).exists():
            raise AlreadyAnswered(str(ALREADY))  # another carer of the same children did
        return False
    if kept.submission_id != submission_id:
        raise AlreadyAnswered(str(ALREADY))
    return True
