"""What the pages of a release share: who answered, the way to the other pages, the way to doing something."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from belong.base.access import allowed
from belong.people.models import User
from belong.release import SHOWN, Gap, MeasureInfo, Release
from belong.release.model import ALL
from belong.see import findings, links
from belong.see.queries import Reading
from belong.see.translations import flags_of
from belong.see.words import cut_slug, cut_title, text, years_in_words

PAGES = (
    ("Overview", "overview"),
    ("Questions", "items"),
    ("Groups", "groups"),
    ("How this was made", "method"),
)


def frame(reading: Reading, current: str) -> dict[str, Any]:
    """The context every page of a release begins with."""
    return {
        "reading": reading,
        "wave": reading.wave,
        "release": reading.release,
        "lead": lead(reading),
        "tabs": _tabs(reading, current),
        "since": reading.since,
        "overview_url": links.overview_url(reading),
        "many_gaps": text("caveats", "many-gaps-short"),
    }


def lead(reading: Reading) -> str:
    """ "Spring wave, Years 7 to 11. About 86 % of pupils answered. Demonstration data." in one line."""
    wave = reading.wave
    years = years_in_words(wave.years)
    said = [
        f"{wave.title}, {years}" if years and years not in wave.title else wave.title,
        findings.response_in_words(reading.release),
    ]
    said += [line.removesuffix(".") for line in flags_of(reading.release)]
    if wave.school.is_demo:
        said.append("Demonstration data")
    return ". ".join(said) + "."


def actions(reading: Reading, user: User, measure: str, gap: Gap | None) -> dict[str, str]:
    """The ways from here to doing something, for those who may go there; "" for the others."""
    part = reading.release.measure(measure).part
    may_read = allowed(user, "act.view_practices")
    may_plan = allowed(user, "act.make_plan")
    return {
        "practices_url": links.practices_url(reading, part, gap) if may_read else "",
        "plan_url": links.plan_url(reading, gap) if gap and may_plan else "",
    }


def choices(
    reading: Reading, page: str, infos: list[MeasureInfo], current: str, *more: str
) -> list[dict[str, Any]]:
    """The same page on other measures."""
    where = reverse(f"see:{page}", args=[reading.wave.pk, *more])
    return [
        {
            "label": info.label,
            "url": f"{where}?{urlencode({'measure': info.key})}",
            "current": info.key == current,
        }
        for info in infos
    ]


def cut_links(reading: Reading, measure: str, current: str = "") -> list[dict[str, Any]]:
    """The pages of every cut, on one measure."""
    return [
        {
            "label": cut_title(reading.release.audience, cut),
            "url": links.cut_url(reading, cut, measure),
            "current": cut == current,
            "is_told": is_told(reading.release, cut, measure),
        }
        for cut in reading.release.cuts
        if cut != ALL
    ]


def is_told(release: Release, cut: str, measure: str) -> bool:
    """Whether any group of a cut has a figure, so that nobody goes there for nothing."""
    return any(cell.symbol in SHOWN for cell in release.cells_of(cut, measure))


def known(reading: Reading, key: str) -> MeasureInfo:
    """The measure an address names; 404 if the wave had none such."""
    try:
        return reading.release.measure(key)
    except KeyError:
        raise Http404 from None


def measures(reading: Reading, *kinds: str) -> list[MeasureInfo]:
    """The release's measures of some kinds, in its order."""
    return [info for info in reading.release.measures if info.kind in kinds]


def items_of(reading: Reading, part: str) -> list[str]:
    """Keys of the questions of a part."""
    return [info.key for info in measures(reading, "item") if info.part == part]


def _tabs(reading: Reading, current: str) -> list[dict[str, Any]]:
    first = next((cut_slug(cut) for cut in reading.release.cuts if cut != ALL), "")
    more = {"groups": [first]}
    return [
        {
            "label": label,
            "url": reverse(f"see:{name}", args=[reading.wave.pk, *more.get(name, [])]),
            "current": name == current,
        }
        for label, name in PAGES
        if name != "groups" or first
    ]
