"""The data map of what the program itself keeps: audit trail, jobs, sessions, tables of its libraries, files."""

from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django_tasks_db.models import DBTaskResult

from belong.base.clock import now
from belong.base.models import AuditEntry
from belong.base.registry import (
    KEEP,
    NO_PERSON,
    SECURITY,
    Clock,
    Link,
    Record,
    author,
    subject,
)

LIBRARY = "a table of a library belong is built on"


def entries_about(person: Any) -> QuerySet[AuditEntry]:
    """Entries of the trail that name a person."""
    return AuditEntry.objects.filter(about__contains=f"|{person.pk}|")


def sessions_of(person: Any) -> QuerySet[Session]:
    """A person's running sign-ins; they are opened one by one, because the table does not say whose they are."""
    user = getattr(person, "user", None)
    if user is None:
        return Session.objects.none()
    running = Session.objects.filter(expire_date__gt=now())
    mine = [one.pk for one in running if one.get_decoded().get("_auth_user_id") == str(user.pk)]
    return Session.objects.filter(pk__in=mine)


def _nothing(model: str, holds: str = LIBRARY, kept: str = "as long as the program") -> Record:
    return Record(model, holds, why="so that the program runs", basis=NO_PERSON, seen_by="nobody", kept=kept)


RECORDS = (
    Record(
        "base.AuditEntry",
        holds="Who did or looked at what, when and why: numbers and kinds, never what was said or answered.",
        about=(Link(find=entries_about, erase=KEEP), author("actor__person")),
        why="so that misuse can be found and shown, and a breach can be told",
        basis=SECURITY,
        seen_by="senior leaders and the DSL",
        kept="audit trail",
        secret=("hash",),
        note="The trail can only grow. After an erasure it names nobody: the number of the person is all it has.",
    ),
    Record(
        "sessions.Session",
        holds="Who is signed in at which browser, and until when.",
        about=(subject(find=sessions_of),),
        why="so that a person stays signed in",
        basis=SECURITY,
        seen_by="nobody",
        kept="sessions",
        secret=("session_key", "session_data"),
    ),
    Record(
        "django_tasks_database.DBTaskResult",
        holds="Background jobs: their kind, and numbers of waves, schools and requests. Never names or answers.",
        why="so that slow work is done once",
        basis=NO_PERSON,
        seen_by="nobody",
        kept="jobs",
    ),
    _nothing("contenttypes.ContentType"),
    _nothing("auth.Permission", "the permissions of Django, which belong does not use"),
    _nothing("auth.Group", "the groups of Django, which belong does not use"),
    _nothing("auth.Group_permissions", "the groups of Django, which belong does not use"),
    _nothing("django_migrations", "which changes of the tables were made"),
    _nothing("base_trail_permit", "empty; a row in it lets a whole school's trail be thrown away"),
    Record(
        "shared_cache",
        holds="Counters of tries at signing in, under keys that hold an address or a user name in scrambled form.",
        why="so that nobody can guess passwords",
        basis=SECURITY,
        seen_by="nobody",
        kept="minutes to a day; each entry carries its end",
    ),
    Record(
        "file:mail",
        holds="Mails written to a file because no mail server is set: addresses, and links that sign in once.",
        why="so that a school can try belong without a mail server",
        basis=SECURITY,
        seen_by="whoever looks after the machine",
        kept="mail files",
    ),
    Record(
        "file:logs",
        holds="Addresses of pages and errors, written to wherever the machine keeps logs. Answering leaves no line.",
        why="so that faults can be found",
        basis=SECURITY,
        seen_by="whoever looks after the machine",
        kept="as the machine is set; 30 days are plenty",
    ),
    Record(
        "file:keys",
        holds="The keys of texts, of backups and of signatures.",
        why="so that nobody reads a text or a backup without them",
        basis=SECURITY,
        seen_by="whoever looks after the machine",
        kept="as long as something is read with them",
    ),
)
CLOCKS = (
    Clock(
        "audit trail",
        "The audit trail",
        runs_from="the day of the entry",
        usual=0,
        least=0,
        most=0,
        why="the school must be able to show who saw what, and a chain with its beginning cut off proves nothing; it "
        "holds numbers rather than names",
        outside=True,
    ),
    Clock(
        "sessions",
        "Sessions",
        runs_from="the last sign of life",
        usual=1,
        least=1,
        most=1,
        due=lambda day: [Session.objects.filter(expire_date__lt=now())],
        began="expire_date",
    ),
    Clock(
        "jobs",
        "Finished background jobs",
        runs_from="the end of the job",
        usual=7,
        least=7,
        most=7,
        due=lambda day: [DBTaskResult.objects.filter(finished_at__date__lte=day)],
        began="finished_at",
    ),
    Clock(
        "mail files",
        "Mails written to files",
        runs_from="the mail",
        usual=14,
        least=14,
        most=14,
        outside=True,
    ),
)
