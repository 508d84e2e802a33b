"""A ticket and its legal moves. The moves stand in one table; nothing else moves a ticket."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from motcua.queue import events as e
from motcua.queue.moment import NO_TIME, Moment, Span


class State(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    FINISHED = "finished"
    MISSED = "missed"
    HELD = "held"
    TRANSFERRED = "transferred"
    CANCELLED = "cancelled"
    UNSERVED = "unserved"


TRANSITIONS: dict[type[e.TicketEvent], dict[State, State]] = {
    e.TicketCalled: {State.WAITING: State.CALLED},
    e.TicketRecalled: {State.CALLED: State.CALLED},
    e.ServiceStarted: {State.CALLED: State.SERVING},
    e.TicketFinished: {State.SERVING: State.FINISHED},
    e.TicketMissed: {State.CALLED: State.MISSED},
    e.TicketHeld: {State.CALLED: State.HELD, State.SERVING: State.HELD},
    e.TicketReturned: {State.MISSED: State.WAITING, State.HELD: State.WAITING},
    e.TicketTransferred: {State.CALLED: State.TRANSFERRED, State.SERVING: State.TRANSFERRED},
    e.TicketCancelled: {State.WAITING: State.CANCELLED},
    e.TicketUnserved: {
        State.WAITING: State.UNSERVED,
        State.HELD: State.UNSERVED,
        State.MISSED: State.UNSERVED,
    },
}
"""Event × state → state. `TicketIssued` makes a waiting ticket; `CallUndone` gives a ticket back
the state it had before the act that is taken back."""

LEADS_TO: dict[type[e.TicketEvent], State] = {
    event: next(iter(moves.values())) for event, moves in TRANSITIONS.items()
}
"""Event → the one state it leads to, wherever it comes from."""

UNDOABLE: dict[str, type[e.DeskEvent]] = {
    kind.__name__: kind
    for kind in (
        e.TicketCalled, e.ServiceStarted, e.TicketFinished, e.TicketMissed, e.TicketHeld,
        e.TicketTransferred,
    )
}  # fmt: skip
"""Acts a clerk may take back for a few seconds."""

OUTCOMES = ("done", "received", "advised", "papers_missing", "wrong_place", "not_possible")
PURPOSES = ("submit", "collect", "ask", "assist")
LANGUAGES = ("vi", "en")
HOLD_REASONS = ("copy", "form", "papers", "fee", "system", "other")
"""Why a ticket is set aside; the screens and programs of the centre keep no other words."""
END_STATES = (State.MISSED, State.CANCELLED, State.UNSERVED)
"""States in which a visitor left without being served (a missed one may still return)."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One leg of a visit: a place in the line of one service."""

    id: str
    visit: str
    """Id of the visit's first ticket; legs share it and the number."""
    leg: int
    """1 for the first service, 2 after one transfer, …"""
    number: str
    service: str
    order: int
    """How many tickets were issued before it today; the same for all legs of a visit."""
    issued: Moment
    """When this leg began to wait."""
    first_issued: Moment
    """When the visit began: decides the place in line."""
    procedure: str | None = None
    priority: str | None = None
    credit_s: int = 0
    purpose: str | None = None
    language: str = "vi"
    ahead: int = 0
    low_s: int | None = None
    high_s: int | None = None
    basis: str | None = None
    state: State = State.WAITING
    moved: int = 0
    """Number of the event that gave it its state."""
    counter: int | None = None
    """The counter that called it last; None when it waits again."""
    called: Moment | None = None
    """First call: ends the wait."""
    last_called: Moment | None = None
    """The latest call; calling again (recall) does not count."""
    calls: int = 0
    missed: bool = False
    """Nobody came at the latest call."""
    started: Moment | None = None
    """First start of service."""
    way: Span | None = None
    """From the call the visitor came for to the first start."""
    serving_since: Moment | None = None
    served: Span = NO_TIME
    """Service time up to the last hold or the finish."""
    ended: Moment | None = None
    """Finish, transfer, or when the visitor was found to have left."""
    outcome: str | None = None
    papers: tuple[str, ...] = ()
    hold_reason: str = ""

    @property
    def at_counter(self) -> bool:
        """Return whether a counter is busy with it."""
        return self.state in (State.CALLED, State.SERVING)
