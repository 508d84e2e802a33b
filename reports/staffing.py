"""How many counters each hour needs to keep the target, from what was measured.

The measured days are played again with other counters (`motcua.reports.replay`). All counters are
taken as one pool: any of them serves whoever is first. That is the fewest that can do; what it
would take if no counter could help another is reckoned beside it, service by service.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from math import fsum, sqrt
from statistics import fmean

from motcua.reports.erlang import counters_for
from motcua.reports.replay import played, stretches
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
from motcua.reports.staffing_plan import Draws, Goal, Kept, fewest, kept

_MOST_PLAYED = 16_000
_MOST_ROUNDS = 10
_FEWEST_PLAYED = 8
"""Days of a weekday that are played however many people they have."""


def staffing(loads: Loads, share: float) -> Staffing:
    """Return the counters each hour needs.

    Args:
        loads: the days of a period.
        share: of the people (0 … 1) that are to be called within the target.
    """
    goal = Goal(loads.target_s, share)
    kinds = _kinds(loads.days)
    chosen, rounds = _sample(kinds)
    draws = Draws([day for days in chosen.values() for day in days])
    hours: list[HourNeed] = []
    for kind, days in kinds.items():
        facts = [one for one in (_facts(kind, hour, days) for hour in range(HOURS)) if one.people]
        hours += _needs(facts, draws, chosen[kind], rounds, goal)
    return Staffing(
        goal, len(loads.days), tuple(loads.left_out), sum(map(len, chosen.values())), rounds,
        tuple(hours), _services(draws),
    )  # fmt: skip


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


def _needs(
    facts: Sequence[HourNeed], draws: Draws, days: Sequence[DayLoad], rounds: int, goal: Goal
) -> Iterator[HourNeed]:
    """Yield the hours of a weekday with what they need; `days` are those to be played."""
    if not draws.all_s:
        yield from facts
        return
    guesses = [0] * HOURS
    for one in facts:
        guesses[one.hour] = _steady(one, goal)
    halls = draws.halls(days, rounds)
    needed, expected = fewest(halls, guesses, goal), kept(halls, rounds, goal)
    alone = _alone(draws, days, max(1, rounds // 4), goal)  # a bound needs no fine figure
    now = _as_it_was(draws, days, rounds, goal)
    for one in facts:
        hour = one.hour
        if one.people < FEWEST_PEOPLE or one.days < FEWEST_DAYS:
            yield one
            continue
        yield replace(
            one, needed=needed[hour], steady=guesses[hour],
            alone={service: of[hour] for service, of in alone.items() if of[hour]},
            now=estimate(now[hour]), expected=estimate(expected[hour]),
        )  # fmt: skip


def _alone(draws: Draws, days: Sequence[DayLoad], rounds: int, goal: Goal) -> dict[str, list[int]]:
    """Return how many counters each service needs where every one has its own."""
    services = sorted({service for day in days for service in day.services})
    return {
        service: fewest(draws.halls([day.only(service) for day in days], rounds), [1] * HOURS, goal)
        for service in services
    }


def _as_it_was(draws: Draws, days: Sequence[DayLoad], rounds: int, goal: Goal) -> Kept:
    """Return whom the replay has called in time with the counters that were open."""
    known = [day for day in days if day.open_s]
    halls = draws.halls(known, rounds)
    for place, hall in enumerate(halls):
        played(hall, stretches(known[place // rounds].open_s))
    return kept(halls, rounds, goal)
