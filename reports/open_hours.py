"""Load per open counter-hour: how many people came for each hour that a counter was open.

  counter-hours = sum over counters of the time each was open without a break
  load          = legs that began to wait ÷ counter-hours
of days whose open hours are known: those that are over. By hour: legs that began in the hour, and
the part of each opening that lies in it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from motcua.reports.columns import Columns
from motcua.reports.spread import FEWEST

_SECONDS_AN_HOUR = 3600


@dataclass(frozen=True, slots=True)
class OpenLoad:
    """People who came while counters were open so long together."""

    legs: int | None
    """None when hidden: fewer than five, and not nobody."""
    open_s: float

    @property
    def per_open_hour(self) -> float | None:
        """Legs ÷ open counter-hours; None when hidden, or when no counter was open."""
        if self.legs is None or not self.open_s:
            return None
        return self.legs / (self.open_s / _SECONDS_AN_HOUR)


@dataclass(frozen=True, slots=True)
class OpenLoads:
    """The load of a period."""

    every: OpenLoad
    by_hour: dict[int, OpenLoad]


def open_loads(columns: Columns) -> OpenLoads:
    """Return the load of a period and of each hour in which somebody came or a counter was open."""
    open_s: Counter[int] = Counter()
    legs: Counter[int] = Counter()
    for (_, hour), seconds in columns.open_s.items():
        open_s[hour] += seconds
    for (_, hour), count in columns.open_legs.items():
        legs[hour] += count
    by_hour = {
        hour: OpenLoad(None if 0 < legs[hour] < FEWEST else legs[hour], open_s[hour])
        for hour in sorted({*open_s, *legs})
    }
    return OpenLoads(OpenLoad(legs.total(), sum(open_s.values())), by_hour)
