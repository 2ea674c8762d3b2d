"""What a column of a list can be. The headings schools' systems give it are content: `codes/mis-columns`."""

from dataclasses import dataclass
from functools import cache

from belong import content
from belong.people.roster import codes
from belong.people.roster.shape import CARER, PUPIL, STAFF
from belong.people.roster.tables import key

_LISTS = {"pupils": PUPIL, "staff": STAFF, "carers": CARER}
WHO, SCHOOL, GAPS = "Who it is", "At school", "For gaps between groups only"
_WHO = (
    "source_id",
    "upn",
    "given_name",
    "family_name",
    "full_name",
    "preferred_name",
    "preferred_family",
    "title",
)


@dataclass(frozen=True, slots=True)
class Field:
    """One meaning of a column. `sensitive` ones are counted, not shown, to a technician."""

    name: str
    label: str
    lists: tuple[str, ...]
    headings: tuple[str, ...]

    @property
    def sensitive(self) -> bool:
        return self.name in codes.characteristics()

    @property
    def group(self) -> str:
        """The heading it stands under where a person chooses."""
        return GAPS if self.sensitive else WHO if self.name in _WHO else SCHOOL


@cache
def fields() -> dict[str, Field]:
    """Every meaning a column can have, by name."""
    said = content.read("codes/mis-columns")["fields"]
    return {
        name: Field(
            name,
            one["label"]["en"],
            tuple(_LISTS[kind] for kind in one["lists"]),
            tuple(dict.fromkeys(key(heading) for heading in one["headings"])),
        )
        for name, one in said.items()
    }


@cache
def headings_of(who: str = "") -> dict[str, tuple[str, ...]]:
    """The headings of every field of a kind of list, as `tables.key` makes them, best first."""
    return {name: field.headings for name, field in fields().items() if not who or who in field.lists}


def only_in(who: str) -> frozenset[str]:
    """Headings that stand in one kind of list and no other, and so tell it."""
    return frozenset(
        heading for field in fields().values() if field.lists == (who,) for heading in field.headings
    )
