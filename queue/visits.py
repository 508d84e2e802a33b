"""Visits: a day's tickets as rows to measure, one row a leg.

wait = first call − issue; way = start − the call the visitor came for; service time = finish −
start with holds taken out. A visitor who left has a wait only if called; how long the others waited
before leaving is `left_after_s`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from motcua.queue.moment import Span, between
from motcua.queue.ticket import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from motcua.queue.day import Day
    from motcua.queue.moment import Moment
    from motcua.queue.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Visit:
    """One leg of one visit. Times are aware UTC, durations seconds; None when it never happened."""

    day: str
    """Calendar date; the name of the business day where the date is not known."""
    ticket: str
    """The number, e.g. `A015`; legs of one visit share it."""
    leg: int
    service: str
    procedure: str | None
    priority: str | None
    purpose: str | None
    issued_at: datetime
    called_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    """Finish, or when the visitor was found to have left."""
    counter: int | None
    outcome: str
    """An outcome, `missed`, `cancelled`, `unserved` or `transferred`; empty while it is open."""
    ahead: int
    low_s: int | None
    high_s: int | None
    wait_s: float | None
    way_s: float | None
    service_s: float | None
    left_after_s: float | None
    """For those who left without being called: how long they had waited by then."""
    uncertain: bool
    """An interval could not be measured: kept out of statistics, counted, shown."""
    centre_s: float | None = None
    """Time in the centre: from the issue of this leg to its end."""
    unsure: tuple[str, ...] = ()
    """Which of `wait`, `way`, `service`, `left`, `centre` could not be measured."""


def visits(day: Day) -> Iterator[Visit]:
    """Yield every leg of the day in the order of issue."""
    return (visit(day, ticket) for ticket in day.tickets.values())


def visit(day: Day, ticket: Ticket) -> Visit:
    """Return the row of one ticket."""
    wait = _span(ticket.issued, ticket.called)
    way = ticket.way
    served = ticket.served if ticket.started and ticket.ended else None
    centre = _span(ticket.issued, ticket.ended)
    left = None if ticket.called else centre
    spans = {"wait": wait, "way": way, "service": served, "left": left, "centre": centre}
    unsure = tuple(name for name, span in spans.items() if span and not span.certain)
    return Visit(
        day=day.date_of(ticket.first_issued.boot) or day.date,
        ticket=ticket.number, leg=ticket.leg, service=ticket.service,
        procedure=ticket.procedure, priority=ticket.priority, purpose=ticket.purpose,
        issued_at=day.true_time(ticket.issued), called_at=_time(day, ticket.called),
        started_at=_time(day, ticket.started), finished_at=_time(day, ticket.ended),
        counter=ticket.counter, outcome=_outcome(ticket), ahead=ticket.ahead,
        low_s=ticket.low_s, high_s=ticket.high_s, wait_s=_seconds(wait),
        way_s=_seconds(way), service_s=_seconds(served), left_after_s=_seconds(left),
        uncertain=bool(unsure), centre_s=_seconds(centre), unsure=unsure,
    )  # fmt: skip


def _outcome(ticket: Ticket) -> str:
    if ticket.outcome:
        return ticket.outcome
    if ticket.state is State.UNSERVED and ticket.missed:
        # The close of the day makes missed tickets unserved; to the statistics they stay missed.
        return State.MISSED.value
    ends = (State.MISSED, State.CANCELLED, State.UNSERVED, State.TRANSFERRED)
    return ticket.state.value if ticket.state in ends else ""


def _time(day: Day, moment: Moment | None) -> datetime | None:
    return None if moment is None else day.true_time(moment)


def _seconds(span: Span | None) -> float | None:
    """Return a measured duration; None for one that is only guessed."""
    return span.seconds if span and span.certain else None


def _span(start: Moment | None, end: Moment | None) -> Span | None:
    return None if start is None or end is None else between(start, end)
