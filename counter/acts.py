"""What a clerk may press: each act's name, words and key, and the command it stands for.

A pressed button sends `act`, or `act:choice` where there is something to choose (`finish:done`,
`call:<ticket>`). Keys are physical places on the keyboard (`KeyG`), so that a Vietnamese input
method or layout that is switched on does not swallow them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from motcua.queue import commands as c
from motcua.queue.errors import QueueError

if TYPE_CHECKING:
    from motcua.queue.commands import Command

MAIN_KEY = "Space"

OUTCOMES = {
    "done": "Done, result in hand",
    "received": "Dossier received",
    "advised": "Advised",
    "papers_missing": "Papers missing",
    "wrong_place": "Wrong place",
    "not_possible": "Not possible now",
}
"""Outcome → its words, in the order of their keys 1 to 6."""

SUGGESTED = {"collect": "done", "submit": "received", "assist": "received", "ask": "advised"}
"""Purpose of the visit → the outcome it most often has."""

REASONS = {
    "copy": "Making photocopies",
    "form": "Filling in a form",
    "papers": "Fetching a paper",
    "fee": "Paying the fee",
    "system": "Waiting for the system",
    "other": "Another reason",
}
"""Reason of a hold → its words. A short list: free text would gather personal data."""

PURPOSES = {
    "submit": "Hand in papers",
    "collect": "Collect a result",
    "ask": "Ask for guidance",
    "assist": "Help to file online",
}

STATES = {"open": "Open", "paused": "Paused", "closed": "Closed"}

PHASES = {"next": "Next visitor", "called": "Called", "serving": "Being served"}

KEYS = {
    "open": "KeyM",
    "call-next": "KeyN",
    "start": "KeyB",
    "recall": "KeyG",
    "miss": "KeyV",
    "hold": "KeyH",
    "transfer": "KeyC",
    "reprint": "KeyI",
    "pause": "KeyP",
    "close": "Shift+KeyX",
    "undo": "KeyZ",
    "services": "KeyD",
    "list": "KeyL",
    "issue": "KeyT",
    **{f"finish:{outcome}": f"Digit{n}" for n, outcome in enumerate(OUTCOMES, 1)},
}
"""Act → its key. The main button has `MAIN_KEY` beside its own."""

LABELS = {
    "open": "Open the counter",
    "call-next": "Call the next number",
    "call": "Call",
    "start": "Start the service",
    "finish": "Finish…",
    "recall": "Call again",
    "miss": "Nobody came",
    "hold": "Hold the number",
    "transfer": "Transfer",
    "reprint": "Print the slip again",
    "pause": "Pause the counter",
    "close": "Close the counter",
    "return": "Wait again",
    "cancel": "Cancel the number",
    "undo": "Undo",
}

TAKEN_BACK = {
    "TicketCalled": "Undo: call of %(number)s",
    "ServiceStarted": "Undo: start of %(number)s",
    "TicketFinished": "Undo: finish of %(number)s",
    "TicketMissed": "Undo: nobody came for %(number)s",
    "TicketHeld": "Undo: hold of %(number)s",
    "TicketTransferred": "Undo: transfer of %(number)s",
}
"""Event → what taking it back is called."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a clerk sent by pressing a button."""

    act: str
    choice: str = ""
    """After the colon: outcome, reason, service or ticket."""
    services: tuple[str, ...] | None = None
    """The services ticked for the counter; None when they were not asked for."""
    papers: tuple[str, ...] = ()
    """The papers ticked as missing."""
    seen: int | None = None
    """What the page showed of the counter, see `CounterCommand`; None when it did not say."""


def shown_key(code: str) -> str:
    """Return what stands on a key: `G` for `KeyG`, `Shift+X` for `Shift+KeyX`."""
    return code.replace("Key", "").replace("Digit", "")


def command(pressed: Pressed, counter: int) -> Command:
    """Return what the clerk of `counter` wants.

    Raises:
        QueueError: `act.unknown` or `reason.unknown`.
    """
    make = _COMMANDS.get(pressed.act)
    if make is None:
        raise QueueError("act.unknown", "A counter has no such act.", "invalid")
    wish = make(counter, pressed)
    return replace(wish, seen=pressed.seen) if isinstance(wish, c.CounterCommand) else wish


def _finish(counter: int, pressed: Pressed) -> Command:
    papers = pressed.papers if pressed.choice == "papers_missing" else ()
    return c.FinishTicket(counter, pressed.choice, papers)


def _hold(counter: int, pressed: Pressed) -> Command:
    if pressed.choice not in REASONS:
        raise QueueError("reason.unknown", "Choose a reason from the list.", "invalid")
    return c.HoldTicket(counter, pressed.choice)


_COMMANDS: dict[str, Callable[[int, Pressed], Command]] = {
    "open": lambda counter, pressed: c.OpenCounter(counter, pressed.services),
    "pause": lambda counter, _: c.PauseCounter(counter),
    "close": lambda counter, _: c.CloseCounter(counter),
    "call-next": lambda counter, _: c.CallNext(counter),
    "call": lambda counter, pressed: c.CallTicket(counter, pressed.choice),
    "recall": lambda counter, _: c.RecallTicket(counter),
    "start": lambda counter, _: c.StartService(counter),
    "finish": _finish,
    "miss": lambda counter, _: c.MissTicket(counter),
    "hold": _hold,
    "transfer": lambda counter, pressed: c.TransferTicket(counter, pressed.choice),
    "undo": lambda counter, _: c.UndoAct(counter),
    "return": lambda _, pressed: c.ReturnTicket(pressed.choice),
    "cancel": lambda _, pressed: c.CancelTicket(pressed.choice),
}
