"""The hall at this moment: who waits and since when, what the counters do. Made from the day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from motcua.queue.day import CounterState
from motcua.queue.doors import gives_numbers
from motcua.queue.forecast import Foretell, silent
from motcua.queue.ticket import State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from motcua.queue.day import Day
    from motcua.queue.moment import Moment
    from motcua.queue.rules import Rules
    from motcua.queue.ticket import Ticket

_FEWEST_PACES = 5
"""Visitors finished today before it is told how long one takes."""


@dataclass(frozen=True, slots=True)
class Waiter:
    """A number that waits for its first call."""

    number: str
    since: datetime
    """When its wait began, local."""
    waited_s: float
    remaining_s: float | None
    """How long it will probably wait from now on; None when too little is known."""


@dataclass(frozen=True, slots=True)
class Line:
    """The people of one service."""

    service: str
    waiting: tuple[Waiter, ...]
    """Those who wait for their first call, in the order of calling."""
    again: int
    """Those who were called before and wait again: their wait is over, they are not."""
    held: int
    missed: int
    """Called in vain and not back."""
    open_at: tuple[int, ...]
    """Counters that call from it now."""
    pace_s: float | None
    """How long one visitor kept a counter today, on average; None when too little is known."""

    @property
    def people(self) -> int:
        """Return how many wait."""
        return len(self.waiting) + self.again

    @property
    def longest(self) -> Waiter | None:
        """Return who has waited longest for the first call."""
        return max(self.waiting, key=lambda one: one.waited_s, default=None)

    def beyond(self, target_s: float) -> int:
        """Return how many have waited longer than the target already."""
        return sum(one.waited_s > target_s for one in self.waiting)

    def will_pass(self, target_s: float) -> int | None:
        """Return how many more will probably wait longer; None when too little is known."""
        near = [one for one in self.waiting if one.waited_s <= target_s]
        if any(one.remaining_s is None for one in near):
            return None
        return sum(one.waited_s + (one.remaining_s or 0.0) > target_s for one in near)


@dataclass(frozen=True, slots=True)
class Post:
    """A counter: what it does, never who sits there."""

    counter: int
    state: CounterState
    services: tuple[str, ...]
    number: str = ""
    """Called to it or served at it; empty when it is free."""
    service: str = ""
    """What that number is there for."""
    serving: bool = False
    """False: called and not there yet."""
    since: datetime | None = None
    """Since when it is served or called, local."""
    for_s: float = 0.0
    """How long that is; of a service, with breaks taken out."""


@dataclass(frozen=True, slots=True)
class Hall:
    """Everything a manager could see by walking through the hall."""

    seq: int
    """Number of the last event it knows of."""
    now: datetime
    """Local."""
    opened: bool
    """Something was recorded today."""
    closed: bool
    """The day was closed."""
    dated: bool
    """Its calendar date is known."""
    gives_numbers: bool
    shift_ends: datetime | None
    """When the running shift ends; None outside of hours."""
    opens: datetime | None
    """Outside of hours: when the doors open next, within two months."""
    lines: tuple[Line, ...]
    """Every service of the centre."""
    posts: tuple[Post, ...]
    """Every counter of the centre."""

    @property
    def people(self) -> int:
        """Return how many wait."""
        return sum(line.people for line in self.lines)

    @property
    def open_counters(self) -> int:
        """Return how many counters take visitors."""
        return sum(post.state is CounterState.OPEN for post in self.posts)


def hall(day: Day, rules: Rules, at: Moment, foretell: Foretell = silent) -> Hall:
    """Return the hall of `day` at `at`; `foretell` tells how long those who wait still will."""
    now = rules.hours.local(day.true_time(at))
    shift_ends = rules.hours.closes(now)
    return Hall(
        seq=day.seq, now=now, opened=day.opened, closed=day.closed, dated=day.dated,
        gives_numbers=gives_numbers(day, rules.hours, at), shift_ends=shift_ends,
        opens=None if shift_ends else rules.hours.next_opening(now),
        lines=_lines(_Seen(day, rules, at, foretell)),
        posts=tuple(_post(day, rules, number, at) for number in rules.counters),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the lines are read from."""

    day: Day
    rules: Rules
    at: Moment
    foretell: Foretell

    def remaining(self, service: str, people: int) -> Sequence[float | None]:
        """Return how long each in line will wait from now on, by the product's own estimate.

        Between the first and the last in line it grows evenly: two estimates do for a long line.
        """
        if not people:
            return ()
        first, last = (
            self.foretell(self.day, service, self.at, None, ahead) for ahead in (0, people - 1)
        )
        if first is None or last is None:
            return (None,) * people
        step_s = (last.point_s - first.point_s) / max(1, people - 1)
        return [first.point_s + step_s * ahead for ahead in range(people)]


def _lines(seen: _Seen) -> tuple[Line, ...]:
    tickets = seen.day.tickets
    aside = Counter((tickets[one].service, tickets[one].state) for one in seen.day.aside)
    return tuple(_line(seen, letter, aside) for letter in seen.rules.services)


def _line(seen: _Seen, service: str, aside: Counter[tuple[str, State]]) -> Line:
    day = seen.day
    people = list(day.waiting(service))
    remaining = seen.remaining(service, len(people))
    waiting = tuple(
        Waiter(
            ticket.number, seen.rules.hours.local(day.true_time(ticket.issued)),
            day.passed_s(ticket.issued, seen.at), remaining_s,
        )
        for ticket, remaining_s in zip(people, remaining, strict=True)
        if ticket.called is None
    )  # fmt: skip
    return Line(
        service=service, waiting=waiting, again=len(people) - len(waiting),
        held=aside[service, State.HELD], missed=aside[service, State.MISSED],
        open_at=tuple(sorted(one.number for one in day.open_counters(service))),
        pace_s=_pace_s(day, service),
    )  # fmt: skip


def _pace_s(day: Day, service: str) -> float | None:
    own = list(day.paces.get(service, {}).values())
    if len(own) < _FEWEST_PACES:
        own = [pace for paces in day.paces.values() for pace in paces.values()]
    return fmean(own) if len(own) >= _FEWEST_PACES else None


def _post(day: Day, rules: Rules, number: int, at: Moment) -> Post:
    counter, ticket = day.counter(number), day.at_counter(number)
    services = counter.services or tuple(rules.counters[number])
    since = _since(ticket) if ticket else None
    if ticket is None or since is None:
        return Post(number, counter.state, services)
    return Post(
        number, counter.state, services, ticket.number, ticket.service,
        ticket.serving_since is not None, rules.hours.local(day.true_time(since)),
        day.passed_s(since, at) + ticket.served.seconds,
    )  # fmt: skip


def _since(ticket: Ticket) -> Moment | None:
    return ticket.serving_since or ticket.last_called
