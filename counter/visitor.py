"""The visitor as the clerk sees them: on the card of the desk, and as a row of a list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from motcua.queue.ticket import State

if TYPE_CHECKING:
    from motcua.queue.day import Day
    from motcua.queue.moment import Moment
    from motcua.queue.procedure import Procedure
    from motcua.queue.rules import PriorityGroup, Rules, Service
    from motcua.queue.ticket import Ticket


class Phase(StrEnum):
    """What the visitor on the card is to the counter."""

    NEXT = "next"
    """Would be called next; nobody has called them yet."""
    CALLED = "called"
    SERVING = "serving"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the waiting, missed or held list."""

    ticket: str
    number: str
    service: Service | None
    procedure: Procedure | None
    priority: PriorityGroup | None
    purpose: str
    waited_s: int
    """Seconds since the visitor began to wait for this service."""
    moved: bool
    """Came from another service by a transfer."""
    reason: str = ""
    """Why the ticket is held."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """The card: everything a clerk needs to know before, during and after the call."""

    phase: Phase
    row: Row
    papers: tuple[str, ...]
    language: str
    calls: int
    since_s: int
    """Seconds since the last call, or of service by now; 0 before the call."""


def row(day: Day, rules: Rules, ticket: Ticket, at: Moment) -> Row:
    """Return a ticket as a line of a list.

    Args:
        day: the day it belongs to.
        rules: name its service, procedure and priority group; what they lost stays unnamed.
        ticket: the ticket.
        at: now.
    """
    until = ticket.called if ticket.at_counter and ticket.called else at
    return Row(
        ticket=ticket.id,
        number=ticket.number,
        service=rules.services.get(ticket.service),
        procedure=rules.procedures.get(ticket.procedure or ""),
        priority=rules.priorities.get(ticket.priority or ""),
        purpose=ticket.purpose or "",
        waited_s=int(day.passed_s(ticket.issued, until)),
        moved=ticket.leg > 1,
        reason=ticket.hold_reason if ticket.state is State.HELD else "",
    )


def visitor(day: Day, rules: Rules, ticket: Ticket, at: Moment) -> Visitor:
    """Return the card of a ticket that is next for a counter, called to it, or served at it."""
    phase = {State.CALLED: Phase.CALLED, State.SERVING: Phase.SERVING}.get(ticket.state, Phase.NEXT)
    since = {Phase.CALLED: ticket.last_called, Phase.SERVING: ticket.serving_since}.get(phase)
    procedure = rules.procedures.get(ticket.procedure or "")
    return Visitor(
        phase=phase,
        row=row(day, rules, ticket, at),
        papers=procedure.papers if procedure else (),
        language=ticket.language,
        calls=ticket.calls,
        since_s=int(day.passed_s(since, at)) if since else 0,
    )
