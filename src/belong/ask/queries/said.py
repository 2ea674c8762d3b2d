"""What pupils said to named people, and in their own words to the few who read in confidence."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils.crypto import salted_hmac

from belong.ask.adults import adult_names, in_words
from belong.ask.answers import RATHER_NOT, TAKEN_BACK
from belong.ask.bands import text
from belong.ask.models import SignedSheet, Wave
from belong.ask.models.wave import NAMED
from belong.ask.questionnaire import instrument_of
from belong.ask.safeguarding import hidden_sheets
from belong.base.access import allowed
from belong.base.among import among
from belong.measure.instrument import Item, say
from belong.people import roles
from belong.people.access import visible_pupils
from belong.people.models import Membership, Person, User

NOT_SAID = "I’d rather not say"


@dataclass(frozen=True)
class NamedAnswer:
    """One pupil's answer to a question that named the reader."""

    wave_id: int
    wave: str
    item_id: str
    question: str
    answer: str


@dataclass(frozen=True)
class Written:
    """One free text. Who wrote it is looked up on purpose, with a reason (`actions.reveal_writer`)."""

    sheet_id: int
    item_id: str
    question: str
    text: str


def answered_a_named_question(
    pupil_ids: Collection[int] | None, since: date, until: date | None = None
) -> set[int]:
    """Those of `pupil_ids` (None: all) who answered a named question in a wave that ran since a date (and by `until`).

    "Voice" counts these and never a receipt: that somebody answered a pooled wave is nobody's business.
    """
    sheets = SignedSheet.objects.filter(among("person", pupil_ids), named=True, wave__closes_on__gte=since)
    if until is not None:
        sheets = sheets.filter(wave__opens_on__lte=until)
    return set(sheets.values_list("person_id", flat=True))


def named_answers(user: User, pupil: Person) -> list[NamedAnswer]:
    """What the pupil answered to questions of waves that named this user, newest first; empty for everybody else."""
    sheets = readable_named(user).filter(person=pupil, wave__check_in=None).select_related("wave")
    sheets = sheets.order_by("-wave__opens_on", "-wave_id")
    mine = [sheet for sheet in sheets if user.person_id in sheet.readers]
    names = names_on(mine)
    return [answer for sheet in mine for answer in _named_in(sheet, names)]


def names_on(sheets: Collection[SignedSheet]) -> dict[int, str]:
    """Id → name of every adult chosen on some sheets; one query, and none where nobody was."""
    ids = {pk for sheet in sheets for chosen in (sheet.adults or {}).values() for pk in chosen}
    return adult_names(ids) if ids else {}


@dataclass(frozen=True)
class AnsweredAlike:
    """Pupils who gave the same answer to one named question. Where it asked for adults, one pupil: nobody is to see
    at a glance which adult many chose."""

    answer: str
    pupils: list[Person]


def named_by_question(user: User, wave: Wave) -> list[tuple[str, list[AnsweredAlike]]]:
    """This wave's questions that named this user, each with its answers in order and the pupils who gave them.

    Choices come before scales: a request ("Yes please, check in with me") waits for this reader.
    """
    sheets = named_sheets(user, wave)
    names = names_on(sheets)
    questions = []
    for item in sorted(instrument_of(wave).items, key=lambda item: item.kind != "choice"):
        if item.kind == "adults":
            said = [AnsweredAlike(words, [s.person]) for s in sheets if (words := _chosen(item, s, names))]
            questions += [(say(item.text), said)] if said else []
        elif wave.seen_as(item.id) == NAMED and item.scale is not None:
            codes = [*item.scale.codes, RATHER_NOT, TAKEN_BACK]
            alike = [(code, [s.person for s in sheets if s.answers.get(item.id) == code]) for code in codes]
            found = [AnsweredAlike(answer_words(item, code), pupils) for code, pupils in alike if pupils]
            questions += [(say(item.text), found)] if found else []
    return questions


def named_sheets(user: User, wave: Wave) -> list[SignedSheet]:
    """Sheets of a wave whose named questions named this user, by the pupils' names; their texts stay closed."""
    sheets = readable_named(user).filter(wave=wave).select_related("person")
    by_name = sheets.order_by("person__family_name", "person__given_name", "person_id")
    return [sheet for sheet in by_name if user.person_id in sheet.readers]


def named_count(user: User, wave: Wave) -> int:
    """How many `named_sheets` there are, without opening one; one query."""
    alike = readable_named(user).filter(wave=wave).values_list("readers").annotate(Count("pk"))
    return sum(count for readers, count in alike if user.person_id in readers)


def unread(user: User, since: date) -> tuple[dict[int, int], dict[int, int]]:
    """Wave id → how many sheets this user has not read yet: named answers, and texts written in confidence.

    Only waves that ran on or after a date; three queries at most, for any number of sheets. Check-ins have their own
    (`checkins.queries.waiting_for`).
    """
    sheets = SignedSheet.objects.filter(wave__closes_on__gte=since, wave__check_in=None)
    # Whom the user still works with is asked only where something is new: most days nothing is.
    named = _new_named(user, sheets.filter(named=True))
    if named:
        named = _new_named(user, sheets.filter(named=True, person__in=visible_pupils(user).values("id")))
    texts: Counter[int] = Counter()
    if allowed(user, "ask.read_texts"):
        alike = _of_my_post(user, sheets).values_list("wave_id", "texts_read_by").annotate(Count("pk"))
        for wave_id, read_by, count in alike:
            texts[wave_id] += 0 if user.person_id in read_by else count
    return named, +texts


def _new_named(user: User, sheets: QuerySet[SignedSheet]) -> Counter[int]:
    """Wave id → sheets that name the user and that the user has not read. Counted in the database: a class shares
    its readers, so a thousand sheets come back as a few dozen rows."""
    found: Counter[int] = Counter()
    alike = sheets.values_list("wave_id", "readers", "named_read_by").annotate(Count("pk"))
    for wave_id, readers, read_by, count in alike:
        if user.person_id in readers and user.person_id not in read_by:
            found[wave_id] += count
    return found


def readable_named(user: User) -> QuerySet[SignedSheet]:
    """Sheets with named answers of pupils whom the user still works with (the second half of ask.read_named)."""
    sheets = SignedSheet.objects.filter(named=True, person__in=visible_pupils(user).values("id"))
    return sheets.defer("texts")


def _named_in(sheet: SignedSheet, names: dict[int, str]) -> list[NamedAnswer]:
    wave = sheet.wave
    asked = [item for item in instrument_of(wave).items if wave.seen_as(item.id) == NAMED]
    said = [(item, _chosen(item, sheet, names)) for item in asked]
    return [NamedAnswer(wave.pk, wave.title, item.id, say(item.text), words) for item, words in said if words]


def _chosen(item: Item, sheet: SignedSheet, names: dict[int, str]) -> str:
    """The answer to one question as it was printed, adults by their names; "" where it was skipped."""
    if item.id in sheet.answers:
        return answer_words(item, sheet.answers[item.id])
    if sheet.adults is not None and item.id in sheet.adults:
        return in_words(sheet.adults[item.id], names)
    return ""


def answer_words(item: Item, code: int) -> str:
    """The answer as it was printed."""
    if code == TAKEN_BACK:
        return text("check-ins", "taken-back")
    if code == RATHER_NOT or item.scale is None:
        return NOT_SAID
    return item.scale.words()[code - 1]


def written(user: User, wave: Wave) -> list[Written]:
    """Every free text of a wave that this reader may read, by question; inside a question in no order that tells.

    Nothing here can be filtered: a list of one class's words is a list of names.
    """
    if not allowed(user, "ask.read_texts", wave):
        return []
    sheets = list(readable_sheets(user, wave))
    return [
        Written(sheet.pk, item.id, say(item.text), sheet.texts[item.id])
        for item in instrument_of(wave).items
        if item.kind == "open"
        for sheet in sorted(sheets, key=lambda sheet: _place(sheet, item))
        if item.id in sheet.texts
    ]


def _place(sheet: SignedSheet, item: Item) -> bytes:
    """Where a text stands in its list: the same at every look, not by time, and different for each question."""
    return salted_hmac("belong.ask.order", f"{sheet.pk} {item.id}", algorithm="sha256").digest()


def readable_sheets(user: User, wave: Wave) -> QuerySet[SignedSheet]:
    """Sheets of a wave whose texts the user may read."""
    return _of_my_post(user, SignedSheet.objects.filter(wave=wave))


def _of_my_post(user: User, sheets: QuerySet[SignedSheet]) -> QuerySet[SignedSheet]:
    """Sheets with texts: all of them for a whole-school post, else those of the own groups' pupils.

    Left out are sheets with a concern that may be about the reader: they learn neither its words nor that it exists.
    """
    sheets = sheets.filter(wrote=True).exclude(pk__in=hidden_sheets(user))
    posts = [role for role in user.current_roles if role.role in (roles.PASTORAL_LEAD, roles.DSL)]
    if any(role.group_id is None for role in posts):
        return sheets
    groups = [role.group_id for role in posts]
    inside = Membership.objects.current().filter(group__in=groups, part=Membership.MEMBER)
    return sheets.filter(person__in=inside.values("person"))
