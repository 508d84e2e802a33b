"""The buttons of a desk: which there are, what they say, and whether the rules allow them now."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from motcua.counter import acts
from motcua.counter.acts import Pressed
from motcua.queue.day import CounterState
from motcua.queue.decide import decide
from motcua.queue.errors import QueueError
from motcua.queue.moment import between
from motcua.queue.ticket import State

if TYPE_CHECKING:
    from motcua.queue.day import Day
    from motcua.queue.moment import Moment
    from motcua.queue.rules import Rules


@dataclass(frozen=True, slots=True)
class Button:
    """One act a clerk may press."""

    value: str
    """What it sends: `act` or `act:choice`."""
    label: str
    """English; translated when shown."""
    key: str
    """Place on the keyboard, e.g. `KeyG`; empty when it has none."""
    refusal: QueueError | None = None
    """Why it cannot be pressed now; None when it can."""

    @property
    def shown(self) -> str:
        """What stands on the key."""
        return acts.shown_key(self.key)


@dataclass(frozen=True, slots=True)
class Undo:
    """The act that may still be taken back."""

    label: str
    """English, with a place for `number`."""
    number: str
    left_s: int
    """Whole seconds it stands for, at least 1."""


@dataclass(frozen=True, slots=True)
class Keyboard:
    """All buttons of one desk, as they stand at one moment."""

    main: Button
    """The clerk's next act."""
    acts: dict[str, Button]
    outcomes: tuple[Button, ...]
    suggested: str
    """The outcome this visit most often has."""
    reasons: tuple[Button, ...]
    transfers: tuple[Button, ...]
    undo: Undo | None
    may_call: bool
    """Whether somebody of the lists may be called now."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """A counter at a moment, to ask the rules about."""

    day: Day
    rules: Rules
    number: int
    at: Moment

    def button(self, value: str, label: str, key: str = "") -> Button:
        """Return a button and whether the rules would let it be pressed; nothing is done."""
        act, _, choice = value.partition(":")
        try:
            wish = acts.command(Pressed(act, choice), self.number)
            decide(self.day, wish, self.at, self.rules, "")
        except QueueError as refusal:
            return Button(value, label, key, refusal)
        return Button(value, label, key)

    def plain(self, act: str) -> Button:
        """Return the button of an act that needs no choice."""
        return self.button(act, acts.LABELS[act], acts.KEYS[act])


def keyboard(day: Day, rules: Rules, number: int, at: Moment) -> Keyboard:
    """Return the buttons of counter `number`, each asked of the rules themselves."""
    desk = _Desk(day, rules, number, at)
    ticket = day.at_counter(number)
    purpose = ticket.purpose if ticket else None
    return Keyboard(
        main=_main(desk),
        acts={act: desk.plain(act) for act in ("recall", "miss", "pause", "close", "undo")},
        outcomes=tuple(
            desk.button(f"finish:{outcome}", label, acts.KEYS[f"finish:{outcome}"])
            for outcome, label in acts.OUTCOMES.items()
        ),
        suggested=acts.SUGGESTED.get(purpose or "", "done"),
        reasons=tuple(
            desk.button(f"hold:{reason}", label, f"Digit{n}")
            for n, (reason, label) in enumerate(acts.REASONS.items(), 1)
        ),
        transfers=tuple(
            desk.button(f"transfer:{letter}", letter, _letter_key(letter))
            for letter in rules.services
            if ticket is None or letter != ticket.service
        ),
        undo=_undo(desk),
        may_call=_may_call(desk),
    )


def _main(desk: _Desk) -> Button:
    """Return the clerk's next act: the one the day's work goes on with."""
    ticket = desk.day.at_counter(desk.number)
    if ticket and ticket.state is State.CALLED:
        return desk.plain("start")
    if ticket:
        return Button("finish", acts.LABELS["finish"], "")
    if desk.day.counter(desk.number).state is not CounterState.OPEN:
        return desk.plain("open")
    return desk.plain("call-next")


def _undo(desk: _Desk) -> Undo | None:
    act = desk.day.undoable(desk.number)
    if act is None or desk.plain("undo").refusal:
        return None
    left_s = desk.rules.undo_s - between(act.at, desk.at).seconds
    return Undo(acts.TAKEN_BACK[act.event], act.before.number, max(1, ceil(left_s)))


def _may_call(desk: _Desk) -> bool:
    """Return whether the counter is ready for anybody, though perhaps nobody is next for it."""
    refusal = desk.plain("call-next").refusal
    return refusal is None or refusal.code == "queue.empty"


def _letter_key(letter: str) -> str:
    return f"Key{letter}" if letter.isascii() else ""
