"""What pupils show after tapping their name in a class session: three pictures in order, or a number."""

from collections.abc import Collection, Sequence

from django.db.models import F

from belong.ask.bands import text
from belong.ask.entrance import USUAL_YEARS, picture_years, with_pictures
from belong.ask.models import Pin, WayIn
from belong.ask.pictures import new_pictures
from belong.ask.tokens import new_pin, pin_hash, same
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.errors import Refused
from belong.people.models import Group, Person, School, User
from belong.people.queries import members

MOST_TRIES = 5
Made = tuple[Person, str]
NOT_IN_CLASS = "That pupil is not in this class."


@action
def make_pins(user: User, group: Group, *, only_missing: bool = False) -> list[Made]:
    """New pictures or numbers for a class (or for those without), by name: ("sun-boat-cup" or "4071")."""
    require(user, "ask.run_group", group)
    pupils = list(members(group))
    kinds = dict(Pin.objects.filter(person__in=pupils).values_list("person_id", "pictures"))
    if only_missing:
        pupils = [pupil for pupil in pupils if pupil.pk not in kinds]
    made = _renew(group, pupils, with_pictures(group, pupils))
    audit(user, "ask.make_pins", group, pins=len(made))
    return made


@action
def make_pin(user: User, group: Group, person_id: int, *, pictures: bool | None = None) -> Made:
    """New ones for one pupil of the class; also ends the lock after five wrong tries.

    `pictures` gives them the other kind from now on; None leaves the kind they have, or that of the class.
    """
    require(user, "ask.run_group", group)
    pupil = _member(group, person_id)
    if pictures is None:
        kept = Pin.objects.filter(person=pupil).first()
        pictures = kept.pictures if kept else bool(with_pictures(group, [pupil]))
    (made,) = _renew(group, [pupil], {pupil.pk} if pictures else ())
    audit(user, "ask.make_pins", group, pins=1)
    return made


@action
def show_pin(user: User, group: Group, person_id: int) -> Made:
    """What a pupil who forgot needs: their own pictures once more, or a new number. The lock ends with it.

    The entry in the trail names the class and not the pupil: who was just coming in is nobody's business later.
    """
    require(user, "ask.run_group", group)
    pupil = _member(group, person_id)
    kept = Pin.objects.filter(person=pupil).first()
    if kept is None or not kept.shown_again:
        return make_pin(user, group, person_id)
    Pin.objects.filter(pk=kept.pk).update(tries=0)
    audit(user, "ask.show_pictures", group)
    return pupil, kept.shown_again


@action
def choose_way_in(user: User, group: Group, *, pictures: bool) -> list[Made]:
    """Let a class come in with pictures, or with numbers: everyone gets new ones."""
    require(user, "ask.run_group", group)
    WayIn.objects.filter(group=group).delete()
    if (group.year in picture_years(group.school)) != pictures:
        WayIn.objects.create(school_id=group.school_id, group=group, pictures=pictures)
    made = make_pins(user, group)
    audit(user, "ask.choose_way_in", group, pictures=pictures)
    return made


@action
def set_picture_years(user: User, years: Sequence[str]) -> None:
    """For which year groups pictures are usual. What pupils have now stays as it is until it is made anew."""
    require(user, "ask.manage_waves")
    school = School.objects.select_for_update().get(pk=user.school_id)
    chosen = list(dict.fromkeys(years))
    if set(chosen) == set(USUAL_YEARS):
        school.settings.pop("picture_years", None)
    else:
        school.settings["picture_years"] = chosen
    school.save(update_fields=["settings"])
    audit(user, "ask.set_picture_years", years=chosen)


def _member(group: Group, person_id: int) -> Person:
    found = members(group).filter(pk=person_id).first()
    if found is None:
        raise Refused(NOT_IN_CLASS)
    return found


def _renew(group: Group, pupils: list[Person], with_pictures: Collection[int]) -> list[Made]:
    made = [(pupil, new_pictures() if pupil.pk in with_pictures else new_pin()) for pupil in pupils]
    Pin.objects.filter(person__in=pupils).delete()
    Pin.objects.bulk_create(
        Pin(
            school_id=group.school_id,
            person=pupil,
            pin_hash=pin_hash(pupil.pk, secret),
            pictures=pupil.pk in with_pictures,
            shown_again=secret if pupil.pk in with_pictures else None,
        )
        for pupil, secret in made
    )
    return made


def check_pin(person: Person, given: str, *, pictures: bool = False) -> None:
    """Nothing if it is right; Refused with a kind sentence if not, and after five wrong tries whatever it is.

    The try is counted before what was given is looked at, so that many at once can't try more than five. `pictures`
    only says which words to use for somebody who has none yet.
    """
    counted = Pin.objects.filter(person=person, tries__lt=MOST_TRIES).update(tries=F("tries") + 1)
    kept = Pin.objects.filter(person=person).first()
    kind = "pictures" if (kept.pictures if kept else pictures) else "number"
    if kept is None:
        raise Refused(text("getting-in", f"{kind}-none"))
    if not counted:
        raise Refused(text("getting-in", f"{kind}-locked"))
    if not same(kept.pin_hash, pin_hash(person.pk, given)):
        left = MOST_TRIES - kept.tries
        how = "locked" if left == 0 else "wrong" if left > 2 else "nearly"
        raise Refused(text("getting-in", f"{kind}-{how}"))
    Pin.objects.filter(pk=kept.pk).update(tries=0)
