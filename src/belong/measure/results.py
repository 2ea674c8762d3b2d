"""What an analysis finds, as frozen data: every number of the report, and nothing that must not be shown.

Figures of the whole file are exact, so that they can be checked. Figures of groups follow the release rules:
means to one decimal, whole percentages with coded extremes, people in bands, nothing under ten people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from belong.measure.comparing import Compared
from belong.measure.deeper import Deeper
from belong.measure.estimate import Estimate
from belong.measure.reliability import Interval

Verdict = Literal["higher", "lower", "same", "unsure", ""]
"""A gap: clearly above or below, no difference we can tell (and none of 5 points), too uncertain, not
shown.
"""


@dataclass(frozen=True)
class Consistency:
    """Alpha with its interval and one-factor omega of the same cases. ``omega`` is None where not
    identified.
    """

    weighted: bool
    people: int
    items: int
    alpha: Interval
    omega: float | None
    heywood: bool


@dataclass(frozen=True)
class ItemResult:
    """One question. Tuples run over answers from least to most belonging; ``answers`` are their words.

    ``counts`` are people, unweighted; ``percent`` whole and weighted if there are weights. ``mean``,
    ``sd``, ``item_rest``, ``alpha_if_dropped`` (oriented codes 1…k) rest on the unweighted complete cases
    of the questions it is scored with; all are None with fewer than thirty people. ``favourable`` is in
    percent.
    """

    id: str
    name: str
    column: str
    part: str
    reverse: bool
    answers: tuple[str, ...]
    favourable_codes: tuple[int, ...]
    answered: int
    missing: int
    counts: tuple[int, ...] | None
    percent: tuple[int, ...] | None
    favourable: Estimate | None
    mean: float | None
    sd: float | None
    item_rest: float | None
    alpha_if_dropped: float | None
    loading: float | None


@dataclass(frozen=True)
class MeasureResult:
    """The whole score (``score``) or a part (``part:adults``), 0–100."""

    key: str
    title: str
    items: int
    needed: int
    people: int
    unscored: int
    mean: Estimate
    sd: float | None
    favourable: Estimate | None
    consistency: tuple[Consistency, ...]
    reliable_change: float | None


@dataclass(frozen=True)
class Clustering:
    """How alike people of one class or school are on the score (unweighted REML). ``typical`` is the median
    size.
    """

    column: str
    clusters: int
    icc: float
    between_sd: float
    residual_sd: float
    effect: float
    typical: int
    mean_reliability: float


@dataclass(frozen=True)
class GroupResult:
    """One measure in one group. ``symbol`` "" shown, "u" shown but rests on few, "c" too few to show."""

    cut: str
    measure: str
    value: str
    label: str
    symbol: str
    band: str
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    shrunk: float | None = None
    trust: float | None = None
    favourable: int | None = None


@dataclass(frozen=True)
class GapResult:
    """One group minus another, or minus everyone else in the cut, in points of 100.

    ``sincere`` is the difference without answers that were probably not meant, where it may be shown.
    """

    cut: str
    measure: str
    value: str
    label: str
    against: str
    symbol: str
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    verdict: Verdict = ""
    sincere: float | None = None


@dataclass(frozen=True)
class CutResult:
    """One way of grouping people. ``unknown`` is the band of people without a group, "" if there are none."""

    name: str
    column: str
    title: str
    unknown: str
    groups: tuple[GroupResult, ...]
    gaps: tuple[GapResult, ...]

    def groups_of(self, measure: str) -> tuple[GroupResult, ...]:
        return tuple(group for group in self.groups if group.measure == measure)

    def gaps_of(self, measure: str) -> tuple[GapResult, ...]:
        return tuple(gap for gap in self.gaps if gap.measure == measure)


@dataclass(frozen=True)
class Analysis:
    """Everything a report says. ``errors``: where intervals come from (replicates, clusters or people);
    ``concerns``: in words, what is odd about the questions' answers.
    """

    source: str
    instrument: str
    title: str
    audience: str
    version: int
    hash: str
    citation: str
    licence: str
    attribution: str
    rows: int
    complete: int
    weight: str
    weight_effect: float | None
    cluster: str
    errors: str
    replicates: int
    fay: float
    measures: tuple[MeasureResult, ...]
    items: tuple[ItemResult, ...]
    clustering: Clustering | None
    concerns: tuple[str, ...]
    cuts: tuple[CutResult, ...]
    insincere: str
    sincere_mean: float | None
    deeper: Deeper
    compared: Compared | None

    def measure(self, key: str = "score") -> MeasureResult:
        return next(measure for measure in self.measures if measure.key == key)

    @property
    def parts(self) -> tuple[MeasureResult, ...]:
        return tuple(measure for measure in self.measures if measure.key != "score")
