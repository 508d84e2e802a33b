"""Stories of a day at the counter: sentences become commands, and the rules answer with events.

```
08:00 counter 1 opens A H
08:01 Lan takes A as older
08:02 counter 1 calls next
```

A visitor's name is the id of the ticket; `Lan.2` is the second leg of Lan's visit.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

import pytest

from motcua.queue import commands as c
from motcua.queue.day import Day
from motcua.queue.decide import decide
from motcua.queue.errors import QueueError
from motcua.queue.events import DayOpened, Event
from motcua.queue.fold import fold
from motcua.queue.hours import Hours, Shift
from motcua.queue.moment import Moment
from motcua.queue.procedure import Procedure, Where
from motcua.queue.record import Record
from motcua.queue.rules import PriorityGroup, Rules, Service
from motcua.queue.ticket import State, Ticket

HUE = timezone(timedelta(hours=7))
MONDAY = date(2026, 11, 23)
_MIDNIGHT = datetime(2026, 11, 23, tzinfo=HUE)
_WORKDAY = (Shift(time(7, 30), time(11, 30)), Shift(time(13, 30), time(17, 0)))

RULES = Rules(
    services={letter: Service(letter, letter) for letter in "AHKM"},
    counters={1: ("A", "H"), 2: ("H", "A", "K"), 3: ("M",), 4: ("K", "M", "A")},
    hours=Hours((_WORKDAY,) * 5 + ((), ()), HUE),
    priorities={
        "older": PriorityGroup("older", "Người cao tuổi", "Older person", 600),
        "pregnant": PriorityGroup("pregnant", "Phụ nữ mang thai", "Pregnant", 900),
    },
    procedures={
        procedure.code: procedure
        for procedure in (
            Procedure("1.001193", "Đăng ký khai sinh", service="A"),
            Procedure("2.000815", "Chứng thực bản sao", service="H", where=Where.RECEIVED_HERE),
            Procedure("1.000001", "Thủ tục cũ", service="A", valid_to=date(2026, 11, 22)),
            Procedure("1.000002", "Thủ tục mới", service="A", valid_from=date(2026, 11, 24)),
            Procedure(
                "1.000003", "Cấp hộ chiếu", where=Where.ELSEWHERE, place="Công an thành phố",
                address="15 Lê Lợi", hours="7:30–17:00", online_url="",
            ),
            Procedure("1.000004", "Nơi khác, chưa rõ nơi nào", where=Where.ELSEWHERE),
        )
    },
    undo_s=10,
)  # fmt: skip


def moment(clock: str, boot: str = "morning") -> Moment:
    """Return a time of Monday, e.g. `08:00` or `08:00:30`."""
    wall = datetime.combine(MONDAY, time.fromisoformat(clock), HUE)
    return Moment(wall, boot, (wall - _MIDNIGHT).total_seconds())


class Story:
    """One business day, told line by line."""

    def __init__(self, text: str = "", rules: Rules = RULES) -> None:
        """Tell `text`, every line of which the rules must accept."""
        self.rules = rules
        self.day = Day(MONDAY.isoformat())
        self.records: list[Record] = []
        self._keep([DayOpened(self.day.date)], moment("07:00"), "DayOpened")
        self.tell(text)

    def tell(self, text: str) -> Story:
        """Let more happen."""
        for line in filter(None, map(str.strip, (text or "").splitlines())):
            self.when(line)
        return self

    def when(self, line: str) -> list[Event]:
        """Let one line happen; return the events that followed from it."""
        clock, _, sentence = line.strip().partition(" ")
        return self.do(_command(sentence.split()), moment(clock), sentence.split()[0])

    def do(self, command: c.Command, at: Moment, fresh_id: str = "") -> list[Event]:
        """Let somebody do something at a certain time."""
        events = decide(self.day, command, at, self.rules, fresh_id)
        self._keep(events, at, type(command).__name__)
        return events

    def refused(self, line: str) -> str:
        """Return the code a line is refused with, and see that nothing changed."""
        return self.refusal(line).code

    def refusal(self, line: str) -> QueueError:
        """Return why a line is refused, and see that nothing changed."""
        before = deepcopy(self.day)
        with pytest.raises(QueueError) as refusal:
            self.when(line)
        assert self.day == before
        return refusal.value

    def ticket(self, name: str) -> Ticket:
        """Return a visitor's ticket."""
        return self.day.tickets[name]

    def state(self, name: str) -> State:
        """Return where a visitor's ticket stands."""
        return self.ticket(name).state

    def waiting(self, service: str) -> list[str]:
        """Return who waits for a service, in the order of calling."""
        return [ticket.id for ticket in self.day.waiting(service)]

    def _keep(self, events: list[Event], at: Moment, command: str) -> None:
        first, last = self.day.seq + 1, len(events) - 1
        records = [
            Record(first + n, self.day.date, at, event, command, left=last - n)
            for n, event in enumerate(events)
        ]
        self.records += records
        fold(self.day, records)


def standing(day: Day) -> dict[str, Any]:
    """Return where everybody stands: all of a day but its bookkeeping of events."""
    return {
        "tickets": day.tickets,
        "legs": day.legs,
        "lines": {letter: list(line) for letter, line in day.lines.items() if len(line)},
        "missed": day.set_aside(State.MISSED),
        "held": day.set_aside(State.HELD),
        "counters": {n: replace(counter, last=None) for n, counter in day.counters.items()},
        "calls": list(day.calls),
        "paces": {letter: paces for letter, paces in day.paces.items() if paces},
        "issued": day.issued,
    }


def _command(words: list[str]) -> c.Command:  # noqa: PLR0911 - one a sentence
    match words:
        case ["counter", number, *act]:
            return _desk_command(int(number), act)
        case [_, "takes", *what]:
            return _issue(what)
        case [name, "returns"]:
            return c.ReturnTicket(name)
        case [name, "cancels"]:
            return c.CancelTicket(name)
        case [_, "asks", "for", procedure]:
            return c.GiveReferral(procedure)
        case [_, "rates", rating]:
            return c.GiveFeedback(int(rating))
        case ["the", "day", "closes"]:
            return c.CloseDay()
    raise ValueError(" ".join(words))


def _issue(words: list[str]) -> c.IssueTicket:
    match words:
        case ["procedure", code, *more]:
            wish = c.IssueTicket(procedure=code)
        case [letter, *more]:
            wish = c.IssueTicket(service=letter)
    for word, value in zip(more[::2], more[1::2], strict=True):
        name = {"as": "priority", "to": "purpose", "in": "language", "at": "kiosk"}[word]
        wish = replace(wish, **{name: value})
    return wish


def _desk_command(counter: int, act: list[str]) -> c.Command:  # noqa: PLR0911 - one a sentence
    match act:
        case ["opens"]:
            return c.OpenCounter(counter)
        case ["opens", *services]:
            return c.OpenCounter(counter, tuple(services))
        case ["calls", "next"]:
            return c.CallNext(counter)
        case ["calls", name]:
            return c.CallTicket(counter, name)
        case ["finishes", outcome, *papers]:
            return c.FinishTicket(counter, outcome, tuple(papers))
        case ["holds", *reason]:
            return c.HoldTicket(counter, " ".join(reason))
        case ["transfers", "to", service]:
            return c.TransferTicket(counter, service)
        case [verb]:
            return _PLAIN[verb](counter)
    raise ValueError(" ".join(act))


_PLAIN = {
    "pauses": c.PauseCounter,
    "closes": c.CloseCounter,
    "recalls": c.RecallTicket,
    "starts": c.StartService,
    "misses": c.MissTicket,
    "undoes": c.UndoAct,
}
