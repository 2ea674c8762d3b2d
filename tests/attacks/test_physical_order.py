"""A table lies in its file in the order it was written, whatever its numbers say.

`ctid` on PostgreSQL says page and place of a row; on SQLite it is the hidden `rowid`. Random numbers for rows would not
help against it. At the close belong copies the answers in random order in one go and has the database write the tables
anew (VACUUM), so that the order on disk is the drawn one.
"""

from tests.attacks.attackers import by_place


def test_the_order_on_disk_links_nobody(scene):
    scene.holds(by_place)


def test_of_the_tables_that_took_the_answers_nothing_is_left(scene):
    for name in ("ask_pooledsheet", "ask_unlinkedsheet"):
        assert len(scene.copies["open"].tables[name]) == 40
        assert scene.copies["closed"].tables[name] == []
