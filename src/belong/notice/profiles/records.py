"""The data map: pupils' own pages."""

from belong.base.registry import PUBLIC_TASK, Clock, Record, author, subject
from belong.notice.models import ProfilePage

WHY = "so that adults know what helps a pupil, in the pupil’s own words"
READERS = (
    "whom the pupil chose for each part: their tutor, the adults who teach or look after them, all staff"
)

RECORDS: tuple[Record, ...] = (
    Record(
        "notice.ProfilePage",
        holds="A version of a pupil’s own page: who drafted it, and when the pupil and the family said yes.",
        about=(subject("pupil"), author("drafted_by"), author("approved_with"), author("family_by")),
        why=WHY,
        basis=PUBLIC_TASK,
        seen_by=READERS,
        kept="profiles",
    ),
    Record(
        "notice.ProfilePart",
        holds="What a pupil says about themselves, what helps them, and who may read it.",
        about=(subject("page__pupil"), author("page__drafted_by")),
        why=WHY,
        basis=PUBLIC_TASK,
        seen_by=READERS,
        kept="profiles",
        special=True,
        note="A pupil may write about health, faith or family: only what they want known, for whom they choose.",
    ),
)
CLOCKS: tuple[Clock, ...] = (
    Clock(
        "profiles",
        "Pupils’ own pages, with earlier ones",
        runs_from="the day it was written",
        usual=1095,
        least=365,
        most=2555,
        due=lambda day: [ProfilePage.objects.filter(drafted_on__lte=day)],
        began="drafted_on",
    ),
)
