"""How waits are distributed: people by steps of so many minutes.

n of a step = people with from < wait ≤ to; the first step holds waits of zero too, the last one is
open. Steps are as wide as makes at most 25 of them reach the 99th percentile.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from motcua.reports.spread import hide_few_people, quantile

_WIDTHS_S = tuple(60 * minutes for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 240, 480))
_MOST_STEPS = 25
_FAR = 0.99


@dataclass(frozen=True, slots=True)
class Step:
    """The people who waited longer than `from_s` and at most `to_s`."""

    from_s: float
    to_s: float | None
    """None: and longer."""
    n: int | None
    """None when hidden: fewer than five, and not nobody."""

    @property
    def hidden(self) -> bool:
        """Whether it is of too few to be told."""
        return self.n is None


def histogram(ordered: Sequence[float]) -> tuple[Step, ...]:
    """Return the steps of waits in ascending order, seconds; none when nobody waited.

    The last step is open and is there only when somebody is in it.
    """
    if not ordered:
        return ()
    far_s = quantile(ordered, _FAR)
    wide_s = next((w for w in _WIDTHS_S if w * _MOST_STEPS >= far_s), far_s / _MOST_STEPS)
    edges = [wide_s * place for place in range(1, max(1, ceil(far_s / wide_s)) + 1)]
    places = [0, *(bisect_right(ordered, edge) for edge in edges)]
    steps = [
        Step(edge - wide_s, edge, hide_few_people(until - since))
        for edge, (since, until) in zip(edges, pairwise(places), strict=True)
    ]
    rest = len(ordered) - places[-1]
    return (*steps, *([Step(edges[-1], None, hide_few_people(rest))] if rest else ()))
