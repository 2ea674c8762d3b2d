"""What has to be done every day without anybody asking; harmless when done more often."""

from belong.ask.checkins.tasks import turn_rounds
from belong.ask.tasks import close_due_places, close_due_waves, expire_pool_keys
from belong.ask.usual.tasks import look_at_usual
from belong.base.jobs import try_again
from belong.guard.rights.tasks import keep_time, tidy_machine
from belong.notice.both_sides.tasks import look_after
from belong.notice.noting.tasks import look_at_own_usual, send_due_notes_home
from belong.people.models import School
from belong.people.tasks import forget_old_imports, tidy_sign_ins
from belong.see.tasks import release_noticing


def enqueue_chores() -> None:
    """Queue every school's daily work: close waves past their last day, let old keys die, forget roster files, let go
    whatever has been kept for longer than the school's terms, release figures about noticing on a half-term date.

    What failed for want of space is tried again, too.
    """
    try_again()
    tidy_sign_ins.enqueue()
    tidy_machine.enqueue()
    for school_id in School.objects.values_list("id", flat=True):
        close_due_waves.enqueue(school_id=school_id)
        turn_rounds.enqueue(school_id=school_id)
        look_at_usual.enqueue(school_id=school_id)
        close_due_places.enqueue(school_id=school_id)
        expire_pool_keys.enqueue(school_id=school_id)
        forget_old_imports.enqueue(school_id=school_id)
        keep_time.enqueue(school_id=school_id)
        send_due_notes_home.enqueue(school_id=school_id)
        look_after.enqueue(school_id=school_id)
        look_at_own_usual.enqueue(school_id=school_id)
        release_noticing.enqueue(school_id=school_id)
