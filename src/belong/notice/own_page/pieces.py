"""The pieces every own page has: asking for an adult, one's clubs, how the school asks, what it told."""

from django.utils.translation import gettext as _

from belong.ask.talking import TalkPass, life_in_words
from belong.notice.own_page import Piece
from belong.people.models import Group, Membership, Person, User

FIRST, CLUBS, ASKED = 10, 60, 80


def talk(user: User, pupil: Person) -> Piece:
    """Asking for an adult, first of all, with how far the last request has come."""
    context = {"life": life_in_words(pupil), "talk_pass": TalkPass(pupil.pk).sign()}
    return Piece(_("Talk to an adult"), "voice", "notice/own_page/_talk.html", context, FIRST)


def clubs(user: User, pupil: Person) -> Piece | None:
    """The clubs a pupil is in; nothing where there is none."""
    rows = Membership.objects.current().filter(person=pupil, group__kind=Group.CLUB, part=Membership.MEMBER)
    names = sorted(row.group.name for row in rows.select_related("group"))
    if not names:
        return None
    return Piece(_("My clubs"), "people", "notice/own_page/_clubs.html", {"clubs": names}, CLUBS)


def asked(user: User, pupil: Person) -> Piece:
    """How the school asks a pupil, and where it says what it did about it."""
    return Piece(
        _("When we ask you something"), "ask", "notice/own_page/_asked.html", {"is_pupil": True}, ASKED
    )


def family_asked(user: User, pupil: Person) -> Piece:
    """The same for a family."""
    return Piece(
        _("When we ask you something"), "ask", "notice/own_page/_asked.html", {"is_pupil": False}, ASKED
    )
