"""What happened. Events are facts: past tense, frozen, JSON-able, never edited, never deleted.

A stored name never changes its meaning; a new fact gets a new name or a new field with a default.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """Any fact of a business day."""


@dataclass(frozen=True, slots=True)
class TicketEvent(Event):
    """A fact about one ticket."""

    ticket: str
    """The ticket's unguessable id."""


@dataclass(frozen=True, slots=True)
class DeskEvent(TicketEvent):
    """A fact about one ticket at one counter."""

    counter: int


@dataclass(frozen=True, slots=True)
class CounterEvent(Event):
    """A fact about one counter."""

    counter: int


@dataclass(frozen=True, slots=True)
class DayOpened(Event):
    """The business day began; numbers start again."""

    day: str
    """Local date, `YYYY-MM-DD`."""


@dataclass(frozen=True, slots=True)
class DayClosed(Event):
    """The business day ended; nothing follows it."""


@dataclass(frozen=True, slots=True)
class TicketIssued(TicketEvent):
    """A visitor took a number."""

    number: str
    """As printed and called, e.g. `A015`; never used twice in a day."""
    service: str
    """Letter of the service it waits in."""
    procedure: str | None = None
    priority: str | None = None
    """Priority group declared by the visitor."""
    credit_s: int = 0
    """Seconds the priority group puts this ticket ahead of its issue time."""
    purpose: str | None = None
    language: str = "vi"
    ahead: int = 0
    """People before it in the order of calling, when it was issued."""
    low_s: int | None = None
    """Shortest wait told to the visitor; None when too little was known."""
    high_s: int | None = None
    basis: str | None = None
    """What the told wait was built on."""
    kiosk: str | None = None
    """Name of the kiosk it was taken at; None for a program or a desk."""


@dataclass(frozen=True, slots=True)
class TicketCalled(DeskEvent):
    """A counter called the ticket to itself."""


@dataclass(frozen=True, slots=True)
class TicketRecalled(DeskEvent):
    """The counter called the same ticket again."""


@dataclass(frozen=True, slots=True)
class ServiceStarted(DeskEvent):
    """The visitor reached the counter."""


@dataclass(frozen=True, slots=True)
class TicketFinished(DeskEvent):
    """The visit ended at this counter."""

    outcome: str
    papers: tuple[str, ...] = ()
    """Papers found missing, when the outcome is `papers_missing`."""


@dataclass(frozen=True, slots=True)
class TicketMissed(DeskEvent):
    """Nobody came."""


@dataclass(frozen=True, slots=True)
class TicketHeld(DeskEvent):
    """The ticket was set aside, e.g. while the visitor makes a photocopy."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class TicketReturned(TicketEvent):
    """A missed or held ticket waits again, in its old place."""


@dataclass(frozen=True, slots=True)
class TicketTransferred(DeskEvent):
    """The visit goes on in another service, with the same number."""

    service: str
    leg: str
    """Id of the ticket that carries the visit on."""
    credit_s: int = 0


@dataclass(frozen=True, slots=True)
class CallUndone(DeskEvent):
    """The counter's last act on its call was taken back."""

    act: str
    """Name of the event that was taken back, e.g. `TicketCalled`."""


@dataclass(frozen=True, slots=True)
class TicketCancelled(TicketEvent):
    """The visitor gave the number back."""


@dataclass(frozen=True, slots=True)
class TicketUnserved(TicketEvent):
    """The day ended before the ticket was served."""


@dataclass(frozen=True, slots=True)
class CounterOpened(CounterEvent):
    """The counter takes visitors."""

    services: tuple[str, ...]
    """Letters of the services it calls from, in order of preference."""


@dataclass(frozen=True, slots=True)
class CounterPaused(CounterEvent):
    """The counter takes no new visitor for a while."""


@dataclass(frozen=True, slots=True)
class CounterClosed(CounterEvent):
    """The counter's work is over."""


@dataclass(frozen=True, slots=True)
class ClockStepped(Event):
    """The wall clock moved by itself, e.g. when network time arrived."""

    step_s: float
    """Positive: forward."""


@dataclass(frozen=True, slots=True)
class DayDated(Event):
    """It became known to which date belongs what the present boot records in this day."""

    date: str
    """Local date, `YYYY-MM-DD`; empty: the clock stands before what is recorded already, so nobody
    knows."""


@dataclass(frozen=True, slots=True)
class ReferralGiven(Event):
    """A visitor was told, before queueing, that the matter is done elsewhere."""

    procedure: str
    place: str


@dataclass(frozen=True, slots=True)
class FeedbackGiven(Event):
    """A visitor rated the visit; kept apart from the ticket on purpose."""

    rating: int
    """1 not satisfied, 2 neutral, 3 satisfied."""


EVENTS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        DayOpened, DayClosed, TicketIssued, TicketCalled, TicketRecalled, ServiceStarted,
        TicketFinished, TicketMissed, TicketHeld, TicketReturned, TicketTransferred, CallUndone,
        TicketCancelled, TicketUnserved, CounterOpened, CounterPaused, CounterClosed,
        ClockStepped, DayDated, ReferralGiven, FeedbackGiven,
    )
}  # fmt: skip
"""Every event by the name it is stored under."""
