"""A figure that is not known exactly: reckoned with at its ends (interval arithmetic)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum


@dataclass(frozen=True, slots=True)
class Bounds:
    """A figure with the least and the most it may be: low ≤ value ≤ high.

    SOURCE: R. E. Moore's interval arithmetic: [a, b] + [c, d] = [a + c, b + d], [a, b] − [c, d] =
    [a − d, b − c], and [a, b] · [c, d] reaches from the least to the largest of ac, ad, bc, bd. The
    result holds every value the formula may take while each input stays within its own range. It is
    no confidence interval, and wider than one would be: all inputs may err at once.
    """

    low: float
    value: float
    high: float

    def __add__(self, other: Bounds) -> Bounds:
        """Return the sum."""
        return Bounds(self.low + other.low, self.value + other.value, self.high + other.high)

    def __sub__(self, other: Bounds) -> Bounds:
        """Return the difference."""
        return Bounds(self.low - other.high, self.value - other.value, self.high - other.low)

    def __mul__(self, other: Bounds) -> Bounds:
        """Return the product."""
        corners = [one * two for one in (self.low, self.high) for two in (other.low, other.high)]
        return Bounds(min(corners), self.value * other.value, max(corners))

    def times(self, exactly: float) -> Bounds:
        """Return the product with a number that is known exactly."""
        return self * Bounds(exactly, exactly, exactly)


def total(parts: Iterable[Bounds]) -> Bounds:
    """Return the sum of all parts; of none it is zero."""
    some = list(parts)
    return Bounds(
        fsum(one.low for one in some),
        fsum(one.value for one in some),
        fsum(one.high for one in some),
    )


def mixed(parts: Sequence[tuple[Bounds, Bounds]]) -> Bounds:
    """Return Σ share × rate of (share, rate) pairs whose shares make one whole.

    At the ends no share leaves its range and all still make the same whole: what the low ends leave
    over goes to the lowest rates first for `low`, to the highest first for `high`.
    """
    return Bounds(
        _least([(share, rate.low) for share, rate in parts]),
        fsum(share.value * rate.value for share, rate in parts),
        -_least([(share, -rate.high) for share, rate in parts]),
    )


def _least(parts: Sequence[tuple[Bounds, float]]) -> float:
    """Return the least Σ share × rate; this greedy choice is the optimum of the linear program."""
    over = fsum(share.value - share.low for share, _ in parts)
    least = 0.0
    for share, rate in sorted(parts, key=lambda part: part[1]):
        more = min(over, share.high - share.low)
        least += (share.low + more) * rate
        over -= more
    return least
