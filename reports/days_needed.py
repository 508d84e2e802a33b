"""How many more days it takes to show a difference, by how much days differ from each other."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

from motcua.reports.resample import Change, Draws

MATTERS_S = 120.0
"""A difference of two minutes matters …"""
MATTERS_SHARE = 0.1
"""… or of a tenth of the earlier median, whichever is more."""
MOST_DAYS = 250
"""A year of working days: further ahead nothing is promised."""
_SURE = NormalDist().inv_cdf(0.975) + NormalDist().inv_cdf(0.8)
"""Standard errors a true difference must measure to be shown in four of five comparisons."""


@dataclass(frozen=True, slots=True)
class DaysNeeded:
    """What it would take to show a difference."""

    difference_s: float
    """The one seen, or the least that matters, whichever is more."""
    more_days: int | None
    """On each side; None: more than `MOST_DAYS`. 0: such a difference would have been seen."""


def matters_s(before_median_s: float) -> float:
    """Return the least difference of medians worth talking about, in seconds."""
    return max(MATTERS_S, MATTERS_SHARE * before_median_s)


def days_needed(seen: Change, before: Draws, after: Draws) -> DaysNeeded:
    """Return how many more days on each side are needed.

    The smallest m with s₁² ÷ (n₁ + m) + s₂² ÷ (n₂ + m) ≤ (d ÷ 2.80)²: sᵢ² the variance of one day
    of period i (its squared standard error × nᵢ), d the difference, 2.80 = z(0.975) + z(0.8): the
    usual sample size for two groups at 95% with a power of 80%.

    Args:
        seen: the change of the median.
        before: the earlier median.
        after: the later one.
    """
    difference = max(abs(seen.value), matters_s(before.value))
    allowed = (difference / _SURE) ** 2
    for more in range(MOST_DAYS + 1):
        if sum(one.variance * one.days / (one.days + more) for one in (before, after)) <= allowed:
            return DaysNeeded(difference, more)
    return DaysNeeded(difference, None)
