"""What the demo schools did about their gaps, and what they told the people they asked."""

from dataclasses import dataclass
from datetime import date, timedelta

from belong.act.actions import add_step, end_plan, make_plan, mark_step
from belong.act.gaps import released_gap
from belong.act.models import Plan
from belong.act.practices import practice
from belong.ask.models import Wave
from belong.base.clock import frozen
from belong.people.models import Person, User
from belong.site.demo.calendar import at
from belong.tell.actions import add_item, begin_response, publish_response, write_thanks

THANKS = "Thank you. We read every answer, and we talked about them in every staff meeting this month."


@dataclass(frozen=True)
class Undertaking:
    """A plan of the story: for which released gap, with which practice, begun when, how far."""

    practice: str
    title: str
    aim: str
    measure: str
    cut: str
    group: str
    owner: str
    begins: date
    learned: str = ""


def undertake(user: User, wave: Wave, story: Undertaking) -> Plan:
    """Make a plan for a gap of a wave's release, tick some steps off, and end it where the story does."""
    gap = released_gap(user, wave.pk, story.measure, story.cut, story.group)
    owner = Person.objects.get(user__username=story.owner)
    found = practice(story.practice)
    with frozen(at(story.begins)):
        plan = make_plan(
            user,
            title=story.title,
            owner=owner,
            starts_on=story.begins,
            review_on=story.begins + timedelta(weeks=found.after_weeks if found else 12),
            practice_key=story.practice if found else "",
            aim=story.aim,
            steps=[(text, None) for text in (found.steps[:5] if found else [])],
            gap=gap.facts() if gap else None,
            wave=wave if gap else None,
        )
    with frozen(at(story.begins + timedelta(weeks=5))):
        for step in list(plan.steps.all())[: 5 if story.learned else 2]:
            mark_step(user, step=step, done=True)
        add_step(user, plan=plan, text="Tell the pupils what we found, and ask again")
    if story.learned:
        with frozen(at(story.begins + timedelta(weeks=20))):
            end_plan(user, plan=plan, state=Plan.DONE, learned=story.learned)
    return plan


def answer(
    user: User, wave: Wave, items: list[tuple[str, str, Plan | None]], day: date, *, publish: bool = True
) -> None:
    """Write a response, and publish it."""
    with frozen(at(day)):
        response = begin_response(user, wave=wave)
        write_thanks(user, response=response, thanks=THANKS)
        for heard, did, plan in items:
            add_item(user, response=response, heard=heard, did=did, plan=plan)
        if publish:
            publish_response(user, response=response)
