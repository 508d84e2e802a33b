"""Periods whose truth is known: how busy a day was, and how fast it was worked, made the waits."""

from __future__ import annotations

from datetime import date
from math import exp
from random import Random
from statistics import median

from motcua.reports.compare_days import DayWaits
from tests.reports.report_days import workdays

MAY, OCTOBER = date(2026, 5, 4), date(2026, 10, 5)
USUAL_LOAD = 6.0
"""People for each open hour."""
_SPREAD = 1.5
_LEAST = 1.5
_DAYS_DIFFER = 0.25
_SHAPE = 1.5
_OPEN_H = 6.0
_USUAL_WAIT_S = 600.0
_STEEP = 0.3
"""A person more for each open hour: a third more waiting."""


def period(
    first: date, days: int, random: Random, load: float = USUAL_LOAD, speed: float = 1.0
) -> list[DayWaits]:
    """Return working days on which waits grow with load, and every day has luck of its own.

    Args:
        first: their first day.
        days: how many.
        random: the luck.
        load: people for each open hour, on an ordinary day.
        speed: how long a wait is, compared with the usual, when a day is as busy.
    """
    return [_day(day, random, load, speed) for day in workdays(first, days)]


def _day(day: date, random: Random, load: float, speed: float) -> DayWaits:
    busy = max(_LEAST, random.gauss(load, _SPREAD))
    people = max(3, round(busy * _OPEN_H))
    mean_s = _USUAL_WAIT_S * speed * exp(_STEEP * (busy - USUAL_LOAD))
    mean_s *= random.lognormvariate(0, _DAYS_DIFFER)
    waits = sorted(random.gammavariate(_SHAPE, mean_s / _SHAPE) for _ in range(people))
    return DayWaits(
        day.isoformat(), tuple(waits), 0, people=people, open_s=people / busy * 3600
    )  # fmt: skip


def true_change_s(load: float, speed: float, days: int = 4000) -> float:
    """Return how much the median wait of all people differs from the usual, over very many days."""
    random = Random("truth")  # noqa: S311 - repeatable days, no secret
    usual, other = (
        median(wait for _ in range(days) for wait in _day(MAY, random, *worked).waits)
        for worked in ((USUAL_LOAD, 1.0), (load, speed))
    )
    return other - usual
