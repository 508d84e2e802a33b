"""Where tickets stand: in a line, at a counter, set aside, or nowhere. Never in two places."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from motcua.queue.line import Line
from motcua.queue.ticket import State

if TYPE_CHECKING:
    from motcua.queue.day import Call, Day
    from motcua.queue.ticket import Ticket


def put(day: Day, before: Ticket, after: Ticket) -> None:
    """Let a ticket leave where it stands and stand where its new state says."""
    _take_away(day, before)
    day.tickets[after.id] = after
    if after.state is State.WAITING:
        day.lines.setdefault(after.service, Line()).add(day.place(after))
    elif after.state in (State.MISSED, State.HELD):
        day.aside[after.id] = None
    elif after.at_counter and after.counter is not None:
        free(day, after.counter)
        day.counters[after.counter] = replace(day.counter(after.counter), ticket=after.id)


def _take_away(day: Day, ticket: Ticket) -> None:
    if ticket.state is State.WAITING:
        day.lines[ticket.service].remove(day.place(ticket))
    day.aside.pop(ticket.id, None)
    if ticket.counter is not None and day.counter(ticket.counter).ticket == ticket.id:
        day.counters[ticket.counter] = replace(day.counter(ticket.counter), ticket=None)


def free(day: Day, number: int) -> None:
    """Set aside the ticket a counter still has, because a record of how it left is lost.

    Staff find it among the held ones and decide.
    """
    ticket = day.at_counter(number)
    if ticket:
        put(day, ticket, replace(ticket, state=State.HELD, serving_since=None))


def begin_leg(day: Day, ticket: Ticket) -> None:
    """Let a visit go on with `ticket`, which waits."""
    unknown = day.tickets.get(ticket.id)
    if unknown:
        # A leg taken back in a record now lost, and begun again.
        _take_away(day, unknown)
    day.tickets[ticket.id] = ticket
    day.legs[ticket.visit] = ticket.id
    day.lines.setdefault(ticket.service, Line()).add(day.place(ticket))


def unmake_leg(day: Day, leg: Ticket, previous: Ticket) -> None:
    """Let a visit go on with `previous` as if `leg` had never begun."""
    _take_away(day, leg)
    del day.tickets[leg.id]
    day.legs[leg.visit] = previous.id


def take_call(day: Day, ticket: str) -> Call | None:
    """Take the latest call of a ticket off the board; None when it is no longer there."""
    for back, call in enumerate(reversed(day.calls), start=1):
        if call.ticket == ticket:
            del day.calls[-back]
            return call
    return None
