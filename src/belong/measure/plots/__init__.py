"""Plots of models and of questions between groups, as SVG that needs nothing else: no library, no font, no script.

    >>> from belong.measure.plots import information                              # doctest: +SKIP
    >>> information(fitted).save("information.svg")                               # doctest: +SKIP

In a notebook a plot as the last value of a cell shows itself. Each has a title, a description in words, and its figures
as a table (``head``, ``rows``); lines differ in their dashes and their names, not in colour alone.
"""

from belong.measure.plots.fairness import between_groups
from belong.measure.plots.items import categories, information, test_information
from belong.measure.plots.plot import Plot

__all__ = ["Plot", "between_groups", "categories", "information", "test_information"]
