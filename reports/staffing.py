"""How many counters each hour needs to keep the target, from what was measured.

The measured days are played again with other counters (`motcua.reports.replay`). All counters are
taken as one pool: any of them serves whoever is first. That alone would promise too much, so

- never fewer are told than it takes to serve everything people come for (`covering`);
- the replay is made as slow as the hall was with the counters that were open (`_longer`);
- what it would take if no counter could help another is told beside it, service by service.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from math import fsum, sqrt
from statistics import fmean

from motcua.reports.erlang import counters_for
from motcua.reports.replay import played
from motcua.reports.spread import FEWEST, quantile
from motcua.reports.staffing_days import HOUR_S, HOURS, DayLoad, Loads
from motcua.reports.staffing_need import (
    FEWEST_DAYS,
    FEWEST_PEOPLE,
    TOGETHER,
    HourNeed,
    ServiceTime,
    Staffing,
    estimate,
)
from motcua.reports.staffing_plan import Draws, Goal, Kept, Want, fewest, kept

_MOST_PLAYED = 16_000
_MOST_ROUNDS = 10
_FEWEST_PLAYED = 8
"""Days of a weekday that are played however many people they have."""
_USUAL = 0.25
"""What is asked for in an hour on one day in four or more is always to be served in it."""
MOST_LONGER = 2.0
"""People are not taken to keep a counter for longer than so many times as was measured."""
_HALVINGS = 5
_NEAR, _FAR = 0.01, 0.05
"""Shares in time that differ by at most the first are alike; by more than the second, they tell of
different halls."""


def staffing(loads: Loads, share: float, counters: Mapping[int, Sequence[str]]) -> Staffing:
    """Return the counters each hour needs.

    Args:
        loads: the days of a period.
        share: of the people (0 … 1) that are to be called within the target.
        counters: counter → letters of the services it may serve.
    """
    kinds = _kinds(loads.days)
    chosen, rounds = _sample(kinds)
    draws = Draws([day for days in chosen.values() for day in days], rounds)
    goal = Goal(loads.target_s, share)
    longer = _longer(draws, [day for days in chosen.values() for day in days], goal.target_s)
    least = [_least(loads.days, hour, counters) for hour in range(HOURS)]
    reckoning = _Reckoning(draws, goal, longer or 1.0, least)
    hours: list[HourNeed] = []
    for kind, days in kinds.items():
        facts = [one for one in (_facts(kind, hour, days) for hour in range(HOURS)) if one.people]
        hours += reckoning.needs(facts, chosen[kind]) if draws.some and longer else facts
    return Staffing(
        goal, len(loads.days), tuple(loads.left_out), sum(map(len, chosen.values())), rounds,
        tuple(hours), _services(draws), longer,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Reckoning:
    """What the hours of every weekday are reckoned with."""

    draws: Draws
    goal: Goal
    longer: float
    """So many times as long people keep a counter."""
    least: Sequence[int]
    """By hour, counters that are open whatever the replay says."""

    def needs(self, facts: Sequence[HourNeed], days: Sequence[DayLoad]) -> Iterator[HourNeed]:
        """Yield the hours of a weekday with what they need; `days` are those to be played."""
        wants = [Want(self.goal.share)] * HOURS
        for one in facts:
            wants[one.hour] = Want(self.goal.share, self.least[one.hour], self._steady(one))
        halls, rounds = self.draws.halls(days, self.longer), self.draws.rounds
        needed = fewest(halls, wants, self.goal.target_s)
        expected = kept(halls, rounds, self.goal.target_s)
        replayed = _as_it_was(self.draws, days, self.longer, self.goal.target_s)
        alone = self._alone(days)
        for one in facts:
            hour = one.hour
            if one.people < FEWEST_PEOPLE or one.days < FEWEST_DAYS:
                yield one
                continue
            yield replace(
                one, needed=needed[hour], steady=wants[hour].guess,
                alone={letter: of[hour] for letter, of in alone.items() if of[hour]},
                replayed=estimate(replayed[hour], rounds),
                expected=estimate(expected[hour], rounds),
            )  # fmt: skip

    def _steady(self, one: HourNeed) -> int:
        """Return the counters an hour would need were its flow steady."""
        if not one.busy_s:
            return 1
        busy_s = one.busy_s * self.longer
        came = max(1.0, one.people_cv**2 * one.people_mean)
        variability = (came + (one.busy_cv or 0.0) ** 2) / 2
        load = one.people_mean * busy_s / HOUR_S
        return counters_for(load, busy_s, self.goal.target_s, self.goal.share, variability)

    def _alone(self, days: Sequence[DayLoad]) -> dict[str, list[int]]:
        """Return how many counters each service needs where every one has its own."""
        wants = [Want(self.goal.share)] * HOURS
        return {
            service: fewest(self.draws.alone(days, service), wants, self.goal.target_s)
            for service in sorted({service for day in days for service in day.services})
        }


def _as_it_was(draws: Draws, days: Sequence[DayLoad], longer: float, target_s: float) -> Kept:
    """Return whom the replay has called in time with the counters that were open."""
    known = [day for day in days if day.open_s]
    halls = draws.halls(known, longer)
    for place, hall in enumerate(halls):
        played(hall, known[place // draws.rounds].open_s)
    return kept(halls, draws.rounds, target_s)


def _longer(draws: Draws, days: Sequence[DayLoad], target_s: float) -> float | None:
    """Return how many times as long people keep a counter for the replay to be as slow as the hall.

    Clerks pause between two people, counters serve only some services: what the replay does not
    know makes real waits longer. It is brought in as longer times at the counter: the least with
    which the replay, with the counters as they were, has about as many in time as there were.

    Returns:
        From 1 to `MOST_LONGER`; None where even that leaves the replay far too quick.
    """
    known = [day for day in days if day.open_s and day.of.total()] if draws.some else []
    of = sum(day.of.total() for day in known)
    if of < FEWEST_PEOPLE:
        return 1.0
    measured = sum(day.within.total() for day in known) / of

    def too_quick(longer: float) -> float:
        told = list(chain.from_iterable(_as_it_was(draws, known, longer, target_s)))
        in_time = sum(within for within, _ in told) / sum(many for _, many in told)
        return in_time - measured

    if too_quick(1.0) <= _NEAR:
        return 1.0
    left = too_quick(MOST_LONGER)
    if left > _NEAR:
        return None if left > _FAR else MOST_LONGER
    low, high = 1.0, MOST_LONGER
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if too_quick(middle) > _NEAR else (low, middle)
    return high


def _least(days: Sequence[DayLoad], hour: int, counters: Mapping[int, Sequence[str]]) -> int:
    """Return the fewest counters that serve everything people usually come for in an hour."""
    worked = [day for day in days if day.was_open(hour)]
    came = Counter(chain.from_iterable(day.services_in(hour) for day in worked))
    return covering(
        {service for service, on in came.items() if on >= _USUAL * len(worked)}, counters
    )


def covering(wanted: set[str], counters: Mapping[int, Sequence[str]]) -> int:
    """Return about the fewest counters that serve all of `wanted` between them, 1 or more.

    Counters that serve most of what is lacking are taken first. What no counter serves is passed
    over.
    """
    lacking = {letter for letter in wanted if any(letter in of for of in counters.values())}
    taken = 0
    while lacking:
        lacking -= set(max(counters.values(), key=lambda of: len(lacking.intersection(of))))
        taken += 1
    return max(1, taken)


def _services(draws: Draws) -> tuple[ServiceTime, ...]:
    return tuple(
        ServiceTime(service, len(pool), fmean(pool), _cv(pool))
        for service, pool in sorted(draws.pools.items())
    )


def _kinds(days: Sequence[DayLoad]) -> dict[int, list[DayLoad]]:
    """Return the days by weekday; all together where no weekday has enough to be told."""
    kinds: dict[int, list[DayLoad]] = {}
    for day in sorted(days, key=lambda day: (day.weekday, day.day)):
        kinds.setdefault(day.weekday, []).append(day)
    for kind in kinds.values():
        if any(_enough(kind, hour) for hour in range(HOURS)):
            return kinds
    return {TOGETHER: sorted(days, key=lambda day: day.day)} if days else {}


def _enough(days: Sequence[DayLoad], hour: int) -> bool:
    people = sum(day.people[hour] for day in days)
    return people >= FEWEST_PEOPLE and sum(day.was_open(hour) for day in days) >= FEWEST_DAYS


def _sample(kinds: Mapping[int, Sequence[DayLoad]]) -> tuple[dict[int, list[DayLoad]], int]:
    """Return the days to play, evenly through the period, and how often each."""
    people = sum(len(day.at_s) for days in kinds.values() for day in days)
    rounds = max(1, min(_MOST_ROUNDS, _MOST_PLAYED // max(1, people)))
    part = min(1.0, _MOST_PLAYED / max(1, people))
    chosen = {}
    for kind, days in kinds.items():
        many = min(len(days), max(_FEWEST_PLAYED, round(len(days) * part)))
        chosen[kind] = [days[place * len(days) // many] for place in range(many)]
    return chosen, rounds


def _facts(kind: int, hour: int, days: Sequence[DayLoad]) -> HourNeed:
    """Return what was measured of an hour."""
    worked = [day for day in days if day.was_open(hour)]
    people = sorted(day.people[hour] for day in worked) or [0]
    busy_s = list(chain.from_iterable(day.busy_in(hour) for day in worked))
    told = len(busy_s) >= FEWEST
    opened = [day.open_in(hour) for day in worked]
    any_s = sum(seconds for _, seconds in opened)
    of = sum(day.of[hour] for day in worked)
    return HourNeed(
        kind, hour, max(1, len(worked)), sum(people), quantile(people, 0.9), _cv(people),
        fmean(busy_s) if told else None, _cv(busy_s) if told else None,
        sum(seconds for seconds, _ in opened) / any_s if any_s else None,
        sum(day.within[hour] for day in worked) / of if of >= FEWEST else None,
    )  # fmt: skip


def _cv(values: Sequence[float]) -> float:
    """Return the standard deviation over the mean; 0 for one value or none above 0."""
    mean = fmean(values)
    if len(values) == 1 or not mean:
        return 0.0
    return sqrt(fsum((value - mean) ** 2 for value in values) / (len(values) - 1)) / mean


def _steady(one: HourNeed, goal: Goal) -> int:
    """Return the counters an hour would need were its flow steady."""
    if not one.busy_s:
        return 1
    came = max(1.0, one.people_cv**2 * one.people_mean)
    variability = (came + (one.busy_cv or 0.0) ** 2) / 2
    load = one.people_mean * one.busy_s / HOUR_S
    return counters_for(load, one.busy_s, goal.target_s, goal.share, variability)
