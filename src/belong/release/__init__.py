"""The release engine: statistical disclosure control for one wave's answers. numpy, scipy and HiGHS only.

    release = build(microdata, Menu.of("year", "sex", pairs=[("sex", "year")]), Policy())
    release.cell("score", "year", "8").mean

``build`` is the only way from answers to figures about groups. It hides too small groups and whatever would
give them away, rounds, codes extremes, audits the result, and seals it with a hash. Every screen, chart, file
and mail reads the ``Release``, and nothing else. ``audit`` looks at a release alone, ``audit_against`` at a
release beside its answers. How each rule works stands at the head of ``protect``, ``rowspace``, ``soften``,
``responses``, ``bounds``, ``panel``, ``twowaves`` and ``followup``.
"""

from belong.release.audit import Finding, audit, audit_against
from belong.release.build import Previous, build
from belong.release.decode import sets_of
from belong.release.followup import Watched, gap_then_and_now
from belong.release.model import (
    Attribute,
    MeasureInfo,
    Menu,
    Microdata,
    Policy,
    ReleaseRefused,
    Words,
)
from belong.release.release import Release
from belong.release.rows import (
    SHOWN,
    SYMBOLS,
    Cell,
    Change,
    FollowUp,
    Gap,
    Note,
    Reliability,
    Response,
)

__all__ = [
    "SHOWN", "SYMBOLS", "Attribute", "Cell", "Change", "Finding", "FollowUp", "Gap", "MeasureInfo", "Menu",
    "Microdata", "Note", "Policy", "Previous", "Release", "ReleaseRefused", "Reliability", "Response",
    "Watched", "Words", "audit", "audit_against", "build", "gap_then_and_now", "sets_of",
]  # fmt: skip
