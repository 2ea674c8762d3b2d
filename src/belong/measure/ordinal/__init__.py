"""Ordered answers as what they are: thresholds, polychoric correlations, one factor behind them."""

from belong.measure.ordinal.influence import gamma
from belong.measure.ordinal.one_factor import Chi2, Fit, OrdinalFactor, one_ordinal_factor
from belong.measure.ordinal.polychoric import Polychoric, polychoric
from belong.measure.ordinal.reliability import categorical_omega, ordinal_alpha
from belong.measure.refusing import NotMeasurable

__all__ = [
    "Chi2", "Fit", "NotMeasurable", "OrdinalFactor", "Polychoric", "categorical_omega", "gamma", "one_ordinal_factor",
    "ordinal_alpha", "polychoric",
]  # fmt: skip
