"""How sure the tagger is, learnt: from the lead of a name to the chance that it is right."""

from __future__ import annotations

import math
from collections.abc import Sequence

__all__ = ["logistic_fit"]

_ROUNDS = 50


def logistic_fit(leads: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """slope and shift of 1 / (1 + exp(-slope * lead - shift)) with the least cross-entropy.

    Newton's method; with nothing to learn from, (1, 0).
    """
    slope, shift = 0.5, 0.0
    if len(leads) < 10 or all(right) or not any(right):
        return 1.0, 0.0
    for _ in range(_ROUNDS):
        g0 = g1 = h00 = h01 = h11 = 1e-9
        for lead, good in zip(leads, right, strict=True):
            p = 1 / (1 + math.exp(-min(max(slope * lead + shift, -30.0), 30.0)))
            error, weight = good - p, p * (1 - p)
            g0 += error * lead
            g1 += error
            h00 += weight * lead * lead
            h01 += weight * lead
            h11 += weight
        determinant = h00 * h11 - h01 * h01
        slope += (h11 * g0 - h01 * g1) / determinant
        shift += (h00 * g1 - h01 * g0) / determinant
    return slope, shift
