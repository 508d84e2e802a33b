"""One figure out of many: the weights under which a blend of clues missed least, so far.

Weights are never negative and minimise the sum of absolute misses (least absolute deviations, by
iteratively reweighted least squares: E. J. Schlossmacher, JASA 68 (1973), 857-859), drawn towards
a mean in which each clue counts the more the less it missed by itself, strongly while few waits are
known: a good rule alone beats weights learnt from a handful. People of one service and priority
group have weights of their own, drawn towards those of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Clues = tuple[float, ...]
"""What different rules say, in seconds, always in the same order."""
Group = tuple[str, str | None]
"""Service and priority group: who is called by the same rules."""

_ROUNDS = 3
_SWEEPS = 30
_NEAR = 0.05
"""Misses below this share of the mean weigh alike: the reweighting would divide by nothing."""
_DRAWN, _DRAWN_BY_FEW, _OWN_DRAWN_BY_FEW = 0.02, 100.0, 30.0
"""How strongly weights are drawn: shares of the evidence, those by few over the number of waits;
the last for the weights of a group."""
_FEWEST_OF_GROUP = 30
_SHARPNESS = 6
"""A clue that missed twice as much counts 2 to the power of this less."""
_ENOUGH = 200
"""From so many waits on the weights found before are where the search begins."""
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Row:
    """A wait as it was foretold, and as it was."""

    group: Group
    clues: Clues
    wait_s: float


@dataclass(frozen=True, slots=True)
class Blend:
    """What each clue counts."""

    weights: Clues
    own: dict[Group, Clues] = field(default_factory=dict)

    def point_s(self, clues: Clues, group: Group) -> float:
        """Return the blended figure for somebody of a group."""
        return sum(map(float.__mul__, self.own.get(group, self.weights), clues))


def learn(rows: Sequence[Row], before: Blend | None = None) -> Blend:
    """Return the blend that missed least over `rows` (at least one), starting from `before`."""
    alone = _by_own_misses(rows)
    start = before.weights if before and len(rows) > _ENOUGH else alone
    weights = _fit(rows, alone, start, _DRAWN_BY_FEW)
    groups: dict[Group, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    return Blend(
        weights,
        {
            group: _fit(of, weights, weights, _OWN_DRAWN_BY_FEW)
            for group, of in groups.items()
            if _FEWEST_OF_GROUP <= len(of) < len(rows)
        },
    )


def _by_own_misses(rows: Sequence[Row]) -> Clues:
    """Return what each clue would count by how little it missed alone; they add up to one."""
    misses_s = [
        sum(abs(row.wait_s - row.clues[place]) for row in rows) + _TINY
        for place in range(len(rows[0].clues))
    ]
    least_s = min(misses_s)
    worths = [(least_s / miss_s) ** _SHARPNESS for miss_s in misses_s]
    return tuple(worth / sum(worths) for worth in worths)


def _fit(rows: Sequence[Row], towards: Clues, start: Clues, drawn_by_few: float) -> Clues:
    near_s = max(_TINY, _NEAR * sum(row.wait_s for row in rows) / len(rows))
    weights = list(start)
    for _ in range(_ROUNDS):
        products, targets = _evidence(rows, weights, near_s)
        drawn = _DRAWN + drawn_by_few / len(rows)
        pull = [drawn * line[place] + _TINY for place, line in enumerate(products)]
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
