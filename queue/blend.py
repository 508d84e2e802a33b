"""One figure out of many: the weights under which a blend of clues missed least, so far.

Weights are never negative and minimise the sum of absolute misses (least absolute deviations, by
iteratively reweighted least squares: E. J. Schlossmacher, JASA 68 (1973), 857-859), drawn towards
the plain mean of the clues.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Clues = tuple[float, ...]
"""What different rules say, in seconds, always in the same order."""

_ROUNDS = 3
_SWEEPS = 30
_NEAR = 0.05
"""Misses below this share of the mean weigh alike: the reweighting would divide by nothing."""
_DRAWN = 0.02
"""How strongly weights are drawn to the plain mean: a share of the evidence."""
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Row:
    """A wait as it was foretold, and as it was."""

    clues: Clues
    wait_s: float


@dataclass(frozen=True, slots=True)
class Blend:
    """What each clue counts."""

    weights: Clues

    def point_s(self, clues: Clues) -> float:
        """Return the blended figure."""
        return sum(map(float.__mul__, self.weights, clues))


def learn(rows: Sequence[Row], before: Blend | None = None) -> Blend:
    """Return the blend that missed least over `rows` (at least one), starting from `before`."""
    count = len(rows[0].clues)
    even = (1.0 / count,) * count
    return Blend(_fit(rows, even, before.weights if before else even))


def _fit(rows: Sequence[Row], towards: Clues, start: Clues) -> Clues:
    near_s = max(_TINY, _NEAR * sum(row.wait_s for row in rows) / len(rows))
    weights = list(start)
    for _ in range(_ROUNDS):
        products, targets = _evidence(rows, weights, near_s)
        pull = [_DRAWN * line[place] + _TINY for place, line in enumerate(products)]
        for _ in range(_SWEEPS):
            for place, line in enumerate(products):
                others = sum(map(float.__mul__, line, weights)) - line[place] * weights[place]
                due = targets[place] + pull[place] * towards[place] - others
                weights[place] = max(0.0, due / (line[place] + pull[place]))
    return tuple(weights)


def _evidence(
    rows: Sequence[Row], weights: Sequence[float], near_s: float
) -> tuple[list[list[float]], list[float]]:
    """Return the weighted sums of products of the clues, and of clues with waits."""
    places = range(len(weights))
    products = [[0.0] * len(weights) for _ in places]
    targets = [0.0] * len(weights)
    for row in rows:
        clues = row.clues
        miss_s = abs(row.wait_s - sum(map(float.__mul__, weights, clues)))
        counts = 1.0 / max(miss_s, near_s)
        for place in places:
            scaled = counts * clues[place]
            targets[place] += scaled * row.wait_s
            line = products[place]
            for other in range(place + 1):
                line[other] += scaled * clues[other]
    for place in places:
        for other in range(place):
            products[other][place] = products[place][other]
    return products, targets
