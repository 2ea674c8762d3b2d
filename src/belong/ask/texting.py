"""A list for the school's own texting system: one line a person with name, number and the message with their link.

belong sends no text messages and keeps no telephone numbers. A school that wants the numbers in the list hands in its
own file of ids and numbers; it is read in memory, put beside the names, and forgotten.
"""

import csv
import io
from collections.abc import Mapping, Sequence

from belong.ask.mailing import Sent
from belong.base.errors import Refused
from belong.base.spreadsheet import harmless

LARGEST = 2_000_000
COLUMNS = ("id", "name", "number", "language", "message")
UNREADABLE = (
    "That file can't be read. Save it as CSV with the person's id first and the number second, and try again."
)


def numbers_in(data: bytes) -> Mapping[str, str]:
    """Id in the school's system → telephone number, from a CSV file: ids first, numbers second, a heading or none."""
    if len(data) > LARGEST:
        raise Refused("That file is too large for a list of telephone numbers.")
    try:
        rows = list(csv.reader(io.StringIO(_decoded(data))))
    except csv.Error as error:
        raise Refused(UNREADABLE) from error
    found = {
        row[0].strip(): row[1].strip() for row in rows if len(row) >= 2 and any(c.isdigit() for c in row[1])
    }
    if data and not found:
        raise Refused(UNREADABLE)
    return found


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def as_csv(sent: Sequence[Sent], numbers: Mapping[str, str]) -> str:
    """The list, with a byte-order mark so that spreadsheet programs read the letters right."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for one in sent:
        row = (
            one.person.source_id,
            one.person.display_name,
            _dialled(numbers.get(one.person.source_id, "")),
            one.language,
            one.words("text-message"),
        )
        writer.writerow([harmless(cell) for cell in row])
    return "\ufeff" + file.getvalue()


def _dialled(number: str) -> str:
    """Digits and spaces; a leading + becomes 00, which no spreadsheet takes for a formula."""
    kept = "".join(letter for letter in number if letter.isdigit() or letter in "+ ")
    return kept.replace("+", "00", 1) if kept.startswith("+") else kept
