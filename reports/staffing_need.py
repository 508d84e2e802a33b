"""What an hour needs, and what that rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import floor, fsum, sqrt

from motcua.reports.resample import student_t
from motcua.reports.staffing_plan import Goal

TOGETHER = 0
"""Stands for a weekday where the days are too few to be told apart."""
FEWEST_DAYS = 4
FEWEST_PEOPLE = 20
SHORTEST_DAYS = 12
"""Two working weeks, Monday to Friday. In a shorter period no weekday comes twice."""


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
    alone: Mapping[str, int] = field(default_factory=dict)
    """Service → counters it needs where every one has its own."""
    steady: int | None = None
    """By the formula for a steady flow."""
    replayed: Estimate | None = None
    """Share within the target the replay gives with the counters as they were."""
    expected: Estimate | None = None
    """The same with those needed."""

    @property
    def people_mean(self) -> float:
        """People an hour on a day."""
        return self.people / self.days

    @property
    def apart(self) -> int | None:
        """Counters needed if none could help another: at most so many."""
        return None if self.needed is None else max(self.needed, sum(self.alone.values()))

    @property
    def more(self) -> int | None:
        """Counters to open beside those that are (negative: to spare); None when not known."""
        if self.needed is None or self.open is None:
            return None
        return self.needed - floor(self.open + 0.5)


@dataclass(frozen=True, slots=True)
class ServiceTime:
    """How long people of a service keep a counter."""

    service: str
    n: int
    """Times that were measured."""
    busy_s: float
    busy_cv: float


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
    services: tuple[ServiceTime, ...]
    """What each service takes."""
    longer: float | None = 1.0
    """So many times as long as measured people keep a counter in the replay; None: people waited
    though counters enough were open, so that no number of counters tells of it."""

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
            (one.people, one.measured, one.replayed.value)
            for one in self.hours
            if one.replayed and one.measured is not None
        ]
        people = sum(many for many, _, _ in told)
        if not people:
            return None
        measured, replayed = (sum(one[0] * one[part] for one in told) for part in (1, 2))
        return measured / people, replayed / people


def estimate(days: Sequence[tuple[int, int]], rounds: int = 1) -> Estimate | None:
    """Return the share of (within, people) of several days, with its 95% interval.

    Days are the clusters, the share a ratio of their sums (W. G. Cochran, Sampling Techniques,
    1977, 6.4): `s² = D/(D−1)·Σ(wᵢ − p·nᵢ)² / (Σnᵢ)²`, and Student's t with D − 1 degrees of
    freedom. `s` is never less than that of as many people drawn singly (with two more of each kind,
    as A. Agresti and B. Coull have it, The American Statistician 52, 1998), so that a few days on
    which all were in time do not promise it for ever.

    Args:
        days: of each, people called within the target and people.
        rounds: how often each person was counted.

    Returns:
        None for fewer than two days.
    """
    people = sum(many for _, many in days)
    if len(days) < 2 or not people:  # noqa: PLR2004 - one day says nothing of another
        return None
    within = sum(in_time for in_time, _ in days)
    share = within / people
    off = fsum((in_time - share * many) ** 2 for in_time, many in days)
    singly = people / rounds + 4
    likely = (within / rounds + 2) / singly
    reach = student_t(len(days) - 1) * sqrt(
        max(len(days) / (len(days) - 1) * off / people**2, likely * (1 - likely) / singly)
    )
    return Estimate(share, max(0.0, share - reach), min(1.0, share + reach))
