"""Durations of which many are alike: those of months of which only histograms are left.

A quantile of them is right to half a bin (15 s), a share within whole or half minutes is exact, and
so is the mean.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, groupby, repeat
from math import fsum

from motcua.month_table import NO_TIMES, Tally, Times, middle_s


class Repeated(Sequence[float]):
    """Ascending durations of which many are alike: each value once, with how often it is there."""

    def __init__(self, exact: Sequence[float], held: Times) -> None:
        """Join measured durations, ascending, with those of a histogram."""
        alike = [(value, len(list(same))) for value, same in groupby(exact)]
        binned = [(middle_s(place), count) for place, count in held.bins.items()]
        both = sorted(alike + binned)
        self._values = [value for value, _ in both]
        self._ends = list(accumulate(count for _, count in both))
        self.sum_s = fsum(exact) + held.sum_s
        """Their sum, exact."""

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __getitem__(self, rank: int) -> float:  # type: ignore[override]
        if not 0 <= rank < len(self):
            raise IndexError(rank)
        return self._values[bisect_right(self._ends, rank)]

    def __iter__(self) -> Iterator[float]:
        counts = (end - begin for begin, end in zip([0, *self._ends], self._ends, strict=False))
        return chain.from_iterable(map(repeat, self._values, counts))


@dataclass(slots=True)
class Held:
    """What the months hold of one cell, added up."""

    n: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    times: dict[str, Times] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)

    def add(self, tally: Tally) -> None:
        """Add a month's cell."""
        self.n += tally.n
        self.ends.update(tally.ends)
        self.told.update(tally.told)
        for interval, more in tally.times.items():
            self.times[interval] = joined(self.times.get(interval, NO_TIMES), more)

    def with_rows(self, interval: str, exact: Sequence[float]) -> Sequence[float]:
        """Return these durations and measured ones (ascending) of the same cell."""
        return with_rows(self.times.get(interval, NO_TIMES), exact)


NOTHING_HELD = Held()


def with_rows(held: Times, exact: Sequence[float]) -> Sequence[float]:
    """Return the durations of a histogram and measured ones (ascending) together, ascending."""
    return Repeated(exact, held) if held.bins else exact


def joined(some: Times, more: Times) -> Times:
    """Return two histograms as one."""
    return Times(some.sum_s + more.sum_s, dict(Counter(some.bins) + Counter(more.bins)))
