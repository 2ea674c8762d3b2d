"""What stands beside the writing screen: the findings to answer, and the plans to tell of."""

from typing import Any

from belong.act.queries import plans_for_wave
from belong.ask.models import Wave
from belong.people import roles
from belong.people.models import User
from belong.people.queries import holders
from belong.see import findings
from belong.see.access import visible_releases
from belong.see.queries import Reading, clear_gaps, one_way, plans_measured_again, read
from belong.tell.followups import histories

MOST_GAPS = 5


def help_with(wave: Wave, user: User) -> dict[str, Any]:
    """Headline, sure gaps, plans with their then and now, and who may publish."""
    record = visible_releases(user).filter(wave=wave).first()
    reading = read(record) if record else None
    plans = [*plans_measured_again(wave), *plans_for_wave(wave)]
    measured = histories(plans)
    return {
        "reading": reading,
        "headline": findings.headline(reading.release) if reading else (),
        "gap_sentences": _gaps(reading) if reading else [],
        "plans": [(plan, next(iter(measured[plan.pk]), None)) for plan in plans],
        "leaders": [person.display_name for person in holders(roles.SENIOR_LEADER)],
    }


def _gaps(reading: Reading) -> list[str]:
    """The widest sure gaps in the parts, each as one sentence."""
    parts = [info.key for info in reading.release.measures if info.kind == "part"]
    sure = clear_gaps(gap for part in parts for gap in one_way(reading.release, part))
    return [findings.gap_sentence(gap, reading.release) for gap in sure[:MOST_GAPS]]
