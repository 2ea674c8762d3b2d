"""The measurement engine: instruments, scores, counts that add, reliability, groups, change. numpy and
scipy only.

    >>> from belong.measure import load, Responses, score
    >>> key = load("pisa-belong")
    >>> answers = Responses.from_columns(key, {"outsider": [4, 3], "friends": [1, 2], "belong": [1, 2],
    ...                                        "awkward": [4, 3], "liked": [1, 2], "lonely": [4, 3]})
    >>> score(answers, key).round(1).tolist()
    [100.0, 66.7]

No web framework is imported here, so all of it works in a notebook. ``analyse`` does a whole report's
numbers; ``belong.measure.reading`` and ``belong.measure.answers`` read files.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from belong.measure.counts import PairCounts, PatternCounts, pair_counts, pattern_counts
from belong.measure.hiding import band, coded_percent, hidden_groups
from belong.measure.insincere import insincere
from belong.measure.instrument import (
    GroupKey,
    Instrument,
    InstrumentError,
    Item,
    Part,
    Scale,
    available,
    from_dict,
    load,
    say,
)
from belong.measure.refusing import NotMeasurable
from belong.measure.responses import Responses, orient
from belong.measure.scores import distribution, favourable, favourable_share, item_percent, pomp, score

if TYPE_CHECKING:
    from belong.measure.analysis import Analysis, analyse
    from belong.measure.change import is_reliable, reliable_change, standard_error_of_measurement
    from belong.measure.estimate import Design, Estimate, difference, kish, mean
    from belong.measure.multilevel import (
        Nested,
        OneWay,
        Shrunk,
        design_effect,
        empirical_bayes,
        mean_reliability,
        nested,
        one_way,
        shrink,
    )
    from belong.measure.oddities import Concern, concerns
    from belong.measure.reliability import (
        Interval,
        OneFactor,
        alpha,
        alpha_if_dropped,
        alpha_interval,
        average_correlation,
        feldt_interval,
        guttman_lambda6,
        item_rest,
        one_factor,
    )

__all__ = [
    "Analysis", "Concern", "Design", "Estimate", "GroupKey", "Instrument", "InstrumentError", "Interval",
    "Item", "Nested", "NotMeasurable", "OneFactor", "OneWay", "PairCounts", "Part", "PatternCounts",
    "Responses", "Scale", "Shrunk", "alpha", "alpha_if_dropped", "alpha_interval", "analyse", "available",
    "average_correlation", "band", "coded_percent", "concerns", "design_effect", "difference",
    "distribution", "empirical_bayes", "favourable", "favourable_share", "feldt_interval", "from_dict",
    "guttman_lambda6", "hidden_groups", "insincere", "is_reliable", "item_percent", "item_rest", "kish",
    "load", "mean", "mean_reliability", "nested", "one_factor", "one_way", "orient", "pair_counts",
    "pattern_counts", "pomp", "reliable_change", "say", "score", "shrink",
    "standard_error_of_measurement",
]  # fmt: skip

# These need scipy, which takes longer to load than a million answers to count: loaded when first asked for.
_LATER = {
    "analysis": "Analysis analyse",
    "change": "is_reliable reliable_change standard_error_of_measurement",
    "oddities": "Concern concerns",
    "estimate": "Design Estimate difference kish mean",
    "multilevel": "Nested OneWay Shrunk design_effect empirical_bayes mean_reliability nested one_way shrink",
    "reliability": "Interval OneFactor alpha alpha_if_dropped alpha_interval average_correlation feldt_interval "
    "guttman_lambda6 item_rest one_factor",
}
_PLACES = {name: module for module, names in _LATER.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """A name of ``_LATER``, from the module that has it."""
    if name not in _PLACES:
        raise AttributeError(f"belong.measure has no {name}")
    return getattr(import_module(f"belong.measure.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
