"""The two plans of the story, and the responses: one gap that an action narrowed, one that it did not."""

from datetime import timedelta

from belong.act.models import Plan
from belong.ask.models import Wave
from belong.people.models import User
from belong.site.demo.telling import Undertaking, answer, undertake

FIRST_HALF = [
    (
        "Break is better with somewhere to sit.",
        "The library is open at every break, and Year 10 helpers keep it calm.",
    ),
    (
        "Some of us wait a long time for a turn to speak.",
        "Every subject tries thinking time before hands go up.",
    ),
    ("Names are said wrongly.", "Tutors asked everyone, and wrote down how to say each name."),
]
SECOND_HALF = [
    (
        "Being asked is good. Hearing back is better.",
        "You are reading it. There will be a page like this each time.",
    ),
    (
        "Lunch is loud.",
        "Not yet: the hall is full until the new timetable in January. We will try two sittings then.",
    ),
]
STAFF_HEARD = [("Meetings run over.", "They end at half past four. Whoever chairs watches the clock.")]
FAMILIES_HEARD = [
    (
        "Hard to know whom to call.",
        "Every family has one name and one number, on the first page of the planner.",
    )
]


def start_plans(user: User, wave: Wave, chapter: int) -> None:
    """After the third secondary wave: a plan for each of its two clear gaps."""
    if chapter != 2 or wave.school.phase != "secondary":
        return
    begins = wave.closes_on + timedelta(days=17)
    undertake(
        user,
        wave,
        Undertaking(
            practice="trusted-adult",
            title="An adult of their own for pupils with SEN support",
            aim="Every pupil with SEN support has ten minutes a week with an adult they chose.",
            measure="part:adults",
            cut="sen",
            group="sen",
            owner="senco",
            begins=begins,
        ),
    )
    undertake(
        user,
        wave,
        Undertaking(
            practice="clubs-for-everyone",
            title="Four more clubs, none of them competitive",
            aim="Pupils with pupil premium take part as much as everyone else.",
            measure="part:taking-part",
            cut="pupil_premium",
            group="Y",
            owner="pastoral",
            begins=begins,
            learned="The clubs filled with pupils who came to clubs already. Next time we ask who stays away, and why.",
        ),
    )


def respond(user: User, wave: Wave, chapter: int) -> None:
    """Publish what was heard and done, three weeks after the wave closed."""
    day = wave.closes_on + timedelta(days=20)
    if wave.audience == Wave.STAFF:
        return answer(user, wave, [(heard, did, None) for heard, did in STAFF_HEARD], day)
    if wave.audience == Wave.FAMILIES:
        return answer(user, wave, [(heard, did, None) for heard, did in FAMILIES_HEARD], day)
    said = FIRST_HALF if chapter % 2 == 0 else SECOND_HALF
    items: list[tuple[str, str, Plan | None]] = [(heard, did, None) for heard, did in said]
    if wave.school.phase == "secondary" and chapter >= 2:
        first, second = Plan.objects.order_by("pk")[:2]
        items = [
            (
                "Some of us don’t have an adult to go to.",
                "Pupils with SEN support chose one each, and meet them every week.",
                first,
            ),
            ("More clubs that are not competitive.", "Four started: garden, art, running, coding.", second),
            *items[:1],
        ]
    return answer(user, wave, items, day)
