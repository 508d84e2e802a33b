"""Days for journals: a short one with every kind of event, and disks that fail or tell."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from errno import EIO, ENOSPC
from itertools import count
from pathlib import Path

from motcua.clock import SetClock
from motcua.journal.disk import Disk
from motcua.office import Office
from motcua.queue import commands as c
from motcua.queue.day import Day
from motcua.queue.events import Event, TicketIssued
from motcua.queue.fold import fold
from motcua.queue.hours import Hours
from motcua.queue.moment import Moment
from motcua.queue.procedure import Procedure, Where
from motcua.queue.record import Record
from motcua.queue.rules import PriorityGroup, Rules, Service
from motcua.record_keeping import Journal

HUE = timezone(timedelta(hours=7))
MONDAY = "2026-11-23"
TUESDAY = "2026-11-24"
EIGHT = datetime.combine(date(2026, 11, 23), time(8), HUE)
RULES = Rules(
    services={letter: Service(letter, letter) for letter in "AH"},
    counters={1: ("A",), 2: ("H", "A")},
    hours=Hours(((),) * 7, HUE, always_open=True),
    priorities={"older": PriorityGroup("older", "Người cao tuổi", "Older person", 600)},
    procedures={"1.9": Procedure("1.9", "Nơi khác", where=Where.ELSEWHERE, place="")},
)


def record(seq: int, event: Event, day: str = MONDAY, left: int = 0, **more: str) -> Record:
    """Return a record of eight o'clock."""
    command = type(event).__name__
    return Record(seq, day, Moment(EIGHT, "boot", float(seq)), event, command, left=left, **more)


def issue(seq: int, day: str = MONDAY, left: int = 0) -> Record:
    """Return the record of a number given."""
    return record(seq, TicketIssued(f"ticket-{seq}", f"A{seq:03}", "A"), day, left)


def open_office(journal: Journal, clock: SetClock | None = None) -> Office:
    """Return an office on a journal, as it starts."""
    names = count(1 + sum(1 for day in journal.days() for _ in journal.read(day)))
    return Office(journal, clock or SetClock(EIGHT), RULES, lambda: f"visitor-{next(names):04}")


def live_a_day(office: Office, clock: SetClock) -> None:
    """Let two clerks work through some visitors; every kind of event happens."""
    deeds: list[Callable[[str], c.Command]] = [
        lambda _: c.OpenCounter(1), lambda _: c.OpenCounter(2),
        lambda _: c.CallNext(1), lambda _: c.RecallTicket(1), lambda _: c.StartService(1),
        lambda _: c.HoldTicket(1, "phô tô giấy tờ"), lambda lan: c.CallTicket(1, lan),
        lambda _: c.StartService(1), lambda _: c.TransferTicket(1, "H"), lambda _: c.UndoAct(1),
        lambda _: c.TransferTicket(1, "H"), lambda _: c.CallNext(2), lambda _: c.StartService(2),
        lambda _: c.FinishTicket(2, "papers_missing", ("Giấy chứng sinh",)),
        lambda _: c.CallNext(1), lambda _: c.MissTicket(1), lambda _: c.GiveReferral("1.9"),
        lambda _: c.GiveFeedback(3), lambda _: c.PauseCounter(1), lambda _: c.CloseCounter(1),
    ]  # fmt: skip
    visitors = [
        office.execute(c.IssueTicket(service="A", priority=priority), f"request-{n}").ticket
        for n, priority in enumerate(["older", None, None, None])
    ]
    assert all(visitors)
    lan, *_, an = (visitor.id for visitor in visitors if visitor)
    office.execute(c.CancelTicket(an))
    for deed in deeds:
        clock.advance(7)
        office.execute(deed(lan))
    clock.step(86400)
    office.execute(c.GiveFeedback(3))
    clock.step(3600 - 86400)
    office.execute(c.CloseDay())


def numbers(journal: Journal, day: str) -> list[str]:
    """Return the numbers given on a day."""
    events = (found.event for found in journal.read(day))
    return [event.number for event in events if isinstance(event, TicketIssued)]


def folded(journal: Journal, day: str) -> Day:
    """Return what a day's records leave."""
    return fold(Day(day), journal.read(day))


class CountingDisk(Disk):
    """Tells what went through it."""

    def __init__(self) -> None:
        super().__init__()
        self.writes: list[int] = []
        self.syncs = 0

    def append(self, file: int, data: bytes) -> int:
        self.writes.append(len(data))
        return super().append(file, data)

    def sync(self, file: int) -> None:
        self.syncs += 1
        super().sync(file)


class FailingDisk(Disk):
    """Fails where it is told to, as often as it is told to."""

    def __init__(self, *plan: str) -> None:
        """Plan failures, first one first: `full`, `half`, `sync`, `sync+cut`, `open`."""
        super().__init__()
        self.plan = list(plan)
        self._cut_fails = False

    def open(self, path: Path) -> int:
        if self.plan[:1] == ["open"]:
            raise OSError(EIO, os.strerror(EIO))
        return super().open(path)

    def append(self, file: int, data: bytes) -> int:
        if self.plan[:1] == ["full"]:
            self.plan.pop(0)
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        if self.plan[:1] == ["half"]:
            self.plan.pop(0)
            return super().append(file, data[: len(data) // 2])
        return super().append(file, data)

    def sync(self, file: int) -> None:
        if self.plan[:1] in (["sync"], ["sync+cut"]):
            self._cut_fails = self.plan.pop(0) == "sync+cut"
            raise OSError(EIO, os.strerror(EIO))
        super().sync(file)

    def cut(self, file: int, size: int) -> None:
        if self._cut_fails:
            self._cut_fails = False
            raise OSError(EIO, os.strerror(EIO))
        super().cut(file, size)
