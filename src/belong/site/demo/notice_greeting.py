"""How names are said in the demo schools, who is back, and lines for a colleague. A hum stands in for each voice."""

import io
import math
import wave
from datetime import timedelta

from belong.base.clock import frozen
from belong.notice.greeting import actions
from belong.notice.models import NameSound
from belong.people.models import Group, Person, User
from belong.people.queries import leads, members, pupils_on_roll
from belong.site.demo.calendar import Calendar, at
from belong.site.demo.schools import Town

SPOKEN = {  # at home, by family name
    "Yusuf": "so",
    "Nowak": "pl",
    "Kowalski": "pl",
    "Malik": "ur",
    "Silva": "pt",
    "Okafor": "yo",
    "Hussain": "ur",
    "Khan": "ur",
    "Ahmed": "bn",
    "Begum": "bn",
    "Singh": "pa",
    "Kaur": "pa",
    "Patel": "gu",
    "Popescu": "ro",
    "Shevchenko": "uk",
}
LINES = (
    ("Cerys", "Played the cornet on Friday, by heart. Ask her what it was."),
    ("Farhan", "His seedlings came up. Ask him which were first."),
    ("Grace", "Stayed to help at the library. Tell her it was noticed."),
)
RATE = 8000


def play(town: Town, calendar: Calendar) -> None:
    """Languages at home; in each school a few names said aloud; in 8H somebody back today and lines that wait."""
    for family, language in SPOKEN.items():
        pupils_on_roll().filter(family_name=family).update(home_language=language)
    if town.school.phase == "secondary":
        _story(calendar)
    else:
        _primary(town, calendar)


def hum(notes: tuple[int, ...] = (196, 247, 220)) -> bytes:
    """A second of soft notes as WAV: nobody's voice."""
    out, length = io.BytesIO(), RATE * 2 // 5
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(RATE)
        for note in notes:
            file.writeframes(
                bytes(
                    int(128 + 60 * math.sin(math.pi * n / length) * math.sin(math.tau * note * n / RATE))
                    for n in range(length)
                )
            )
    return out.getvalue()


def _story(calendar: Calendar) -> None:
    tutor, head, pupil = (User.objects.get(username=name) for name in ("tutor", "pastoral", "pupil"))
    group = Group.objects.get(kind=Group.TUTOR_GROUP, name="8H")
    called = {one.given_name: one for one in members(group)}
    for user, name in ((pupil, "Amina"), (tutor, "Ewa"), (tutor, "Daniel")):
        if name in called:
            actions.keep_sound(user, pupil=called[name], upload=io.BytesIO(hum()))
    with frozen(at(calendar.today - timedelta(days=2))):
        for name, line in LINES:
            if name in called:
                actions.talk_up(head, pupil=called[name], line=line)
    if "Isla" in called:
        actions.mark_back(tutor, pupil=called["Isla"])


def _primary(town: Town, calendar: Calendar) -> None:
    """The youngest have no sign-in: their names were recorded together with their teacher."""
    for group in Group.objects.current().filter(kind=Group.TUTOR_GROUP)[:2]:
        lead: Person | None = leads(group).first()
        NameSound.objects.bulk_create(
            NameSound(
                school=town.school,
                pupil=pupil,
                by=lead,
                mime="audio/wav",
                seconds=1.2,
                sound=hum(),
                made_on=calendar.today - timedelta(days=40),
            )
            for pupil in members(group)[:6]
        )
