"""What a governors' report holds: every figure from one frozen release, and the plans' then and now between two."""

from dataclasses import dataclass
from datetime import date

from belong.act.models import Plan
from belong.act.practices import practice
from belong.act.queries import plans_for_wave
from belong.release import Release
from belong.see import figures, findings
from belong.see.caveats import ThenAndNow
from belong.see.queries import Reading, plans_measured_again
from belong.see.words import PEOPLE, text, years_in_words
from belong.tell.followups import Remeasured, histories, newest
from belong.tell.models import Response
from belong.tell.queries import published_wave_ids
from belong.tell.report.gaps import Hidden, hidden_groups, widest_gaps
from belong.tell.report.parts import PartRow, part_rows
from belong.tell.report.say import cautions, date_in_words, method_lines
from belong.web.charts import Chart


@dataclass(frozen=True)
class Doing:
    """One plan: who leads it, how far it is, and what a later wave found of its gap (`said`), if one has."""

    title: str
    practice: str
    leader: str
    state: str
    look_again: str
    is_review_due: bool
    said: ThenAndNow | None
    learned: str


@dataclass(frozen=True)
class Report:
    """The report in reading order. Charts carry their own alternative text and table."""

    school: str
    is_demo: bool
    wave_title: str
    headline: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    parts: Chart
    part_rows: tuple[PartRow, ...]
    since: str
    gaps: Chart
    hidden: tuple[Hidden, ...]
    hidden_words: str
    rates: Chart
    cautions: tuple[str, ...]
    measured: tuple[Doing, ...]
    under_way: tuple[Doing, ...]
    answered: tuple[tuple[str, str], ...]
    published: str
    next_steps: tuple[str, ...]
    method: tuple[str, ...]
    footer: str

    @property
    def title(self) -> str:
        return f"{self.wave_title}: what we were told, and what we do about it"


def make_report(reading: Reading) -> Report:
    """The report on one release. The same for every reader: governors, leaders, survey lead."""
    wave, release = reading.wave, reading.release
    response = Response.objects.filter(wave=wave).prefetch_related("items").first()
    shown = response if response and response.is_published else None
    measured, under_way = _plans(reading)
    return Report(
        school=wave.school.name,
        is_demo=wave.school.is_demo,
        wave_title=wave.title,
        headline=findings.headline(release),
        facts=_facts(reading),
        parts=figures.parts_now(reading),
        part_rows=part_rows(reading),
        since=reading.since,
        gaps=widest_gaps(reading),
        hidden=hidden_groups(reading),
        hidden_words=text("missing", "report", threshold=release.threshold),
        rates=figures.response_rates(reading),
        cautions=cautions(reading),
        measured=measured,
        under_way=under_way,
        answered=tuple((item.heard, item.did) for item in shown.items.all()) if shown else (),
        published=date_in_words(shown.published_at) if shown else "",
        next_steps=_next(reading, shown, (*measured, *under_way)),
        method=method_lines(release),
        footer=f"{wave.school.name}. Figures from the release of {_built(release)}, seal {release.hash[:12]}.",
    )


def _facts(reading: Reading) -> tuple[tuple[str, str], ...]:
    wave, release = reading.wave, reading.release
    questions = sum(1 for info in release.measures if info.kind == "item")
    parts = sum(1 for info in release.measures if info.kind == "part")
    asked = PEOPLE[wave.audience].capitalize()
    years = years_in_words(wave.years)
    return (
        ("Who was asked", f"{asked}, {years}" if years else asked),
        ("When", f"{date_in_words(wave.opens_on)} to {date_in_words(wave.closes_on)}"),
        ("Questions", f"{questions} on {parts} parts of belonging" if parts else str(questions)),
        ("Who answered", findings.response_in_words(release)),
    )


def _plans(reading: Reading) -> tuple[tuple[Doing, ...], tuple[Doing, ...]]:
    """Plans whose gap this wave measured again, and plans made because of this wave."""
    wave = reading.wave
    before, since = list(plans_measured_again(wave)), list(plans_for_wave(wave))
    found = histories([*before, *since])
    may_tell = {wave.pk, *published_wave_ids()}
    measured = [(plan, newest(found[plan.pk], {wave.pk})) for plan in before]
    return (
        tuple(_doing(plan, again) for plan, again in measured if again),
        tuple(_doing(plan, newest(found[plan.pk], may_tell)) for plan in since),
    )


def _doing(plan: Plan, again: Remeasured | None) -> Doing:
    found = practice(plan.practice_key)
    return Doing(
        title=plan.title,
        practice=found.title if found and found.title != plan.title else "",
        leader=plan.owner.display_name,
        state=plan.get_state_display(),
        look_again=date_in_words(plan.review_on) if plan.is_active else "",
        is_review_due=plan.is_review_due,
        said=again.said if again else None,
        learned=plan.learned,
    )


def _next(reading: Reading, response: Response | None, plans: tuple[Doing, ...]) -> tuple[str, ...]:
    steps = [_looking_again(doing) for doing in plans if doing.look_again]
    people = PEOPLE[reading.wave.audience]
    if response is None:
        steps.append(
            f"The answer to the {people} who were asked is not published yet; no new wave opens before it is."
        )
    steps.append(
        "The same questions are asked again in the next wave, and every plan’s gap is measured again with them."
    )
    return tuple(steps)


def _looking_again(doing: Doing) -> str:
    if doing.is_review_due:
        return f"{doing.title}: due to be looked at again since {doing.look_again} ({doing.leader})."
    return f"{doing.title}: {doing.leader} looks again on {doing.look_again}."


def _built(release: Release) -> str:
    return date_in_words(date.fromisoformat(release.built_on)) if release.built_on else "an unknown day"
