"""The fold: a day is what its records leave when applied one after another.

`apply` changes the day in place, because copying it would make the cost of an event grow with the
day (see docs/decisions). It never fails. Where records before it are lost, because the disk
damaged them, a fact is believed although the move to it is not in the table (`Day.forced`); one
about a ticket nobody knows is passed over (`Day.skipped`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from motcua.queue import events as e
from motcua.queue import placing, timeline
from motcua.queue.day import Act, Answer, Call, Counter, CounterState, Day
from motcua.queue.moment import between
from motcua.queue.ticket import LEADS_TO, TRANSITIONS, UNDOABLE, Ticket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from motcua.queue.record import Record

_ANSWERS_KEPT = 5000
"""Half a very busy day: a request is repeated within seconds or not at all."""


def fold(day: Day, records: Iterable[Record]) -> Day:
    """Apply `records` in order and return the day."""
    for record in records:
        apply(day, record)
    return day


def apply(day: Day, record: Record) -> Day:
    """Let one fact change the day; return the day."""
    if not isinstance(record.event, e.DayOpened):
        lose(day, record.seq - day.seq - 1)
    timeline.meet(day, record)
    if _means_something(day, record.event):
        _APPLY[type(record.event)](day, record.event, record)
    else:
        day.skipped.append(record.seq)
    day.seq = record.seq
    day.last = record.at
    if not record.left:
        day.touched.clear()
        if record.request:
            _remember(day, record.request, answer(day, record))
    return day


def lose(day: Day, records: int) -> None:
    """Let the day know that up to `records` records after its last one are lost.

    Each may have given a number, so as many numbers of every service are passed over.
    """
    if records <= 0:
        return
    day.touched.clear()
    day.seq += records
    day.lost += records
    for service in day.issued:
        day.issued[service] += records


def answer(day: Day, record: Record) -> Answer:
    """Return what the command that ended with `record` is answered with."""
    ticket = day.tickets.get(getattr(record.event, "ticket", ""))
    number = getattr(record.event, "counter", None)
    counter = None if number is None else day.counter(number)
    return Answer(record.seq, record.command, ticket, counter)


def _remember(day: Day, request: str, given: Answer) -> None:
    day.answers[request] = given
    if len(day.answers) > _ANSWERS_KEPT:
        day.answers.popitem(last=False)


def _means_something(day: Day, event: e.Event) -> bool:
    if isinstance(event, e.TicketIssued) or not isinstance(event, e.TicketEvent):
        return True
    if isinstance(event, e.CallUndone):
        act = day.undoable(event.counter)
        return act is not None and act.before.id == event.ticket
    return event.ticket in day.tickets


def _closed(day: Day, _event: e.DayClosed, _: Record) -> None:
    day.closed = True
    day.counters.clear()


def _issued(day: Day, event: e.TicketIssued, record: Record) -> None:
    ticket = Ticket(
        id=event.ticket, visit=event.ticket, leg=1, number=event.number, service=event.service,
        order=len(day.legs), issued=record.at, first_issued=record.at, procedure=event.procedure,
        priority=event.priority, credit_s=event.credit_s, purpose=event.purpose,
        language=event.language, ahead=event.ahead, low_s=event.low_s, high_s=event.high_s,
        basis=event.basis, moved=record.seq,
    )  # fmt: skip
    given = event.number.removeprefix(event.service)
    if given.isdecimal():
        day.issued[event.service] = int(given)
    placing.begin_leg(day, ticket)


def _move(day: Day, event: e.TicketEvent, record: Record, **changes: Any) -> Ticket:  # noqa: ANN401
    """Give the ticket the state the event leads to; return it as it was."""
    before = day.tickets[event.ticket]
    day.touched.setdefault(before.id, before)
    if before.state not in TRANSITIONS[type(event)]:
        day.forced.append(record.seq)
    state = LEADS_TO[type(event)]
    moved = before.moved if state is before.state else record.seq
    placing.put(day, before, replace(before, state=state, moved=moved, **changes))
    return before


def _at_desk(day: Day, event: e.DeskEvent, record: Record, **changes: Any) -> Ticket:  # noqa: ANN401
    """Move the ticket and let the counter remember the act; return the ticket as it was."""
    before = _move(day, event, record, counter=event.counter, **changes)
    name = type(event).__name__
    if name in UNDOABLE:
        act = Act(name, record.seq, record.at, day.touched[before.id])
        day.counters[event.counter] = replace(day.counter(event.counter), last=act)
    if before.at_counter and before.last_called and not day.tickets[before.id].at_counter:
        pace = between(before.last_called, record.at)
        if pace.certain:
            day.paces.setdefault(before.service, {})[record.seq] = pace.seconds
    return before


def _called(day: Day, event: e.TicketCalled, record: Record) -> None:
    before = day.tickets[event.ticket]
    _at_desk(
        day, event, record, called=before.called or record.at, last_called=record.at,
        calls=before.calls + 1,
    )  # fmt: skip
    day.calls.append(
        Call(record.seq, before.id, before.number, before.service, event.counter, record.at)
    )


def _recalled(day: Day, event: e.TicketRecalled, record: Record) -> None:
    _at_desk(day, event, record, calls=day.tickets[event.ticket].calls + 1)
    call = placing.take_call(day, event.ticket)
    if call:
        day.calls.append(replace(call, seq=record.seq, at=record.at, recalls=call.recalls + 1))


def _started(day: Day, event: e.ServiceStarted, record: Record) -> None:
    before = day.tickets[event.ticket]
    way = before.way
    if before.started is None and before.last_called:
        way = between(before.last_called, record.at)
    started = before.started or record.at
    _at_desk(day, event, record, started=started, way=way, serving_since=record.at)


def _service_ended(day: Day, event: e.DeskEvent, record: Record) -> dict[str, Any]:
    ticket = day.tickets[event.ticket]
    if ticket.serving_since is None:
        return {}
    served = ticket.served + between(ticket.serving_since, record.at)
    return {"serving_since": None, "served": served}


def _finished(day: Day, event: e.TicketFinished, record: Record) -> None:
    ended = _service_ended(day, event, record)
    _at_desk(
        day, event, record, ended=record.at, outcome=event.outcome, papers=event.papers, **ended
    )


def _missed(day: Day, event: e.TicketMissed, record: Record) -> None:
    _at_desk(day, event, record, ended=record.at, missed=True)


def _held(day: Day, event: e.TicketHeld, record: Record) -> None:
    ended = _service_ended(day, event, record)
    _at_desk(day, event, record, hold_reason=event.reason, **ended)


def _returned(day: Day, event: e.TicketReturned, record: Record) -> None:
    _move(day, event, record, counter=None, ended=None, missed=False, hold_reason="")


def _transferred(day: Day, event: e.TicketTransferred, record: Record) -> None:
    ended = _service_ended(day, event, record)
    before = _at_desk(day, event, record, ended=record.at, **ended)
    leg = Ticket(
        id=event.leg, visit=before.visit, leg=before.leg + 1, number=before.number,
        service=event.service, order=before.order, issued=record.at,
        first_issued=before.first_issued, procedure=before.procedure, priority=before.priority,
        credit_s=event.credit_s, purpose=before.purpose, language=before.language,
        moved=record.seq,
    )  # fmt: skip
    ahead = day.line(leg.service).ahead(day.place(leg))
    placing.begin_leg(day, replace(leg, ahead=ahead))


def _undone(day: Day, event: e.CallUndone, _: Record) -> None:
    act = day.undoable(event.counter)
    leg = day.current(event.ticket)
    if act is None or leg is None:
        return
    now = day.tickets[event.ticket]
    if leg is not now:
        placing.unmake_leg(day, leg, now)
    placing.put(day, now, act.before)
    if act.event == e.TicketCalled.__name__:
        placing.take_call(day, event.ticket)
    day.paces.get(now.service, {}).pop(act.seq, None)
    day.counters[event.counter] = replace(day.counter(event.counter), last=None)


def _left(day: Day, event: e.TicketCancelled | e.TicketUnserved, record: Record) -> None:
    ended = day.tickets[event.ticket].ended or record.at
    _move(day, event, record, ended=ended)


def _counter_opened(day: Day, event: e.CounterOpened, _: Record) -> None:
    counter = day.counter(event.counter)
    opened = replace(counter, state=CounterState.OPEN, services=event.services)
    day.counters[event.counter] = opened


def _counter_paused(day: Day, event: e.CounterPaused, _: Record) -> None:
    counter = day.counter(event.counter)
    day.counters[event.counter] = replace(counter, state=CounterState.PAUSED)


def _counter_closed(day: Day, event: e.CounterClosed, _: Record) -> None:
    placing.free(day, event.counter)
    day.counters[event.counter] = Counter(
        event.counter, services=day.counter(event.counter).services
    )


def _stepped(day: Day, _event: e.ClockStepped, record: Record) -> None:
    timeline.put_right(day, record.at)


def _dated(day: Day, event: e.DayDated, record: Record) -> None:
    day.dates[record.at.boot] = event.date
    if event.date:
        timeline.put_right(day, record.at)


def _referred(day: Day, event: e.ReferralGiven, _: Record) -> None:
    key = (event.procedure, event.place)
    day.referrals[key] = day.referrals.get(key, 0) + 1


def _rated(day: Day, event: e.FeedbackGiven, _: Record) -> None:
    day.ratings[event.rating] = day.ratings.get(event.rating, 0) + 1


_APPLY: dict[type[e.Event], Callable[[Day, Any, Record], None]] = {
    e.DayOpened: lambda _day, _event, _record: None,
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
    e.DayDated: _dated,
    e.ReferralGiven: _referred,
    e.FeedbackGiven: _rated,
}
