"""Before and after: did the wait really change, or was it the luck, or the crowd, of the days?

Two changes are told, each with a 95% interval from drawing days again (`resample`): the raw one, of
all people of either period, and the one between periods made equally busy (`load_mix`), re-made in
every draw. The draws are seeded: the same days always give the same intervals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from motcua.day_table import DayTable
from motcua.reports import load_mix
from motcua.reports.compare_days import DayWaits, Scope, Side, contribution, select, side
from motcua.reports.days_needed import DaysNeeded, days_needed
from motcua.reports.load_mix import LoadMix, days_alike, mean_load
from motcua.reports.resample import Change, Draws, People, change

FEWEST_DAYS = 5
"""Fewer on either side say nothing about days to come."""
DRAWS = 2000
_SEED = 95
_KEPT = 2
"""Comparisons remembered: a page that keeps itself up to date asks for the same days again, for
the running one is not compared."""
_LOST = 0.05
"""Of the draws at most, in which the periods had no load in common."""
Told = tuple[float, float]
"""(median wait, share within target)."""
Pair = tuple[Sequence[DayWaits], Sequence[DayWaits]]


@dataclass(frozen=True, slots=True)
class Adjusted:
    """The change between periods made equally busy."""

    basis: str
    """What the load is: people an `open_hour`, an `hour`, a `day` (see `load_mix.load_basis`)."""
    loads: tuple[float | None, float | None]
    """Load of the earlier and the later period."""
    refused: str = ""
    """`few_days` or `no_overlap`: why there is no adjusted change."""
    days: tuple[float, float] = (0.0, 0.0)
    """Days on either side that the other has days like, by weight."""
    medians_s: Told | None = None
    """The two medians, made equally busy."""
    shares: Told | None = None
    median: Change | None = None
    share: Change | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two periods beside each other."""

    before: Side
    after: Side
    median: Change | None
    """Of the median wait, seconds; None with too few days."""
    share: Change | None
    """Of the share within target, −1 … 1; None with too few days."""
    adjusted: Adjusted
    needed: DaysNeeded | None = None
    """None where a difference is shown, or nothing can be said yet."""

    @property
    def verdict(self) -> str:
        """`not_enough`, `shorter`, `longer` or `no_difference`, by the median wait."""
        return verdict_on(self.median)


def verdict_on(median: Change | None) -> str:
    """Return what may be said of a change of the median wait."""
    if median is None:
        return "not_enough"
    return ("no_difference", "longer", "shorter")[median.sign]


def compare(
    before: Iterable[DayTable | DayWaits],
    after: Iterable[DayTable | DayWaits],
    target_s: float,
    draws: int = DRAWS,
    scope: Scope | None = None,
) -> Comparison:
    """Compare the waits of two periods.

    Args:
        before: days of the earlier period, in any order.
        after: days of the later one.
        target_s: a call after at most this many seconds meets the target.
        draws: how many times days are drawn again.
        scope: hours and services alone to be compared; None compares all.
    """
    return compare_days(
        [contribution(table, target_s, scope) for table in before],
        [contribution(table, target_s, scope) for table in after],
        target_s, draws,
    )  # fmt: skip


def compare_days(
    before: Sequence[DayWaits], after: Sequence[DayWaits], target_s: float, draws: int = DRAWS
) -> Comparison:
    """Compare two periods given by what their days contribute; see `compare`."""
    (kept_a, left_a), (kept_b, left_b) = select(before, after), select(after, before)
    median, share, adjusted, needed = _changes(tuple(kept_a), tuple(kept_b), target_s, draws)
    earlier, later = side(kept_a, left_a, target_s), side(kept_b, left_b, target_s)
    return Comparison(earlier, later, median, share, adjusted, needed)


@lru_cache(maxsize=_KEPT)
def _changes(
    before: tuple[DayWaits, ...], after: tuple[DayWaits, ...], target_s: float, draws: int
) -> tuple[Change | None, Change | None, Adjusted, DaysNeeded | None]:
    """Return the changes of the median and the share, the adjusted ones, and the days needed."""
    kept = (before, after)
    basis = load_mix.load_basis(kept)
    loads = (mean_load(before, basis), mean_load(after, basis))
    if min(map(len, kept)) < FEWEST_DAYS:
        return None, None, Adjusted(basis, loads, "few_days"), None
    drawing = _Drawing(kept, target_s, load_mix.load_mix(kept, basis), draws)
    medians, shares = drawing.raw(0), drawing.raw(1)
    median = change(*medians)
    needed = None if median.sign else days_needed(median, *medians)
    return median, change(*shares), _adjusted(drawing, basis, loads), needed


def _adjusted(drawing: _Drawing, basis: str, loads: tuple[float | None, float | None]) -> Adjusted:
    days = drawing.alike
    if min(drawing.known) < load_mix.FEWEST_DAYS:
        return Adjusted(basis, loads, "few_days", days)
    if min(days) < load_mix.FEWEST_ALIKE or drawing.lost > _LOST:
        return Adjusted(basis, loads, "no_overlap", days)
    medians, shares = drawing.mixed(0), drawing.mixed(1)
    return Adjusted(
        basis, loads, "", days, (medians[0].value, medians[1].value),
        (shares[0].value, shares[1].value), change(*medians), change(*shares),
    )  # fmt: skip


class _Drawing:
    """Two periods, drawn again and again: as they are, and made equally busy."""

    def __init__(self, kept: Pair, target_s: float, mix: LoadMix, draws: int) -> None:
        self._people = (People(kept[0], target_s), People(kept[1], target_s))
        self._mix = mix
        once = ([1.0] * len(kept[0]), [1.0] * len(kept[1]))
        self._weights = mix.weights(once)
        self.known = tuple(sum(place >= 0 for place in places) for places in mix.classes)
        self.alike = (days_alike(self._weights[0]), days_alike(self._weights[1]))
        self._days = (len(kept[0]), len(kept[1]))
        self._told = self._of(once)
        self._drawn: list[tuple[Told, Told]] = []
        self._mixed: list[tuple[Told, Told]] = []
        adjusts = min(self.known) >= load_mix.FEWEST_DAYS and min(self.alike) >= 1
        random = Random(_SEED)  # noqa: S311 - repeatable draws, no secret
        for _ in range(draws):
            times = (_draw(self._days[0], random), _draw(self._days[1], random))
            self._drawn.append(self._of(times))
            if adjusts and all(map(any, weights := mix.weights(times))):
                self._mixed.append(self._of(weights))

    def _of(self, times: tuple[Sequence[float], Sequence[float]]) -> tuple[Told, Told]:
        return self._people[0].told(times[0]), self._people[1].told(times[1])

    @property
    def lost(self) -> float:
        """The share of draws in which the periods had no load in common."""
        return 1 - len(self._mixed) / len(self._drawn)

    def raw(self, part: int) -> tuple[Draws, Draws]:
        """Return the medians (part 0) or shares (part 1) of both periods."""
        return _draws(part, self._told, self._drawn, self._days)

    def mixed(self, part: int) -> tuple[Draws, Draws]:
        """Return them with the periods made equally busy."""
        return _draws(part, self._of(self._weights), self._mixed, self.alike)


def _draws(
    part: int, told: tuple[Told, Told], drawn: list[tuple[Told, Told]], days: tuple[float, float]
) -> tuple[Draws, Draws]:
    before, after = (
        Draws(told[place][part], [one[place][part] for one in drawn], days[place])
        for place in (0, 1)
    )
    return before, after


def _draw(days: int, random: Random) -> list[float]:
    """Return how many times each day was drawn."""
    times = [0.0] * days
    for _ in range(days):
        times[int(random.random() * days)] += 1
    return times
