"""Setting a check-in up, opening and closing its rounds, reading what was told, taking it out again."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from belong.ask.actions.texts import mark_read
from belong.ask.actions.waves import close_wave
from belong.ask.actions.withdrawal import KIND, take_back, take_out
from belong.ask.budget import refuse_over
from belong.ask.checkins.calendar import last_day
from belong.ask.checkins.days import days_of, twice_a_week
from belong.ask.checkins.form import MOST_NAMED, MOST_TOPICS, questionnaire, topics, visibility
from belong.ask.checkins.own import may_take_back
from belong.ask.checkins.queries import lines_to_read, named_sheets_of
from belong.ask.languages.taking import take_in
from belong.ask.models import CheckIn, SignedSheet, Wave
from belong.ask.opening import small_groups
from belong.ask.queries.waves import pupils_of_check_in
from belong.ask.questionnaire import CHECK_IN
from belong.ask.readers import CHOICES
from belong.ask.scramble import new_key
from belong.ask.tasks import sweep_up
from belong.ask.terms import term_end
from belong.base.access import allowed, require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.base.jobs import enqueue_once
from belong.guard.concerns.going_live import what_is_missing
from belong.guard.rights.holds import refuse_if_held
from belong.guard.rights.tombstones import bury
from belong.people.models import Group, School, User


@action
def set_up(
    user: User,
    *,
    title: str,
    group: Group | None = None,
    years: Sequence[str] = (),
    every: int,
    topics: Sequence[str],
    named: Sequence[str] = (),
    readers: Sequence[str] = (),
    with_line: bool = False,
    starts_on: date,
    ends_on: date,
    override_reason: str = "",
) -> CheckIn:
    """Set a check-in up for a group or for year groups; its first round opens at once where its day has come.

    Raises `Refused` with what stands in the way: pupils asked twice in one week, a line nobody would read; and
    `OverBudget` with the sum, unless whoever may go over the budget gives a reason, which the trail keeps.
    """
    if group is not None:
        require(user, "ask.set_up_check_in", group)
    else:
        require(user, "ask.set_up_for_years")
    check_in = CheckIn(
        school=user.school,
        title=title.strip()[:80],
        group=group,
        years=[] if group else list(years),
        every=every,
        topics=list(topics),
        named=[topic for topic in topics if topic in named],
        readers=[role for role in CHOICES if role in readers],
        with_line=with_line,
        starts_on=starts_on,
        ends_on=ends_on,
        set_up_by=user,
    )
    _check(check_in)
    reason = override_reason.strip() if allowed(user, "ask.go_over_budget") else ""
    over = refuse_over(check_in, reason=reason)
    check_in.save()
    open_due(user.school, only=check_in)
    about = {"group": group.pk if group else None} | ({"over_budget": True} if over else {})
    audit(user, "ask.set_up_check_in", check_in, why=reason if over else "", **about)
    return check_in


def _check(check_in: CheckIn) -> None:
    _check_questions(check_in)
    _check_days(check_in)
    if not check_in.group and not check_in.years:
        raise Refused("Choose a group or some year groups.")
    if not pupils_of_check_in(check_in).exists():
        raise Refused("Nobody is on roll there to be asked.")
    if problem := twice_a_week(check_in):
        raise Refused(problem)
    if check_in.with_line and (missing := what_is_missing(check_in.school)):
        raise Refused(" ".join(missing) + " Until then leave the line of own words out.")


def _check_questions(check_in: CheckIn) -> None:
    if not check_in.title:
        raise Refused("Give it a name that pupils and adults will know it by.")
    if not check_in.topics or set(check_in.topics) - set(topics()):
        raise Refused("Choose at least one question.")
    if len(check_in.topics) > MOST_TOPICS:
        raise Refused(f"{MOST_TOPICS} questions are the most: a check-in takes seconds.")
    if len(check_in.named) > MOST_NAMED:
        raise Refused(f"At most {MOST_NAMED} questions can be named; the rest are pooled.")
    if check_in.named and not check_in.readers:
        raise Refused("Choose who sees the named answers. Pupils read the names beside the question.")


def _check_days(check_in: CheckIn) -> None:
    if check_in.ends_on < check_in.starts_on:
        raise Refused("The last day is before the first.")
    if check_in.ends_on < today():
        raise Refused("Its last day is past. Choose a later one.")
    end = term_end(check_in.school, check_in.starts_on)
    if check_in.ends_on > end:
        raise Refused(
            f"A check-in runs until the end of the term at most: {end:%-d %B %Y}. Start it anew after that."
        )
    if check_in.every not in dict(CheckIn.CADENCES):
        raise Refused("Choose how often it asks: once, every two weeks, or every week, which is the most.")
    if not days_of(check_in):
        raise Refused("There is no school on any of its days.")


@action
def stop(user: User, check_in: CheckIn) -> CheckIn:
    """Stop asking. The round that is open closes; answers stay as long as they would have."""
    require(user, "ask.manage_check_in", check_in)
    if check_in.stopped_on is not None:
        return check_in
    check_in.stopped_on = today()
    check_in.save(update_fields=["stopped_on"])
    audit(user, "ask.stop_check_in", check_in)
    for wave in Wave.askings.filter(check_in=check_in, state=Wave.OPEN):
        close_wave(None, wave)
    return check_in


def open_due(school: School, only: CheckIn | None = None) -> int:
    """Open the rounds whose first day has come and whose last day has not passed; how many opened. Again, none."""
    day, opened = today(), 0
    running = CheckIn.objects.filter(school=school, stopped_on=None, starts_on__lte=day, ends_on__gte=day)
    for check_in in running.filter(pk=only.pk) if only else running:
        for first in days_of(check_in):
            if first <= day <= last_day(first, check_in.ends_on, check_in.every):
                opened += _open_round(check_in, first)
    return opened


def _open_round(check_in: CheckIn, first: date) -> bool:
    if Wave.askings.filter(check_in=check_in, opens_on=first).exists():
        return False
    instrument = questionnaire(check_in)
    wave = Wave(
        school_id=check_in.school_id,
        check_in=check_in,
        title=check_in.title,
        audience=Wave.PUPILS,
        instrument_key=CHECK_IN,
        instrument=instrument.to_dict(),
        instrument_hash=instrument.hash,
        years=check_in.years,
        opens_on=first,
        closes_on=last_day(first, check_in.ends_on, check_in.every),
        state=Wave.OPEN,
        visibility=visibility(check_in, instrument.items),
        readers=check_in.readers,
        pool_key=new_key(),
        opened_by=check_in.set_up_by,
        opened_on=first,
    )
    wave.small_groups = small_groups(wave, list(pupils_of_check_in(check_in)))
    try:
        with transaction.atomic():
            wave.save(force_insert=True)
            take_in(wave)
    except IntegrityError:  # another process was faster
        return False
    return True


def close_due(school: School) -> int:
    """Close the rounds whose last day has passed; how many closed."""
    due = list(
        Wave.askings.filter(school=school, check_in__isnull=False, state=Wave.OPEN, closes_on__lt=today())
    )
    for wave in due:
        close_wave(None, wave)
    return len(due)


@action
def note_read(user: User, wave: Wave) -> None:
    """This reader has a round in front of them: answers that named them, and the line where they read in confidence."""
    require(user, "ask.view_check_in", wave.check_in)
    named, lines = named_sheets_of(user, wave), lines_to_read(user, wave)
    mark_read(user, named, "named_read_by")
    mark_read(user, lines, "texts_read_by")
    if named or lines:
        audit(user, "ask.read_check_in", wave, sheets=len({sheet.pk for sheet in (*named, *lines)}))


@action
def take_own_out(user: User, wave: Wave) -> None:
    """A pupil takes their own answers out of a wave or a round. Published figures stay; so does a concern."""
    require(user, "ask.view_own_answers")
    person = user.person
    if person is None or not SignedSheet.objects.filter(wave=wave, person=person).exists():
        raise Refused("There are no answers with your name here.")
    refuse_if_held(person=person, wave=wave.pk)
    take_out(wave, person.pk)
    bury(wave.school, KIND, "ask.Wave", wave.pk, person=person.pk)
    audit(user, "ask.take_own_answers_out", wave)
    enqueue_once(sweep_up)


@action
def take_one_back(user: User, wave: Wave, item_id: str) -> None:
    """A pupil takes one named answer back: it is deleted, its sheet stays, and its readers see that it was taken back.

    Published figures stay; so does a concern.
    """
    require(user, "ask.view_own_answers")
    sheet = SignedSheet.objects.filter(wave=wave, person=user.person_id).select_related("wave").first()
    if sheet is None or not may_take_back(sheet, item_id):
        raise Refused("There is no answer with your name here.")
    refuse_if_held(person=user.person, wave=wave.pk)
    take_back(wave, sheet.person_id, item_id)
    bury(wave.school, KIND, "ask.Wave", wave.pk, person=sheet.person_id, item=item_id)
    enqueue_once(sweep_up)
    audit(user, "ask.take_own_answer_back", wave)
