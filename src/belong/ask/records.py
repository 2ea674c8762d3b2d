"""The data map of the ask room: waves, answers, ways in.

Pooled answers of a person are found while their wave's key lives: with it they can be found, after it nobody can.
Unlinked answers can never be found.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q

from belong.ask.adults import adult_names
from belong.ask.adults import in_words as adults_in_words
from belong.ask.answers import TAKEN_BACK
from belong.ask.friends.words import friends_in_words
from belong.ask.models import PooledRow, PooledSheet, Receipt, SignedSheet, Wave
from belong.ask.queries.said import answer_words
from belong.ask.questionnaire import instrument_of
from belong.ask.rewriting import expiring
from belong.ask.scramble import scramble
from belong.base.registry import (
    CONFIDED,
    LEGAL,
    NO_PERSON,
    PUBLIC_TASK,
    SECURITY,
    Clock,
    Record,
    Rows,
    author,
    subject,
)
from belong.measure.instrument import say
from belong.web.languages import LANGUAGES

HEARD = "so that the school hears from every pupil, and can act on it"
WAYS_IN = "so that a person can answer once, as themselves"


def pooled_of(model: Any) -> Callable[[Any], Rows]:
    """The rows of a table of pooled answers that are a person's, for waves whose key still lives."""

    def find(person: Any) -> Rows:
        mine = Q(pk__in=[])
        for wave_id, key in Wave.askings.filter(pool_key__isnull=False).values_list("pk", "pool_key"):
            mine |= Q(wave=wave_id, scramble=scramble(key, person.pk))
        return model.objects.filter(mine)

    return find


def in_words(row: Any) -> dict[str, Any]:
    """A sheet as questions and answers, the way they were printed."""
    shown: dict[str, Any] = {"Asked in": row.wave.title}
    for item in instrument_of(row.wave).items:
        if row.answers.get(item.id, TAKEN_BACK) != TAKEN_BACK:
            shown[say(item.text) or item.id] = answer_words(item, row.answers[item.id])
        if item.id in getattr(row, "texts", {}):
            shown[say(item.text) or item.id] = row.texts[item.id]
        chosen = (getattr(row, "adults", None) or {}).get(item.id)
        if chosen is not None:
            shown[say(item.text) or item.id] = adults_in_words(chosen, adult_names(chosen))
        friends = (getattr(row, "friends", None) or {}).get(item.id)
        if friends is not None:
            shown[say(item.text) or item.id] = friends_in_words(friends)
    return shown | _how_in_words(row.how)


def _how_in_words(how: dict[str, Any]) -> dict[str, Any]:
    """In which language it was answered and whether an adult helped; nothing for sheets from before that was kept."""
    if not how:
        return {}
    called = {one.code: one.called for one in LANGUAGES}.get(how["language"], how["language"])
    return {"Answered in": called, "An adult helped": "yes" if how["helper"] else "no"}


def _texts(day: date) -> list[Rows]:
    return [SignedSheet.objects.filter(wrote=True, wave__closed_at__date__lte=day)]


def _adults(day: date) -> list[Rows]:
    return [SignedSheet.objects.filter(adults__isnull=False, wave__closed_at__date__lte=day)]


def _friends(day: date) -> list[Rows]:
    return [SignedSheet.objects.filter(friends__isnull=False, wave__closed_at__date__lte=day)]


def _signed(day: date) -> list[Rows]:
    return [SignedSheet.objects.filter(wave__closed_at__date__lte=day)]


def forget_texts(rows: Rows) -> int:
    """Take free text off sheets; a sheet that held nothing else goes."""
    count = 0
    for sheet in rows.iterator():
        count += 1
        if sheet.answers or sheet.adults is not None or sheet.friends is not None:
            sheet.texts, sheet.wrote = {}, False
            sheet.save(update_fields=["texts", "wrote"])
        else:
            sheet.delete()
    return count


def forget_adults(rows: Rows) -> int:
    """Take whom a pupil could turn to off sheets; a sheet that held nothing else goes."""
    return _forget_people(rows, "adults", "friends")


def forget_friends(rows: Rows) -> int:
    """Take whom a pupil likes to be with off sheets; a sheet that held nothing else goes."""
    return _forget_people(rows, "friends", "adults")


def _forget_people(rows: Rows, whom: str, other: str) -> int:
    bare = rows.filter(wrote=False, **{f"{other}__isnull": True})
    emptied = [sheet.pk for sheet in bare.only("answers") if not sheet.answers]
    count = int(rows.exclude(pk__in=emptied).update(**{whom: None}))
    return count + int(SignedSheet.objects.filter(pk__in=emptied).delete()[0])


RECORDS = (
    Record(
        "ask.Wave",
        holds="What was asked of whom, when, and who may see which answer.",
        about=(author("opened_by__person"),),
        why=HEARD,
        basis=PUBLIC_TASK,
        seen_by="staff",
        kept="as long as the school uses belong; its key goes after 13 months",
        secret=("pool_key", "instrument_hash"),
        wave="pk",
    ),
    Record(
        "ask.SignedSheet",
        holds="Answers to questions that named their readers, the adults a pupil could turn to and the pupils they "
        "like to be with (both encrypted), and what a person wrote in confidence (encrypted); the language of the "
        "page, and whether an adult helped.",
        about=(subject("person"),),
        special=True,
        why="so that named adults can follow up what a person told them",
        basis=CONFIDED,
        seen_by="the adults named beside the question; free text and friends: pastoral lead and DSL",
        kept="named answers",
        secret=("submission_id", "readers", "named_read_by", "texts_read_by"),
        wave="wave",
        show=in_words,
        note="Whatever a person writes may be about health, belief or family life, so it counts as special category. "
        "An adult’s own copy does not say which pupils chose them: that was told in confidence to the readers named.",
    ),
    *(
        Record(
            f"ask.{model.__name__}",
            holds="Answers without a name, under a keyed scramble of the person; the language of the page, and whether "
            f"an adult helped; {when}.",
            about=(subject(find=pooled_of(model)),),
            why=HEARD,
            basis=PUBLIC_TASK,
            seen_by="nobody; they reach a screen only in a release",
            kept="pooled keys",
            secret=("scramble",),
            wave="wave",
            show=in_words,
            note="Once the key is gone, nobody can say whose these are; they are then not about a person any more.",
        )
        for model, when in ((PooledSheet, "while the wave is open"), (PooledRow, "after it has closed"))
    ),
    *(
        Record(
            f"ask.{name}",
            holds=f"Answers without a name or a scramble, at most three coarse facts beside them; {when}.",
            why=HEARD,
            basis=NO_PERSON,
            seen_by="nobody; they reach a screen only in a release",
            kept="as long as the wave; nobody can find a person’s",
            wave="wave",
        )
        for name, when in (
            ("UnlinkedSheet", "while the wave is open"),
            ("UnlinkedRow", "after it has closed"),
        )
    ),
    Record(
        "ask.Receipt",
        holds="That a person answered a wave, and for which family where one answer is taken of each; no time.",
        about=(subject("person"),),
        why=WAYS_IN,
        basis=PUBLIC_TASK,
        seen_by="nobody; counts by class while the wave is open",
        kept="receipts",
        secret=("submission_id", "family"),
        wave="wave",
    ),
    Record(
        "ask.Ticket",
        holds="A printed card or mailed link, as a scrambled code.",
        about=(subject("person"),),
        why=WAYS_IN,
        basis=SECURITY,
        seen_by="nobody once it is printed",
        kept="until the wave closes",
        secret=("token_hash",),
        wave="wave",
    ),
    Record(
        "ask.ClassSession",
        holds="A teacher lets a class answer for 40 minutes.",
        about=(author("opened_by__person"),),
        why=WAYS_IN,
        basis=SECURITY,
        seen_by="the teacher",
        kept="until the next session of the class; at the latest until the wave closes",
        secret=("code",),
        wave="wave",
    ),
    Record(
        "ask.Device",
        holds="A device in a class session, by a label; never who used it.",
        why=WAYS_IN,
        basis=NO_PERSON,
        seen_by="the teacher",
        kept="as long as the class session",
        secret=("key_hash",),
        wave="session__wave",
    ),
    Record(
        "ask.TalkCard",
        holds="A pupil’s card to ask for an adult, scrambled, and the day it was made.",
        about=(subject("person"),),
        why="so that a pupil can ask for an adult at any time, as themselves",
        basis=SECURITY,
        seen_by="nobody once it is printed",
        kept="until a new one is made, or the pupil’s record goes",
        secret=("token_hash",),
    ),
    Record(
        "ask.OptOut",
        holds="That a person does not take part, from when to when, and whether they or a carer said so. No reason.",
        about=(subject("person"), author("noted_by__person"), author("ended_by__person")),
        why="so that nobody is asked who has said no",
        basis=LEGAL,
        seen_by="survey lead, pastoral staff and senior leaders",
        kept="leavers",
    ),
    Record(
        "ask.Pin",
        holds="A pupil’s three pictures (scrambled, and encrypted) or four-digit number (scrambled) for class "
        "sessions, and how many wrong tries there were.",
        about=(subject("person"),),
        why=WAYS_IN,
        basis=SECURITY,
        seen_by="pictures: whoever leads the class, when the pupil forgot; a number: nobody once it is printed",
        kept="until a new one is made, or the pupil’s record goes",
        secret=("pin_hash", "shown_again"),
    ),
    Record(
        "ask.WayIn",
        holds="That a class comes in with pictures, or with numbers, although its year group would use the other.",
        why=WAYS_IN,
        basis=NO_PERSON,
        seen_by="whoever leads the class",
        kept="as long as the class",
    ),
    Record(
        "ask.AwayToday",
        holds="That a pupil was marked as not here in a class session.",
        about=(subject("person"),),
        why="so that nobody waits for who is not there, and a card is printed for them",
        basis=PUBLIC_TASK,
        seen_by="the teacher who runs the session",
        kept="as long as the class session",
        wave="session__wave",
    ),
    Record(
        "ask.FreedName",
        holds="How often a teacher freed a pupil’s name in a wave because somebody else had tapped it; no time.",
        about=(subject("person"),),
        why=WAYS_IN,
        basis=SECURITY,
        seen_by="nobody",
        kept="until the wave closes",
        wave="wave",
    ),
)
CLOCKS = (
    Clock(
        "named answers",
        "Named and confidential answers",
        runs_from="the day the wave closed",
        usual=0,
        least=90,
        most=2555,
        may_be_off=True,
        due=_signed,
        began="wave__closed_at",
        why="until the person’s record goes, or sooner if the school says so",
    ),
    Clock(
        "free text",
        "What people wrote in confidence",
        runs_from="the day the wave closed",
        usual=365,
        least=30,
        most=1095,
        due=_texts,
        began="wave__closed_at",
        forget=forget_texts,
    ),
    Clock(
        "trusted adults",
        "Which adults pupils said they could turn to",
        runs_from="the day the wave closed",
        usual=180,
        least=30,
        most=365,
        due=_adults,
        began="wave__closed_at",
        forget=forget_adults,
        why="two terms: long enough to act on it and ask again, short enough not to follow anybody",
    ),
    Clock(
        "pooled keys",
        "Keys with which pooled answers can be matched",
        runs_from="the day the wave closed",
        usual=396,
        least=396,
        most=396,
        due=lambda day: [expiring()],
        began="closed_at",
        forget=lambda waves: int(waves.update(pool_key=None)),
        why="13 months: one wave can be compared with the next year’s",
    ),
    Clock(
        "receipts",
        "Who answered which wave",
        runs_from="the day the wave closed",
        usual=396,
        least=396,
        most=396,
        due=lambda day: [Receipt.objects.filter(wave__closed_at__date__lte=day)],
        began="wave__closed_at",
        why="needed to take answers out, which works as long as the key lives",
    ),
    Clock(
        "friendship nominations",
        "Whom a pupil named as a friend",
        runs_from="the day the wave closed",
        usual=90,
        least=90,
        most=90,
        due=_friends,
        began="wave__closed_at",
        forget=forget_friends,
        why="a term: long enough to look out for somebody and to make groups once",
    ),
)
