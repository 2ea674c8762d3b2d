"""Reading releases. Every function runs inside a school scope; what it returns is already protected.

A parsed release is kept in memory by its hash: it is frozen, so a copy can't go stale. Who may see it is decided
before, in `access`.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from belong.act.gaps import ReleasedGap
from belong.act.models import Plan
from belong.act.queries import plans, plans_watching
from belong.ask.models import Wave
from belong.ask.queries import instrument_of
from belong.measure import Instrument
from belong.people.models import User
from belong.release import FollowUp, Gap, Release
from belong.release import gap_then_and_now as compare
from belong.release.model import ALL
from belong.see.access import visible_releases
from belong.see.models import NoticingRelease, ReleaseRecord
from belong.see.words import gap_label, since

KEPT = 24
_parsed: OrderedDict[str, Release] = OrderedDict()
SHOWN = ("", "u")


@dataclass(frozen=True)
class Reading:
    """A wave's release beside the release it was compared with, as pages need them."""

    wave: Wave
    record: ReleaseRecord
    release: Release
    earlier_wave: Wave | None = None
    earlier: Release | None = None

    @cached_property
    def instrument(self) -> Instrument:
        return instrument_of(self.wave)

    @cached_property
    def since(self) -> str:
        """What to call the earlier wave ("autumn"), or "" where there is none."""
        return since(self.wave, self.earlier_wave) if self.earlier_wave else ""

    def was(self, measure: str, cut: str = ALL, group: str = ALL) -> float | None:
        """The same figure in the earlier release; None unless the questions were exactly the same."""
        if self.earlier is None or not self._same(measure):
            return None
        cell = self.earlier.cell(measure, cut, group)
        return cell.mean if cell.symbol in SHOWN else None

    def gap_before(self, gap: Gap) -> Gap | None:
        """The same gap in the earlier release; None unless the questions and the groups were the same."""
        if self.earlier is None or not self._same(gap.measure):
            return None
        found = self.earlier.gap(gap.measure, gap.cut, gap.group)
        return found if found.against == gap.against and found.symbol in SHOWN else None

    def _same(self, measure: str) -> bool:
        return _hash_of(self.earlier, measure) == _hash_of(self.release, measure) != ""


def release_of(wave: Wave) -> Release | None:
    """The frozen release of a wave, if it is ready."""
    record = ReleaseRecord.objects.defer("payload").filter(wave=wave).first()
    return parsed(record) if record else None


def releases_of(waves: Iterable[Wave]) -> dict[int, Release]:
    """Wave id → ready release of several waves; two queries at most."""
    ready = ReleaseRecord.objects.filter(state=ReleaseRecord.READY, wave__in=list(waves)).defer("payload")
    found = parsed_all(ready)
    return {record.wave_id: found[record.pk] for record in ready}


def read(record: ReleaseRecord) -> Reading | None:
    """The record's release with the one it was compared with; None unless it is ready. Two queries at most."""
    release = parsed(record)
    if release is None:
        return None
    before = _compared_with(release)
    if before is None:
        return Reading(record.wave, record, release)
    return Reading(record.wave, record, release, before.wave, parsed(before))


def latest(audience: str = Wave.PUPILS) -> Reading | None:
    """The newest ready release of an audience."""
    ready = ReleaseRecord.objects.filter(state=ReleaseRecord.READY, wave__audience=audience)
    record = ready.select_related("wave").defer("payload").order_by("-wave__closed_at", "-pk").first()
    return read(record) if record else None


def latest_releases(audience: str = Wave.PUPILS, count: int = 8) -> list[tuple[Wave, Release]]:
    """The newest ready releases of an audience with their waves, newest first."""
    ready = ReleaseRecord.objects.filter(state=ReleaseRecord.READY, wave__audience=audience)
    records = list(ready.select_related("wave").defer("payload").order_by("-wave__closed_at", "-pk")[:count])
    found = parsed_all(records)
    return [(record.wave, found[record.pk]) for record in records]


def parsed(record: ReleaseRecord) -> Release | None:
    """The release in a record; its seal is checked whenever it is read from the database."""
    return parsed_all([record]).get(record.pk)


def parsed_all(records: Iterable[ReleaseRecord]) -> dict[int, Release]:
    """Record id → release of those that are ready; one query for all that are not in memory yet."""
    return kept({record.pk: record.hash for record in records if record.is_ready}, ReleaseRecord)


def kept(ready: dict[int, str], model: type[ReleaseRecord] | type[NoticingRelease]) -> dict[int, Release]:
    """Row id → release, of rows of either kind of release by their hashes."""
    unread = [pk for pk, seal in ready.items() if seal not in _parsed]
    rows = (
        getattr(model, "everything", model.objects).filter(pk__in=unread).values_list("hash", "payload")
        if unread
        else []
    )
    fresh = {seal: Release.from_json(payload or {}) for seal, payload in rows}
    found = {pk: fresh.get(seal) or _parsed[seal] for pk, seal in ready.items()}
    for pk, seal in ready.items():
        _parsed[seal] = found[pk]
        _parsed.move_to_end(seal)
    while len(_parsed) > KEPT:
        _parsed.popitem(last=False)
    return found


def clear_gaps(gaps: Iterable[Gap]) -> list[Gap]:
    """Gaps whose interval leaves out "no difference", widest first."""
    return sorted((gap for gap in gaps if is_clear(gap)), key=_width, reverse=True)


def is_clear(row: object) -> bool:
    """Whether a gap or a change is surely not nought: shown, and its 95 % interval is on one side."""
    low, high = getattr(row, "low", None), getattr(row, "high", None)
    return (
        getattr(row, "symbol", "x") == "" and low is not None and high is not None and (low > 0 or high < 0)
    )


def one_way(release: Release, measure: str) -> list[Gap]:
    """The gaps of a measure for groups of one attribute."""
    return [gap for gap in release.gaps_of(measure) if "*" not in gap.cut]


def widest_first(gaps: Iterable[Gap]) -> list[Gap]:
    """Gaps one can be sure of by size, then the unsure ones by size, then those without a figure."""
    return sorted(gaps, key=lambda gap: (gap.difference is None, not is_clear(gap), -_width(gap)))


def _width(gap: Gap) -> float:
    return abs(gap.difference or 0.0)


def _compared_with(release: Release) -> ReleaseRecord | None:
    ids = [change.from_wave for change in release.changes[:1] if change.from_wave.isdigit()]
    if not ids:
        return None
    ready = ReleaseRecord.objects.filter(state=ReleaseRecord.READY, wave_id=int(ids[0]))
    return ready.select_related("wave").defer("payload").first()


def _hash_of(release: Release | None, measure: str) -> str:
    try:
        return release.measure(measure).hash if release else ""
    except KeyError:
        return ""


def plans_measured_again(wave: Wave) -> list[Plan]:
    """Plans made for a gap of an earlier wave that this wave asks about again, oldest first."""
    watched = [watch.plan_id for watch in plans_watching(wave)]
    return list(plans().filter(pk__in=watched).order_by("pk")) if watched else []


def gap_then_and_now(plan: Plan) -> FollowUp | None:
    """The gap a plan was made for, then and in the newest release since its start; None until it was asked again.

    Both figures are released ones. Where the newest release watched this gap the same people are compared;
    `caveats` are flags that `belong.see.caveats` puts into words.
    """
    if not plan.measure or plan.wave_id is None:
        return None
    start = ReleaseRecord.objects.filter(state=ReleaseRecord.READY, wave_id=plan.wave_id).select_related(
        "wave"
    )
    first = start.defer("payload").first()
    if first is None:
        return None
    again = _asked_again(first.wave, plan)
    before, after = parsed(first), parsed(again) if again else None
    if before is None or after is None:
        return None
    return compare(before, after, plan.measure, plan.cut, plan.group)


def gap_for_plan(user: User, wave_id: int, measure: str, cut: str, group: str) -> ReleasedGap | None:
    """A released gap as the act room copies it into a plan, for someone who may see that release."""
    record = visible_releases(user).filter(wave_id=wave_id).defer("payload").first()
    release = parsed(record) if record else None
    if record is None or release is None:
        return None
    gap = release.gap(measure, cut, group)
    if gap.symbol == "x":
        return None
    info = release.measure(measure)
    return ReleasedGap(
        wave_id=wave_id,
        wave_title=record.wave.title,
        measure=measure,
        measure_label=info.label,
        part=info.part,
        cut=cut,
        group=group,
        label=gap_label(gap, release),
        difference=gap.difference,
        low=gap.low,
        high=gap.high,
    )


def _asked_again(wave: Wave, plan: Plan) -> ReleaseRecord | None:
    """The newest ready release of the same audience from a wave that opened after the plan began."""
    later = ReleaseRecord.objects.filter(state=ReleaseRecord.READY, wave__audience=wave.audience)
    later = later.filter(wave__opens_on__gte=plan.starts_on, wave__closed_at__gt=wave.closed_at)
    return later.select_related("wave").defer("payload").order_by("-wave__closed_at", "-pk").first()
