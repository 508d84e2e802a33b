"""How long a visitor will probably wait, as a range; nothing is said when too little is known.

The people ahead leave at the pace of the counters open for the service. Pace is the time a visitor
keeps a counter busy, from call to the end, over the last visitors of the service, drawn towards
that of all services while the service has few of its own. The range covers about four in five.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from math import sqrt
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motcua.queue.day import Counter, Day

_SEEN_BEFORE_SPEAKING = 5
"""Visitors finished today, over all services, before a wait is told."""
_PACES_USED = 30
"""The latest visitors of a service that count."""
_PRIOR_WEIGHT = 4
"""The pace of all services counts as this many visitors of the service."""
_BAND_SIGMAS = 1.28
"""Standard deviations either side that cover 80% of a normal spread."""
_SPREAD_FLOOR = 0.4
"""Least standard deviation, as a share of the mean: a few alike visits prove little."""

_LOW_SHARE = 0.8
_HIGH_SHARE = 3.0
"""The range reaches at least from this to that share of the middle: counters call from services
they prefer, whose visitors have not come yet. Found on simulated days; wide, and so honest."""
_SHORTEST_HIGH_S = 60.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A wait told to a visitor."""

    low_s: int
    high_s: int
    basis: str
    """What it was built on: `paces` = today's last visits."""
    point_s: float = 0.0
    """The middle the range was built on."""


def estimate(day: Day, service: str, ahead: int) -> Estimate | None:
    """Return the wait of somebody with `ahead` people before them; None when unknown."""
    counters = _counters_for(day, service)
    pace = _pace(day, service)
    if counters == 0 or pace is None:
        return None
    mean_s, spread_s = pace
    free = any(counter.ticket is None for counter in day.open_counters(service))
    turns = 0.0 if ahead == 0 and free else ahead + 0.5
    point_s = turns * mean_s / counters
    band_s = _BAND_SIGMAS * sqrt(turns) * spread_s / counters
    low_s = min(point_s - band_s, _LOW_SHARE * point_s)
    high_s = max(point_s + band_s, _HIGH_SHARE * point_s, _SHORTEST_HIGH_S)
    return Estimate(int(max(0.0, low_s)), int(high_s), "paces", point_s)


def _counters_for(day: Day, service: str) -> float:
    """Return the counters' worth of work the service can expect.

    A counter calls from a service only while those it prefers have nobody waiting; each that has
    somebody halves, thirds, … what the service can expect of it.
    """
    return sum(1 / (1 + _preferred(day, one, service)) for one in day.open_counters(service))


def _preferred(day: Day, counter: Counter, service: str) -> int:
    """Return how many services with people waiting a counter calls from before `service`."""
    before = counter.services[: counter.services.index(service)]
    return sum(1 for other in before if len(day.line(other)))


def _pace(day: Day, service: str) -> tuple[float, float] | None:
    """Return mean and standard deviation in seconds of the time one visitor takes."""
    latest = {letter: _latest(paces) for letter, paces in day.paces.items()}
    everyone = [pace for paces in latest.values() for pace in paces]
    if len(everyone) < _SEEN_BEFORE_SPEAKING:
        return None
    own = latest.get(service, [])
    weight = len(own) + _PRIOR_WEIGHT
    mean_s = (sum(own) + _PRIOR_WEIGHT * fmean(everyone)) / weight
    spread_s = _spread(own if len(own) >= _SEEN_BEFORE_SPEAKING else everyone)
    return mean_s, max(spread_s, _SPREAD_FLOOR * mean_s)


def _latest(paces: dict[int, float]) -> list[float]:
    return list(islice(reversed(paces.values()), _PACES_USED))


def _spread(paces: list[float]) -> float:
    """Return the standard deviation; `statistics.pstdev` is exact, and a hundred times slower."""
    mean = fmean(paces)
    return sqrt(fmean((pace - mean) ** 2 for pace in paces))
