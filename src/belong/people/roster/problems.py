"""What was read and what became of it.

Every data row of every file that is used ends in exactly one place: taken in, set aside with a reason, or passed
over because it is not about this school or no longer holds. `Ledger.counts()` adds up, and a test says so.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

SET_ASIDE, NOTE = "set aside", "note"


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A line of a file, counted from 1 as an editor or a spreadsheet counts; line 0 is the file as a whole."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person should know: what it is, and how to mend it at the source.

    A problem that is `SET_ASIDE` kept its row out; a `NOTE` did not. `count` lines share a note; `where` is the
    first of them.
    """

    where: Where
    what: str
    mend: str = ""
    column: str = ""
    who: str = ""
    severity: str = SET_ASIDE
    count: int = 1


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of a file: `read` is the sum of the other three."""

    read: int = 0
    taken: int = 0
    set_aside: int = 0
    passed_over: int = 0


READ, TAKEN, ASIDE, PASSED = "read", "taken", "aside", "passed"


@dataclass
class Ledger:
    """Keeps the account of rows, and the notes about columns and files."""

    fates: dict[Where, str] = field(default_factory=dict)
    aside: dict[Where, Problem] = field(default_factory=dict)
    passed: dict[Where, str] = field(default_factory=dict)
    _notes: dict[tuple[str, str, str, str, str], list[int]] = field(default_factory=dict)

    def read(self, where: Where) -> None:
        """A data row was read; it must be taken, set aside or passed over later."""
        self.fates.setdefault(where, READ)

    def take(self, where: Where) -> None:
        """The row did its work. A row set aside stays set aside."""
        if self.fates.get(where) in (READ, None):
            self.fates[where] = TAKEN

    def set_aside(self, where: Where, what: str, mend: str = "", *, column: str = "", who: str = "") -> None:
        """Keep the row out; the first reason given stands."""
        self.fates[where] = ASIDE
        self.aside.setdefault(where, Problem(where, what, mend, column, who))

    def pass_over(self, where: Where, why: str) -> None:
        """Leave the row out without fault: another school's, or over and done with."""
        if self.fates.get(where) != ASIDE:
            self.fates[where] = PASSED
            self.passed[where] = why

    def note(self, where: Where, what: str, mend: str = "", *, column: str = "", who: str = "") -> None:
        """Say something about a row that is taken in, or about a file. Equal notes are gathered."""
        self._notes.setdefault((where.file, column, what, mend, who), []).append(where.line)

    @property
    def notes(self) -> list[Problem]:
        """Notes by file and first line, equal ones as one."""
        made = [
            Problem(Where(file, min(lines)), what, mend, column, who, NOTE, len(lines))
            for (file, column, what, mend, who), lines in self._notes.items()
        ]
        return sorted(made, key=lambda note: note.where)

    @property
    def problems(self) -> list[Problem]:
        """Rows set aside, by file and line."""
        return [self.aside[where] for where in sorted(self.aside)]

    def reasons_passed(self) -> Counter[str]:
        """Why rows were passed over, with how many for each reason."""
        return Counter(self.passed[where] for where, fate in self.fates.items() if fate == PASSED)

    def counts(self, file: str | None = None) -> Counts:
        """The account, of one file or of all."""
        found = Counter(fate for where, fate in self.fates.items() if file in (None, where.file))
        return Counts(found.total(), found[TAKEN], found[ASIDE], found[PASSED])

    def files(self) -> list[str]:
        """Files with data rows, in the order they were read."""
        return list(dict.fromkeys(where.file for where in self.fates))

    def close(self, why: str) -> None:
        """Pass over whatever was read and led to nothing."""
        for where in self.unsettled():
            self.pass_over(where, why)

    def unsettled(self) -> Iterable[Where]:
        """Rows read and not yet taken, set aside or passed over."""
        return [where for where, fate in self.fates.items() if fate == READ]

    def copy(self) -> "Ledger":
        """An independent copy, so that choosing a school does not spoil the reading."""
        notes = {key: list(lines) for key, lines in self._notes.items()}
        return Ledger(dict(self.fates), dict(self.aside), dict(self.passed), notes)
