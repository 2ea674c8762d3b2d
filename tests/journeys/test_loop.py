"""The whole loop in a real browser: from an imported class list to a gap that was acted on and measured again.

Everyone is a person with a window of their own: a leader, a survey lead, a tutor, a pastoral lead, a governor, two
pupils and a family. What a hundred others answer is sent in the test itself, through the same action the pages use.
"""

import pytest

from tests.journeys import asking, guarding, loop, steps
from tests.journeys.steps import Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_a_class_list_to_a_gap_measured_again(walk: Walk):
    steps.first_leader_comes_in(walk)
    steps.staff_list_is_imported(walk)
    steps.pupil_list_is_mapped_looked_at_and_imported(walk)
    steps.the_same_list_again_changes_nothing(walk)
    steps.colleagues_get_roles_and_come_in(walk)
    guarding.the_way_to_the_safeguarding_lead_is_tried(walk)

    asking.survey_lead_opens_a_wave(walk)
    asking.tutor_opens_a_class_session(walk)
    asking.a_pupil_answers_by_keyboard(walk)
    asking.a_pupil_answers_by_card_without_scripts(walk)
    asking.everyone_else_answers(walk, 1)
    asking.progress_is_counts_by_class(walk)
    asking.tutor_ends_the_class_session(walk)
    asking.survey_lead_closes_the_wave(walk)

    loop.head_reads_the_results(walk)
    loop.head_makes_a_plan_for_the_gap(walk)
    loop.tutor_notes_a_moment_and_sorts_the_group(walk)
    loop.pastoral_lead_sees_who_is_not_yet_noticed(walk)

    loop.the_next_wave_has_to_wait_for_an_answer(walk)
    loop.head_publishes_what_was_heard_and_done(walk)
    loop.a_family_reads_it_without_signing_in(walk)
    loop.the_governor_gets_the_report_and_no_more(walk)

    loop.the_next_wave_is_asked_and_closed(walk)
    loop.the_plan_shows_its_gap_then_and_now(walk)
