"""What is written in one transaction bears its mark: a receipt and a sheet with the same `xmin` belong together.

PostgreSQL keeps the number of the writing transaction on every row, for anybody who may read the table. One submission
is one transaction here too (nothing acknowledged may be half-kept), so the marks match while the wave is open. At the
close all answers are written by one transaction, which also touches every receipt: forty rows, one mark. SQLite
keeps no such mark; there the attack has only the order of the rows.
"""

from django.db import connection

from tests.attacks.attackers import by_transaction


def test_the_marks_of_transactions_link_nobody(scene):
    scene.holds(by_transaction)


def test_after_the_close_all_rows_bear_one_mark(scene):
    tables = scene.copies["closed"].tables
    for name in ("ask_receipt", "ask_pooledrow", "ask_unlinkedrow"):
        assert len({row.get("_transaction") for row in tables[name]}) == 1
    while_open = {row.get("_transaction") for row in scene.copies["open"].tables["ask_receipt"]}
    assert len(while_open) == (40 if connection.vendor == "postgresql" else 1)
