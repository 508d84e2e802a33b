"""What clerks and visitors press next: mostly what makes sense, now and then something else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

from motcua.queue import commands as c
from motcua.queue.day import Day
from motcua.queue.ticket import OUTCOMES, State
from tests.concurrency.centre import CREDITS_S, SERVICES

_NOBODY = "nobody"


@dataclass(frozen=True)
class Sight:
    """What somebody sees before pressing."""

    day: Day
    chance: Random
    counter: int = 0

    def waiting(self) -> str:
        """Return anybody who waits."""
        lines = (self.day.waiting(service) for service in SERVICES)
        return self._one_of(ticket.id for line in lines for ticket in line)

    def aside(self) -> str:
        """Return anybody missed or held."""
        return self._one_of(
            ticket.id
            for state in (State.MISSED, State.HELD)
            for ticket in self.day.set_aside(state)
        )

    def service(self) -> str:
        return self.chance.choice(SERVICES)

    def services(self) -> tuple[str, ...]:
        return tuple(self.chance.sample(SERVICES, self.chance.randint(1, 3)))

    def priority(self) -> str | None:
        return self.chance.choice([None, None, *CREDITS_S])

    def _one_of(self, tickets: Iterable[str]) -> str:
        return self.chance.choice([*tickets] or [_NOBODY])


Wish = tuple[int, Callable[[Sight], c.Command]]
"""How often, and what."""
_CALL_NEXT: Wish = (64, lambda s: c.CallNext(s.counter))
_OPEN: Wish = (9, lambda s: c.OpenCounter(s.counter))
_UNDO: Wish = (9, lambda s: c.UndoAct(s.counter))
_HOLD: Wish = (8, lambda s: c.HoldTicket(s.counter))
_TRANSFER: Wish = (10, lambda s: c.TransferTicket(s.counter, s.service()))
_FINISH: Wish = (55, lambda s: c.FinishTicket(s.counter, s.chance.choice(OUTCOMES)))
_START: Wish = (50, lambda s: c.StartService(s.counter))
_PAUSE: Wish = (2, lambda s: c.PauseCounter(s.counter))
_CLOSE: Wish = (2, lambda s: c.CloseCounter(s.counter))
_RETURN: Wish = (3, lambda s: c.ReturnTicket(s.aside()))
_SLIP: Wish = (2, lambda s: c.StartService(s.counter))
"""A slip of the finger: it makes no sense where it stands below."""
_AT_COUNTER: dict[str, list[Wish]] = {
    "closed": [_OPEN, (1, lambda s: c.OpenCounter(s.counter, s.services())), _SLIP],
    "paused": [_OPEN, (1, lambda s: c.CallNext(s.counter))],
    "open": [
        _CALL_NEXT, _UNDO, _PAUSE, _CLOSE, _RETURN, _SLIP,
        (9, lambda s: c.CallTicket(s.counter, s.aside())),
        (5, lambda s: c.CallTicket(s.counter, s.waiting())),
    ],
    "called": [
        _START, _UNDO, _HOLD, _TRANSFER, _PAUSE, _CLOSE,
        (8, lambda s: c.RecallTicket(s.counter)), (16, lambda s: c.MissTicket(s.counter)),
        (2, lambda s: c.FinishTicket(s.counter, "done")),
    ],
    "serving": [_FINISH, _UNDO, _HOLD, _TRANSFER, _PAUSE, _SLIP],
}  # fmt: skip
_AT_KIOSK: list[Wish] = [
    (84, lambda s: c.IssueTicket(service=s.service(), priority=s.priority())),
    (6, lambda s: c.CancelTicket(s.waiting())),
    (8, lambda s: c.ReturnTicket(s.aside())),
    (2, lambda s: c.CancelTicket(s.aside())),
]


def wish(day: Day, chance: Random, counter: int | None) -> c.Command:
    """Return what the clerk of a counter presses next, or a visitor at a kiosk for None."""
    wishes = _AT_KIOSK
    if counter is not None:
        ticket = day.at_counter(counter)
        wishes = _AT_COUNTER[ticket.state if ticket else day.counter(counter).state]
    [(_, make)] = chance.choices(wishes, [often for often, _ in wishes])
    return make(Sight(day, chance, counter or 0))
