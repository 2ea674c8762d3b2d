"""A school's own words in a language: kept as an edition, taken back, checked by a speaker."""

from collections.abc import Mapping
from datetime import date

from belong.ask.languages.editing import words_now
from belong.ask.languages.wording import forget_page, in_use
from belong.ask.models import OwnWording, ReadingLanguage
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.content.translations import ENGLISH, known, words_hash
from belong.people.models import Person, User

CHANGED_MEANWHILE = (
    "Somebody else changed this language meanwhile. Look at what they did, then upload the file again."
)


@action
def keep_words(user: User, code: str, words: Mapping[str, str], *, after: int = 0) -> OwnWording:
    """Use these words from now on, as a new edition; `after` is the edition the change was made from (0 for none)."""
    require(user, "ask.manage_languages")
    _require_language(code)
    now = _locked(user, code)
    if (now.pk if now else 0) != after:
        raise Refused(CHANGED_MEANWHILE)
    if now is not None:
        OwnWording.objects.filter(pk=now.pk).update(in_use=False)
    made = OwnWording.objects.create(
        school=user.school, language=code, words=dict(words), before=now, made_by=user, made_on=today()
    )
    forget_page()
    audit(user, "ask.change_words", made, language=code, texts=len(words))
    return made


@action
def take_back(user: User, code: str) -> OwnWording | None:
    """Go back to the edition before the one in use; before the first are the words that ship (None).

    What was taken back is kept, not in use.
    """
    require(user, "ask.manage_languages")
    now = _locked(user, code)
    if now is None:
        raise Refused("Your school uses the words that come with belong; there is nothing to take back.")
    before = now.before
    OwnWording.objects.filter(pk=now.pk).update(in_use=False)
    if before is not None:
        before.in_use = True
        before.save(update_fields=["in_use"])
    forget_page()
    audit(user, "ask.take_back_words", now, language=code)
    return before


@action
def note_check(user: User, code: str, *, checked_by: str, checked_on: date) -> OwnWording:
    """A speaker has read every word of a language and found it right: it is no draft for this school any more."""
    require(user, "ask.manage_languages")
    _require_language(code)
    name = checked_by.strip()
    if not name:
        raise Refused("Write the name of the speaker who checked it, as they wish to be named.")
    if checked_on > today():
        raise Refused("That day is still to come. When was it checked?")
    edition = _locked(user, code) or OwnWording(
        school=user.school, language=code, made_by=user, made_on=today()
    )
    edition.checked_by, edition.checked_on, edition.check_noted_by = name, checked_on, user
    edition.checked_hash = words_hash(dict(words_now(code, user.school)))
    edition.save()
    forget_page()
    audit(user, "ask.note_language_check", edition, language=code)
    return edition


def choose_language(person: Person, code: str) -> None:
    """Keep the language somebody chose for their own pages; English keeps nothing. No time, no trail."""
    if code == ENGLISH or code not in known():
        ReadingLanguage.objects.filter(person=person).delete()
    else:
        ReadingLanguage.objects.update_or_create(
            school_id=person.school_id, person=person, defaults={"language": code}
        )


def _locked(user: User, code: str) -> OwnWording | None:
    forget_page()
    found = in_use(code, user.school)
    return OwnWording.objects.select_for_update().filter(pk=found.pk).first() if found else None


def _require_language(code: str) -> None:
    if code not in known() or code == ENGLISH:
        raise Refused("There is no such language here.")
