"""The clerk's acts: what may be done at a counter, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from motcua.queue import commands as c
from motcua.queue import events as e
from motcua.queue.day import CounterState
from motcua.queue.errors import QueueError, check_text
from motcua.queue.moment import between
from motcua.queue.ticket import OUTCOMES, TRANSITIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from motcua.queue.day import Counter, Day
    from motcua.queue.rules import Rules
    from motcua.queue.situation import Situation
    from motcua.queue.ticket import Ticket


_REASON_CHARS = 120
_PAPER_CHARS = 200
_PAPERS = 40


def known_service(rules: Rules, letter: str) -> str:
    """Return `letter` when it is a service of the centre.

    Raises:
        QueueError: `service.unknown`.
    """
    if letter not in rules.services:
        raise QueueError(
            "service.unknown",
            "%(service)s is no service here; choose one of: %(allowed)s.",
            "invalid",
            service=letter or "?", allowed=", ".join(rules.services),
        )  # fmt: skip
    return letter


def known_ticket(day: Day, ticket_id: str) -> Ticket:
    """Return the ticket that carries the visit of `ticket_id` now.

    Raises:
        QueueError: `ticket.unknown`.
    """
    ticket = day.current(ticket_id)
    if ticket is None:
        raise QueueError("ticket.unknown", "There is no such ticket today.", "not_found")
    return ticket


def known_counter(given: Situation, number: int) -> Counter:
    """Return a counter of the centre as it stands today.

    Raises:
        QueueError: `counter.unknown`.
    """
    if number not in given.rules.counters:
        raise QueueError(
            "counter.unknown", "There is no counter %(counter)s.", "not_found", counter=number
        )
    return given.day.counter(number)


def moved(ticket: Ticket, event: e.TicketEvent) -> e.TicketEvent:
    """Return `event` when the table of moves allows it.

    Raises:
        QueueError: `ticket.illegal_move`.
    """
    if ticket.state not in TRANSITIONS[type(event)]:
        raise QueueError(
            "ticket.illegal_move",
            "%(number)s is %(state)s: that cannot be done now.",
            number=ticket.number, state=ticket.state.value,
        )  # fmt: skip
    return event


def _open(given: Situation, command: c.OpenCounter) -> list[e.Event]:
    counter = known_counter(given, command.counter)
    usual = given.rules.counters[command.counter]
    services = tuple(dict.fromkeys(usual if command.services is None else command.services))
    if not services:
        raise QueueError("service.missing", "A counter needs at least one service.", "invalid")
    for letter in services:
        known_service(given.rules, letter)
    if counter.state is CounterState.OPEN and counter.services == services:
        raise QueueError(
            "counter.open", "Counter %(counter)s is open already.", counter=command.counter
        )
    return [e.CounterOpened(command.counter, services)]


def _pause(given: Situation, command: c.PauseCounter) -> list[e.Event]:
    counter = known_counter(given, command.counter)
    _must_be_open(counter)
    return [e.CounterPaused(command.counter)]


def _close(given: Situation, command: c.CloseCounter) -> list[e.Event]:
    counter = known_counter(given, command.counter)
    if counter.state is CounterState.CLOSED:
        raise QueueError(
            "counter.closed", "Counter %(counter)s is closed.", counter=command.counter
        )
    _must_be_free(given.day, counter)
    return [e.CounterClosed(command.counter)]


def _must_be_open(counter: Counter) -> None:
    if counter.state is CounterState.CLOSED:
        raise QueueError("counter.closed", "Counter %(counter)s is closed.", counter=counter.number)
    if counter.state is CounterState.PAUSED:
        raise QueueError("counter.paused", "Counter %(counter)s is paused.", counter=counter.number)


def _must_be_free(day: Day, counter: Counter) -> None:
    if counter.ticket:
        raise QueueError(
            "counter.busy",
            "Counter %(counter)s still has %(number)s: finish that first.",
            counter=counter.number, number=day.tickets[counter.ticket].number,
        )  # fmt: skip


def _seen_counter(given: Situation, command: c.CounterCommand) -> Counter:
    """Return the counter when the clerk saw it as it is: what was meant for A001 is not for A002.

    Raises:
        QueueError: `counter.unknown` or `counter.changed`.
    """
    counter = known_counter(given, command.counter)
    if command.seen not in (None, given.day.standing_since(counter.number)):
        raise QueueError(
            "counter.changed",
            "Counter %(counter)s has gone on meanwhile: look again, then press.",
            counter=counter.number,
        )
    return counter


def _ready(given: Situation, command: c.CounterCommand) -> None:
    counter = _seen_counter(given, command)
    _must_be_open(counter)
    _must_be_free(given.day, counter)


def _call_next(given: Situation, command: c.CallNext) -> list[e.Event]:
    _ready(given, command)
    ticket = given.day.next_for(command.counter)
    if ticket is None:
        raise QueueError(
            "queue.empty", "Nobody is waiting for counter %(counter)s.", counter=command.counter
        )
    return [e.TicketCalled(ticket.id, command.counter)]


def _call(given: Situation, command: c.CallTicket) -> list[e.Event]:
    _ready(given, command)
    ticket = known_ticket(given.day, command.ticket)
    called = e.TicketCalled(ticket.id, command.counter)
    if ticket.state in TRANSITIONS[e.TicketReturned]:
        return [e.TicketReturned(ticket.id), called]
    return [moved(ticket, called)]


def _current(given: Situation, command: c.CounterCommand) -> Ticket:
    counter = _seen_counter(given, command)
    if counter.ticket is None:
        raise QueueError(
            "counter.idle", "Counter %(counter)s has called nobody.", counter=counter.number
        )
    return given.day.tickets[counter.ticket]


def _recall(given: Situation, command: c.RecallTicket) -> list[e.Event]:
    ticket = _current(given, command)
    return [moved(ticket, e.TicketRecalled(ticket.id, command.counter))]


def _start(given: Situation, command: c.StartService) -> list[e.Event]:
    ticket = _current(given, command)
    return [moved(ticket, e.ServiceStarted(ticket.id, command.counter))]


def _finish(given: Situation, command: c.FinishTicket) -> list[e.Event]:
    ticket = _current(given, command)
    if command.outcome not in OUTCOMES:
        raise QueueError(
            "outcome.unknown",
            "%(outcome)s is no outcome; choose one of: %(allowed)s.",
            "invalid",
            outcome=command.outcome, allowed=", ".join(OUTCOMES),
        )  # fmt: skip
    if len(command.papers) > _PAPERS:
        sentence = "At most %(most)s papers can be noted."
        raise QueueError("papers.too_many", sentence, "invalid", most=_PAPERS)
    for paper in command.papers:
        check_text("papers", paper, _PAPER_CHARS)
    finished = e.TicketFinished(ticket.id, command.counter, command.outcome, command.papers)
    return [moved(ticket, finished)]


def _miss(given: Situation, command: c.MissTicket) -> list[e.Event]:
    ticket = _current(given, command)
    return [moved(ticket, e.TicketMissed(ticket.id, command.counter))]


def _hold(given: Situation, command: c.HoldTicket) -> list[e.Event]:
    check_text("reason", command.reason, _REASON_CHARS)
    ticket = _current(given, command)
    return [moved(ticket, e.TicketHeld(ticket.id, command.counter, command.reason))]


def _transfer(given: Situation, command: c.TransferTicket) -> list[e.Event]:
    ticket = _current(given, command)
    service = known_service(given.rules, command.service)
    if service == ticket.service:
        raise QueueError(
            "service.same", "%(number)s is in this service already.", number=ticket.number
        )
    leg = f"{ticket.visit}.{ticket.leg + 1}"
    sent = e.TicketTransferred(ticket.id, command.counter, service, leg, ticket.credit_s)
    return [moved(ticket, sent)]


def _undo(given: Situation, command: c.UndoAct) -> list[e.Event]:
    counter = _seen_counter(given, command)
    act = given.day.undoable(counter.number)
    if act is None:
        raise QueueError("undo.nothing", "There is nothing to take back.")
    passed = between(act.at, given.at)
    if passed.seconds > given.rules.undo_s or not passed.certain:
        raise QueueError(
            "undo.too_late",
            "An act can be taken back for %(seconds)s seconds only.",
            seconds=given.rules.undo_s,
        )
    return [e.CallUndone(act.before.id, command.counter, act.event)]


DECIDE: dict[type[c.Command], Callable[[Situation, Any], list[e.Event]]] = {
    c.OpenCounter: _open,
    c.PauseCounter: _pause,
    c.CloseCounter: _close,
    c.CallNext: _call_next,
    c.CallTicket: _call,
    c.RecallTicket: _recall,
    c.StartService: _start,
    c.FinishTicket: _finish,
    c.MissTicket: _miss,
    c.HoldTicket: _hold,
    c.TransferTicket: _transfer,
    c.UndoAct: _undo,
}
"""The decision of each of the clerk's commands."""
