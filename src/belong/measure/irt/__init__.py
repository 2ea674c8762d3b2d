"""Models of single answers: what a person’s place on a latent scale makes of each question."""

from belong.measure.irt.adaptive import Length, Simulation, simulate
from belong.measure.irt.fit import Fitted, ItemFit, fit
from belong.measure.irt.linking import Link, link
from belong.measure.irt.models import Model, chances
from belong.measure.irt.scores import (
    Places,
    eap,
    empirical_reliability,
    information,
    marginal_reliability,
    test_information,
    wle,
)

__all__ = [
    "Fitted", "ItemFit", "Length", "Link", "Model", "Places", "Simulation", "chances", "eap", "empirical_reliability",
    "fit", "information", "link", "marginal_reliability", "simulate", "test_information", "wle",
]  # fmt: skip
