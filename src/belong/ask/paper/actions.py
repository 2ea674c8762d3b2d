"""Printing sheets for people, and finding whose a sheet is when it is typed in."""

import secrets
from collections.abc import Sequence

from belong.ask.mailing import language_for
from belong.ask.models import PaperSheet, Wave
from belong.ask.questionnaire import language_of_questions
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.errors import Refused
from belong.content.translations import ENGLISH
from belong.people.models import Group, Person, User
from belong.people.queries import staff_in_post

LOWEST, HIGHEST = 10_000, 99_999


@action
def print_sheets(
    user: User,
    wave: Wave,
    people: Sequence[Person],
    *,
    helper: Person,
    group: Group | None = None,
    at_home: bool = False,
) -> list[PaperSheet]:
    """A new numbered sheet for each person; one printed for them before no longer works.

    `helper` is the adult whose name stands on the paper: only they can type it in. Numbers are drawn at random, so that
    neither they nor their order says anything about anybody. `group` is the class of pupils; `at_home` prints each
    sheet in the language spoken at home, where the questions are translated into it.
    """
    if wave.is_for_pupils and group is not None:
        require(user, "ask.run_group", group)
    else:
        require(user, "ask.manage_waves", wave)
    if not wave.is_open:
        raise Refused("Paper sheets are printed while a wave is open.")
    if not staff_in_post().filter(pk=helper.pk).exists():
        raise Refused("Choose a member of staff who types the sheets in.")
    PaperSheet.objects.filter(wave=wave, person__in=people).delete()
    taken = set(PaperSheet.objects.filter(wave=wave).values_list("number", flat=True))
    of = {"school_id": wave.school_id, "wave": wave, "helper": helper}
    made = PaperSheet.objects.bulk_create(
        PaperSheet(person=person, number=_free(taken), language=_language(wave, person, at_home), **of)
        for person in people
    )
    audit(user, "ask.print_paper", wave, sheets=len(made), group=group.pk if group else None)
    return made


def _language(wave: Wave, person: Person, at_home: bool) -> str:
    return language_of_questions(wave, language_for(person)) if at_home else ENGLISH


def _free(taken: set[int]) -> int:
    while True:
        number = LOWEST + secrets.randbelow(HIGHEST - LOWEST + 1)
        if number not in taken:
            taken.add(number)
            return number
