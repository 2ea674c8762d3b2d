"""Which of the cast each verb is allowed to, from the rules of access and nothing else.

A line is a verb, what it is about (`-` for nothing), and everyone who may; nobody else of the cast may. Own and other
are 8H and 9K and what belongs to them, as in `table.py`. A verb about a row needs somebody at the school who may and
somebody at the school who may not.
"""

STAFF = "tutor other_tutor pastoral senco dsl head survey_lead"
ELSEWHERE = {  # verbs about rows that only their own room can make; who may is tested there
    "guard.act_on_concern": "tests/guard",
    "guard.view_concern": "tests/guard",
    "ask.end_opt_out": "tests/ask",
    "ask.type_in": "tests/ask/paper",
}
LINES = """
  act.change_plan              | plan own         | tutor pastoral senco dsl head survey_lead
  act.change_plan              | plan other       | pastoral senco dsl head survey_lead
  act.make_plan                | -                | pastoral senco dsl head survey_lead
  act.view_plan                | plan own         | STAFF
  act.view_practices           | -                | STAFF
  ask.answer                   | wave open        | pupil
  ask.answer                   | wave draft       |
  ask.ask_for_an_adult         | -                | pupil
  ask.choose_language          | -                | carer pupil
  ask.go_over_budget           | -                | head
  ask.manage_languages         | -                | head survey_lead
  ask.manage_recordings        | -                | head survey_lead
  ask.manage_waves             | -                | head survey_lead
  ask.manage_waves             | wave open        | head survey_lead
  ask.manage_check_in          | check-in own     | tutor pastoral head survey_lead
  ask.manage_check_in          | check-in other   | other_tutor pastoral head survey_lead
  ask.note_opt_out             | pupil own        | pastoral senco dsl head survey_lead
  ask.note_opt_outs            | -                | pastoral senco dsl head survey_lead
  ask.override_response        | -                | head
  ask.read_named               | sheet            | tutor pastoral
  ask.read_texts               | -                | pastoral dsl
  ask.read_texts               | wave open        | pastoral dsl
  ask.run_group                | group own        | tutor head survey_lead
  ask.run_group                | group other      | other_tutor head survey_lead
  ask.run_group                | club             |
  ask.run_session              | session own      | tutor head survey_lead
  ask.run_session              | session other    | other_tutor head survey_lead
  ask.see_friends              | -                | pastoral senco dsl head survey_lead
  ask.read_friends             | -                | pastoral dsl
  ask.read_friends_of          | wave friends     | pastoral dsl
  ask.tell_families            | wave friends     | head
  ask.leave_out_of_friends     | pupil own        | pastoral senco dsl head survey_lead
  ask.leave_out_of_friends     | staff            |
  ask.end_left_out             | left out         | pastoral senco dsl head survey_lead
  ask.view_places              | -                | STAFF
  ask.view_place_asking        | places open      | STAFF
  ask.view_place_asking        | places draft     | head survey_lead
  ask.manage_places            | -                | head survey_lead
  ask.answer_places            | places open      | pupil
  ask.read_place_words         | -                | pastoral dsl
  ask.view_walls               | -                | STAFF
  ask.make_wall                | -                | STAFF
  ask.make_wall_for_years      | -                | pastoral senco dsl head survey_lead
  ask.keep_wall                | wall             | tutor pastoral senco dsl head
  ask.write_on_wall            | wall             | pupil
  ask.read_wall_post           | idea             | tutor pastoral senco dsl head
  ask.put_up_wall_post         | idea             | tutor pastoral senco dsl head
  ask.see_wall_post            | idea             | tutor pastoral senco dsl head
  ask.see_wall_post            | idea of pupil    | tutor pastoral senco dsl head pupil
  ask.take_back_wall_post      | idea             |
  ask.take_back_wall_post      | idea of pupil    | pupil
  see.list_places              | -                | STAFF analyst
  see.view_places              | places picture   | STAFF analyst
  ask.set_up_check_in          | group own        | tutor pastoral head survey_lead
  ask.set_up_check_in          | group other      | other_tutor pastoral head survey_lead
  ask.set_up_for_years         | -                | pastoral head survey_lead
  ask.sign_usual_check         | -                | dsl head
  ask.take_part                | -                | pupil
  ask.view_check_in            | check-in own     | tutor pastoral senco dsl head survey_lead
  ask.view_check_in            | check-in other   | other_tutor pastoral senco dsl head survey_lead
  ask.view_check_ins           | -                | STAFF
  ask.view_own_answers         | -                | pupil
  ask.view_usual_note          | usual note       | pastoral
  ask.view_wave                | wave draft       | head survey_lead
  ask.view_wave                | wave open        | STAFF
  ask.view_waves               | -                | STAFF
  guard.answer_asked           | asked            | tutor
  guard.answer_request         | -                | dsl head
  guard.erase                  | -                | dsl head
  guard.manage_rota            | -                | dsl head
  guard.name_head_and_chair    | -                | head
  guard.place_hold             | -                | dsl head
  guard.raise_concern          | pupil own        | tutor pastoral senco dsl head
  guard.raise_concern          | pupil other      | other_tutor pastoral senco dsl head
  guard.read_about             | pupil own        | dsl head
  guard.read_about             | left             | dsl head
  guard.read_about             | staff            |
  guard.read_data_map          | -                | dsl head technician
  guard.read_retention         | -                | dsl head
  guard.read_trail             | -                | dsl head
  guard.see_home               | -                | dsl head technician
  guard.set_retention          | -                | head
  guard.view_asked             | -                | STAFF
  guard.view_queue             | -                | pastoral dsl head governor
  notice.join_board            | board own        | pupil
  notice.join_board            | board other      |
  notice.join_board            | board place      | pupil
  notice.keep_board            | board own        | tutor pastoral senco dsl head
  notice.keep_board            | board other      | other_tutor pastoral senco dsl head
  notice.keep_board            | board place      | tutor pastoral senco dsl head
  notice.leave_off             | pupil own        | tutor pastoral senco dsl head
  notice.leave_off             | pupil other      | other_tutor pastoral senco dsl head
  notice.leave_off             | left             |
  notice.make_board            | -                | tutor other_tutor pastoral senco dsl head
  notice.own_post              | post own         | tutor
  notice.read_post             | post own         | tutor pastoral senco dsl head
  notice.read_post             | post other       | other_tutor pastoral senco dsl head
  notice.read_why_left_off     | left off         | tutor pastoral senco dsl head
  notice.see_unnamed           | board own        | tutor
  notice.see_unnamed           | board place      |
  notice.undo_post             | post own         | tutor
  notice.view_board            | board own        | tutor pastoral senco dsl head
  notice.view_board            | board place      | STAFF
  notice.view_boards           | -                | STAFF
  notice.choose_shown          | child            | pupil
  notice.choose_shown          | pupil own        | tutor pastoral
  notice.hold_house_events     | -                | head
  notice.look_through          | recognition waiting | tutor pastoral head
  notice.manage_traits         | -                | head
  notice.recognise             | child            | tutor pastoral senco dsl head carer
  notice.recognise             | pupil own        | tutor pastoral senco dsl head pupil
  notice.recognise             | pupil other      | other_tutor pastoral senco dsl head
  notice.recognise             | left             |
  notice.try_to_recognise      | child            | tutor pastoral senco dsl head carer pupil
  notice.try_to_recognise      | left             | pastoral senco dsl head
  notice.undo_recognition      | recognition shown | tutor
  notice.view_child            | child            | carer
  notice.view_child            | pupil own        |
  notice.view_family           | -                | carer
  notice.view_houses           | event            | STAFF
  notice.view_own_page         | -                | pupil
  notice.view_recognition      | recognition shown | tutor pastoral senco dsl head pupil
  notice.view_recognition      | recognition waiting | tutor pastoral head
  notice.view_recognition_queue | -               | tutor other_tutor pastoral senco dsl head
  notice.choose_greeting       | -                | head
  notice.hear_name             | pupil own        | tutor pastoral senco dsl head
  notice.hear_name             | child            | tutor pastoral senco dsl head carer pupil
  notice.hear_name             | left             |
  notice.mark_back             | pupil own        | tutor pastoral senco dsl head
  notice.read_talk_up          | line             | tutor pastoral senco dsl head
  notice.say_name              | pupil own        | tutor
  notice.say_name              | child            | carer pupil
  notice.take_away_sound       | pupil own        | tutor pastoral senco dsl head
  notice.take_back_talk_up     | line             | tutor
  notice.talk_up               | pupil own        | tutor pastoral senco dsl head
  notice.use_classroom         | -                | STAFF
  notice.view_local            | -                | STAFF
  notice.view_local            | local page       | STAFF
  notice.write_local           | local page       | STAFF
  notice.award_badge           | award own        | tutor pastoral senco dsl head
  notice.award_badge           | award other      | other_tutor pastoral senco dsl head
  notice.award_badge           | award kept       | pastoral senco dsl head
  notice.check_badge           | -                | STAFF carer pupil
  notice.give_badge            | badge            | STAFF
  notice.give_badge            | badge kept       | pastoral senco dsl head
  notice.manage_badges         | badge            | head
  notice.take_badge            | award child      | carer pupil
  notice.take_badge            | award own        |
  notice.view_award            | award own        | tutor pastoral senco dsl head
  notice.view_award            | award child      | tutor pastoral senco dsl head carer pupil
  notice.view_badge            | badge            | STAFF carer pupil
  notice.view_badges           | -                | STAFF
  notice.withdraw_award        | award own        | tutor pastoral head
  notice.withdraw_award        | award other      | other_tutor pastoral head
  notice.note_about            | pupil own        | tutor pastoral senco dsl head
  notice.note_about            | left             | pastoral senco dsl head
  notice.own_change            | change own       | tutor
  notice.read_knowing          | knowing own      | tutor pastoral
  notice.record_knowing        | pupil own        | tutor pastoral senco dsl head
  notice.record_moment         | pupil own        | tutor pastoral senco dsl head
  notice.record_moment         | left             |
  notice.set_state             | pupil own        | tutor pastoral
  notice.set_state             | pupil other      | other_tutor pastoral
  notice.sort_group            | group own        | tutor pastoral
  notice.undo_moment           | moment own       | tutor
  notice.undo_state            | change own       | tutor
  notice.view_group            | group own        | tutor pastoral senco dsl head
  notice.view_group            | group other      | other_tutor pastoral senco dsl head
  notice.view_knowing          | knowing own      | tutor pastoral senco dsl head
  notice.view_moment           | moment own       | tutor pastoral senco dsl head
  notice.view_moment           | observation own  | tutor pastoral
  notice.view_overlooked       | -                | tutor other_tutor pastoral senco dsl head
  notice.view_own_groups       | -                | STAFF
  notice.view_pupil            | pupil own        | tutor pastoral senco dsl head
  notice.view_pupil            | pupil other      | other_tutor pastoral senco dsl head
  notice.view_pupil            | left             |
  notice.view_pupil            | staff            |
  notice.view_state            | state own        | tutor pastoral
  notice.answer_match          | match            | other_tutor
  notice.end_match             | match            | tutor other_tutor pastoral
  notice.keep_care             | care             | pastoral
  notice.keep_care             | care answers     | tutor
  notice.offer_match           | pupil own        | tutor pastoral
  notice.offer_match           | pupil other      | other_tutor pastoral
  notice.offer_match           | left             |
  notice.own_naming            | naming           | senco
  notice.view_both_sides       | -                | tutor other_tutor pastoral senco dsl
  notice.view_care             | care             | tutor pastoral
  notice.view_care             | care answers     | tutor
  notice.view_match            | match            | tutor other_tutor pastoral
  notice.will_notice           | pupil own        | tutor pastoral senco dsl head
  notice.will_notice           | left             |
  notice.set_weeks             | -                | head
  notice.own_intention         | intention own    | tutor
  notice.hand_over             | group own        | tutor
  notice.hand_over             | group other      | other_tutor
  notice.view_handed_over      | group own        | tutor pastoral
  notice.read_hand_over        | hand over own    | tutor pastoral
  notice.view_profile          | pupil own        | tutor pastoral senco dsl head
  notice.view_profile          | left             |
  notice.view_profile_part     | part own         | tutor pastoral senco dsl head
  notice.view_profile_part     | part tutor       | tutor
  notice.draft_profile         | pupil own        | tutor pastoral senco dsl head
  notice.draft_profile         | left             |
  notice.own_profile           | child            | pupil
  notice.own_profile           | pupil own        |
  notice.view_draft            | page drafted     | tutor
  notice.view_draft            | page asked       | tutor pupil
  notice.answer_profile        | page asked       | pupil
  notice.answer_profile        | page drafted     |
  notice.approve_with_pupil    | page drafted     | tutor
  notice.note_family           | page shared      | tutor pastoral senco dsl head
  notice.note_family           | page childs      | tutor pastoral senco dsl head carer
  notice.let_profile_through   | page held        | pastoral dsl head
  notice.let_profile_through   | page shared      |
  notice.view_clinic           | -                | STAFF
  notice.manage_note_home      | note home own    | tutor
  notice.mark_seen             | observation own  | pastoral
  notice.owe_circle_back       | pupil own        | tutor pastoral senco dsl head
  notice.read_observations     | -                | pastoral
  notice.sign_own_usual        | -                | dsl head
  notice.undo_circle_back      | promise own      | tutor
  notice.view_circle_back      | promise own      | tutor
  notice.view_circle_backs     | -                | STAFF
  notice.view_fair_share       | -                | STAFF
  notice.view_note_home        | note home own    | tutor pastoral senco dsl head
  notice.view_notes_home       | -                | STAFF
  notice.view_prompt           | prompt own       | pastoral
  notice.write_home            | pupil own        | tutor pastoral senco dsl head
  people.end_sessions          | staff            | head
  people.give_role             | staff            | head
  people.import_roster         | -                | head survey_lead technician
  people.link_account          | -                | STAFF governor analyst technician outside stranger
  people.make_sign_in          | staff            | head technician
  people.map_sensitive         | -                | head survey_lead
  people.reset_second_factor   | staff            | head
  people.see_sign_in_link      | staff            | head
  people.set_up_sign_in        | -                | head technician
  people.unlink_account        | staff            | head technician
  people.view_group            | group own        | tutor pastoral senco dsl head
  people.view_group            | group other      | other_tutor pastoral senco dsl head
  people.view_list             | -                | pastoral senco dsl head survey_lead technician
  people.view_person           | pupil own        | tutor pastoral senco dsl head survey_lead technician
  people.view_person           | staff            | head survey_lead technician
  people.view_person           | left             |
  people.view_pupil            | pupil own        | tutor pastoral senco dsl head
  people.view_pupil            | pupil other      | other_tutor pastoral senco dsl head
  people.view_pupil            | left             |
  people.view_pupil            | staff            |
  people.view_roster           | -                | head survey_lead technician
  people.view_staff            | -                | head technician
  see.list_noticing            | -                | STAFF governor analyst
  see.set_half_terms           | -                | head
  see.share_noticing           | half-term shared | head
  see.view_noticing            | half-term shared | STAFF governor analyst
  see.view_noticing            | half-term unshared | STAFF analyst
  see.view_noticing            | half-term refused | STAFF
  see.build_again              | -                | head survey_lead
  see.build_again              | release built    | head survey_lead
  see.list_releases            | -                | STAFF governor analyst
  see.view_check_ins           | -                | STAFF
  see.view_release             | release closed   | STAFF analyst
  see.view_release             | release told     | STAFF governor analyst
  see.view_release             | release built    | STAFF
  tell.publish_response        | wave closed      | head
  tell.view_governors_report   | -                | head survey_lead governor
  tell.view_response           | response closed  | STAFF
  tell.view_response           | response told    | STAFF governor carer pupil
  tell.view_responses          | -                | STAFF governor
  tell.view_told               | -                | STAFF governor carer pupil
  tell.write_response          | wave closed      | head survey_lead
"""
