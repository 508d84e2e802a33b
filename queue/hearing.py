"""What a forecaster hears of a record: the steps of visits and counters, on the day's time line."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from motcua.queue import events as e
from motcua.queue.forecast import Forecaster

if TYPE_CHECKING:
    from motcua.queue.day import Day
    from motcua.queue.record import Record
    from motcua.queue.ticket import Ticket

Step = Callable[[Forecaster], object]
"""Something that happened, to be told to a forecaster."""
_Hear = Callable[["Day", "Record", float], list[Step]]


def steps(day: Day, record: Record) -> list[Step]:
    """Return what `record` tells a forecaster.

    Args:
        day: its day, with the record applied.
        record: what happened.
    """
    hear = _HEAR.get(type(record.event))
    return hear(day, record, day.line_s(record.at)) if hear else []


def _enters(ticket: Ticket, at_s: float, ahead: int | None) -> Step:
    return partial(
        Forecaster.issued, ticket=ticket.id, service=ticket.service, at_s=at_s,
        priority=ticket.priority, ahead=ahead,
    )  # fmt: skip


def _leaves_counter(ticket: str, at_s: float, *, served: bool) -> Step:
    return partial(Forecaster.ended, ticket=ticket, at_s=at_s, served=served)


def _issued(day: Day, record: Record, at_s: float) -> list[Step]:
    ticket = day.tickets.get(getattr(record.event, "ticket", ""))
    return [_enters(ticket, at_s, ticket.ahead)] if ticket else []


def _called(_: Day, record: Record, at_s: float) -> list[Step]:
    event = record.event
    if not isinstance(event, e.TicketCalled):
        return []
    step = partial(Forecaster.called, ticket=event.ticket, at_s=at_s, counter=event.counter)
    return [step]


def _ended(_: Day, record: Record, at_s: float) -> list[Step]:
    served = isinstance(record.event, e.TicketFinished)
    return [_leaves_counter(getattr(record.event, "ticket", ""), at_s, served=served)]


def _transferred(day: Day, record: Record, at_s: float) -> list[Step]:
    event = record.event
    if not isinstance(event, e.TicketTransferred):
        return []
    leg = day.tickets.get(event.leg)
    ended = _leaves_counter(event.ticket, at_s, served=True)
    return [ended, _enters(leg, at_s, None)] if leg else [ended]


def _waits_again(day: Day, record: Record, at_s: float) -> list[Step]:
    ticket = day.tickets.get(getattr(record.event, "ticket", ""))
    if ticket is None:
        return []
    step = partial(Forecaster.waits_again, ticket=ticket.id, service=ticket.service, at_s=at_s)
    return [step]


def _undone(day: Day, record: Record, at_s: float) -> list[Step]:
    """Put a visitor back where the act taken back had found them."""
    event = record.event
    if not isinstance(event, e.CallUndone) or event.act == e.ServiceStarted.__name__:
        return []
    again = _waits_again(day, record, at_s)
    if event.act == e.TicketCalled.__name__:
        return [_leaves_counter(event.ticket, at_s, served=False), *again]
    back = partial(Forecaster.called, ticket=event.ticket, at_s=at_s, counter=event.counter)
    return [*again, back] if again else []


def _left(_: Day, record: Record, at_s: float) -> list[Step]:
    ticket = getattr(record.event, "ticket", "")
    return [partial(Forecaster.left, ticket=ticket, at_s=at_s)]


def _counter_opens(_: Day, record: Record, __: float) -> list[Step]:
    event = record.event
    if not isinstance(event, e.CounterOpened):
        return []
    return [partial(Forecaster.opened, counter=event.counter, services=event.services)]


def _counter_closes(_: Day, record: Record, __: float) -> list[Step]:
    return [partial(Forecaster.closed, counter=getattr(record.event, "counter", 0))]


def _day_turns(_: Day, __: Record, ___: float) -> list[Step]:
    return [Forecaster.day_ends]


_HEAR: dict[type[e.Event], _Hear] = {
    e.DayOpened: _day_turns,
    e.DayClosed: _day_turns,
    e.TicketIssued: _issued,
    e.TicketCalled: _called,
    e.TicketFinished: _ended,
    e.TicketMissed: _ended,
    e.TicketHeld: _ended,
    e.TicketReturned: _waits_again,
    e.TicketTransferred: _transferred,
    e.CallUndone: _undone,
    e.TicketCancelled: _left,
    e.TicketUnserved: _left,
    e.CounterOpened: _counter_opens,
    e.CounterPaused: _counter_closes,
    e.CounterClosed: _counter_closes,
}
