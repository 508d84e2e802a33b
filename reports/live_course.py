"""The course of a day: how far it had come at any time of the clock. Pure.

Only what was known at that time is in a figure, so a day that is over can be looked at as it stood
at twenty past ten, and be set beside a day that has just come there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from itertools import accumulate
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from motcua.reports.columns import NOT_SERVED
from motcua.reports.spread import Spread, share, spread

if TYPE_CHECKING:
    from motcua.day_table import DayTable, Leg


class Passage(NamedTuple):
    """One leg on the day's clock: seconds since local midnight, `inf` for what has not happened."""

    issued_s: float
    called_s: float
    """First call."""
    left_s: float
    """When somebody who was never called was found to have left."""
    ended_s: float
    """End of the service, or when a call was found to be in vain."""
    wait_s: float | None
    """As measured; None when it could not be."""
    left_after_s: float | None
    """As measured: how long who left uncalled had waited."""
    service: str
    outcome: str
    first: bool
    """Begins a visit: a number was given."""

    @property
    def gone_s(self) -> float:
        """When the person ceased to wait in the hall."""
        return min(self.called_s, self.left_s)


@dataclass(frozen=True, slots=True)
class SoFar:
    """How far a day had come at one time of its clock."""

    numbers: int
    """Numbers given."""
    served: int
    """Legs that had ended with an outcome."""
    waiting: int
    """People who had a number and had not been called."""
    wait: Spread
    """Measured waits of those called by then."""
    within: int
    """Of those waits, how many kept to the target."""
    late: int
    """Called later than the target, left uncalled later than it, or waiting longer by then."""
    deepest: int
    """The longest the queue had been."""
    counters: int
    """Counters open at that moment; 0 for the running day, whose table does not know."""

    @property
    def share(self) -> float | None:
        """Return within ÷ (within + late), 0 … 1; None when it is of nobody."""
        told = self.within + self.late
        return self.within / told if told else None


@dataclass(frozen=True, slots=True)
class Course:
    """One day, or one service's part of it, on its clock."""

    passages: tuple[Passage, ...]
    numbers_s: tuple[float, ...]
    """When numbers were given, ascending."""
    turns_s: tuple[float, ...]
    """When the queue grew or shrank, ascending."""
    depths: tuple[int, ...]
    """How many waited from each turn on."""
    deepest: tuple[int, ...]
    """How many had waited at most up to each turn."""
    open_s: tuple[tuple[float, float], ...]
    """From when to when a counter was open, one each."""

    def numbers(self, at_s: float) -> int:
        """Return how many numbers had been given by `at_s`."""
        return bisect_right(self.numbers_s, at_s)

    def waiting(self, at_s: float) -> int:
        """Return how many waited at `at_s`."""
        place = bisect_right(self.turns_s, at_s)
        return self.depths[place - 1] if place else 0

    def so_far(self, at_s: float, target_s: float) -> SoFar:
        """Return how far the day had come at `at_s`; a call after at most `target_s` is in time."""
        seen = [one for one in self.passages if one.issued_s <= at_s]
        waits = sorted(
            one.wait_s for one in seen if one.called_s <= at_s and one.wait_s is not None
        )
        left = [one.left_after_s or 0.0 for one in seen if one.left_s <= at_s]
        told = share(waits, left, target_s)
        still_late = sum(one.gone_s > at_s and at_s - one.issued_s > target_s for one in seen)
        place = bisect_right(self.turns_s, at_s)
        return SoFar(
            numbers=self.numbers(at_s),
            served=sum(one.ended_s <= at_s and one.outcome not in NOT_SERVED for one in seen),
            waiting=self.waiting(at_s),
            wait=spread(waits),
            within=told.within or 0,
            late=(told.late or 0) + (told.left_late or 0) + still_late,
            deepest=self.deepest[place - 1] if place else 0,
            counters=sum(opened <= at_s < closed for opened, closed in self.open_s),
        )

    def calls(self, after_s: float, until_s: float) -> tuple[int, int]:
        """Return how many were called after one time until another, and how many never came."""
        called = [one for one in self.passages if after_s < one.called_s <= until_s]
        return len(called), sum(one.outcome == "missed" for one in called)


def course(table: DayTable, day: date, zone: tzinfo) -> Course:
    """Return the course of a day.

    Args:
        table: the day.
        day: its date: the clock begins at its midnight.
        zone: of the centre.
    """
    midnight = datetime.combine(day, time(), zone)
    passages = sorted((_passage(leg, midnight) for leg in table.legs), key=lambda one: one.issued_s)
    spans = (
        (_clock_s(span.opened_at, midnight), _clock_s(span.closed_at, midnight))
        for span in table.spans
    )
    return _course(passages, tuple(spans))


def part(whole: Course, service: str) -> Course:
    """Return what of a day waited for one service."""
    return _course([one for one in whole.passages if one.service == service], whole.open_s)


def _course(passages: Sequence[Passage], open_s: tuple[tuple[float, float], ...]) -> Course:
    turns = _turns(passages)
    depths = tuple(accumulate(step for _, step in turns))
    return Course(
        passages=tuple(passages),
        numbers_s=tuple(one.issued_s for one in passages if one.first),
        turns_s=tuple(at_s for at_s, _ in turns),
        depths=depths,
        deepest=tuple(accumulate(depths, max)),
        open_s=open_s,
    )


def clock_s(at: datetime, zone: tzinfo) -> float:
    """Return the time of the day at `at`, in seconds since its local midnight."""
    here = at.astimezone(zone)
    return _clock_s(here, datetime.combine(here.date(), time(), zone))


def _turns(passages: Iterable[Passage]) -> list[tuple[float, int]]:
    """Return each arrival and departure; who goes makes room before somebody comes."""
    stays = [one for one in passages if one.gone_s > one.issued_s]
    turns = [(one.issued_s, 1) for one in stays]
    turns += [(one.gone_s, -1) for one in stays if one.gone_s < inf]
    return sorted(turns)


def _passage(leg: Leg, midnight: datetime) -> Passage:
    called_s, ended_s = _clock_s(leg.called_at, midnight), _clock_s(leg.finished_at, midnight)
    return Passage(
        issued_s=_clock_s(leg.issued_at, midnight), called_s=called_s,
        left_s=ended_s if leg.called_at is None else inf, ended_s=ended_s,
        wait_s=leg.measured("wait"), left_after_s=leg.measured("left"),
        service=leg.service, outcome=leg.outcome, first=leg.leg == 1,
    )  # fmt: skip


def _clock_s(at: datetime | None, midnight: datetime) -> float:
    return inf if at is None else (at - midnight).total_seconds()
