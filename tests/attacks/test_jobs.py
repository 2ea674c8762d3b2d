"""A job keeps its arguments in the database, long after it ran: "score sheet 17 of pupil 12".

belong has no job for a submission. The jobs of a close are given the school and the wave; rows are found, and mixed,
inside them. A job row is readable by whoever looks after the machine, so nothing but ids and kinds may ever be in one.
"""

import json

from tests.attacks.attackers import View, by_number, by_shared_value

JOBS = ("naive_job", "django_tasks_database_dbtaskresult")


def _by_arguments(view: View):
    naively = "submission_id" in view.said[0]
    return by_number(view, JOBS[:1] if naively else JOBS[1:])


def test_the_arguments_of_jobs_link_nobody(scene):
    scene.holds(_by_arguments)
    assert max(design.right(lambda view: by_shared_value(view, JOBS[1:])) for design in scene.designs) <= 9


def test_jobs_ran_and_were_given_a_school_and_a_wave_and_nothing_else(scene):
    rows = scene.copies["closed"].tables[JOBS[1]]
    assert {row["task_path"] for row in rows} >= {
        "belong.ask.tasks.rewrite_answers",
        "belong.ask.tasks.sweep_up",
    }
    for row in rows:
        held = json.loads(row["args_kwargs"]) if isinstance(row["args_kwargs"], str) else row["args_kwargs"]
        assert held["args"] == []
        assert set(held["kwargs"]) <= {"school_id", "wave_id"}
        assert row["status"] == "SUCCESSFUL"
