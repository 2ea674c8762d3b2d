"""Tutor groups and houses that a list names in its columns."""

from belong.people.roster import codes, values
from belong.people.roster.shape import (
    HOUSE,
    TUTOR_GROUP,
    GroupRow,
    LeadByName,
    MembershipRow,
    PersonRow,
    RosterFile,
)
from belong.people.roster.sheet import Record, Sheet

COLUMNS = {"tutor_group": TUTOR_GROUP, "house": HOUSE}
FROM_LIST = "list:"
LONGEST = 110
LONGEST_ID = 120


class Groups:
    """Makes each named group once."""

    def __init__(self, sheet: Sheet, into: RosterFile) -> None:
        self.sheet, self.into = sheet, into
        self.made: dict[tuple[str, str], GroupRow] = {}
        self.years: dict[str, set[str]] = {}
        self.columns = {field: kind for field, kind in COLUMNS.items() if field in sheet}

    def add(self, record: Record, person: PersonRow) -> None:
        """Put the person into the groups their line names."""
        for field, kind in self.columns.items():
            name = record[field]
            if name and not self._is_wrong(record, field, name):
                group = self._group(kind, name, record)
                self.years.setdefault(group.ref, set()).add(person.facts.get("year", ""))
                self.into.memberships.append(MembershipRow(record.where, group.ref, person.ref))
                if kind == TUTOR_GROUP and record["tutor"]:
                    self.into.leads_by_name.append(LeadByName(record.where, group.ref, record["tutor"]))

    def _is_wrong(self, record: Record, field: str, name: str) -> bool:
        column = self.sheet.heading(field)
        if values.is_month_like(name) or values.is_scientific(name):
            what = f"A spreadsheet has turned this group's name into a date or a power of ten{self.sheet.quote(name)}."
            self.sheet.ledger.note(
                record.where, what, "Format the column as text before saving.", column=column
            )
            return True
        if len(name) > LONGEST:
            self.sheet.ledger.note(
                record.where, f"A group's name is longer than {LONGEST} letters.", column=column
            )
            return True
        return False

    def _group(self, kind: str, name: str, record: Record) -> GroupRow:
        known = (kind, name.lower())
        if known not in self.made:
            ref, id = f"{kind}:{name.lower()}", (FROM_LIST + name.lower())[:LONGEST_ID]
            self.made[known] = GroupRow(record.where, ref, kind, name, id)
            self.into.groups.append(self.made[known])
        return self.made[known]

    def settle_years(self) -> None:
        """A tutor group is of the year its name begins with, else of the one year all its members are in."""
        for group in self.made.values():
            years = self.years[group.ref]
            if group.kind == TUTOR_GROUP:
                group.year = codes.year_of_group(group.name) or (years.pop() if len(years) == 1 else "")
