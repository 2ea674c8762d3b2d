"""Where asking meets safeguarding: words are looked through, an adult is asked for, and boxes close when nobody reads.

What a pupil promises themselves from a page is kept there: a sheet is stored whether or not it could be looked through.
"""

import logging
from typing import Any

from django.db import transaction

from belong.ask.bands import band_of, text, voice
from belong.ask.models import SignedSheet, Wave
from belong.ask.questionnaire import instrument_of
from belong.base.briefly import briefly
from belong.guard.concerns.going_live import what_is_missing
from belong.guard.concerns.raising import look_through, raise_ask, raise_words
from belong.guard.concerns.rota import next_reading
from belong.guard.concerns.routes import hidden_sources
from belong.measure.instrument import Item, say
from belong.people.models import Person, School, User

logger = logging.getLogger("belong.ask")
CHECK_IN = "check-in"
YES = 1


def asks_for_an_adult(item: Item) -> bool:
    """Whether a question is the one by which a pupil asks an adult to check in (its first answer is yes)."""
    return item.id == CHECK_IN and item.kind == "choice"


def flag(wave: Wave, person: Person, sheet: SignedSheet) -> None:
    """Look through what one sheet says, in the transaction that keeps it; whatever happens, the sheet is kept."""
    try:
        _flag(wave, person, sheet)
    except Exception as error:
        logger.error("A sheet was kept, but could not be looked through (%s).", type(error).__name__)


def _flag(wave: Wave, person: Person, sheet: SignedSheet) -> None:
    items = instrument_of(wave).items
    flagged = look_through((say(item.text), sheet.texts[item.id]) for item in items if item.id in sheet.texts)
    asks = wave.is_for_pupils and any(
        asks_for_an_adult(item) and sheet.answers.get(item.id) == YES for item in items
    )
    if not flagged and not asks:
        return
    with transaction.atomic():
        if flagged:
            raise_words(wave.school, person, flagged, source_of(sheet))
        if asks:
            raise_ask(person, source=source_of(sheet))


def source_of(sheet: SignedSheet) -> str:
    """How a concern names the sheet it came from."""
    return f"{SignedSheet._meta.label_lower}:{sheet.pk}"


def hidden_sheets(user: User) -> list[int]:
    """Sheets whose words this user must not come across: a concern that came from them may be about the user."""
    mark = f"{SignedSheet._meta.label_lower}:"
    return [int(one.removeprefix(mark)) for one in hidden_sources(user) if one.startswith(mark)]


def words_closed(wave: Wave, person: Person) -> str:
    """Why the boxes for own words are closed just now, kindly; "" where somebody reads them soon."""
    if not any(item.kind == "open" for item in instrument_of(wave).items):
        return ""
    if _is_read_soon(wave.school):
        return ""
    return text("talk", f"words-closed-{voice(band_of(wave, person))}")


@briefly
def _is_read_soon(school: School) -> bool:
    return next_reading(school).is_rostered


def refuse_untested(sender: Any, wave: Wave, **kwargs: Any) -> str | None:
    """Why a wave with own words may not open yet: no test alert was taken on, or nobody is there to read."""
    if not any(item.kind == "open" for item in instrument_of(wave).items):
        return None
    return " ".join(what_is_missing(wave.school)) or None
