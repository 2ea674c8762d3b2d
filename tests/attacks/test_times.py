"""Two clocks beside each other are a key: who answered at 9:02:17, and the sheet that came at 9:02:17.

The time need not be in the table of the answers' owner: a session's last use, a job's start, an entry in a trail will
do, and so will a register of who sat in which lesson. belong's receipts and sheets carry no time at all, and answering
touches no row that does; the moment of a release or of a job is that of the close, the same for all.
"""

from tests.attacks.attackers import by_time

SHEETS = ("ask_receipt", "ask_pooledrow", "ask_unlinkedrow", "ask_signedsheet")


def test_times_link_nobody(scene):
    scene.holds(by_time)


def test_what_answering_writes_has_no_time_and_what_has_a_time_was_not_written_by_answering(scene):
    before, after = scene.copies["empty"].tables, scene.copies["open"].tables
    changed = {name for name, rows in after.items() if _seen(rows) != _seen(before[name])}
    changed -= {name for name in changed if name.startswith(("naive_", "sqlite_", "shared_cache"))}
    # Cards, numbers and devices are made by the teacher; they name no sheet and are gone, or said nothing, after it.
    changed -= {"ask_ticket", "ask_pin", "ask_classsession", "ask_device", "base_auditentry"}
    # All forty asked for an adult and became known to one, each at a moment: those rows name the child and no sheet.
    assert changed - {"guard_concern", "guard_concernentry"} == {
        "ask_receipt",
        "ask_signedsheet",
        "ask_pooledsheet",
        "ask_unlinkedsheet",
    }
    for name in SHEETS:
        kinds = {
            type(value).__name__ for row in scene.copies["closed"].tables[name] for value in row.values()
        }
        assert not kinds & {"datetime", "date", "time"}
        assert not any(
            column.endswith(("_at", "_on", "at", "time")) for column in after[name] and after[name][0]
        )


def _seen(rows: list) -> list:
    return [{name: value for name, value in row.items() if not name.startswith("_")} for row in rows]
