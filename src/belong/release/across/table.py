"""A table across schools: a sealed release, the schools in it, and what noise there is."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from belong.release.across.rows import Count, NoiseTold
from belong.release.codec import decode, digest, encode, normal
from belong.release.model import ALL, ReleaseRefused
from belong.release.release import Release


@dataclass(frozen=True)
class AcrossTable:
    """``release`` holds the cells, as for one school; ``schools`` the names of those taken in, sorted. Frozen:
    ``hash`` is over everything else, and reading checks it.
    """

    release: Release
    schools: tuple[str, ...]
    counts: tuple[Count, ...] = ()
    noise: NoiseTold | None = None
    hash: str = ""

    @cached_property
    def _counts(self) -> dict[tuple[str, str, str], Count]:
        return {(count.measure, count.cut, count.group): count for count in self.counts}

    def count(self, measure: str, cut: str = ALL, group: str = ALL) -> Count | None:
        """The perturbed number of people; None for a cell that is not shown, and in a table without noise."""
        return self._counts.get((measure, cut, group))

    def to_json(self) -> dict[str, Any]:
        """Plain data: that of the release, which `belong attack` reads, with an entry ``across`` for the rest."""
        return {**self.release.to_json(), "across": {**self._plain(), "hash": self.hash}}

    @classmethod
    def from_json(cls, data: dict[str, Any] | str) -> AcrossTable:
        """Read back what ``to_json`` gave; raises ``ReleaseRefused`` if anything in it was altered."""
        try:
            plain = json.loads(data) if isinstance(data, str) else data
            told = plain["across"]
            noise = NoiseTold.read(told["noise"]) if told["noise"] else None
            counts = decode(normal(told["counts"], Count), Count)
            schools, seal = tuple(told["schools"]), told["hash"]
        except (IndexError, KeyError, TypeError, ValueError) as problem:
            raise ReleaseRefused("This is no table across schools, or a part of it is missing.") from problem
        found = cls(Release.from_json(plain), schools, counts, noise).sealed()
        if found.hash != seal:
            raise ReleaseRefused("This table was altered after it was made.")
        return found

    def sealed(self) -> AcrossTable:
        """The same table with its hash."""
        return replace(self, hash=digest({**self._plain(), "release": self.release.hash}))

    def _plain(self) -> dict[str, Any]:
        return {
            "schools": list(self.schools),
            "noise": asdict(self.noise) if self.noise else None,
            "counts": encode(self.counts, Count),
        }


def beside(
    history: Sequence[AcrossTable], wave: str, schools: Sequence[str], attributes: Collection[str]
) -> list[AcrossTable]:
    """The earlier tables of the same wave and schools, to be audited together with a new one.

    Raises ``ReleaseRefused`` for a table that shares some schools with it and not all, as the difference of the two
    would be those schools', and for one that is cut by something the answers do not have now.
    """
    found = []
    for old in history:
        if old.release.wave != wave or not set(schools) & set(old.schools):
            continue
        if set(schools) != set(old.schools):
            raise ReleaseRefused(
                "Some of these schools stand in an earlier table of this wave, beside others: the two side by side "
                "would tell what the others said. Take the same schools as there, or none of them."
            )
        cuts = {key for cell in old.release.cells if cell.cut != ALL for key in cell.cut.split("*")}
        if missing := sorted(cuts - set(attributes)):
            raise ReleaseRefused(
                f"The earlier table is cut by {', '.join(missing)}, which these answers do not have, so the two cannot "
                "be audited together."
            )
        found.append(old)
    return found


def check_noise(new: AcrossTable, earlier: Sequence[AcrossTable]) -> None:
    """``ReleaseRefused`` unless two different tables of the same schools have the same noise: exact figures for other
    groups would show what the first one hides, and two noises average out.
    """
    for old in earlier:
        if old.hash != new.hash and (new.noise is None or new.noise != old.noise):
            raise ReleaseRefused(
                "These schools' answers already stand in a table of this wave. A second one beside it could point at "
                "single people, unless both have the same noise (one key, one amount)."
            )
