"""The living ward: an agenda of what visitors and clerks will do, done through the office."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from motcua.queue import commands as c
from motcua.queue.day import CounterState
from motcua.queue.errors import QueueError
from motcua.queue.ticket import State

if TYPE_CHECKING:
    from motcua.office import Office
    from motcua.queue.day import Answer
    from motcua.queue.ticket import Ticket
    from motcua.simulation.demand import Demand, Visitor

Deed = Callable[[datetime], None]

_CANCEL_SHARE = 0.25
_TRANSFER_SHARE = 0.03
_HOLD_SHARE = 0.03
_COMES_BACK_SHARE = 0.4
_OVERTIME_MIN = 30
_CLOSING_MIN = 45


class Ward:
    """Visitors and clerks of one day after another."""

    def __init__(self, office: Office, demand: Demand, counters: list[int]) -> None:
        """Let clerks work at `counters`; the agenda is empty until a day is planned."""
        self._office = office
        self._demand = demand
        self._chance = demand.chance
        self._counters = counters
        self._agenda: list[tuple[datetime, int, Deed]] = []
        self._order = count()
        self._gone: set[str] = set()

    def plan(self, day: date) -> None:
        """Put a whole day on the agenda."""
        shifts = self._demand.rules.hours.shifts(day)
        zone = self._demand.rules.hours.zone
        for visitor in self._demand.visitors(day):
            self._at(visitor.at, partial(self._arrive, visitor=visitor))
        for shift in shifts:
            self._at_all(datetime.combine(day, shift.opens, zone), -120, self._open)
        for shift in shifts[:-1]:
            self._at_all(datetime.combine(day, shift.closes, zone), 60, self._pause)
        closes = datetime.combine(day, shifts[-1].closes, zone)
        self._at_all(closes, 60 * _OVERTIME_MIN, self._close)
        self._at(closes + timedelta(minutes=_CLOSING_MIN), self._close_day)

    def next_at(self) -> datetime | None:
        """Return when something happens next; None when the agenda is empty."""
        return self._agenda[0][0] if self._agenda else None

    def step(self) -> None:
        """Do the next thing; the clock must have reached its time."""
        at, _, deed = heapq.heappop(self._agenda)
        deed(at)

    def _at(self, at: datetime, deed: Deed) -> None:
        heapq.heappush(self._agenda, (at, next(self._order), deed))

    def _after(self, at: datetime, low_s: float, high_s: float, deed: Deed) -> None:
        self._at(at + timedelta(seconds=self._chance.uniform(low_s, high_s)), deed)

    def _at_all(self, at: datetime, shift_s: float, act: Callable[..., None]) -> None:
        for counter in self._counters:
            moment = at + timedelta(seconds=shift_s + self._chance.uniform(0, 90))
            self._at(moment, partial(act, counter=counter))

    def _try(self, command: c.Command) -> Answer | None:
        """Do what a person would; somebody real may have been quicker."""
        try:
            return self._office.execute(command)
        except QueueError:
            return None

    # Visitors

    def _arrive(self, at: datetime, visitor: Visitor) -> None:
        procedure = visitor.procedure
        if procedure.elsewhere:
            self._try(c.GiveReferral(procedure.code))
            return
        answer = self._try(c.IssueTicket(procedure.code, None, visitor.priority, visitor.purpose))
        if answer and answer.ticket:
            ticket = answer.ticket.id
            patience = timedelta(seconds=self._demand.patience_s())
            self._at(at + patience, lambda _: self._lose_patience(ticket))
            self._wake(at)

    def _lose_patience(self, ticket_id: str) -> None:
        with self._office.today() as day:
            ticket = day.tickets.get(ticket_id)
        if ticket is None or ticket.state is not State.WAITING:
            return
        if self._chance.random() < _CANCEL_SHARE:
            self._try(c.CancelTicket(ticket_id))
        else:
            self._gone.add(ticket_id)

    def _come_back(self, at: datetime, ticket_id: str) -> None:
        self._gone.discard(ticket_id)
        self._try(c.ReturnTicket(ticket_id))
        self._wake(at)

    # Clerks

    def _open(self, at: datetime, counter: int) -> None:
        self._try(c.OpenCounter(counter))
        self._after(at, 5, 20, lambda at: self._look(at, counter))

    def _pause(self, _: datetime, counter: int) -> None:
        self._try(c.PauseCounter(counter))

    def _close(self, at: datetime, counter: int) -> None:
        with self._office.today() as day:
            busy = day.counter(counter).ticket is not None
        if busy:
            self._after(at, 60, 120, lambda at: self._close(at, counter))
        else:
            self._try(c.CloseCounter(counter))

    def _close_day(self, at: datetime) -> None:
        if self._try(c.CloseDay()) is None:
            with self._office.today() as day:
                still_serving = not day.closed
            if still_serving:
                self._after(at, 60, 120, self._close_day)
            return
        self._agenda.clear()
        self._gone.clear()

    def _wake(self, at: datetime) -> None:
        """Let idle clerks look at the queue."""
        with self._office.today() as day:
            counters = [day.counter(number) for number in self._counters]
        for counter in counters:
            if counter.state is CounterState.OPEN and counter.ticket is None:
                self._after(at, 3, 15, partial(self._look, counter=counter.number))

    def _look(self, at: datetime, counter: int) -> None:
        answer = self._try(c.CallNext(counter))
        ticket = answer.ticket if answer else None
        if ticket is None:
            return
        if ticket.id in self._gone:
            self._after(at, 30, 50, lambda at: self._call_again(at, counter, ticket))
        else:
            self._after(at, 8, 40, lambda at: self._start(at, counter, ticket))

    def _call_again(self, at: datetime, counter: int, ticket: Ticket) -> None:
        self._try(c.RecallTicket(counter))
        self._after(at, 30, 50, lambda at: self._miss(at, counter, ticket))

    def _miss(self, at: datetime, counter: int, ticket: Ticket) -> None:
        self._try(c.MissTicket(counter))
        if self._chance.random() < _COMES_BACK_SHARE:
            self._after(at, 240, 900, lambda at: self._come_back(at, ticket.id))
        self._after(at, 4, 15, lambda at: self._look(at, counter))

    def _start(self, at: datetime, counter: int, ticket: Ticket) -> None:
        self._try(c.StartService(counter))
        length = timedelta(seconds=self._demand.service_s(ticket.service))
        self._at(at + length, lambda at: self._end(at, counter, ticket))

    def _end(self, at: datetime, counter: int, ticket: Ticket) -> None:
        luck = self._chance.random()
        others = [one for one in self._demand.rules.services if one != ticket.service]
        if luck < _TRANSFER_SHARE and ticket.leg == 1 and others:
            self._try(c.TransferTicket(counter, self._chance.choice(others)))
            self._wake(at)
        elif luck < _TRANSFER_SHARE + _HOLD_SHARE and ticket.calls == 1:
            self._try(c.HoldTicket(counter, "copy"))
            self._after(at, 300, 720, lambda at: self._come_back(at, ticket.id))
        else:
            self._try(c.FinishTicket(counter, self._demand.outcome()))
        self._after(at, 8, 40, lambda at: self._look(at, counter))
