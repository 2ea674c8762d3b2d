"""A roster as it stands in the files, in neutral words, whichever format it came in.

Rows point at each other by `ref`, a name that is unique within one reading: `("pupil", "13001")` and
`("staff", "13001")` are two people. Every row knows the line it came from.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from belong.people.roster.problems import Ledger, Where

PUPIL, STAFF, CARER = "pupil", "staff", "carer"
TUTOR_GROUP, CLASS, CLUB, HOUSE = "tutor_group", "class", "club", "house"
MEMBER, LEAD, ASSISTANT = "member", "lead", "assistant"

Ref = str


@dataclass(slots=True)
class OrgRow:
    """A school, or a body above or below one."""

    where: Where
    id: str
    name: str
    kind: str = ""
    number: str = ""
    parent: str = ""


@dataclass(slots=True)
class PersonRow:
    """A person. `facts` holds only what the file says and could be read: a blank never wipes what is held."""

    where: Where
    ref: Ref
    kind: str
    source_id: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    orgs: tuple[str, ...] = ()
    gone: bool = False

    @property
    def name(self) -> str:
        """The name as it is said, for lists and messages."""
        first = self.facts.get("preferred_name") or self.facts.get("given_name", "")
        return f"{first} {self.facts.get('family_name', '')}".strip()


@dataclass(slots=True)
class GroupRow:
    """A tutor group, class, club or house."""

    where: Where
    ref: Ref
    kind: str
    name: str
    source_id: str = ""
    year: str = ""
    org: str = ""
    gone: bool = False


@dataclass(slots=True)
class MembershipRow:
    """A person in a group, as member, lead or assistant."""

    where: Where
    group: Ref
    person: Ref
    part: str = MEMBER
    since: date | None = None
    until: date | None = None
    gone: bool = False


@dataclass(slots=True)
class RoleRow:
    """One of the twelve roles for a person."""

    where: Where
    person: Ref
    role: str


@dataclass(slots=True)
class CharacteristicRow:
    """A special-category or deprivation fact about a pupil."""

    where: Where
    person: Ref
    kind: str
    value: str
    since: date | None = None


@dataclass(slots=True)
class CarerRow:
    """A carer of a pupil; `may_see` is None where the file does not say."""

    where: Where
    carer: Ref
    pupil: Ref
    relationship: str = ""
    may_see: bool | None = None


@dataclass(slots=True)
class LeadByName:
    """A group's tutor or teacher given by name or e-mail in a pupil list; found among the staff later."""

    where: Where
    group: Ref
    called: str


@dataclass
class RosterFile:
    """Everything one reading found.

    `complete` says whether the files list everyone (then whoever is missing has left) or only some.
    `unused` lists columns and files that were not read, as (file, column or ""). `school` is the name of the
    organisation chosen, where the files hold one.
    """

    format: str
    complete: bool = True
    orgs: list[OrgRow] = field(default_factory=list)
    people: list[PersonRow] = field(default_factory=list)
    groups: list[GroupRow] = field(default_factory=list)
    memberships: list[MembershipRow] = field(default_factory=list)
    roles: list[RoleRow] = field(default_factory=list)
    characteristics: list[CharacteristicRow] = field(default_factory=list)
    carers: list[CarerRow] = field(default_factory=list)
    leads_by_name: list[LeadByName] = field(default_factory=list)
    unused: list[tuple[str, str]] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)
    school: str = ""
    aside_cells: list[frozenset[str]] = field(default_factory=list)

    def mentions(self, person: Any) -> bool:
        """Whether a line that was set aside names this person, by id, UPN or whole name: then they have not left."""
        sure = {person.source_id, person.upn} - {""}
        names = {person.given_name, person.family_name} - {""}
        return any(sure & cells or names <= cells for cells in self.aside_cells)

    def set_one_aside(self, person: Any, group: Any) -> bool:
        """Whether a line that was set aside puts this person into this group: then they keep their place."""
        if not person or not person.source_id or not group.source_id:
            return False
        return any({person.source_id, group.source_id} <= cells for cells in self.aside_cells)

    def with_only(self, **rows: Any) -> "RosterFile":
        """A copy with other rows and a ledger of its own."""
        return replace(self, ledger=self.ledger.copy(), **rows)
