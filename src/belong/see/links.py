"""Ways between the pages of a release, and from a gap to what may be done about it."""

from urllib.parse import urlencode

from django.urls import reverse

from belong.release import Cell, Change, Gap, Response
from belong.see.queries import Reading
from belong.see.words import cut_slug

SCORE = "score"


def overview_url(reading: Reading) -> str:
    return reverse("see:overview", args=[reading.wave.pk])


def method_url(reading: Reading) -> str:
    return reverse("see:method", args=[reading.wave.pk])


def part_url(reading: Reading, measure: str) -> str:
    """The page of a part, or of the whole score."""
    return reverse("see:part", args=[reading.wave.pk, measure.removeprefix("part:")])


def cut_url(reading: Reading, cut: str, measure: str = SCORE) -> str:
    """The page of a cut, on one measure."""
    where = reverse("see:groups", args=[reading.wave.pk, cut_slug(cut)])
    return where if measure == SCORE else f"{where}?{urlencode({'measure': measure})}"


def gap_query(reading: Reading, gap: Gap) -> str:
    """A gap as the act room takes it: wave, measure, cut and group."""
    wave = str(reading.wave.pk)
    return urlencode({"wave": wave, "measure": gap.measure, "cut": gap.cut, "group": gap.group})


def gap_url(reading: Reading, gap: Gap) -> str:
    query = urlencode({"measure": gap.measure, "cut": gap.cut, "group": gap.group})
    return f"{reverse('see:gap', args=[reading.wave.pk])}?{query}"


def why_url(reading: Reading, kind: str, row: Cell | Gap | Change | Response) -> str:
    """Why a figure is missing, and what would show it. `kind` is one of `pages.why.KINDS`."""
    about = {"figure": kind, "cut": row.cut, "group": row.group}
    measure = "" if isinstance(row, Response) else row.measure
    query = urlencode(about | ({"measure": measure} if measure else {}))
    return f"{reverse('see:why', args=[reading.wave.pk])}?{query}"


def missing_url() -> str:
    """Why figures of any kind may be missing, where one of them has no page of its own."""
    return reverse("see:missing")


def plan_url(reading: Reading, gap: Gap) -> str:
    return f"{reverse('act:new-plan')}?{gap_query(reading, gap)}"


def practices_url(reading: Reading, part: str, gap: Gap | None) -> str:
    """Practices for a part, keeping the gap in mind."""
    query = [urlencode({"part": part})] if part else []
    query += [gap_query(reading, gap)] if gap else []
    return f"{reverse('act:practices')}?{'&'.join(query)}"
