"""Two backups beside each other: the pupil who is new among the receipts gave the sheet that is new.

After the close this finds nothing: from a copy before anybody answered to one after the close all forty are new at
once, and the order in which they lie was drawn.

**While a wave is open it works**, here as anywhere, and the second test says so: if between two backups one pupil
answered, the two name that pupil's answers. No way of storing helps, since the backup must hold what was acknowledged.
Three things stand against it: backups are encrypted under a key of their own; those taken while a wave was open are
deleted within seven days; and the notices and the DPIA say so until then.
"""

from dataclasses import replace
from itertools import pairwise

from tests.attacks.attackers import View, by_difference


def _by_two_backups_around_the_close(view: View):
    """For the naive design the attacker needs no more than the nightly copies; belong's open ones are gone by then."""
    if "submission_id" in view.said[0]:
        return by_difference(view)
    return by_difference(replace(view, moments=[([], []), (view.who, view.said)]))


def test_backups_from_before_and_after_a_wave_link_nobody(scene):
    scene.holds(_by_two_backups_around_the_close)


def test_two_backups_after_the_close_hold_the_same(scene):
    for design in scene.designs:
        seen = (design.view.who, design.view.said)
        assert design.right(lambda view, seen=seen: by_difference(replace(view, moments=[seen, seen]))) == 0


def test_backups_of_every_moment_of_an_open_wave_do_link_pooled_answers(scene):
    """Why backups of an open wave must die: with one after each pupil, nearly everybody is found."""
    looks = scene.pooled.view.moments
    found = sum(
        len(later[0]) - len(sooner[0]) == len(later[1]) - len(sooner[1]) == 1
        for sooner, later in pairwise(looks)
    )
    assert found == 40
