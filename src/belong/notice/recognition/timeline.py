"""A pupil's timeline: what was recognised, badges, and good moments that adults wrote for the pupil to read.

Of the moments it holds praise, work on display and notes home: their notes are written "as if the child will read
them". Greetings and small gestures are for adults to remember, observations for the pastoral lead; neither is here.
Nothing is counted, and an entry that stands longer is not worth more: the newest is first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from belong.notice.badges.queries import awards_of
from belong.notice.models import Award, Kind, Moment, Recognition, RecognitionPhoto, Shown
from belong.notice.recognition.showing import Choice, Choices, choices_of
from belong.notice.words import KIND_ICONS
from belong.people.models import Person

FOR_THE_PUPIL = (Kind.PRAISE, Kind.WORK, Kind.NOTE_HOME)
SENT_HOME = (Kind.NOTE_HOME,)
TITLES = {Kind.PRAISE: _("Praise"), Kind.WORK: _("Work on display"), Kind.NOTE_HOME: _("Note home")}
SOMEBODY = {
    Recognition.STAFF: _("an adult at school"),
    Recognition.PUPIL: _("somebody at school"),
    Recognition.AMBASSADOR: _("an ambassador"),
    Recognition.FAMILY: _("your family"),
}
TO_OTHERS = {
    Recognition.PUPIL: _("another pupil"),
    Recognition.AMBASSADOR: _("an ambassador"),
    Recognition.FAMILY: _("family"),
}


@dataclass(frozen=True)
class Entry:
    """One good thing: what it is called, what was seen and by whom, and where the pupil lets it show.

    `kind` is "recognition", "award" or "moment" and `number` the id of its row; `photo` is the id of the recognition
    whose picture it has, or None. `badge` is the award itself, for whoever draws it. `source` says who gives a
    recognition; what was `sent_home` the family has anyway.
    """

    kind: str
    number: int
    on: date
    title: str
    words: str
    who: str
    icon: str
    choice: Choice
    photo: int | None = None
    badge: Award | None = None
    source: str = ""
    sent_home: bool = False

    @property
    def key(self) -> str:
        """What forms call it: "recognition-7"."""
        return f"{self.kind}-{self.number}"


def timeline(pupil: Person, since: date | None = None) -> list[Entry]:
    """Everything on a pupil's own page, the newest first; five queries however much there is."""
    choices = choices_of(pupil)
    found = [
        *(_recognition(row, choices) for row in _approved([pupil], since)),
        *(_award(row, choices) for row in awards_of(pupil) if since is None or row.on >= since),
        *(_moment(row, choices) for row in _moments(pupil, FOR_THE_PUPIL, since)),
    ]
    return _newest_first(found)


def family_timeline(pupil: Person, since: date | None = None) -> list[Entry]:
    """What the pupil lets their family see, and what staff sent home; no other child is named."""
    seen = (entry for entry in timeline(pupil, since) if entry.choice.to_family or entry.sent_home)
    return [_for_others(entry) for entry in seen]


def wall(pupils: Iterable[Person]) -> list[tuple[Person, Entry]]:
    """What pupils chose for their tutor's display, the newest first; no other child is named. Constant queries."""
    by_id = {pupil.pk: pupil for pupil in pupils}
    chosen = Shown.objects.filter(pupil__in=by_id, on_wall=True)
    numbers: dict[str, set[int]] = {entry: set() for entry, _ in Shown.ENTRIES}
    for entry, number in chosen.values_list("entry", "number"):
        numbers[entry].add(number)
    shown = Choices(otherwise=Choice(on_wall=True, is_chosen=True))
    found = []
    for row in _approved(by_id.values(), None).filter(pk__in=numbers[Shown.RECOGNITION]):
        found.append((by_id[row.pupil_id], _for_others(_recognition(row, shown))))
    awards = Award.objects.filter(
        pk__in=numbers[Shown.AWARD], pupil__in=by_id, revoked_on__isnull=True
    ).select_related("badge", "by")
    found += [(by_id[row.pupil_id], _award(row, shown)) for row in awards]
    moments = Moment.objects.filter(pk__in=numbers[Shown.MOMENT], pupil__in=by_id, kind__in=FOR_THE_PUPIL)
    found += [(by_id[row.pupil_id], _moment(row, shown)) for row in moments.select_related("adult")]
    return sorted(found, key=lambda pair: (-pair[1].on.toordinal(), pair[1].key))


def entry_of(pupil: Person, kind: str, number: int) -> Entry | None:
    """One entry of a pupil's timeline, or None where there is none of that number."""
    return next((one for one in timeline(pupil) if (one.kind, one.number) == (kind, number)), None)


def _newest_first(found: list[Entry]) -> list[Entry]:
    return sorted(found, key=lambda entry: (-entry.on.toordinal(), entry.kind, -entry.number))


def _approved(pupils: Iterable[Person], since: date | None) -> QuerySet[Recognition]:
    rows = Recognition.objects.filter(pupil__in=[one.pk for one in pupils], state=Recognition.APPROVED)
    picture = Exists(RecognitionPhoto.objects.filter(recognition=OuterRef("pk")))
    rows = rows.select_related("trait", "by").annotate(has_photo=picture)
    return rows.filter(on__gte=since) if since else rows


def _moments(pupil: Person, kinds: tuple[Kind, ...], since: date | None) -> QuerySet[Moment]:
    rows = Moment.objects.filter(pupil=pupil, kind__in=kinds).select_related("adult")
    return rows.filter(on__gte=since) if since else rows


def _recognition(row: Any, choices: Choices) -> Entry:
    named = row.by is not None and row.is_signed and row.source != Recognition.FAMILY
    return Entry(
        kind=Shown.RECOGNITION,
        number=row.pk,
        on=row.on,
        title=row.trait.name,
        words=row.words,
        who=_name(row.by) if named else str(SOMEBODY[row.source]),
        icon="star",
        choice=choices.of(Shown.RECOGNITION, row.pk),
        photo=row.pk if row.has_photo else None,
        source=row.source,
    )


def _name(person: Person) -> str:
    """Pupils by first name and initial, as on a class list; adults as they are called."""
    if person.kind == Person.PUPIL:
        return f"{person.first_name} {person.family_name[:1]}".strip()
    return person.display_name


def _for_others(entry: Entry) -> Entry:
    """The same without the name of a child who gave it."""
    if entry.source in TO_OTHERS:
        return replace(entry, who=str(TO_OTHERS[entry.source]))
    return entry


def _award(row: Award, choices: Choices) -> Entry:
    return Entry(
        kind=Shown.AWARD,
        number=row.pk,
        on=row.on,
        title=row.badge.name,
        words=row.evidence,
        who=row.by.display_name if row.by else "",
        icon="shield",
        choice=choices.of(Shown.AWARD, row.pk),
        badge=row,
    )


def _moment(row: Moment, choices: Choices) -> Entry:
    kind = Kind(row.kind)
    return Entry(
        kind=Shown.MOMENT,
        number=row.pk,
        on=row.on,
        title=str(TITLES[kind]),
        words=row.note,
        who=row.adult.display_name,
        icon=KIND_ICONS[kind],
        choice=choices.of(Shown.MOMENT, row.pk),
        sent_home=kind in SENT_HOME,
    )
