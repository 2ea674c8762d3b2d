"""How near the people of a change may come to the published sets of either wave."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from belong.release.compute import Values
from belong.release.decode import Sets, shown_in
from belong.release.model import Flags, Floats, Ints, MeasureInfo
from belong.release.release import Release
from belong.release.wave import Worked


@dataclass(frozen=True, eq=False)
class Fence:
    """The published sets of both waves that a panel must not come too near.

    ``members``, ``sizes``, ``shown`` (sets × people, sets × measures twice) for each of the two waves;
    ``answered`` (measures × people) in each; ``then`` the rows of the earlier wave.
    """

    members: tuple[Floats, Floats]
    sizes: tuple[Ints, Ints]
    shown: tuple[Flags, Flags]
    answered: tuple[Flags, Flags]
    then: Ints

    @classmethod
    def of(cls, now: Worked, release: Release, sets: Sets, there: Values, places: Ints, then: Ints) -> Fence:
        members = np.array(list(sets.values()))
        open_then = [shown_in(release, key_then(release, info)) for info in there.measures]
        shown = np.array([[key in keys for keys in open_then] for key in sets]).reshape(
            len(sets), len(places)
        )
        sizes = members.astype(np.int64) @ there.answered.T.astype(np.int64)
        return cls(
            (now.layout.members.astype(float), members.astype(float)),
            (now.figures.counts[:, places], sizes),
            (now.pattern.means[:, places], shown),
            (now.values.answered[places], there.answered),
            then,
        )

    def beside(self, groups: Flags, matched: Flags, measure: int) -> tuple[Flags, Flags, Flags, Flags]:
        """For one measure: the published sets of both waves, and the panels of ``groups``, in each."""
        panel = groups & matched[measure]
        now, then = (
            (members[shown[:, measure]] > 0) & answered[measure]
            for members, shown, answered in zip(self.members, self.shown, self.answered, strict=True)
        )
        return now, then, *self.both(panel)

    def both(self, panels: Flags) -> tuple[Flags, Flags]:
        """The same people in each wave."""
        return panels, self._back(panels)

    def _back(self, panels: Flags) -> Flags:
        """The same people (n × people now) as rows of the earlier wave."""
        back = np.zeros((len(panels), self.members[1].shape[1]), dtype=bool)
        known = self.then >= 0
        back[:, self.then[known]] = panels[:, known]
        return back

    def missing(self, panels: Flags, threshold: int) -> int:
        """How many people too few lie between this panel (measures × people) and some published set.

        A panel that is a published set of one wave, but none of the other, is too near as well: its change would
        tell the other wave's sum of its people (see ``carried``).
        """
        back = self._back(panels)
        most, tied = 0, []
        for wave, inside in enumerate((panels & self.answered[0], back)):
            meets = self.members[wave] @ inside.T.astype(float)
            apart = panels.sum(axis=1)[None] + self.sizes[wave] - 2 * meets
            near = self.shown[wave] & (apart > 0) & (apart < threshold)
            if near.any():
                most = max(most, threshold - int(apart[near].min()))
            tied.append((self.shown[wave] & (apart == 0)).any(axis=0))
        return threshold if (tied[0] != tied[1]).any() else most


def key_then(release: Release, info: MeasureInfo) -> str:
    """What the earlier wave called an item; scores and parts keep their names."""
    if info.kind != "item":
        return info.key
    return next((m.key for m in release.measures if m.kind == "item" and m.hash == info.hash), info.key)
