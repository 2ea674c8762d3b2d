"""The data map of the people room: the roster, sign-ins, and what an import leaves behind."""

from datetime import date

from belong.base.registry import (
    EQUALITY,
    LEGAL,
    NO_PERSON,
    PUBLIC_TASK,
    SECURITY,
    Clock,
    Record,
    Rows,
    author,
    subject,
)
from belong.people.models import RosterImport

ROSTER = "so that the right people are asked, and the right adults see the right pupils"
ROSTER_READERS = (
    "the pupil’s tutor, pastoral staff, senior leaders; survey lead and technician: names and groups"
)


def _imports(day: date) -> list[Rows]:
    return [RosterImport.objects.filter(made_at__date__lte=day)]


RECORDS = (
    Record(
        "people.Person",
        holds="Names, how to say them, name used at home, e-mail, date of birth, sex, year group, pupil number, "
        "home language, first and last day.",
        about=(subject("pk"),),
        why=ROSTER,
        basis=PUBLIC_TASK,
        seen_by=ROSTER_READERS,
        kept="leavers",
    ),
    Record(
        "people.Characteristic",
        holds="Special educational needs, ethnic group, free school meals, looked-after status and the like.",
        about=(subject("person"),),
        special=True,
        why="gaps between groups in results, and nothing else; no page shows it for one pupil",
        basis=EQUALITY,
        seen_by="nobody; the survey lead says which column of a roster file it is",
        kept="leavers",
    ),
    Record(
        "people.User",
        holds="The name to sign in with, a scrambled password, the last time of signing in.",
        about=(subject("person"),),
        why="so that only those who may get in",
        basis=SECURITY,
        seen_by="technician and senior leaders: who has a sign-in",
        kept="leavers",
        secret=("password",),
    ),
    Record(
        "people.Role",
        holds="Which of the twelve roles a person has, from when to when.",
        about=(subject("person"),),
        why="rights come from it",
        basis=PUBLIC_TASK,
        seen_by="technician and senior leaders",
        kept="leavers",
    ),
    Record(
        "people.Membership",
        holds="Who is in which class, club or house, and who leads it.",
        about=(subject("person"),),
        why=ROSTER,
        basis=PUBLIC_TASK,
        seen_by=ROSTER_READERS,
        kept="leavers",
    ),
    Record(
        "people.CarerLink",
        holds="Who cares for which pupil, how they are related, and whether they may see the pupil’s pages.",
        about=(subject("pupil"), subject("carer")),
        why="so that families are asked, and only those who may see do",
        basis=PUBLIC_TASK,
        seen_by="the carer: their own link; nobody sees another carer’s",
        kept="leavers",
    ),
    Record(
        "people.School",
        holds="The school’s name, number and settings.",
        why=ROSTER,
        basis=NO_PERSON,
        seen_by="everybody at the school",
        kept="as long as the school uses belong",
    ),
    Record(
        "people.Group",
        holds="Tutor groups, classes, clubs and houses.",
        why=ROSTER,
        basis=NO_PERSON,
        seen_by="staff",
        kept="as long as the school uses belong",
    ),
    Record(
        "people.ColumnMapping",
        holds="How the columns of a roster file were read: headings, never a cell.",
        why="so that the next file is read the same way",
        basis=NO_PERSON,
        seen_by="survey lead and technician",
        kept="as long as the school uses belong",
    ),
    Record(
        "people.RosterImport",
        holds="Who brought in which roster file, when, and how many people it added, changed and ended.",
        about=(author("by__person"),),
        why="so that a wrong import can be found",
        basis=LEGAL,
        seen_by="survey lead and technician",
        kept="roster imports",
        secret=("stored",),
    ),
    Record(
        "people.RosterImportRow",
        holds="Which fields an import changed for whom (their names, never values), and which lines it set aside.",
        about=(subject("person"),),
        why="so that a wrong import can be found",
        basis=LEGAL,
        seen_by="survey lead and technician",
        kept="roster imports",
    ),
    Record(
        "people.LinkedAccount",
        holds="Which Google or Microsoft account opens a person’s sign-in: its number there, and its address to show.",
        about=(subject("user__person"),),
        why="so that staff sign in with the account they have anyway",
        basis=SECURITY,
        seen_by="the person; technician and senior leaders: the address",
        kept="leavers",
    ),
    Record(
        "mfa.Authenticator",
        holds="A second step: the sealed secret of an app, the public half of a passkey, sealed recovery codes; when "
        "it was set up and last used.",
        about=(subject("user__person"),),
        why="so that a stolen password alone opens nothing",
        basis=SECURITY,
        seen_by="the person; senior leaders: that there is one",
        kept="leavers; gone on the day somebody leaves",
        secret=("data",),
    ),
    Record(
        "usersessions.UserSession",
        holds="Where somebody is signed in: kind of device, since when, last used within five minutes, and the network "
        "of its address without the machine.",
        about=(subject("user__person"),),
        why="so that people find a session that is not theirs, and end it",
        basis=SECURITY,
        seen_by="the person; senior leaders: in how many places",
        kept="until the session is over, and cleared every day",
        secret=("session_key", "data"),
    ),
    Record(
        "people.Tries",
        holds="How often a sign-in or an address was tried in the last hours, and how often a name was freed in a "
        "class session, under keyed hashes that name none of them.",
        why="so that nobody can guess passwords, or send what was begun under another’s name",
        basis=SECURITY,
        seen_by="nobody",
        kept="a day",
        secret=("key",),
    ),
    Record(
        "account.EmailAddress",
        holds="Nothing: a table of the library for signing in that belong does not use.",
        about=(subject("user__person"),),
        why="so that the program runs",
        basis=NO_PERSON,
        seen_by="nobody",
        kept="always empty",
    ),
    Record(
        "account.EmailConfirmation",
        holds="Nothing: a table of the library for signing in that belong does not use.",
        why="so that the program runs",
        basis=NO_PERSON,
        seen_by="nobody",
        kept="always empty",
    ),
    Record(
        "people.SignInProvider",
        holds="The school’s own registration with Google or Microsoft, its secret sealed.",
        why="so that staff sign in with the account they have anyway",
        basis=NO_PERSON,
        seen_by="technician and senior leaders, without the secret",
        kept="until the school removes it",
        secret=("client_secret",),
    ),
    Record(
        "file:uploads",
        holds="The tables of a roster file between the preview and the go-ahead, without columns that hold secrets.",
        why="so that a person can look before anything changes",
        basis=PUBLIC_TASK,
        seen_by="survey lead and technician, as a preview",
        kept="roster files",
    ),
)
CLOCKS = (
    Clock(
        "roster files",
        "Roster files waiting to be applied",
        runs_from="the upload",
        usual=1,
        least=1,
        most=1,
        outside=True,
    ),
    Clock(
        "roster imports",
        "What each roster import did",
        runs_from="the day of the import",
        usual=365,
        least=30,
        most=1095,
        due=_imports,
        began="made_at",
    ),
)
