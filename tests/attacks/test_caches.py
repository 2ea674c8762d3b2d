"""What is remembered for speed is remembered for whoever looks: a half-filled sheet under the name of a pupil.

belong's cache is a table that all its processes share. It holds counts of wrong codes and cards, by address, for ten
minutes; no sheet, no pass and no name is ever put there.
"""

from tests.attacks.attackers import View, by_shared_value


def _by_cache(view: View):
    naively = "submission_id" in view.said[0]
    return by_shared_value(view, ["naive_cache"] if naively else ["shared_cache"])


def test_the_cache_links_nobody(scene):
    scene.holds(_by_cache)


def test_right_cards_and_codes_leave_nothing_in_the_cache(scene):
    assert scene.copies["open"].tables["shared_cache"] == []
