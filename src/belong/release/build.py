"""The one door: a closed wave, a menu and a policy in; a frozen release out, or a refusal with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from belong.release.audit import audit, audit_against
from belong.release.cells import cells
from belong.release.change import changes
from belong.release.facts import as_shares
from belong.release.followup import Watched, followups
from belong.release.gaps import gaps, sides, without_careless
from belong.release.model import SMALLER, Menu, Microdata, Policy, ReleaseRefused
from belong.release.panel import Panel, match
from belong.release.protected import protected
from belong.release.release import Release
from belong.release.responses import responses
from belong.release.rows import Note, Response
from belong.release.trust import reliabilities
from belong.release.wave import Worked

Previous = tuple[Release, Microdata | None]
"""The last wave of the same audience: its frozen release, and its answers while their key lives."""


def build(
    microdata: Microdata,
    menu: Menu,
    policy: Policy | None = None,
    previous: Previous | None = None,
    watched: Sequence[Watched] = (),
    history: Sequence[Release] = (),
) -> Release:
    """The protected, audited, frozen tables of one closed wave.

    ``watched`` names the gaps (measure, cut, group) that plans set out to change since ``previous``; each
    becomes a ``FollowUp``. ``history`` holds all releases there already are: a wave has one release, ever, so
    late answers or a lower threshold cannot publish it a second time. Same input, same ``hash``, whatever the
    order of the rows. Raises ``ReleaseRefused``.
    """
    policy = policy or Policy()
    now = protected(microdata, menu, policy)
    compared = sides(now.layout, menu)
    found = gaps(now.figures, compared, policy)
    matched, notes = _match(now, previous, policy)
    took_part = np.asarray(now.values.answered.any(axis=0))
    rates = tuple(responses(now.data, now.layout, took_part, policy))
    release = Release(
        wave=microdata.wave,
        audience=policy.audience,
        threshold=policy.threshold,
        built_on=microdata.closed_on,
        measures=now.values.measures,
        cells=tuple(cells(now.figures, now.softened, policy)),
        gaps=tuple(without_careless(now.figures, found, compared, now.values, now.data, policy)),
        changes=tuple(changes(now, matched, policy)) if matched else (),
        responses=rates,
        reliability=tuple(reliabilities(now.softened.data, now.values.measures, policy)),
        notes=(*notes, *worth_knowing(now), *_low_response(rates)),
    )
    if microdata.facts:
        release = as_shares(release, microdata.categories)
    if previous is not None:
        told = followups(now, release, previous[0], matched, watched, policy)
        release = replace(release, followups=tuple(told))
    return _checked(release.sealed(), now.data, history)


def _match(now: Worked, previous: Previous | None, policy: Policy) -> tuple[Panel | None, list[Note]]:
    """People of both waves; where they cannot be matched, a note says why and there is no change."""
    if previous is None:
        return None, []
    release, earlier = previous
    if release.wave == now.data.wave:
        raise ReleaseRefused("A wave cannot be compared with itself.")
    if earlier is not None and earlier.wave != release.wave:
        raise ReleaseRefused("The earlier release and the earlier answers are of two different waves.")
    try:
        return match(now, release, earlier, policy), []
    except ReleaseRefused as refusal:
        return None, [Note("not_matched", release.wave, refusal.reason)]


def _checked(release: Release, data: Microdata, history: Sequence[Release]) -> Release:
    """The release, if it passes every audit and the wave has no other."""
    for other in history:
        if other.wave == release.wave and other.hash != release.hash:
            raise ReleaseRefused(
                "This wave already has a release. A second one beside it could point at single people."
            )
    findings = (*audit(release), *audit_against(release, data))
    if any(gap.sincere_difference is not None for gap in release.gaps) and findings:
        # Better without the second means, which are extra, than no release at all.
        plain = tuple(replace(gap, sincere_difference=None) for gap in release.gaps)
        return _checked(replace(release, gaps=plain).sealed(), data, history)
    if findings:
        raise ReleaseRefused(f"The audit stopped this release: {findings[0].text}")
    return release


def worth_knowing(now: Worked) -> Iterator[Note]:
    """What the reader must know about how these figures were made."""
    parted = {item for items in now.data.parts.values() for item in items}
    for info in now.values.measures:
        item = info.key.removeprefix("item:")
        if info.kind == "item" and item in parted and not info.scored:
            yield Note(
                "left_out_of_scores", info.key, "Too few answered this question to count it in the scores."
            )
    if now.softened.coded:
        yield Note(
            "nearly_all_the_same", "",
            "Where nearly everyone in a group said the same, a few answers count one step nearer the others.",
        )  # fmt: skip
    for group in now.layout.groups:
        if not group.parents and ("+" in group.key or group.key == SMALLER):
            yield Note(
                "merged", f"{group.cut} {group.key}", "Groups too small to show alone are shown together."
            )


def _low_response(rows: Sequence[Response]) -> Iterator[Note]:
    for row in rows:
        if row.rate is not None and row.rate < 50 and row.coded != "top":
            yield Note("low_response", f"{row.cut} {row.group}", "Fewer than half answered.")
