"""Drawing days again: the medians and shares of many draws, and the interval they leave.

People who come on one day share its weather, its holidays and its missing clerk, so days are drawn,
not people (the cluster bootstrap): as many as there are, with replacement. A day may count in part,
which is how periods are made equally busy (`load_mix`).

Few days drawn again vary too little, by (n − 1) ÷ n, and a normal 95% forgets that the spread too
is only known from few: both are made good by taking quantiles further out, Φ(−t · √(n ÷ (n − 1)))
instead of Φ(−1.96), t of Student's distribution: the expanded percentile interval of T. Hesterberg,
"What Teachers Should Know About the Bootstrap", The American Statistician 69(4), 2015. Of two
periods, each spread is made good by its own days, and t has Welch's degrees of freedom.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import fsum, sqrt
from operator import mul
from statistics import NormalDist

from motcua.reports.compare_days import DayWaits
from motcua.reports.spread import quantile

_GRID = 1024
"""Medians of draws are exact up to so many different waits, else within a thousandth of people."""
_STEP = 2
_NORMAL = NormalDist()
_CONFIDENCE = 0.95
_Z = _NORMAL.inv_cdf((1 + _CONFIDENCE) / 2)
_FEWEST_FREEDOMS = 4.0
"""Of five days; the series below is right to a thousandth from here on."""


@dataclass(frozen=True, slots=True)
class Change:
    """After less before, with the interval that holds it in 95 of 100 such comparisons."""

    value: float
    low: float
    high: float

    @property
    def sign(self) -> int:
        """−1 fell, 1 rose; 0: the interval holds zero, no change can be shown."""
        return (self.low > 0) - (self.high < 0)


class People:
    """All people of some days, when each day counts so many times."""

    def __init__(self, days: Sequence[DayWaits], target_s: float) -> None:
        """Count the people of `days`; a call after at most `target_s` meets the target."""
        self._grid = _grid(days)
        # Decimal numbers throughout: Python multiplies and sums them faster than whole ones.
        self._below = [
            [float(bisect_right(day.waits, value)) for day in days] for value in self._grid
        ]
        self._sizes = [float(len(day.waits)) for day in days]
        self._within = [float(bisect_right(day.waits, target_s)) for day in days]
        self._of = [float(len(day.waits) + day.left_late) for day in days]

    def told(self, times: Sequence[float]) -> tuple[float, float]:
        """Return (median wait, share within target) when day `i` counts `times[i]` times."""
        half = sum(map(mul, times, self._sizes)) / 2
        place = self._first(times, half)
        median = self._grid[place]
        if self._people(times, place) == half:
            after = place + 1
            while self._people(times, after) == half:
                after += 1
            median = (median + self._grid[after]) / 2
        share = sum(map(mul, times, self._within)) / sum(map(mul, times, self._of))
        return median, share

    def _people(self, times: Sequence[float], place: int) -> float:
        """Return how many waited at most the value at a place of the grid."""
        return float(sum(map(mul, times, self._below[place])))

    def _first(self, times: Sequence[float], half: float) -> int:
        """Return the first place up to which half of the people are."""
        last = len(self._grid) - 1
        # Places lie evenly among people, so one look in the middle tells nearly where to look.
        off = half - self._people(times, last // 2)
        guess = last // 2 + round(off * last / (2 * half))
        low = high = max(0, min(last, guess))
        step = _STEP
        if self._people(times, guess := low) >= half:
            while low >= 0 and (low == guess or self._people(times, low) >= half):
                low, high, step = low - step, low, 2 * step
            low = max(low, -1)
        else:
            high = min(low + step, last)
            while high < last and self._people(times, high) < half:
                step *= 2
                low, high = high, min(high + step, last)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self._people(times, middle) >= half else (middle, high)
        return high


def _grid(days: Sequence[DayWaits]) -> list[float]:
    """Return the values a drawn median may take: all waits, or evenly many of them."""
    values = sorted(set(chain.from_iterable(day.waits for day in days)))
    if len(values) <= _GRID:
        return values
    return [values[place * (len(values) - 1) // (_GRID - 1)] for place in range(_GRID)]


@dataclass(frozen=True)
class Draws:
    """A figure of one period: as it is, and of every draw of its days."""

    value: float
    drawn: Sequence[float]
    days: float
    """How many days it rests on; days that count in part make fewer (Kish: (Σw)² ÷ Σw²)."""

    @property
    def variance(self) -> float:
        """The square of its standard error, made good for few days."""
        return self.drawn_variance * self.days / (self.days - 1)

    @cached_property
    def drawn_variance(self) -> float:
        """The variance of the draws."""
        mean = fsum(self.drawn) / len(self.drawn)
        return fsum((value - mean) ** 2 for value in self.drawn) / (len(self.drawn) - 1)


def change(before: Draws, after: Draws) -> Change:
    """Return the change from one period to the other, with its interval."""
    differences = sorted(b - a for a, b in zip(before.drawn, after.drawn, strict=True))
    level = _level(before, after)
    low, high = quantile(differences, level), quantile(differences, 1 - level)
    return Change(after.value - before.value, low, high)


def _level(before: Draws, after: Draws) -> float:
    """Return which quantile of the draws is the lower end of the interval."""
    parts = [(side.variance, side.days - 1) for side in (before, after)]
    total = sum(part for part, _ in parts)
    if not total:
        return (1 - _CONFIDENCE) / 2
    freedoms = total**2 / sum(part**2 / freedom for part, freedom in parts)
    widened = sqrt(total / (before.drawn_variance + after.drawn_variance))
    return _NORMAL.cdf(-student_t(max(freedoms, _FEWEST_FREEDOMS)) * widened)


def student_t(freedoms: float) -> float:
    """Return the 97.5% quantile of Student's t; `freedoms` 4 or more.

    Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.5.
    """
    z: float = _Z
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / freedoms**power for power, term in enumerate(terms, 1))
