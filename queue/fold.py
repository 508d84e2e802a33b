"""The fold: a day is what its records leave when applied one after another.

`apply` changes the day in place, because copying it would make the cost of an event grow with the
day (see docs/decisions). It never fails: a record that cannot follow, because one before it was
damaged on disk, is skipped and its number kept in `Day.skipped`.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from motcua.queue import events as e
from motcua.queue.day import PACES_KEPT, Act, Answer, Call, Counter, CounterState, Day
from motcua.queue.line import Line
from motcua.queue.moment import between
from motcua.queue.ticket import TRANSITIONS, UNDOABLE, State, Ticket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from motcua.queue.record import Record


def fold(day: Day, records: Iterable[Record]) -> Day:
    """Apply `records` in order and return the day."""
    for record in records:
        apply(day, record)
    return day


def apply(day: Day, record: Record) -> Day:
    """Let one fact change the day; return the day."""
    day.offsets.setdefault(record.at.boot, record.at.offset_s)
    if _can_follow(day, record.event):
        _APPLY[type(record.event)](day, record.event, record)
    else:
        day.skipped.append(record.seq)
    day.seq = record.seq
    day.last = record.at
    if record.request and not record.left:
        day.answers[record.request] = answer(day, record)
    return day


def answer(day: Day, record: Record) -> Answer:
    """Return what the command that ended with `record` is answered with."""
    ticket = day.tickets.get(getattr(record.event, "ticket", ""))
    number = getattr(record.event, "counter", None)
    counter = None if number is None else day.counter(number)
    return Answer(record.seq, record.command, ticket, counter)


def _can_follow(day: Day, event: e.Event) -> bool:
    if isinstance(event, e.TicketIssued) or not isinstance(event, e.TicketEvent):
        return True
    ticket = day.tickets.get(event.ticket)
    if ticket is None:
        return False
    if isinstance(event, e.CallUndone):
        act = day.undoable(event.counter)
        return act is not None and act.before.id == event.ticket
    return ticket.state in TRANSITIONS[type(event)]


def _opened(day: Day, event: e.DayOpened, _: Record) -> None:
    day.date = event.day
    day.opened = True


def _closed(day: Day, _event: e.DayClosed, _: Record) -> None:
    day.closed = True
    day.counters.clear()


def _issued(day: Day, event: e.TicketIssued, record: Record) -> None:
    ticket = Ticket(
        id=event.ticket, visit=event.ticket, leg=1, number=event.number, service=event.service,
        order=len(day.legs), issued=record.at, first_issued=record.at, procedure=event.procedure,
        priority=event.priority, credit_s=event.credit_s, purpose=event.purpose,
        language=event.language, ahead=event.ahead, low_s=event.low_s, high_s=event.high_s,
        basis=event.basis,
    )  # fmt: skip
    given = int(event.number.removeprefix(event.service))
    day.issued[event.service] = max(given, day.issued.get(event.service, 0))
    _begin_leg(day, ticket)


def _begin_leg(day: Day, ticket: Ticket) -> None:
    day.tickets[ticket.id] = ticket
    day.legs[ticket.visit] = ticket.id
    day.lines.setdefault(ticket.service, Line()).add(day.place(ticket))


def _move(day: Day, event: e.TicketEvent, **changes: Any) -> Ticket:  # noqa: ANN401
    """Give the ticket its next state by the table, keep the lists true, return it as it was."""
    before = day.tickets[event.ticket]
    after = replace(before, state=TRANSITIONS[type(event)][before.state], **changes)
    _put(day, before, after)
    return before


def _put(day: Day, before: Ticket, after: Ticket) -> None:
    if before.state is State.WAITING:
        day.lines[before.service].remove(day.place(before))
    day.aside.pop(before.id, None)
    day.tickets[after.id] = after
    if after.state is State.WAITING:
        day.lines.setdefault(after.service, Line()).add(day.place(after))
    elif after.state in (State.MISSED, State.HELD):
        day.aside[after.id] = None


def _at_desk(day: Day, event: e.DeskEvent, record: Record, **changes: Any) -> Ticket:  # noqa: ANN401
    """Move the ticket and let the counter remember the act."""
    before = _move(day, event, **changes)
    busy = event.ticket if day.tickets[event.ticket].at_counter else None
    act = Act(type(event).__name__, record.at, before)
    counter = day.counter(event.counter)
    last = act if act.event in UNDOABLE else counter.last
    day.counters[event.counter] = replace(counter, ticket=busy, last=last)
    if not busy and before.last_called:
        pace = day.paces.setdefault(before.service, deque(maxlen=PACES_KEPT))
        pace.append(between(before.last_called, record.at).seconds)
    return before


def _called(day: Day, event: e.TicketCalled, record: Record) -> None:
    before = day.tickets[event.ticket]
    _at_desk(
        day, event, record, counter=event.counter, called=before.called or record.at,
        last_called=record.at, calls=before.calls + 1,
    )  # fmt: skip
    day.calls.append(
        Call(record.seq, before.id, before.number, before.service, event.counter, record.at)
    )


def _recalled(day: Day, event: e.TicketRecalled, record: Record) -> None:
    _move(day, event, calls=day.tickets[event.ticket].calls + 1)
    call = _take_call(day, event.ticket)
    if call:
        day.calls.append(replace(call, seq=record.seq, at=record.at, recalls=call.recalls + 1))


def _take_call(day: Day, ticket: str) -> Call | None:
    for call in reversed(day.calls):
        if call.ticket == ticket:
            day.calls.remove(call)
            return call
    return None


def _started(day: Day, event: e.ServiceStarted, record: Record) -> None:
    started = day.tickets[event.ticket].started or record.at
    _at_desk(day, event, record, started=started, serving_since=record.at)


def _service_ended(day: Day, event: e.DeskEvent, record: Record) -> dict[str, Any]:
    ticket = day.tickets[event.ticket]
    if ticket.serving_since is None:
        return {}
    return {
        "serving_since": None,
        "served": ticket.served + between(ticket.serving_since, record.at),
    }


def _finished(day: Day, event: e.TicketFinished, record: Record) -> None:
    _at_desk(
        day, event, record, ended=record.at, outcome=event.outcome, papers=event.papers,
        **_service_ended(day, event, record),
    )  # fmt: skip


def _missed(day: Day, event: e.TicketMissed, record: Record) -> None:
    _at_desk(day, event, record, ended=record.at)


def _held(day: Day, event: e.TicketHeld, record: Record) -> None:
    ended = _service_ended(day, event, record)
    _at_desk(day, event, record, hold_reason=event.reason, **ended)


def _returned(day: Day, event: e.TicketReturned, _: Record) -> None:
    _move(day, event, counter=None, ended=None)


def _transferred(day: Day, event: e.TicketTransferred, record: Record) -> None:
    ended = _service_ended(day, event, record)
    before = _at_desk(day, event, record, ended=record.at, **ended)
    leg = Ticket(
        id=event.leg, visit=before.visit, leg=before.leg + 1, number=before.number,
        service=event.service, order=before.order, issued=record.at,
        first_issued=before.first_issued, procedure=before.procedure, priority=before.priority,
        credit_s=event.credit_s, purpose=before.purpose, language=before.language,
    )  # fmt: skip
    ahead = day.line(leg.service).ahead(day.place(leg))
    _begin_leg(day, replace(leg, ahead=ahead))


def _undone(day: Day, event: e.CallUndone, _: Record) -> None:
    counter = day.counter(event.counter)
    before = counter.last.before if counter.last else day.tickets[event.ticket]
    now = day.tickets[event.ticket]
    if now.state is State.TRANSFERRED:
        _unmake_leg(day, day.tickets[day.legs[now.visit]])
        day.legs[now.visit] = now.id
    _put(day, now, before)
    if not before.at_counter:
        _take_call(day, event.ticket)
    elif not now.at_counter:
        day.paces[before.service].pop()
    busy = before.id if before.at_counter else None
    day.counters[event.counter] = replace(counter, ticket=busy, last=None)


def _unmake_leg(day: Day, leg: Ticket) -> None:
    day.lines[leg.service].remove(day.place(leg))
    del day.tickets[leg.id]


def _left(day: Day, event: e.TicketCancelled | e.TicketUnserved, record: Record) -> None:
    ended = day.tickets[event.ticket].ended or record.at
    _move(day, event, ended=ended)


def _counter_opened(day: Day, event: e.CounterOpened, _: Record) -> None:
    counter = day.counter(event.counter)
    day.counters[event.counter] = replace(
        counter, state=CounterState.OPEN, services=event.services
    )


def _counter_paused(day: Day, event: e.CounterPaused, _: Record) -> None:
    counter = day.counter(event.counter)
    day.counters[event.counter] = replace(counter, state=CounterState.PAUSED)


def _counter_closed(day: Day, event: e.CounterClosed, _: Record) -> None:
    counter = day.counter(event.counter)
    day.counters[event.counter] = Counter(event.counter, services=counter.services)


def _stepped(day: Day, event: e.ClockStepped, record: Record) -> None:
    """Move the whole boot on the time line; order inside it cannot change."""
    day.offsets[record.at.boot] += event.step_s
    for service, line in day.lines.items():
        day.lines[service] = Line([day.place(day.tickets[ticket]) for ticket in line])


def _referred(day: Day, event: e.ReferralGiven, _: Record) -> None:
    key = (event.procedure, event.place)
    day.referrals[key] = day.referrals.get(key, 0) + 1


def _rated(day: Day, event: e.FeedbackGiven, _: Record) -> None:
    day.ratings[event.rating] = day.ratings.get(event.rating, 0) + 1


_APPLY: dict[type[e.Event], Callable[[Day, Any, Record], None]] = {
    e.DayOpened: _opened,
    e.DayClosed: _closed,
    e.TicketIssued: _issued,
    e.TicketCalled: _called,
    e.TicketRecalled: _recalled,
    e.ServiceStarted: _started,
    e.TicketFinished: _finished,
    e.TicketMissed: _missed,
    e.TicketHeld: _held,
    e.TicketReturned: _returned,
    e.TicketTransferred: _transferred,
    e.CallUndone: _undone,
    e.TicketCancelled: _left,
    e.TicketUnserved: _left,
    e.CounterOpened: _counter_opened,
    e.CounterPaused: _counter_paused,
    e.CounterClosed: _counter_closed,
    e.ClockStepped: _stepped,
    e.ReferralGiven: _referred,
    e.FeedbackGiven: _rated,
}
