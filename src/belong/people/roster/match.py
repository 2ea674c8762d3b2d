"""Who of the file is who here: by id, by UPN, then by name and date of birth, with rising caution.

A wrong match would give one child another child's history, so a match that rests on little is mentioned, and one
that could be two people is not made.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable
from operator import eq

from belong.people.models import Person
from belong.people.roster.held import Held
from belong.people.roster.problems import Ledger
from belong.people.roster.shape import CARER, PUPIL, PersonRow, RosterFile

_Key = Callable[[Person], Hashable | None]


def fold(*names: str | None) -> tuple[str, ...]:
    """Names for comparing: case and doubled spaces gone."""
    return tuple(" ".join((name or "").casefold().split()) for name in names)


def _names(person: Person) -> tuple[str, ...]:
    return fold(person.given_name, person.family_name)


class Matcher:
    """Finds the person a row is about, and remembers who is spoken for."""

    def __init__(
        self, held: Held, roster: RosterFile, refs: dict[str, Person | None], ledger: Ledger
    ) -> None:
        self.ledger = ledger
        self.file_ids = {(row.kind, row.source_id) for row in roster.people if row.source_id}
        self.links = set(held.links)
        self.children = {row.carer: child.pk for row in roster.carers if (child := refs.get(row.pupil))}
        self.taken: dict[int, PersonRow] = {}
        self.spared: set[int] = set()
        people = held.people
        self.by_id = _index(people, lambda p: (p.kind, p.source_id) if p.source_id else None)
        self.by_bare_id = _index(people, lambda p: (p.kind, bare(p.source_id)) if p.source_id else None)
        self.by_upn = _index(people, lambda p: p.upn or None)
        self.by_email = _index(people, lambda p: (p.kind, p.email.lower()) if p.email else None)
        self.by_name = _index(people, lambda p: (p.kind, _names(p)))

    def find(self, row: PersonRow) -> tuple[Person | None, bool]:
        """The person, if any, and whether the row may stand (False: it was set aside)."""
        person, sound = self._find(row)
        if person is None or not sound:
            return person, sound
        if (other := self.taken.get(person.pk)) is not None:
            what = f"This is the same person as on line {other.where.line} of {other.where.file}."
            self.ledger.set_aside(row.where, what, "Give each person one line.", who=row.name)
            return None, False
        self.taken[person.pk] = row
        return person, True

    def _find(self, row: PersonRow) -> tuple[Person | None, bool]:
        upn = row.facts.get("upn")
        sure = self.by_id.get((row.kind, row.source_id), []) if row.source_id else []
        sure = sure or (self.by_upn.get(upn, []) if upn else [])
        if len(sure) > 1:
            return self._two(row, sure, "UPN")
        if sure:
            return self._check(row, sure[0])
        for looks_like in (self._by_bare_id, self._by_email):
            if person := looks_like(row):
                return person, True
        return self._by_name(row)

    def _check(self, row: PersonRow, person: Person) -> tuple[Person | None, bool]:
        """An id or UPN that now stands beside another name and another birthday is somebody else's."""
        given = {*fold(person.given_name, person.preferred_name), *fold(person.name_at_home)} - {""}
        same_given = bool(given & {*fold(row.facts.get("given_name"), row.facts.get("preferred_name"))})
        same_family = fold(person.family_name) == fold(row.facts.get("family_name"))
        same_day = bool(person.born and person.born == row.facts.get("born"))
        same_mail = bool(person.email and person.email.lower() == row.facts.get("email"))
        if same_given or same_family or same_day or same_mail:
            return person, True
        self.spared.add(person.pk)
        what = "Here this id or UPN belongs to somebody with another name and date of birth."
        mend = "Find out who is meant; correct the id in the school's system."
        self.ledger.set_aside(row.where, what, mend, who=row.name)
        return None, False

    def _by_bare_id(self, row: PersonRow) -> Person | None:
        """The same id but for zeros at the front, and the same name: a spreadsheet ate them."""
        found = self.by_bare_id.get((row.kind, bare(row.source_id)), []) if row.source_id else []
        same = [p for p in found if _names(p) == fold(row.facts["given_name"], row.facts.get("family_name"))]
        if len(same) != 1 or same[0].pk in self.taken:
            return None
        what = "The ids in this file lost their zeros at the front; people were matched all the same."
        self.ledger.note(row.where, what, "Format the id column as text before saving.")
        row.source_id = same[0].source_id
        return same[0]

    def _by_email(self, row: PersonRow) -> Person | None:
        """An adult's address with one of their names: families and offices share addresses."""
        mail, names = row.facts.get("email"), fold(row.facts["given_name"], row.facts.get("family_name"))
        found = self.by_email.get((row.kind, mail), []) if mail else []
        like = [p for p in found if self._is_free(p, row) and any(map(eq, _names(p), names))]
        if row.kind == CARER:
            like = [p for p in like if _names(p) == names]
        return like[0] if len(like) == 1 else None

    def _by_name(self, row: PersonRow) -> tuple[Person | None, bool]:
        """Name with date of birth; name alone only for people the file or the school knows by nothing else.

        A carer's name counts only together with the child.
        """
        names = fold(row.facts["given_name"], row.facts.get("family_name"))
        alike = [p for p in self.by_name.get((row.kind, names), []) if self._is_free(p, row)]
        if row.kind == CARER:
            alike = [p for p in alike if (p.pk, self.children.get(row.ref)) in self.links]
        born = row.facts.get("born")
        same_day = [p for p in alike if born and p.born == born]
        if len(same_day) == 1:
            return same_day[0], True
        if len(same_day) > 1:
            return self._two(row, same_day, "name and date of birth")
        loose = [p for p in alike if not p.is_leaver and not (born and p.born) and self._is_loose(p, row)]
        if len(loose) > 1:
            return self._two(row, loose, "name")
        if loose:
            what = "Matched by name alone."
            self.ledger.note(row.where, what, "Add an id, a UPN or a date of birth to be sure.", who=row.name)
            return loose[0], True
        return None, True

    def _is_free(self, person: Person, row: PersonRow) -> bool:
        """Not spoken for, neither by a row before nor by an id that stands elsewhere in the file."""
        elsewhere = (person.kind, person.source_id) in self.file_ids and person.source_id != row.source_id
        return person.pk not in self.taken and not elsewhere

    @staticmethod
    def _is_loose(person: Person, row: PersonRow) -> bool:
        """A name alone may decide where one side has no id, and where the years do not speak against it."""
        if person.source_id and row.source_id:
            return False
        year = row.facts.get("year")
        return row.kind != PUPIL or not (year and person.year) or abs(_step(year) - _step(person.year)) <= 1

    def _two(self, row: PersonRow, found: list[Person], what: str) -> tuple[None, bool]:
        self.spared |= {person.pk for person in found}
        said = f"{len(found)} people here have this {what}."
        mend = "Add an id or a UPN that tells them apart."
        self.ledger.set_aside(row.where, said, mend, who=row.name)
        return None, False


def bare(id: str) -> str:
    """An id without the zeros at its front."""
    return id.lower().lstrip("0")


def _index(people: list[Person], key: _Key) -> dict[Hashable, list[Person]]:
    index: dict[Hashable, list[Person]] = defaultdict(list)
    for person in people:
        if (value := key(person)) is not None:
            index[value].append(person)
    return index


def _step(year: str) -> int:
    """Year groups in a row: N1 −2, N2 −1, R 0, 1 …"""
    return {"N1": -2, "N2": -1, "R": 0}.get(year) or (int(year) if year.isdigit() else 0)
