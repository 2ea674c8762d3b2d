"""The places of the notice room, for its first page and for whoever asks what there is."""

from dataclasses import dataclass

from django.urls import reverse

from belong.base.access import allowed
from belong.people.models import User


@dataclass(frozen=True)
class Place:
    """A page of this room that a viewer may open."""

    title: str
    about: str
    icon: str
    url: str


# Under each heading: title, one line about it, icon, address, and the verb that opens it.
PLACES: dict[str, tuple[tuple[str, str, str, str, str], ...]] = {
    "Every day": (
        (
            "My group",
            "Who is in it, how each stands with you, what nobody has noticed yet.",
            "group",
            "notice:my-group",
            "notice.view_own_groups",
        ),
        (
            "At the door",
            "Greet your group by name: how to say it, who is new or back, a line from a colleague.",
            "wave",
            "notice:door-mine",
            "notice.view_own_groups",
        ),
        (
            "To come back to",
            "What you told a pupil you would come back to.",
            "undo",
            "notice:circle-backs",
            "notice.view_circle_backs",
        ),
        (
            "My fair share",
            "Whom you have not noted anything for lately. For you alone.",
            "star",
            "notice:fair-share",
            "notice.view_fair_share",
        ),
        (
            "For the classroom screen",
            "Conversation starters, and this-or-that.",
            "device",
            "notice:classroom",
            "notice.use_classroom",
        ),
    ),
    "Who needs somebody": (
        (
            "Not yet noticed",
            "Pupils with empty places: an adult, a moment, a club or role, recognition, a voice, a profile.",
            "eye",
            "notice:overlooked",
            "notice.view_overlooked",
        ),
        (
            "Pupils and me",
            "Pupils you look out for, and those you are asked about.",
            "person",
            "notice:both-sides-mine",
            "notice.view_own_groups",
        ),
        (
            "Both sides",
            "Whom pupils said they could turn to, beside what adults have recorded; ask an adult to look out for one.",
            "people",
            "notice:both-sides",
            "notice.view_both_sides",
        ),
        (
            "Observations",
            "What adults saw about pupils you look after, to be read.",
            "eye",
            "notice:observations",
            "notice.read_observations",
        ),
        (
            "New joiners",
            "The agenda of a practice clinic: who is new or about to start, and what they share with all staff.",
            "person",
            "notice:clinic",
            "notice.view_clinic",
        ),
        (
            "Over time",
            "Relationships, moments, recognition and empty places by group, on half-term dates. Never by adult.",
            "see",
            "see:noticing",
            "see.list_noticing",
        ),
    ),
    "Good things": (
        (
            "Recognition",
            "What pupils and families saw in others, to read before it is shown.",
            "star",
            "notice:recognition",
            "notice.view_recognition_queue",
        ),
        (
            "Boards",
            "Hype and thank-you boards: write, read what pupils wrote, show it large, print it.",
            "heart",
            "notice:boards",
            "notice.view_boards",
        ),
        (
            "Badges",
            "What each is given for, who holds it, and whether a badge is real.",
            "star",
            "notice:badges",
            "notice.view_badges",
        ),
        (
            "My notes home",
            "What you wrote to families, and whether it went.",
            "mail",
            "notice:notes-home",
            "notice.view_notes_home",
        ),
    ),
    "Where we are": (
        (
            "Round here",
            "What adults of the school know about the place: shops, festivals, who to meet.",
            "home",
            "notice:local",
            "notice.view_local",
        ),
    ),
    "What the school chooses": (
        (
            "The school’s values and traits",
            "The words that recognition speaks, ambassadors, and what families see.",
            "flag",
            "notice:traits",
            "notice.manage_traits",
        ),
        (
            "When to look again",
            "After how many weeks adults look at a relationship again.",
            "settings",
            "notice:weeks",
            "notice.set_weeks",
        ),
        (
            "Greeting: what the school chooses",
            "Whether birthdays are mentioned.",
            "settings",
            "notice:greeting-settings",
            "notice.choose_greeting",
        ),
        (
            "A child’s own usual",
            "Prompts when adults note far more than usual about a child. Off until somebody signs.",
            "shield",
            "notice:own-usual",
            "notice.sign_own_usual",
        ),
    ),
}


def places_for(user: User) -> list[tuple[str, list[Place]]]:
    """The places this viewer may open, under their headings; a heading with none is left out."""
    found = [
        (
            heading,
            [
                Place(title, about, icon, reverse(name))
                for title, about, icon, name, verb in places
                if allowed(user, verb)
            ],
        )
        for heading, places in PLACES.items()
    ]
    return [(heading, places) for heading, places in found if places]
