"""Rows get running numbers. Who answered seventh has the seventh receipt, and the seventh sheet is theirs.

The oldest leak of "anonymous" surveys: two tables, no key between them, and the same order in both. belong writes a
closed wave's answers anew in an order drawn at random, each kind in an order of its own, and deletes the first ones.
"""

from tests.attacks.attackers import by_row_id


def test_row_numbers_link_nobody(scene):
    scene.holds(by_row_id)


def test_nor_do_pooled_and_unlinked_answers_lie_in_the_same_order(scene):
    pooled, unlinked = (
        [design.truth[row["id"]] for row in sorted(design.view.said, key=lambda row: row["id"])]
        for design in scene.designs
    )
    assert sum(one == other for one, other in zip(pooled, unlinked, strict=True)) <= 9
