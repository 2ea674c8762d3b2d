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
}
LINES = """
  act.change_plan              | plan own         | tutor pastoral senco dsl head survey_lead
  act.change_plan              | plan other       | pastoral senco dsl head survey_lead
  act.make_plan                | -                | pastoral senco dsl head survey_lead
  act.view_plan                | plan own         | STAFF
  act.view_practices           | -                | STAFF
  ask.ask_for_an_adult         | -                | pupil
  ask.manage_waves             | -                | head survey_lead
  ask.manage_waves             | wave open        | head survey_lead
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
  ask.view_wave                | wave draft       | head survey_lead
  ask.view_wave                | wave open        | STAFF
  ask.view_waves               | -                | STAFF
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
  guard.view_queue             | -                | pastoral dsl head governor
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
  see.build_again              | -                | head survey_lead
  see.build_again              | release built    | head survey_lead
  see.list_releases            | -                | STAFF governor analyst
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
