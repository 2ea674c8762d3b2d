"""Whether a question means the same to different groups."""

from belong.measure.fairness.dif import Dif, dif
from belong.measure.fairness.invariance import Step, invariance

__all__ = ["Dif", "Step", "dif", "invariance"]
