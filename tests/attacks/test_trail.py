"""An audit trail that notes every submission is a second register of who answered when.

It is chained and never deleted, so a link kept there is kept for ever. belong's trail notes what staff do: that a wave
was opened, that cards were made for a class, that a wave was closed. That somebody answered is noted nowhere.
"""

from tests.attacks.attackers import View, by_number, by_order_of_names, by_shared_value


def _in_order(view: View):
    naively = "submission_id" in view.said[0]
    rows = view.tables["naive_trail" if naively else "base_auditentry"]
    return by_order_of_names(view, [str({**row, "id": "", "_place": ""}) for row in rows])


def test_the_order_of_entries_links_nobody(scene):
    scene.holds(_in_order)


def test_nor_do_their_facts(scene):
    for design in scene.designs:
        for attack in (by_shared_value, by_number):
            assert design.right(lambda view, attack=attack: attack(view, ["base_auditentry"])) <= 9


def test_no_entry_is_made_by_answering(scene):
    verbs = [row["verb"] for row in scene.copies["open"].tables["base_auditentry"]]
    assert verbs == [
        "ask.draft_wave",
        "ask.change_visibility",
        "ask.open_wave",
        "ask.issue_cards",
        "ask.make_pins",
        "ask.open_class_session",
    ]
