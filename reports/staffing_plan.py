"""The fewest counters, hour by hour, that would have kept the target on measured days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress, pairwise
from math import inf
from random import Random
from typing import NamedTuple

from motcua.reports.erlang import MOST_COUNTERS
from motcua.reports.replay import Hall, hours
from motcua.reports.spread import FEWEST
from motcua.reports.staffing_days import HOUR_S, HOURS, DayLoad

_SEED = 95
Kept = list[list[tuple[int, int]]]
"""By hour, then by day: (people called within the target, people)."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be kept: `share` (0 … 1) of the people called within `target_s`."""

    target_s: float
    share: float


class Want(NamedTuple):
    """What is wanted of one hour."""

    share: float
    """Of those who come in it, 0 … 1, to be called within the target."""
    least: int = 1
    """Counters that are open whatever the replay says."""
    guess: int = 1
    """Where to begin to look; a good guess is quicker."""

    def allows(self, late: int, people: int) -> bool:
        """Return whether so many may be late of so many."""
        return late <= people * (1 - self.share) + 1e-9


class Draws:
    """Days to be played: for everybody, times at a counter drawn from those measured; seeded."""

    def __init__(self, days: Sequence[DayLoad], rounds: int) -> None:
        """Draw for each of `days` as often as `rounds` from what was measured on all of them."""
        pools: dict[str, list[float]] = {}
        for day in days:
            for service, busy_s in zip(day.services, day.busy_s, strict=True):
                if busy_s >= 0:
                    pools.setdefault(service, []).append(busy_s)
        self.pools: Mapping[str, Sequence[float]] = {
            service: pool for service, pool in pools.items() if len(pool) >= FEWEST
        }
        """Measured times by service; one seen too seldom draws from all of them."""
        everything = list(chain.from_iterable(pools.values()))
        self.some = bool(everything)
        """False: nothing was measured, so nothing can be played."""
        self.rounds = rounds
        self._drawn = {day.day: self._draw(day, everything) for day in days} if everything else {}

    def _draw(self, day: DayLoad, everything: Sequence[float]) -> list[list[float]]:
        chance = Random(f"{_SEED} {day.day}").random  # noqa: S311 - repeatable draws, no secret
        pools = [self.pools.get(service) or everything for service in day.services]
        sizes = list(map(len, pools))
        return [
            [pool[int(chance() * size)] for pool, size in zip(pools, sizes, strict=True)]
            for _ in range(self.rounds)
        ]

    def halls(self, days: Iterable[DayLoad], longer: float = 1.0) -> list[Hall]:
        """Return the rounds of each day, ready to be played; those of a day stand together.

        Args:
            days: to play; some of those drawn for.
            longer: everybody keeps a counter so many times as long.
        """
        found = []
        for day in days:
            at_s = day.at_s.tolist()
            bounds = hours(at_s)
            for busy_s in self._drawn[day.day]:
                stretched = [seconds * longer for seconds in busy_s]
                found.append(Hall(at_s, stretched, bounds))
        return found

    def alone(self, days: Iterable[DayLoad], service: str) -> list[Hall]:
        """Return the first round of each day as if nobody had come but for one service."""
        found = []
        for day in days:
            chosen = [name == service for name in day.services]
            busy_s = self._drawn[day.day][0]
            found.append(Hall(list(compress(day.at_s, chosen)), list(compress(busy_s, chosen))))
        return found


def fewest(halls: Sequence[Hall], wants: Sequence[Want], target_s: float) -> list[int]:
    """Return for every hour the fewest counters that give what is wanted of it.

    From hour to hour: with the counters chosen so far, the fewest with which enough of those who
    come in the hour are called in time, were no counter closed later; and closing some now must not
    spoil it for those who came before and still wait. None in hours in which nobody comes.

    Args:
        halls: days not played yet; they are played with the counters returned.
        wants: what is wanted, hour by hour.
        target_s: called after at most so long is in time.
    """
    search = _Search(halls, wants, target_s)
    for hour in range(HOURS):
        if search.people[hour]:
            search.settle(hour)
    return search.counters


class _Search:
    """The hours settled so far."""

    def __init__(self, halls: Sequence[Hall], wants: Sequence[Want], target_s: float) -> None:
        self.halls = halls
        self.wants = wants
        self.target_s = target_s
        self.counters = [0] * HOURS
        self.people = [
            sum(hall.bounds[hour + 1] - hall.bounds[hour] for hall in halls)
            for hour in range(HOURS)
        ]
        self._late = [0] * HOURS
        """Of those called already."""
        self._open = 0

    def settle(self, hour: int) -> None:
        """Choose the counters of an hour, and play it."""
        least = max(1, self.wants[hour].least)
        counters = min(max(least, self.wants[hour].guess), MOST_COUNTERS)
        if self._keeps(counters, hour):
            while counters > least and self._keeps(counters - 1, hour):
                counters -= 1
        else:
            counters += 1
            while counters < MOST_COUNTERS and not self._keeps(counters, hour):
                counters += 1
        self.counters[hour] = self._open = counters
        self._play(hour)

    def _keeps(self, counters: int, hour: int) -> bool:
        begin_s = hour * HOUR_S
        late = list(self._late)
        for hall in self.halls:
            for came, many in hall.late(begin_s, counters, hour, self.target_s).items():
                late[came] += many
            if not self.wants[hour].allows(late[hour], self.people[hour]):
                return False
        return counters >= self._open or all(map(Want.allows, self.wants, late[:hour], self.people))

    def _play(self, hour: int) -> None:
        begin_s, end_s = hour * HOUR_S, (hour + 1) * HOUR_S
        last = hour + 1 == HOURS or not self.people[hour + 1]
        for hall in self.halls:
            first = hall.reached
            hall.play((begin_s, end_s, self.counters[hour]), inf if last else end_s)
            for place in range(first, hall.reached):
                if hall.waits_s[place] > self.target_s:
                    self._late[int(hall.at_s[place] // HOUR_S)] += 1


def kept(halls: Sequence[Hall], rounds: int, target_s: float) -> Kept:
    """Return how many were called in time, by hour and day; the `rounds` of a day added up."""
    in_time = target_s.__ge__
    found: Kept = [[] for _ in range(HOURS)]
    for first in range(0, len(halls), rounds):
        of_day = halls[first : first + rounds]
        for hour, (begin, end) in enumerate(pairwise(of_day[0].bounds)):
            if begin < end:
                within = sum(sum(map(in_time, hall.waits_s[begin:end])) for hall in of_day)
                found[hour].append((within, rounds * (end - begin)))
    return found
