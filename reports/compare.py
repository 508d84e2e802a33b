"""Before and after: did the wait really change, or was it the luck of the days?

People who come on one day share its weather, its holidays and its missing clerk, so days are drawn
again, not people (the cluster bootstrap): from each period as many days as it has, with
replacement, many times over; each draw gives a median of all its people and a share within target.
The middle 95% of the differences is the interval told. The draws are seeded: the same days always
give the same interval.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from operator import mul
from random import Random

from motcua.day_table import DayTable
from motcua.reports.spread import quantile

FEWEST_DAYS = 5
"""Fewer on either side say nothing about days to come."""
DRAWS = 2000
_SEED = 95
_LEVELS = (0.025, 0.975)
_GRID = 1024
"""Medians of draws are exact up to so many different waits, else within a thousandth of people."""


@dataclass(frozen=True, slots=True)
class DayWaits:
    """What a day contributes."""

    day: str
    waits: tuple[float, ...]
    """Seconds, ascending, of everybody called."""
    left_late: int
    """People who left uncalled after more than the target."""
    running: bool = False

    @property
    def weekday(self) -> int:
        """ISO weekday."""
        return date.fromisoformat(self.day).isoweekday()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two periods."""

    days: int
    n: int
    """People called on them."""
    median_s: float | None
    share: float | None
    left_out: tuple[tuple[str, str], ...]
    """(day, why): `running`, `no_waits`, or `weekday`: no such weekday on the other side."""


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


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two periods beside each other."""

    before: Side
    after: Side
    median: Change | None
    """Of the median wait, seconds; None with too few days."""
    share: Change | None
    """Of the share within target, −1 … 1; None with too few days."""

    @property
    def verdict(self) -> str:
        """`not_enough`, `shorter`, `longer` or `no_difference`, by the median wait."""
        if self.median is None:
            return "not_enough"
        return ("no_difference", "longer", "shorter")[self.median.sign]


def compare(
    before: Iterable[DayTable], after: Iterable[DayTable], target_s: float, draws: int = DRAWS
) -> Comparison:
    """Compare the waits of two periods.

    Args:
        before: days of the earlier period, in any order.
        after: days of the later one.
        target_s: a call after at most this many seconds meets the target.
        draws: how many times days are drawn again.
    """
    periods = [[_contribution(table, target_s) for table in period] for period in (before, after)]
    shared = set.intersection(*map(_weekdays, periods))
    (kept_a, left_a), (kept_b, left_b) = (_select(days, shared) for days in periods)
    sides = (_side(kept_a, left_a, target_s), _side(kept_b, left_b, target_s))
    if min(len(kept_a), len(kept_b)) < FEWEST_DAYS:
        return Comparison(*sides, None, None)
    random = Random(_SEED)  # noqa: S311 - repeatable draws, no secret
    drawn_a = _draw(kept_a, target_s, draws, random)
    drawn_b = _draw(kept_b, target_s, draws, random)
    medians, shares = (
        sorted(b[part] - a[part] for a, b in zip(drawn_a, drawn_b, strict=True)) for part in (0, 1)
    )
    return Comparison(
        *sides,
        _change(sides[0].median_s, sides[1].median_s, medians),
        _change(sides[0].share, sides[1].share, shares),
    )


def _contribution(table: DayTable, target_s: float) -> DayWaits:
    waits = [leg.measured("wait") for leg in table.legs]
    left = [leg.measured("left") for leg in table.legs]
    left_late = sum(seconds is not None and seconds > target_s for seconds in left)
    known = tuple(sorted(wait for wait in waits if wait is not None))
    return DayWaits(table.day, known, left_late, not table.complete)


def _weekdays(days: Sequence[DayWaits]) -> set[int]:
    return {day.weekday for day in days if day.waits and not day.running}


def _select(
    days: Sequence[DayWaits], weekdays: set[int]
) -> tuple[list[DayWaits], tuple[tuple[str, str], ...]]:
    """Return the days to compare, and which are left out and why."""
    kept, left_out = [], []
    for day in sorted(days, key=lambda day: day.day):
        if day.running:
            left_out.append((day.day, "running"))
        elif not day.waits:
            left_out.append((day.day, "no_waits"))
        elif day.weekday not in weekdays:
            left_out.append((day.day, "weekday"))
        else:
            kept.append(day)
    return kept, tuple(left_out)


def _side(days: Sequence[DayWaits], left_out: tuple[tuple[str, str], ...], target_s: float) -> Side:
    waits = sorted(chain.from_iterable(day.waits for day in days))
    if not waits:
        return Side(len(days), 0, None, None, left_out)
    of = len(waits) + sum(day.left_late for day in days)
    within = bisect_right(waits, target_s)
    return Side(len(days), len(waits), quantile(waits, 0.5), within / of, left_out)


def _change(before: float | None, after: float | None, drawn: Sequence[float]) -> Change | None:
    if before is None or after is None:
        return None
    low, high = (quantile(drawn, level) for level in _LEVELS)
    return Change(after - before, low, high)


def _draw(
    days: Sequence[DayWaits], target_s: float, draws: int, random: Random
) -> list[tuple[float, float]]:
    """Return (median wait, share within target) of each draw of days."""
    grid = _grid(days)
    counts = [[bisect_right(day.waits, value) for day in days] for value in grid]
    sizes = [len(day.waits) for day in days]
    within = [bisect_right(day.waits, target_s) for day in days]
    of = [len(day.waits) + day.left_late for day in days]
    drawn = []
    for _ in range(draws):
        times = [0] * len(days)
        for _ in days:
            times[int(random.random() * len(days))] += 1
        n = sum(map(mul, times, sizes))
        below = _Below(counts, times)
        middle = (grid[bisect_left(below, (n + 1) // 2)] + grid[bisect_left(below, n // 2 + 1)]) / 2
        share = sum(map(mul, times, within)) / sum(map(mul, times, of))
        drawn.append((middle, share))
    return drawn


def _grid(days: Sequence[DayWaits]) -> list[float]:
    """Return the values a drawn median may take: all waits, or evenly many of them."""
    values = sorted(set(chain.from_iterable(day.waits for day in days)))
    if len(values) <= _GRID:
        return values
    return [values[place * (len(values) - 1) // (_GRID - 1)] for place in range(_GRID)]


class _Below(Sequence[int]):
    """How many drawn people waited at most each value of the grid; counted only where looked at."""

    def __init__(self, counts: list[list[int]], times: list[int]) -> None:
        self._counts = counts
        self._times = times

    def __len__(self) -> int:
        return len(self._counts)

    def __getitem__(self, place: int) -> int:  # type: ignore[override]
        return sum(map(mul, self._times, self._counts[place]))
