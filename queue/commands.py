"""What somebody wants. Commands are imperative; the rules may refuse them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Command:
    """Any wish."""


@dataclass(frozen=True, slots=True)
class CounterCommand(Command):
    """A wish of the clerk at one counter."""

    counter: int
    seen: int | None = field(default=None, kw_only=True)
    """What the clerk saw there, as `Day.standing_since` told it; None: whatever there is."""


@dataclass(frozen=True, slots=True)
class IssueTicket(Command):
    """Take a number: by procedure, or directly by service."""

    procedure: str | None = None
    service: str | None = None
    """Letter; ignored when a procedure is given."""
    priority: str | None = None
    purpose: str | None = None
    language: str = "vi"
    kiosk: str | None = None
    """Name of the kiosk it is taken at: decides the printer."""


@dataclass(frozen=True, slots=True)
class ReturnTicket(Command):
    """Let a missed or held ticket wait again."""

    ticket: str


@dataclass(frozen=True, slots=True)
class CancelTicket(Command):
    """Give the number back."""

    ticket: str


@dataclass(frozen=True, slots=True)
class GiveReferral(Command):
    """Tell a visitor where the procedure is done, when not here."""

    procedure: str


@dataclass(frozen=True, slots=True)
class GiveFeedback(Command):
    """Rate the visit: 1 not satisfied, 2 neutral, 3 satisfied."""

    rating: int


@dataclass(frozen=True, slots=True)
class OpenCounter(CounterCommand):
    """Take visitors; without services, the configured ones."""

    services: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class PauseCounter(CounterCommand):
    """Take no new visitor for a while."""


@dataclass(frozen=True, slots=True)
class CloseCounter(CounterCommand):
    """End the counter's work."""


@dataclass(frozen=True, slots=True)
class CallNext(CounterCommand):
    """Call whoever is next for this counter."""


@dataclass(frozen=True, slots=True)
class CallTicket(CounterCommand):
    """Call one chosen ticket: waiting, missed or held."""

    ticket: str


@dataclass(frozen=True, slots=True)
class RecallTicket(CounterCommand):
    """Call the same ticket again."""


@dataclass(frozen=True, slots=True)
class StartService(CounterCommand):
    """The visitor is at the counter."""


@dataclass(frozen=True, slots=True)
class FinishTicket(CounterCommand):
    """End the visit with an outcome."""

    outcome: str
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MissTicket(CounterCommand):
    """Nobody came."""


@dataclass(frozen=True, slots=True)
class HoldTicket(CounterCommand):
    """Set the ticket aside."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class TransferTicket(CounterCommand):
    """Send the visitor on to another service."""

    service: str


@dataclass(frozen=True, slots=True)
class UndoAct(CounterCommand):
    """Take back the counter's last act on its call."""


@dataclass(frozen=True, slots=True)
class CloseDay(Command):
    """End the business day; whoever still waits is counted as not served."""


@dataclass(frozen=True, slots=True)
class ConfirmClock(Command):
    """Say that the box's clock is right by now, though it stands before what was recorded."""
