"""The state of one business day: what the fold of its events leaves.

Nothing but `motcua.queue.fold` changes a day. Everything else asks.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from motcua.queue.line import Line, Place
from motcua.queue.moment import wall_at
from motcua.queue.ticket import TRANSITIONS, UNDOABLE, State, Ticket

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from motcua.queue.moment import Moment

_CALLS_KEPT = 60
PACES_KEPT = 30


class CounterState(StrEnum):
    """Whether a counter takes visitors."""

    CLOSED = "closed"
    OPEN = "open"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Act:
    """The last thing a counter did to its call: what an undo takes back."""

    event: str
    at: Moment
    before: Ticket
    """The ticket as it was before the act."""


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter as the day knows it."""

    number: int
    state: CounterState = CounterState.CLOSED
    services: tuple[str, ...] = ()
    ticket: str | None = None
    """The ticket called to or served at it."""
    last: Act | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A call as the hall saw it."""

    seq: int
    """Number of the event that made the call: a recall gets a new one."""
    ticket: str
    number: str
    service: str
    counter: int
    at: Moment
    recalls: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command is answered with: the ticket and counter it touched, as it left them."""

    seq: int
    command: str
    ticket: Ticket | None = None
    counter: Counter | None = None
    repeated: bool = False
    """True when the request had been answered before and nothing was added now."""


@dataclass(slots=True)
class Day:
    """One business day."""

    date: str
    """`YYYY-MM-DD`, local; empty before the first day."""
    seq: int = 0
    opened: bool = False
    closed: bool = False
    last: Moment | None = None
    tickets: dict[str, Ticket] = field(default_factory=dict)
    legs: dict[str, str] = field(default_factory=dict)
    """Visit → the ticket that carries it now."""
    issued: dict[str, int] = field(default_factory=dict)
    """Service → the last number given."""
    lines: dict[str, Line] = field(default_factory=dict)
    aside: dict[str, None] = field(default_factory=dict)
    """Missed and held tickets, in the order they were set aside."""
    counters: dict[int, Counter] = field(default_factory=dict)
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=_CALLS_KEPT))
    """Oldest first."""
    paces: dict[str, deque[float]] = field(default_factory=dict)
    """Service → seconds its last visitors kept a counter busy, oldest first."""
    referrals: dict[tuple[str, str], int] = field(default_factory=dict)
    """(procedure, place) → how many were told to go there."""
    ratings: dict[int, int] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    """Request id → its first answer."""
    offsets: dict[str, float] = field(default_factory=dict)
    """Boot → seconds from its monotonic clock to the epoch, as known now."""
    skipped: list[int] = field(default_factory=list)
    """Numbers of records that could not be applied, because one before them was damaged."""

    def true_s(self, moment: Moment) -> float:
        """Return `moment` in seconds since the epoch, corrected by what was learnt later."""
        return self.offsets.get(moment.boot, moment.offset_s) + moment.mono

    def true_time(self, moment: Moment) -> datetime:
        """Return `moment` as aware UTC, corrected by what was learnt later."""
        return wall_at(self.true_s(moment))

    def place(self, ticket: Ticket) -> Place:
        """Return where `ticket` stands in the order of calling."""
        since_s = self.true_s(ticket.first_issued) - ticket.credit_s
        return Place(since_s, ticket.order, ticket.id)

    def line(self, service: str) -> Line:
        """Return the line of a service; empty when nobody ever waited."""
        return self.lines.get(service) or Line()

    def ahead(self, ticket: Ticket) -> int:
        """Return how many will be called before a waiting ticket; 0 when it does not wait."""
        if ticket.state is not State.WAITING:
            return 0
        return self.line(ticket.service).ahead(self.place(ticket))

    def current(self, ticket_id: str) -> Ticket | None:
        """Return the ticket that carries the visit of `ticket_id` now."""
        ticket = self.tickets.get(ticket_id)
        return ticket and self.tickets[self.legs[ticket.visit]]

    def waiting(self, service: str) -> Iterator[Ticket]:
        """Yield the waiting tickets of a service in the order of calling."""
        return (self.tickets[ticket] for ticket in self.line(service))

    def set_aside(self, state: State) -> list[Ticket]:
        """Return the missed or the held tickets, in the order they were set aside."""
        tickets = (self.tickets[ticket] for ticket in self.aside)
        return [ticket for ticket in tickets if ticket.state is state]

    def counter(self, number: int) -> Counter:
        """Return a counter; closed when it was never opened today."""
        return self.counters.get(number) or Counter(number)

    def at_counter(self, number: int) -> Ticket | None:
        """Return the ticket called to or served at a counter."""
        ticket = self.counter(number).ticket
        return self.tickets[ticket] if ticket else None

    def next_for(self, number: int) -> Ticket | None:
        """Return whom counter `number` calls next: its services in order of preference."""
        for service in self.counter(number).services:
            first = self.line(service).first()
            if first:
                return self.tickets[first]
        return None

    def open_counters(self, service: str) -> list[Counter]:
        """Return the open counters that call from `service`."""
        return [
            counter
            for counter in self.counters.values()
            if counter.state is CounterState.OPEN and service in counter.services
        ]

    def undoable(self, number: int) -> Act | None:
        """Return the act counter `number` could take back: only while nothing followed it."""
        counter = self.counter(number)
        if counter.last is None or counter.ticket not in (None, counter.last.before.id):
            return None
        before = counter.last.before
        now = self.tickets[before.id]
        carried_on = self.tickets[self.legs[now.visit]]
        untouched = now.state is TRANSITIONS[UNDOABLE[counter.last.event]][before.state]
        if not untouched or now.counter != number:
            return None
        if carried_on is not now and carried_on.state is not State.WAITING:
            return None
        return counter.last
