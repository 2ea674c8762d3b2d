"""A deleted row is unlinked, not gone: its bytes lie in free pages, in dead rows, in the log of the database.

The naive design keeps a draft while somebody answers and deletes it afterwards; reading the file finds every draft. On
SQLite belong overwrites what it deletes (`secure_delete`), writes the file anew at the close (VACUUM) and empties the
write-ahead log; on PostgreSQL it writes the tables anew (VACUUM FULL). No draft of an answer is ever stored.
PostgreSQL's own log of changes (`pg_wal`) and the free blocks of the disk are beyond any program: encrypt the disk.
"""

from tests.attacks.attackers import by_leftovers


def test_what_deleted_rows_leave_links_nobody(scene):
    scene.holds(by_leftovers)


def test_each_scramble_lies_in_the_files_once(scene):
    """Twice would be an answer in its old place as well, in the order in which it came."""
    raw = scene.copies["closed"].raw
    assert [raw.count(one) for one in scene.scrambles] == [1] * 40


def test_the_files_of_an_open_wave_hold_them_too(scene):
    raw = scene.copies["open"].raw
    assert all(one in raw for one in scene.scrambles)
