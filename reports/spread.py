"""How a handful of durations is told: median, 90th percentile, mean, n, and the share in time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, fsum

from motcua.reports.repeated import Repeated

FEWEST = 5
"""A cell of fewer people is hidden: behind four one may recognise one."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Durations of `n` people or legs, in seconds. Numbers are None when there are none to tell."""

    n: int | None
    median_s: float | None = None
    p90_s: float | None = None
    mean_s: float | None = None
    hidden: bool = False
    """True: fewer than five, so not told."""


@dataclass(frozen=True, slots=True)
class Share:
    """Who was called within the target.

    share = within ÷ (within + late + left_late). Whoever left before the target was over is in
    neither part: nobody knows how long they would have waited.
    """

    within: int | None
    """Called after at most the target."""
    late: int | None
    """Called after more than the target."""
    left_late: int | None
    """Left without being called, after more than the target."""
    left_early: int | None
    """Left without being called, sooner: counted, and in no share."""
    hidden: bool = False

    @property
    def of(self) -> int | None:
        """How many people the share is of."""
        if self.within is None or self.late is None or self.left_late is None:
            return None
        return self.within + self.late + self.left_late

    @property
    def share(self) -> float | None:
        """The share, 0 … 1; None when it is of nobody."""
        return self.within / self.of if self.within is not None and self.of else None


HIDDEN_SPREAD = Spread(None, hidden=True)
HIDDEN_SHARE = Share(None, None, None, None, hidden=True)


def quantile(ordered: Sequence[float], p: float) -> float:
    """Return the quantile of level `p` (0 … 1) of values in ascending order.

    Linear interpolation between the two nearest values (type 7 of Hyndman and Fan, the default of
    spreadsheets): h = (n − 1) · p, then x[⌊h⌋] + (h − ⌊h⌋) · (x[⌊h⌋ + 1] − x[⌊h⌋]).

    Raises:
        IndexError: there are no values.
    """
    h = (len(ordered) - 1) * p
    low = floor(h)
    if low + 1 >= len(ordered):
        return ordered[low]
    return ordered[low] + (h - low) * (ordered[low + 1] - ordered[low])


def spread(ordered: Sequence[float]) -> Spread:
    """Return the spread of values in ascending order. mean = Σ x ÷ n."""
    n = len(ordered)
    if not n:
        return Spread(0)
    sum_s = ordered.sum_s if isinstance(ordered, Repeated) else fsum(ordered)
    return Spread(n, quantile(ordered, 0.5), quantile(ordered, 0.9), sum_s / n)


def share(waits: Sequence[float], left: Sequence[float], target_s: float) -> Share:
    """Return the share called within `target_s`.

    Args:
        waits: waits of those who were called, ascending, seconds.
        left: how long those who left uncalled had waited, any order, seconds.
        target_s: exactly the target is within it.
    """
    within = bisect_right(waits, target_s)
    left_late = sum(seconds > target_s for seconds in left)
    return Share(within, len(waits) - within, left_late, len(left) - left_late)


def hide_few(told: Spread) -> Spread:
    """Return the spread, hidden when it is of too few."""
    return HIDDEN_SPREAD if told.n and told.n < FEWEST else told


def hide_few_people(count: int) -> int | None:
    """Return how many people; None when they are too few to be told."""
    return None if 0 < count < FEWEST else count


def hide_few_shared(told: Share) -> Share:
    """Return the share, hidden when it is of too few."""
    return HIDDEN_SHARE if told.of and told.of < FEWEST else told


def rounded(value: float | None, decimals: int = 3) -> float | None:
    """Return a figure without the noise of floating point; whole numbers stay whole."""
    return value if value is None or isinstance(value, int) else round(value, decimals)
