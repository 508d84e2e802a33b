"""How many counters each hour needs to keep the target, from what was measured.

The measured days are played again with other counters (`motcua.reports.replay`). All counters are
taken as one pool: any of them serves whoever is first. That is the fewest that can do; what it
would take if no counter could help another is reckoned beside it, service by service.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from math import floor, fsum, sqrt
from statistics import fmean

from motcua.reports.erlang import counters_for
from motcua.reports.replay import played, stretches
from motcua.reports.spread import quantile
from motcua.reports.staffing_days import HOUR_S, HOURS, DayLoad, Loads
from motcua.reports.staffing_plan import Draws, Goal, Kept, fewest, kept

TOGETHER = 0
"""Stands for a weekday where the days are too few to be told apart."""
FEWEST_DAYS = 4
FEWEST_PEOPLE = 20
SHORTEST_DAYS = 14
"""A shorter period is not asked: no weekday comes twice in it."""
_MOST_PLAYED = 16_000
_MOST_ROUNDS = 10
_FEWEST_PLAYED = 8
"""Days of a weekday that are played however many people they have."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share 0 … 1 and the interval that holds it in 95 of 100 such periods."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class HourNeed:
    """One hour of one weekday. Figures that cannot be told are None."""

    weekday: int
    """ISO weekday, or `TOGETHER`."""
    hour: int
    days: int
    """Such days on which the centre worked in it."""
    people: int
    """Numbers taken on all of them."""
    people_p90: float
    """On nine in ten such days at most so many."""
    people_cv: float
    """Standard deviation of the days' numbers over their mean."""
    busy_s: float | None
    """How long a person kept a counter, call to end, on average."""
    busy_cv: float | None
    """Standard deviation of that over its mean."""
    open: float | None
    """Counters open on average."""
    measured: float | None
    """Share called within the target, as it was."""
    needed: int | None = None
    """Fewest counters that keep the goal; None: not enough to say."""
    alone: int | None = None
    """As many as it takes where every service has counters of its own."""
    steady: int | None = None
    """By the formula for a steady flow."""
    now: Estimate | None = None
    """Share within the target the replay gives with the counters as they were."""
    expected: Estimate | None = None
    """The same with those needed."""

    @property
    def people_mean(self) -> float:
        """People an hour on a day."""
        return self.people / self.days

    @property
    def more(self) -> int | None:
        """Counters to open beside those that are (negative: to spare); None when not known."""
        if self.needed is None or self.open is None:
            return None
        return self.needed - floor(self.open + 0.5)


@dataclass(frozen=True, slots=True)
class Staffing:
    """The advice for a period, with what it rests on."""

    goal: Goal
    days: int
    left_out: tuple[tuple[str, str], ...]
    played: int
    """Days that were played again."""
    rounds: int
    """How often each, with other times drawn."""
    hours: tuple[HourNeed, ...]
    """By weekday and hour; hours in which nobody came are left out."""

    @property
    def enough(self) -> bool:
        """Return whether anything can be said."""
        return any(hour.needed is not None for hour in self.hours)

    @property
    def together(self) -> bool:
        """Return whether the weekdays had to be taken together."""
        return any(hour.weekday == TOGETHER for hour in self.hours)

    @property
    def check(self) -> tuple[float, float] | None:
        """Return the share within target as it was, and as the replay has it with those counters.

        Of the hours told, weighed by their people: how far the replay can be trusted.
        """
        told = [
            (one.people, one.measured, one.now.value)
            for one in self.hours
            if one.now and one.measured is not None
        ]
        people = sum(many for many, _, _ in told)
        if not people:
            return None
        measured, replayed = (sum(one[0] * one[part] for one in told) for part in (1, 2))
        return measured / people, replayed / people


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
        tuple(hours),
    )  # fmt: skip


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
    opened = [day.open_in(hour) for day in worked]
    any_s = sum(seconds for _, seconds in opened)
    of = sum(day.of[hour] for day in worked)
    return HourNeed(
        kind, hour, max(1, len(worked)), sum(people), quantile(people, 0.9), _cv(people),
        fmean(busy_s) if busy_s else None, _cv(busy_s) if busy_s else None,
        sum(seconds for seconds, _ in opened) / any_s if any_s else None,
        sum(day.within[hour] for day in worked) / of if of else None,
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
            one, needed=needed[hour], alone=max(alone[hour], needed[hour]), steady=guesses[hour],
            now=estimate(now[hour]), expected=estimate(expected[hour]),
        )  # fmt: skip


def _alone(draws: Draws, days: Sequence[DayLoad], rounds: int, goal: Goal) -> list[int]:
    """Return how many counters it takes where every service has counters of its own."""
    total = [0] * HOURS
    for service in sorted({service for day in days for service in day.services}):
        halls = draws.halls([day.only(service) for day in days], rounds)
        for hour, counters in enumerate(fewest(halls, [1] * HOURS, goal)):
            total[hour] += counters
    return total


def _as_it_was(draws: Draws, days: Sequence[DayLoad], rounds: int, goal: Goal) -> Kept:
    """Return whom the replay has called in time with the counters that were open."""
    known = [day for day in days if day.open_s]
    halls = draws.halls(known, rounds)
    for place, hall in enumerate(halls):
        played(hall, stretches(known[place // rounds].open_s))
    return kept(halls, rounds, goal)


def estimate(days: Sequence[tuple[int, int]]) -> Estimate | None:
    """Return the share of (within, people) of several days, with its 95% interval.

    Days are the clusters, the share a ratio of their sums (W. G. Cochran, Sampling Techniques,
    1977, 6.4): `s² = D/(D−1)·Σ(wᵢ − p·nᵢ)² / (Σnᵢ)²`, and Student's t with D − 1 degrees of
    freedom. None for fewer than two days.
    """
    people = sum(many for _, many in days)
    if len(days) < 2 or not people:  # noqa: PLR2004 - one day says nothing of another
        return None
    share = sum(within for within, _ in days) / people
    off = fsum((within - share * many) ** 2 for within, many in days)
    deviation = sqrt(len(days) / (len(days) - 1) * off) / people
    reach = _student(float(len(days) - 1)) * deviation
    return Estimate(share, max(0.0, share - reach), min(1.0, share + reach))


def _student(freedom: float) -> float:
    """Return the 97.5% quantile of Student's t.

    SOURCE: M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions (1964), 26.7.5; off by
    less than 1% from three degrees of freedom on.
    """
    z = 1.959964
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + sum(term / freedom**power for power, term in enumerate(terms, 1))
