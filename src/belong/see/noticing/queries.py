"""Reading released figures about noticing, inside a school scope; who may is decided in `access`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from belong.people.models import User
from belong.release import Cell, Release
from belong.see.access import visible_noticing
from belong.see.models import NoticingRelease
from belong.see.noticing.tables import HalfTermTable, tables
from belong.see.queries import kept

AT_ONCE = 6
"""How many dates stand beside each other in a chart over time."""


@dataclass(frozen=True)
class Date:
    """One fixed date: its release and those of the dates before it, newest first; refusals have no release."""

    on: date
    since: date
    row: NoticingRelease
    release: Release | None
    earlier: tuple[tuple[date, Release], ...]

    @property
    def before(self) -> Release | None:
        return self.earlier[0][1] if self.earlier else None

    @cached_property
    def tables(self) -> tuple[HalfTermTable, ...]:
        if self.release is None:
            return ()
        return tables([info.key.removeprefix("item:") for info in self.release.measures])

    def table(self, key: str) -> HalfTermTable | None:
        return next((table for table in self.tables if table.key == key), None)

    def label(self, fact: str) -> str:
        """What a fact is called in this release."""
        return self.release.measure(f"item:{fact}").label if self.release else fact

    def cell(self, fact: str, cut: str = "all", group: str = "all") -> Cell:
        assert self.release is not None
        return self.release.cell(f"item:{fact}", cut, group)

    def was(self, fact: str, cut: str = "all", group: str = "all") -> float | None:
        """The same share on the date before."""
        return self.before.cell(f"item:{fact}", cut, group).mean if self.before else None


@dataclass(frozen=True)
class Mixes:
    """The two mixes of a date; None where one was refused, with the reason.

    The mix of adults may be that of an earlier date, `adults_on`, which stands.
    """

    pupils: Release | None
    adults: Release | None
    reasons: tuple[str, ...]
    adults_on: date | None = None


def dates(user: User) -> list[NoticingRelease]:
    """The fixed dates with figures this reader may see, newest first; one query, no figures read."""
    rows = visible_noticing(user).filter(kind=NoticingRelease.NOTICED)
    return list(rows.order_by("-on"))


def read_date(row: NoticingRelease, user: User) -> Date:
    """The release of a date beside the earlier ones this reader may see."""
    seen = visible_noticing(user).filter(kind=row.kind, on__lt=row.on, state=NoticingRelease.READY)
    rows = [row, *seen.order_by("-on")[: AT_ONCE - 1]]
    found = parsed(rows)
    earlier = tuple((one.on, found[one.pk]) for one in rows[1:])
    return Date(row.on, row.since, row, found.get(row.pk), earlier)


def read_mixes(on: date, user: User) -> Mixes:
    """The mixes of pupils and adults on a date; where that of adults was refused, the one before it stands."""
    rows = {row.kind: row for row in visible_noticing(user).filter(on=on)}
    mixed = rows.get(NoticingRelease.ADULTS)
    if mixed is not None and not mixed.is_ready and (stands := _standing(on, user)) is not None:
        found = parsed([*rows.values(), stands])
        young = rows.get(NoticingRelease.PUPILS)
        reasons = _reasons([young, mixed])
        return Mixes(found.get(young.pk) if young else None, found[stands.pk], reasons, stands.on)
    found = parsed(rows.values())
    pair = [rows.get(kind) for kind in (NoticingRelease.PUPILS, NoticingRelease.ADULTS)]
    pupils, adults = (found.get(row.pk) if row else None for row in pair)
    return Mixes(pupils, adults, _reasons(pair), on if adults else None)


def newest_adults() -> tuple[NoticingRelease, Release] | None:
    """The newest released mix of adults."""
    ready = NoticingRelease.objects.filter(kind=NoticingRelease.ADULTS, state=NoticingRelease.READY)
    row = ready.defer("payload").order_by("-on").first()
    return (row, parsed([row])[row.pk]) if row else None


def _standing(on: date, user: User) -> NoticingRelease | None:
    ready = visible_noticing(user).filter(kind=NoticingRelease.ADULTS, state=NoticingRelease.READY)
    return ready.filter(on__lt=on).order_by("-on").first()


def _reasons(rows: Iterable[NoticingRelease | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.reason for row in rows if row and row.reason))


def releases_before(kind: str, on: date) -> list[tuple[NoticingRelease, Release]]:
    """The newest ready release before a date, with its row."""
    ready = NoticingRelease.objects.filter(kind=kind, state=NoticingRelease.READY, on__lt=on)
    rows = list(ready.defer("payload").order_by("-on")[:1])
    found = parsed(rows)
    return [(row, found[row.pk]) for row in rows]


def history(kind: str) -> list[Release]:
    """Every release of a kind there is."""
    ready = NoticingRelease.objects.filter(kind=kind, state=NoticingRelease.READY)
    return list(parsed(ready.defer("payload")).values())


def parsed(rows: Iterable[NoticingRelease]) -> dict[int, Release]:
    """Row id → release of those that are ready; one query for all that are not in memory yet."""
    ready = {row.pk: row.hash for row in rows if row.is_ready}
    return kept(ready, NoticingRelease)
