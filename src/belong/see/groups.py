"""Which groups a release looks at, who is in which, and what they are called.

The menu is fixed: for pupils sex, year, SEN, pupil premium, English as an additional language, joined this year and
broad ethnic group, and two pairs; for staff one attribute; for families the year group of their child. Tutor
groups are left out on purpose: a table of classes is read as a table of teachers. A school may leave out more
in `School.settings["cuts"]`, never add what is not here.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from belong.ask.models import Wave
from belong.base.clock import today
from belong.content import read
from belong.measure import say
from belong.people import roles
from belong.people.models import Person, School
from belong.people.queries import YEAR_ORDER, characteristics, children_of_carers, posts, year_label
from belong.release import Attribute, Menu

YES, NO = "Y", "N"
FLAGS = ("pupil_premium", "eal")
PAIRS = (("sex", "year"), ("year", "pupil_premium"))
NOTICED = timedelta(days=30)
# The kinds read from the roster to put pupils into groups; nothing else may come of them.
KINDS = ("sen", "pupil_premium", "eal", "joined_this_year", "ethnicity")

Values = dict[str, dict[int, str]]
"""Attribute → person id → group; "" where the group is not recorded."""


@dataclass(frozen=True)
class Cut:
    """One way to divide people. `labels` are names of groups, `order` their reading order."""

    key: str
    title: str
    labels: Mapping[str, str]
    merge: Literal["never", "neighbours", "smallest"] = "never"

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(self.labels)


def cuts_for(audience: str) -> tuple[Cut, ...]:
    """The cuts of an audience, in menu order."""
    years = Cut("year", "Year groups", {year: year_label(year) for year in YEAR_ORDER}, "neighbours")
    if audience == Wave.FAMILIES:
        return (years,)
    if audience == Wave.STAFF:
        return (Cut("post", "Teaching and other posts", {"teaching": "Teachers", "other": "Other posts"}),)
    words = _flag_words()
    flags = [Cut(key, words[key][0], _two(words[key])) for key in FLAGS]
    sen = words["sen"]
    return (
        Cut("sex", "Girls and boys", _sexes(), "smallest"),
        years,
        Cut("sen", sen[0], {"sen": sen[0], "none": sen[1]}),
        *flags,
        Cut("joined_this_year", words["joined_this_year"][0], _two(words["joined_this_year"])),
        Cut("ethnicity", "Ethnic background", _ethnicities(), "smallest"),
    )


def menu_for(wave: Wave, values: Values) -> Menu:
    """The menu of this wave: cuts the school uses, and in which people are in two groups at least."""
    return menu_of(wave.audience, wave.school, values)


def menu_of(audience: str, school: School, values: Values) -> Menu:
    """The same for any figures about an audience."""
    wanted = school.settings.get("cuts")
    attributes: list[Attribute] = []
    for cut in cuts_for(audience):
        groups = set(values.get(cut.key, {}).values()) - {""}
        if len(groups) < 2 or (wanted is not None and cut.key not in wanted):
            continue
        attributes.append(Attribute(cut.key, cut.order, merge=cut.merge))
    keys = {attribute.key for attribute in attributes}
    pairs = [pair for pair in PAIRS if audience == Wave.PUPILS and set(pair) <= keys]
    return Menu.of(*attributes, pairs=pairs)


def group_values(wave: Wave, people: Collection[Person], on: date) -> Values:
    """The group of each person in every cut of the wave's audience, as it was on a date."""
    return values_of(wave.audience, people, on)


def values_of(audience: str, people: Collection[Person], on: date) -> Values:
    """The same for any people of an audience."""
    return _READERS[audience](people, on)


def _of_pupils(people: Collection[Person], on: date) -> Values:
    held = characteristics(KINDS, on)
    broad = {code["code"]: code["group"] or "" for code in read("codes/ethnicity")["codes"]}
    new = _joined_this_year(people, on)
    sen = {code["code"]: code["group"] for code in read("codes/sen-provision")["codes"]}
    values: Values = {
        "sex": {p.pk: p.sex for p in people},
        "year": {p.pk: year_on(p, on) for p in people},
        "sen": {p.pk: sen.get(held["sen"].get(p.pk, "N"), "none") for p in people},
        "joined_this_year": {
            p.pk: YES if p.pk in new or _is_yes(held["joined_this_year"].get(p.pk)) else NO for p in people
        },
        "ethnicity": {p.pk: _ethnic_group(held["ethnicity"].get(p.pk, ""), broad) for p in people},
    }
    for key in FLAGS:
        values[key] = {p.pk: YES if _is_yes(held[key].get(p.pk)) else NO for p in people}
    return values


def _of_staff(people: Collection[Person], on: date) -> Values:
    held = posts(on)
    return {"post": {p.pk: "teaching" if roles.TEACHER in held.get(p.pk, ()) else "other" for p in people}}


def _of_families(people: Collection[Person], on: date) -> Values:
    """A family with several children counts in the year of the youngest."""
    youngest: dict[int, str] = {}
    for carer_id, year in children_of_carers(on):
        if year in YEAR_ORDER and (carer_id not in youngest or _rank(year) < _rank(youngest[carer_id])):
            youngest[carer_id] = year
    return {"year": {p.pk: youngest.get(p.pk, "") for p in people}}


_READERS: dict[str, Callable[[Collection[Person], date], Values]] = {
    Wave.PUPILS: _of_pupils,
    Wave.STAFF: _of_staff,
    Wave.FAMILIES: _of_families,
}


def _joined_this_year(people: Collection[Person], on: date) -> set[int]:
    """Pupils who came since 1 September, except with a whole new year group, such as Year 7 in a secondary."""
    september = date(_school_year(on), 9, 1)
    new = [p for p in people if p.joined_on and september <= p.joined_on <= on]
    size, arrived = _by_year(people), _by_year(new)
    return {p.pk for p in new if arrived[p.year] * 2 <= size[p.year]}


def year_on(pupil: Person, on: date) -> str:
    """The year group a pupil was in on a date.

    The roster holds the present one (for a leaver, the last): each school year between is one group down. Most
    leavers are noticed by the first list of September, so theirs is taken to be of a month before.
    """
    known = min(pupil.left_on - NOTICED, today()) if pupil.left_on else today()
    passed = _school_year(known) - _school_year(on)
    if not pupil.year or passed <= 0:
        return pupil.year
    place = YEAR_ORDER.index(pupil.year) - passed if pupil.year in YEAR_ORDER[:-1] else -1
    return YEAR_ORDER[place] if place >= 0 else ""


def _school_year(day: date) -> int:
    """The calendar year in which the school year of a date began."""
    return day.year if day.month >= 9 else day.year - 1


def _by_year(people: Collection[Person]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for person in people:
        sizes[person.year] = sizes.get(person.year, 0) + 1
    return sizes


def _ethnic_group(value: str, broad: Mapping[str, str]) -> str:
    """The broad group of a census code; a value that is already a broad group stays."""
    return broad.get(value, value if value in _ethnicities() else "")


def _is_yes(value: str | None) -> bool:
    return value is not None and value.casefold() in {str(word).casefold() for word in _kinds_file()["yes"]}


def _kinds_file() -> dict[str, Any]:
    return read("codes/characteristics")


def _flag_words() -> dict[str, tuple[str, str]]:
    """Kind → the short name of the group and of the others."""
    return {kind["code"]: (say(kind["label"]), say(kind["without"])) for kind in _kinds_file()["kinds"]}


def _two(words: tuple[str, str]) -> dict[str, str]:
    return {YES: words[0], NO: words[1]}


def _sexes() -> dict[str, str]:
    return {code["code"]: say(code["pupils"]) for code in read("codes/sex")["codes"] if code["code"]}


def _ethnicities() -> dict[str, str]:
    return {key: say(words) for key, words in read("codes/ethnicity")["groups"].items()}


def _rank(year: str) -> int:
    return YEAR_ORDER.index(year)
