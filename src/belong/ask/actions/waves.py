"""Planning, opening and closing a wave."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from belong.ask import opening, tasks
from belong.ask.languages.taking import take_in
from belong.ask.models import ClassSession, FreedName, PaperSheet, Ticket, Wave
from belong.ask.models.wave import UNLINKED
from belong.ask.queries.waves import audience_of
from belong.ask.questionnaire import has_symbols, instrument_of, kinds_allowed, usual_visibility
from belong.ask.readers import CHOICES, USUAL
from belong.ask.scramble import new_key
from belong.ask.signals import round_closed, wave_closed, wave_opened
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now, today
from belong.base.errors import Refused
from belong.base.jobs import enqueue
from belong.measure.instrument import InstrumentError, load
from belong.people.models import User

FIXED = "Who sees each answer was fixed when the wave opened. It was promised to those who answered."


@action
def draft_wave(
    user: User,
    *,
    title: str,
    audience: str,
    instrument_key: str,
    opens_on: date,
    closes_on: date,
    years: Sequence[str] = (),
    one_per_family: bool = False,
    symbols: bool = False,
) -> Wave:
    """Plan a wave. The questionnaire is copied into it; pupils' named readers are tutor and pastoral lead.

    `symbols` puts our drawings beside the questions that have one: those of the picture version.
    """
    require(user, "ask.manage_waves")
    try:
        instrument = load(instrument_key)
    except InstrumentError as error:
        raise Refused(f"That questionnaire can't be used: {error}") from error
    if audience not in instrument.audience:
        raise Refused(f"“{instrument.title['en']}” is not written for {audience}.")
    wave = Wave.objects.create(
        school=user.school,
        title=title,
        audience=audience,
        instrument_key=instrument.key,
        instrument=instrument.to_dict(),
        instrument_hash=instrument.hash,
        years=[] if audience == Wave.STAFF else list(years),
        one_per_family=one_per_family and audience == Wave.FAMILIES,
        symbols=symbols and has_symbols(instrument),
        opens_on=opens_on,
        closes_on=closes_on,
        visibility=usual_visibility(instrument, audience),
        readers=USUAL if audience == Wave.PUPILS else [],
    )
    take_in(wave)
    audit(user, "ask.draft_wave", wave, instrument=instrument.key)
    return wave


@action
def change_draft(user: User, wave: Wave, **fields: Any) -> Wave:
    """Change title, years, opens_on or closes_on of a draft; of an open wave the title and a later last day only."""
    require(user, "ask.manage_waves", wave)
    if wave.is_closed:
        raise Refused("This wave has closed; it can't be changed any more.")
    if wave.is_open and (set(fields) - {"title", "closes_on"} or fields.get("closes_on", today()) < today()):
        raise Refused(
            "An open wave keeps its people and its first day. You can change the title and the last day."
        )
    for name, value in fields.items():
        setattr(wave, name, value)
    wave.save(update_fields=list(fields))
    audit(user, "ask.change_wave", wave, fields=sorted(fields))
    return wave


@action
def change_visibility(
    user: User,
    wave: Wave,
    *,
    visibility: Mapping[str, str],
    readers: Sequence[str] = (),
    attributes: Sequence[str] = (),
) -> Wave:
    """Say who sees the answers to each question, who reads the named ones, what is kept with unlinked ones."""
    require(user, "ask.manage_waves", wave)
    if not wave.is_draft:
        raise Refused(FIXED)
    for item in instrument_of(wave).items:
        kind = visibility.get(item.id, wave.seen_as(item.id))
        if kind not in kinds_allowed(item, wave.audience):
            raise Refused(f"The answers to “{item.name()}” can't be {kind}.")
        wave.visibility[item.id] = kind
    unlinked = UNLINKED in wave.visibility.values()
    wave.readers = [role for role in CHOICES if role in readers] if wave.is_for_pupils else []
    known = opening.ATTRIBUTES if wave.is_for_pupils else ()
    wave.attributes = [name for name in known if name in attributes] if unlinked else []
    wave.save(update_fields=["visibility", "readers", "attributes"])
    audit(user, "ask.change_visibility", wave)
    return wave


@action
def discard_draft(user: User, wave: Wave) -> None:
    """Throw a draft away; nobody was asked anything."""
    require(user, "ask.manage_waves", wave)
    if not wave.is_draft:
        raise Refused("Only a draft can be thrown away.")
    Wave.objects.filter(pk=wave.pk).delete()  # the object keeps its number, for the trail
    audit(user, "ask.discard_draft", wave)


@action
def open_wave(user: User, wave: Wave, *, override_reason: str = "") -> Wave:
    """Open a draft. Raises Refused with everything that stands in the way.

    A reason another room gives (the last wave has no published response yet), and the survey budget, yield to a senior
    leader's own reason, which is kept on the wave and in the trail.
    """
    require(user, "ask.manage_waves", wave)
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    if not wave.is_draft:
        raise Refused("This wave is open already." if wave.is_open else "This wave has closed.")
    found = opening.check_opening(wave, user)
    if found.refusals:
        raise Refused(" ".join(found.refusals))
    reason = override_reason.strip()[:400] if opening.may_override(user) else ""
    if found.needs_reason and not reason:
        raise Refused(" ".join(found.needs_reason) + " A senior leader can open it anyway, with a reason.")
    wave.state = Wave.OPEN
    wave.opened_by, wave.opened_on = user, today()
    wave.override_reason = reason if found.needs_reason else ""
    wave.pool_key = new_key()
    wave.small_groups = opening.small_groups(wave, list(audience_of(wave)))
    wave.save()
    take_in(wave)
    wave_opened.send(sender=Wave, wave=wave)
    audit(user, "ask.open_wave", wave, why=wave.override_reason, overrode=bool(found.needs_reason))
    return wave


@action
def close_wave(user: User | None, wave: Wave) -> Wave:
    """Close a wave (`user` None: its last day has passed). Nobody can answer after this.

    The row lock waits for sheets that are being stored, so that none arrives after the count.
    """
    if user is not None:
        require(user, "ask.manage_waves", wave)
    wave = Wave.askings.select_for_update().get(pk=wave.pk)
    if not wave.is_open:
        raise Refused("This wave is not open.")
    wave.state, wave.closed_at = Wave.CLOSED, now()
    wave.save(update_fields=["state", "closed_at"])
    ClassSession.objects.filter(wave=wave).delete()
    for ways_in in (Ticket, FreedName, PaperSheet):
        ways_in.objects.filter(wave=wave).delete()
    (round_closed if wave.check_in_id else wave_closed).send(sender=Wave, wave=wave)
    audit(user, "ask.close_wave", wave)
    enqueue(tasks.rewrite_answers, school_id=wave.school_id, wave_id=wave.pk)
    return wave
