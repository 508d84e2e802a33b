"""The state of one business day: what the fold of its events leaves.

Nothing but `motcua.queue.fold` changes a day. Everything else asks.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from motcua.queue.line import Line, Place
from motcua.queue.moment import wall_at
from motcua.queue.ticket import State, Ticket

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from motcua.queue.moment import Moment

_CALLS_KEPT = 60
_LONGEST_STAY_S = 12 * 3600.0


class CounterState(StrEnum):
    """Whether a counter takes visitors."""

    CLOSED = "closed"
    OPEN = "open"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Act:
    """The last thing a counter did to its call: what an undo takes back."""

    event: str
    """Name of the event it was recorded as."""
    seq: int
    """Number of that event."""
    at: Moment
    before: Ticket
    """The ticket as it was before the clerk's command."""


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
    """Its name, `YYYY-MM-DD`: the local date it was opened on; empty before the first day."""
    seq: int = 0
    """Number of the last event, counted over all days."""
    closed: bool = False
    last: Moment | None = None
    """When the last event happened; None while nothing did."""
    tickets: dict[str, Ticket] = field(default_factory=dict)
    legs: dict[str, str] = field(default_factory=dict)
    """Visit → the ticket that carries it now."""
    issued: dict[str, int] = field(default_factory=dict)
    """Service → the last number given, or one that may have been given in a record now lost."""
    lost: int = 0
    """Records of the day that are lost: each may have given a number, in any service."""
    lines: dict[str, Line] = field(default_factory=dict)
    aside: dict[str, None] = field(default_factory=dict)
    """Missed and held tickets."""
    counters: dict[int, Counter] = field(default_factory=dict)
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=_CALLS_KEPT))
    """Oldest first."""
    paces: dict[str, dict[int, float]] = field(default_factory=dict)
    """Service → seconds each visitor kept a counter busy, from call to the end, oldest first, by
    the number of the event that ended it."""
    referrals: dict[tuple[str, str], int] = field(default_factory=dict)
    """(procedure, place) → how many were told to go there."""
    ratings: dict[int, int] = field(default_factory=dict)
    answers: OrderedDict[str, Answer] = field(default_factory=OrderedDict)
    """Request id → its first answer, oldest first."""
    offsets: dict[str, float] = field(default_factory=dict)
    """Boot → seconds from its monotonic clock to the epoch, as known now."""
    line_offsets: dict[str, float] = field(default_factory=dict)
    """Boot → the same as it was when the boot was met: no step of a clock moves anybody in line."""
    begun: dict[str, Moment] = field(default_factory=dict)
    """Boot → its first record in this day, oldest first; one that only closed the day is not in."""
    dates: dict[str, str] = field(default_factory=dict)
    """Boot → calendar date of its records, where it is not the day's name; empty: unknown."""
    touched: dict[str, Ticket] = field(default_factory=dict)
    """Tickets as they were before the command whose events are being applied."""
    skipped: list[int] = field(default_factory=list)
    """Numbers of records that mean nothing, because one before them is lost."""
    forced: list[int] = field(default_factory=list)
    """Numbers of records believed although a move before them is lost."""

    @property
    def opened(self) -> bool:
        """Whether anything was recorded."""
        return self.last is not None

    def next_number(self, service: str) -> str:
        """Return the number the next ticket of a service gets."""
        return f"{service}{self.issued.get(service, self.lost) + 1:03}"

    def date_of(self, boot: str) -> str:
        """Return the calendar date of what a boot records in this day; empty when unknown."""
        return self.dates.get(boot, self.date)

    @property
    def latest_date(self) -> str:
        """The calendar date it has come to, as far as one is known; else its name."""
        known = (self.date_of(boot) for boot in reversed(self.begun or self.dates))
        return next(filter(None, known), self.date)

    @property
    def dated(self) -> bool:
        """Whether its calendar date is known by now."""
        return self.date_of(next(reversed(self.begun or self.dates), "")) != ""

    def true_s(self, moment: Moment) -> float:
        """Return `moment` in seconds since the epoch, corrected by what was learnt later."""
        return self.offsets.get(moment.boot, moment.offset_s) + moment.mono

    def true_time(self, moment: Moment) -> datetime:
        """Return `moment` as aware UTC, corrected by what was learnt later."""
        return wall_at(self.true_s(moment))

    def passed_s(self, start: Moment, end: Moment) -> float:
        """Return the seconds from `start` to `end` as people are told them: never negative.

        When the power was off in between, what the clocks say is believed up to half a day; past
        that, only the time since the present boot's first record.
        """
        if start.boot == end.boot:
            return max(0.0, end.mono - start.mono)
        passed_s = max(0.0, self.true_s(end) - self.true_s(start))
        if passed_s <= _LONGEST_STAY_S:
            return passed_s
        return max(0.0, end.mono - self.begun.get(end.boot, end).mono)

    def line_s(self, moment: Moment) -> float:
        """Return `moment` in seconds on the time line that orders the lines.

        It never runs back: a boot that wakes with an earlier time than the last record's goes on
        from there, so nobody overtakes whoever waited before the power was cut.
        """
        offset_s = self.line_offsets.get(moment.boot)
        if offset_s is not None:
            return offset_s + moment.mono
        if self.last is None:
            return self.true_s(moment)
        return self.line_s(self.last) + max(0.0, self.true_s(moment) - self.true_s(self.last))

    def place(self, ticket: Ticket) -> Place:
        """Return where `ticket` stands in the order of calling."""
        since_s = self.line_s(ticket.first_issued) - ticket.credit_s
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
        tickets = [self.tickets[ticket] for ticket in self.aside]
        tickets.sort(key=lambda ticket: ticket.moved)
        return [ticket for ticket in tickets if ticket.state is state]

    def counter(self, number: int) -> Counter:
        """Return a counter; closed when it was never opened today."""
        return self.counters.get(number) or Counter(number)

    def at_counter(self, number: int) -> Ticket | None:
        """Return the ticket called to or served at a counter."""
        ticket = self.counter(number).ticket
        return self.tickets[ticket] if ticket else None

    def standing_since(self, number: int) -> int:
        """Return the number of the event since which a counter has its visitor as it has.

        With nobody there, of the act it could take back; else 0. Calling again changes nothing.
        """
        ticket, last = self.at_counter(number), self.counter(number).last
        if ticket:
            return ticket.moved
        return last.seq if last else 0

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
        act = self.counter(number).last
        if act is None:
            return None
        ticket = self.tickets.get(act.before.id)
        carried_on = self.current(act.before.id)
        if ticket is None or carried_on is None:
            return None
        return act if ticket.moved == carried_on.moved == act.seq else None
