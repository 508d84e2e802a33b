"""Two periods made equally busy: how much each day counts when both have the same mix of loads.

A wait falls when fewer people come, whoever does the work. So the days of both periods together are
sorted by load and cut into classes of about five days; within a class both periods weigh the same:
in a class with `a` days of one and `b` of the other, a day of the first counts b ÷ (a + b), one of
the second a ÷ (a + b). A class only one period has counts nothing: there is nothing to compare it
with. This is direct standardisation (post-stratification) with the weights of Mantel and Haenszel
(1959), a·b ÷ (a + b) a class, which vary least. Many narrow classes, because within five classes a
tenth of the difference in load would remain (Cochran, Biometrics 24, 1968). Figures are then made
from people as always, each with the weight of the day.

Limits. Load is all that is made equal: not the season, not the mix of matters. People who turn away
at the door are in no load. Whoever opened more counters lowered the load: the raw change tells what
visitors gained, the adjusted one what is left when that is taken out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from motcua.reports.compare_days import DayWaits

FEWEST_DAYS = 10
"""On each side, for an adjusted change."""
FEWEST_ALIKE = 5.0
"""Days on each side, by weight, that the other side has days like."""
_DAYS_A_CLASS = 5
_MOST_CLASSES = 20
_KNOWN = 0.8
"""Of the days on each side: with fewer open hours known, arrivals alone are the load."""
_SECONDS_AN_HOUR = 3600
Weights = tuple[list[float], list[float]]


def load_basis(sides: Sequence[Sequence[DayWaits]]) -> str:
    """Return what the load of a day is: people an `open_hour` of a counter, an `hour`, a `day`.

    Open hours where they are known on both sides; hours of the day where a sheet says which.
    """
    if any(day.hours for days in sides for day in days):
        return "hour"
    known = all(sum(day.open_s > 0 for day in days) >= _KNOWN * len(days) > 0 for days in sides)
    return "open_hour" if known else "day"


def load(day: DayWaits, basis: str) -> float | None:
    """Return how busy a day was: people ÷ hours; None where it is not known."""
    hours = {"open_hour": day.open_s / _SECONDS_AN_HOUR, "hour": float(day.hours), "day": 1.0}[
        basis
    ]
    return day.people / hours if hours else None


def mean_load(days: Sequence[DayWaits], basis: str) -> float | None:
    """Return all people ÷ all hours, of the days whose load is known."""
    known = [(day.people, value) for day in days if (value := load(day, basis))]
    hours = sum(people / value for people, value in known)
    return sum(people for people, _ in known) / hours if hours else None


@dataclass(frozen=True, slots=True)
class LoadMix:
    """The days of two periods by class of load."""

    classes: tuple[Sequence[int], Sequence[int]]
    """Class of each day of either period; −1: its load is not known."""
    count: int

    def weights(self, times: tuple[Sequence[float], Sequence[float]]) -> Weights:
        """Return how much each day counts when it was drawn so many times."""
        before, after = (self._by_class(*side) for side in zip(self.classes, times, strict=True))
        part = [b / (a + b) if a + b else 0.0 for a, b in zip(before, after, strict=True)] + [0.0]
        rest = [a / (a + b) if a + b else 0.0 for a, b in zip(before, after, strict=True)] + [0.0]
        shares: tuple[list[float], ...] = (part, rest)
        first, second = (
            [share[place] * drawn for place, drawn in zip(places, side, strict=True)]
            for share, places, side in zip(shares, self.classes, times, strict=True)
        )
        return first, second

    def _by_class(self, classes: Sequence[int], times: Sequence[float]) -> list[float]:
        days = [0.0] * (self.count + 1)
        for place, drawn in zip(classes, times, strict=True):
            days[place] += drawn
        return days[:-1]


def load_mix(sides: Sequence[Sequence[DayWaits]], basis: str) -> LoadMix:
    """Sort the days of both periods into classes of load."""
    loads = [[load(day, basis) for day in days] for days in sides]
    pool = sorted(value for side in loads for value in side if value is not None)
    count = max(1, min(_MOST_CLASSES, len(pool) // _DAYS_A_CLASS))
    cuts = [pool[len(pool) * place // count] for place in range(1, count)]
    before, after = (
        [-1 if value is None else bisect_right(cuts, value) for value in side] for side in loads
    )
    return LoadMix((before, after), count)


def days_alike(weights: Sequence[float]) -> float:
    """Return how many whole days weigh as much: (Σw)² ÷ Σw², after L. Kish (1965)."""
    squares = sum(weight * weight for weight in weights)
    return sum(weights) ** 2 / squares if squares else 0.0
