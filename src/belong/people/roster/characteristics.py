"""Special-category and deprivation columns of a file to facts that are kept apart from the person."""

from belong.people.roster import codes
from belong.people.roster.problems import Where
from belong.people.roster.shape import CharacteristicRow, PersonRow, RosterFile
from belong.people.roster.sheet import Record, Sheet


class Characteristics:
    """Reads these columns of one sheet.

    Some systems tick yes and leave no blank: in a yes/no column without a single no, a blank means no.
    Elsewhere a blank says nothing. Messages about these columns never repeat a value.
    """

    def __init__(self, sheet: Sheet, into: RosterFile) -> None:
        self.sheet, self.into = sheet, into
        kinds = codes.characteristics()
        self.kinds = [kind for kind in kinds if kind in sheet]
        self.ticked = {kind for kind in self.kinds if kinds[kind] == "flag" and self._is_ticked(kind)}
        for kind in self.ticked:
            what = "Only yes stands in this column, so a blank was read as no."
            into.ledger.note(Where(sheet.table.name), what, column=sheet.heading(kind))

    def _is_ticked(self, kind: str) -> bool:
        return {codes.flag(text) for text in self.sheet.values(kind)} == {True}

    def add(self, record: Record, person: PersonRow) -> None:
        """Add what this row says about the person."""
        for kind in self.kinds:
            value: str | None = codes.NO if kind in self.ticked else None
            if record[kind] and (value := codes.characteristic(kind, record[kind])) is None:
                what = "Values in this column are not ones belong knows; they were left out."
                self.into.ledger.note(record.where, what, column=self.sheet.heading(kind))
            if value:
                self.into.characteristics.append(CharacteristicRow(record.where, person.ref, kind, value))
