"""Item response models for ordered answers: how likely each answer is at each place on the latent scale.

Items are in slope–intercept form, ``parameters = (slope, d_1, …, d_{k−1})``:

- graded response (GRM), Samejima (1969): P(at least c) = logistic(slope·θ + d_c), with d_1 > d_2 > …;
- generalised partial credit (GPCM), Muraki (1992): P(c) ∝ exp(c·slope·θ + d_c), d_0 = 0;
- partial credit (PCM), Masters (1982): GPCM with one slope for all items, which then is the latent spread.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from scipy import special

from belong.measure.responses import Floats

Model = Literal["grm", "gpcm", "pcm"]
LEAST = 1e-12


def chances(model: Model, parameters: Floats, theta: Floats) -> Floats:
    """Probability of each answer, lowest first: (k, len(theta))."""
    slope, steps = parameters[0], parameters[1:]
    if model == "grm":
        above = special.expit(slope * theta + steps[:, None])
        above = np.concatenate([np.ones((1, len(theta))), above, np.zeros((1, len(theta)))])
        return np.maximum(above[:-1] - above[1:], LEAST)
    order = np.arange(len(parameters))[:, None]
    lean = order * slope * theta + np.concatenate([[0.0], steps])[:, None]
    return np.maximum(special.softmax(lean, axis=0), LEAST)


def movements(model: Model, parameters: Floats, theta: Floats) -> Floats:
    """How each answer's probability moves with each parameter: (parameters, k, len(theta))."""
    count = len(parameters)
    moved = np.zeros((count, count, len(theta)))
    if model == "grm":
        above = special.expit(parameters[0] * theta + parameters[1:, None])
        height = above * (1 - above)
        for step in range(count - 1):
            moved[step + 1, step + 1] += height[step]
            moved[step + 1, step] -= height[step]
        moved[0] = moved[1:].sum(axis=0) * theta
        return moved
    chance = chances(model, parameters, theta)
    order = np.arange(count)[:, None]
    moved[0] = chance * (order - (order * chance).sum(axis=0)) * theta
    for step in range(1, count):
        moved[step] = chance * ((order == step) - chance[step])
    return moved


def along(model: Model, parameters: Floats, theta: Floats) -> Floats:
    """How each answer's probability moves along the latent scale: (k, len(theta))."""
    slope = parameters[0]
    if model == "grm":
        above = special.expit(slope * theta + parameters[1:, None])
        height = np.zeros((len(parameters) + 1, len(theta)))
        height[1:-1] = slope * above * (1 - above)
        return np.asarray(height[:-1] - height[1:])
    chance = chances(model, parameters, theta)
    order = np.arange(len(parameters))[:, None]
    return np.asarray(slope * chance * (order - (order * chance).sum(axis=0)))


def difficulties(model: Model, parameters: Floats) -> Floats:
    """Places on the latent scale: where "at least c" is even (GRM), where c − 1 and c are even (GPCM, PCM)."""
    steps = parameters[1:]
    if model == "grm":
        return np.asarray(-steps / parameters[0])
    return np.asarray(-np.diff(np.concatenate([[0.0], steps])) / parameters[0])


def is_possible(model: Model, parameters: Floats) -> bool:
    """Whether the parameters are finite, and for the GRM in order."""
    if not np.isfinite(parameters).all():
        return False
    return model != "grm" or bool((np.diff(parameters[1:]) < -1e-6).all())


def start(model: Model, shares: Floats) -> Floats:
    """First parameters from the share of each answer of an item: slope 1, steps that meet the shares. Shape (k,)."""
    beyond = np.clip(1 - np.cumsum(shares)[:-1], 1e-4, 1 - 1e-4)
    steps = special.logit(beyond) * 1.3
    if model == "grm":
        return np.concatenate([[1.2], np.minimum.accumulate(steps - 1e-3 * np.arange(len(steps)))])
    safe = np.maximum(shares, 1e-6)
    return np.concatenate([[0.8], np.log(safe[1:] / safe[0])])
