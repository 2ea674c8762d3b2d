"""The data map: what adults know about the place the school is in."""

from belong.base.registry import NO_PERSON, PUBLIC_TASK, Clock, Record, author
from belong.notice.models import LocalPage

RECORDS: tuple[Record, ...] = (
    Record(
        "notice.LocalPage",
        holds="A page about a place, a shop, a festival or who to meet, with a photo of it. Nothing about a child.",
        about=(author("by"), author("changed_by")),
        why="so that adults who are new know the place their pupils grow up in",
        basis=PUBLIC_TASK,
        seen_by="adults who work with pupils",
        kept="local pages",
        secret=("photo",),
    ),
    Record(
        "notice.LocalDay",
        holds="The days on which something local happens.",
        why="so that it is known in time",
        basis=NO_PERSON,
        seen_by="adults who work with pupils",
        kept="with its page",
    ),
)
CLOCKS: tuple[Clock, ...] = (
    Clock(
        "local pages",
        "Local pages that were taken out of the list",
        runs_from="the day it was taken out",
        usual=365,
        least=30,
        most=1825,
        due=lambda day: [LocalPage.objects.filter(retired_on__lte=day)],
        began="retired_on",
    ),
)
