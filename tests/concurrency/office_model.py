"""The office as its contract tells it: a small state machine to hold the real one against.

Written from the contract's words alone: the moves of a ticket, who is called next, what may be
taken back and for how long, and what an act is answered with.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from motcua.queue import commands as c
from tests.concurrency.model_hall import (
    ASIDE,
    LEGAL,
    Act,
    Counter,
    Hall,
    RefusedError,
    Standing,
    Visit,
)
from tests.concurrency.told import Told

_AT_DESK = {
    c.StartService: ("ServiceStarted", "serving"),
    c.FinishTicket: ("TicketFinished", "finished"),
    c.MissTicket: ("TicketMissed", "missed"),
    c.HoldTicket: ("TicketHeld", "held"),
}
Fact = tuple[str, dict[str, Any]]
"""An event's name, and what must stand in it."""


class Press(NamedTuple):
    """An act as it reaches the office."""

    command: Any
    at_s: float
    fresh: str = ""
    """Id of the ticket that is issued, if one is."""
    stale: bool = False
    """Whether it was pressed on a picture of a counter that is no longer true."""


class Done(NamedTuple):
    """What an act is answered with, and the facts it leaves."""

    told: Told
    facts: list[Fact]


Steps = Generator[None, None, Done]
"""An act: refused before its one yield, done after it."""


@dataclass
class Model(Hall):
    """One business day of an office."""

    credits_s: dict[str | None, int] = field(default_factory=lambda: {None: 0})
    undo_s: float = 10
    closed: bool = False
    issued: dict[str, int] = field(default_factory=dict)

    def does(self, command: c.Command, at_s: float, fresh: str = "") -> Done:
        """Do what is wanted; `fresh` is the id of the ticket that is issued, if one is.

        Raises:
            RefusedError: it is not allowed; nothing has changed.
        """
        steps = self._steps(Press(command, at_s, fresh))
        next(steps)
        try:
            next(steps)
        except StopIteration as end:
            done: Done = end.value
            return done
        raise AssertionError("an act yields once")

    def refusal(self, command: c.Command, at_s: float, *, stale: bool = False) -> str:
        """Return the code `command` would be refused with now; empty when it would be done."""
        try:
            next(self._steps(Press(command, at_s, stale=stale)))
        except RefusedError as refused:
            return str(refused)
        return ""

    def _steps(self, press: Press) -> Steps:
        need(not self.closed, "day.closed")
        return _ACTS[type(press.command)](self, press)

    # --- visitors ---

    def issue(self, press: Press) -> Steps:
        letter, priority = press.command.service, press.command.priority
        need(letter in self.lines, "service.unknown")
        need(priority in self.credits_s, "priority.unknown")
        yield
        self.issued[letter] = self.issued.get(letter, 0) + 1
        place = press.at_s - self.credits_s[priority], len(self.visits)
        ahead = sum(other.place < place for other in self.lines[letter])
        visit = Visit(press.fresh, f"{letter}{self.issued[letter]:03}", place, [])
        self.visits[visit.id] = visit
        self.move(visit, Standing("waiting", letter))
        return _done(visit, "TicketIssued", number=visit.number, service=letter, ahead=ahead)

    def comes_back(self, press: Press) -> Steps:
        visit = self.known(press.command.ticket)
        need(visit.now.state != "waiting", "ticket.waiting")
        may(visit, "waiting")
        yield
        self.move(visit, visit.now._replace(state="waiting", counter=None))
        return _done(visit, "TicketReturned")

    def cancel(self, press: Press) -> Steps:
        visit = self.known(press.command.ticket)
        may(visit, "cancelled")
        yield
        self.move(visit, visit.now._replace(state="cancelled"))
        return _done(visit, "TicketCancelled")

    def end_day(self, _: Press) -> Steps:
        need(not any(counter.visit for counter in self.counters.values()), "day.busy")
        yield
        facts: list[Fact] = []
        for visit in self.visits.values():
            if (visit.now.state, "unserved") in LEGAL:
                self.move(visit, visit.now._replace(state="unserved"))
                facts.append(("TicketUnserved", {"ticket": visit.told.id}))
        self.counters = {number: Counter(number) for number in self.usual}
        self.closed = True
        return Done(Told(), [*facts, ("DayClosed", {})])

    # --- counters ---

    def open(self, press: Press) -> Steps:
        counter, services = self._counter(press), press.command.services
        services = self.usual[counter.number] if services is None else services
        need(set(services) <= set(self.lines), "service.unknown")
        need((counter.state, counter.services) != ("open", services), "counter.open")
        yield
        return self._turn(replace(counter, state="open", services=services), "CounterOpened")

    def pause(self, press: Press) -> Steps:
        counter = self._counter(press)
        need(counter.state == "open", f"counter.{counter.state}")
        yield
        return self._turn(replace(counter, state="paused"), "CounterPaused")

    def close(self, press: Press) -> Steps:
        counter = self._counter(press)
        need(counter.state != "closed", "counter.closed")
        need(counter.visit is None, "counter.busy")
        yield
        return self._turn(replace(counter, state="closed", last=None), "CounterClosed")

    def call_next(self, press: Press) -> Steps:
        self._must_be_ready(press)
        visit = self.next_for(press.command.counter)
        if visit is None:
            raise RefusedError("queue.empty")
        yield
        return self._call(press, visit)

    def call_ticket(self, press: Press) -> Steps:
        self._must_be_ready(press)
        visit = self.known(press.command.ticket)
        if visit.now.state not in ASIDE:
            may(visit, "called")
        yield
        returned: Fact = ("TicketReturned", {"ticket": visit.told.id})
        back = [returned] if visit.now.state in ASIDE else []
        told, facts = self._call(press, visit)
        return Done(told, [*back, *facts])

    def recall(self, press: Press) -> Steps:
        visit = self._current(press)
        need(visit.now.state == "called", "ticket.illegal_move")
        yield
        return self._done_at(press, visit, "TicketRecalled")

    def at_desk(self, press: Press) -> Steps:
        event, state = _AT_DESK[type(press.command)]
        visit = self._current(press)
        may(visit, state)
        yield
        outcome = getattr(press.command, "outcome", None)
        return self._act(press, visit, event, visit.now._replace(state=state, outcome=outcome))

    def transfer(self, press: Press) -> Steps:
        visit, letter = self._current(press), press.command.service
        need(letter in self.lines, "service.unknown")
        need(letter != visit.now.service, "service.same")
        may(visit, "transferred")
        yield
        sent = visit.told._replace(state="transferred")
        leg = Standing("waiting", letter, leg=sent.leg + 1)
        told, _ = self._act(press, visit, "TicketTransferred", leg)
        fact = {"ticket": sent.id, "service": letter, "leg": visit.told.id}
        return Done(told._replace(ticket=sent), [("TicketTransferred", fact)])

    def undo(self, press: Press) -> Steps:
        last = self._seen_counter(press).last
        if last is None or last.visit.now is not last.top:
            raise RefusedError("undo.nothing")
        need(press.at_s - last.at_s <= self.undo_s, "undo.too_late")
        yield
        self.move_back(last.visit)
        self.remember(press.command.counter, None)
        return self._done_at(press, last.visit, "CallUndone", act=last.event)

    # --- what the acts of counters share ---

    def _counter(self, press: Press) -> Counter:
        need(press.command.counter in self.counters, "counter.unknown")
        return self.counters[press.command.counter]

    def _seen_counter(self, press: Press) -> Counter:
        counter = self._counter(press)
        need(not press.stale, "counter.changed")
        return counter

    def _must_be_ready(self, press: Press) -> None:
        counter = self._seen_counter(press)
        need(counter.state == "open", f"counter.{counter.state}")
        need(counter.visit is None, "counter.busy")

    def _current(self, press: Press) -> Visit:
        visit = self._seen_counter(press).visit
        if visit is None:
            raise RefusedError("counter.idle")
        return visit

    def _call(self, press: Press, visit: Visit) -> Done:
        top = visit.now._replace(state="called", counter=press.command.counter)
        return self._act(press, visit, "TicketCalled", top)

    def _act(self, press: Press, visit: Visit, event: str, top: Standing) -> Done:
        """Let a counter do to a visit what it may take back."""
        self.move(visit, top)
        self.remember(press.command.counter, Act(event, press.at_s, visit, top))
        return self._done_at(press, visit, event)

    def _done_at(self, press: Press, visit: Visit, event: str, **fact: object) -> Done:
        number = press.command.counter
        told, facts = _done(visit, event, counter=number, **fact)
        return Done(told._replace(counter=self.counters[number].told), facts)

    def _turn(self, counter: Counter, event: str) -> Done:
        self.counters[counter.number] = counter
        return Done(Told(counter=counter.told), [(event, {"counter": counter.number})])


def need(allowed: object, code: str) -> None:
    """Refuse with `code` what is not allowed."""
    if not allowed:
        raise RefusedError(code)


def may(visit: Visit, state: str) -> None:
    """Refuse a move the contract does not draw."""
    need((visit.now.state, state) in LEGAL, "ticket.illegal_move")


def _done(visit: Visit, event: str, **fact: object) -> Done:
    return Done(Told(visit.told), [(event, {"ticket": visit.told.id, **fact})])


_ACTS: dict[type[c.Command], Callable[[Model, Press], Steps]] = {
    c.IssueTicket: Model.issue,
    c.ReturnTicket: Model.comes_back,
    c.CancelTicket: Model.cancel,
    c.OpenCounter: Model.open,
    c.PauseCounter: Model.pause,
    c.CloseCounter: Model.close,
    c.CallNext: Model.call_next,
    c.CallTicket: Model.call_ticket,
    c.RecallTicket: Model.recall,
    c.TransferTicket: Model.transfer,
    c.UndoAct: Model.undo,
    c.CloseDay: Model.end_day,
    **dict.fromkeys(_AT_DESK, Model.at_desk),
}
