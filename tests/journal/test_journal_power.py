"""The plug is pulled at every moment of a busy day, and again while it starts."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from motcua.clock import SetClock
from motcua.journal.disk import Disk
from motcua.journal.lines import LONGEST_GAP_BYTES
from motcua.journal.tiny import TinyJournal
from motcua.journal.verify import verify
from motcua.office import Office
from motcua.queue import commands as c
from motcua.queue.day import Answer, CounterState, Day
from motcua.queue.events import TicketIssued
from motcua.queue.record import Record
from motcua.record_keeping import Damage, JournalError
from tests.journal.journal_days import EIGHT, RULES
from tests.journal.power_cuts import SECTOR, Deed, Files, Platter, RecordingDisk

_ids = count(1)


def _start(folder: Path, clock: SetClock, disk: Disk | None = None) -> tuple[TinyJournal, Office]:
    """Open the office as `motcua serve` does."""
    journal = TinyJournal(folder, durable=False, disk=disk)
    journal.repair()
    return journal, Office(journal, clock, RULES, lambda: f"visitor-{next(_ids)}")


@dataclass
class Story:
    """A day on a disk that remembers, and what callers were told when."""

    folder: Path
    disk: RecordingDisk = field(default_factory=RecordingDisk)
    clock: SetClock = field(default_factory=lambda: SetClock(EIGHT))
    told: list[tuple[int, int]] = field(default_factory=list)
    """How many deeds had been done when a caller knew of all events up to a number."""
    visitors: list[str] = field(default_factory=list)
    known: int = 0
    """How many events callers knew of before."""

    def __post_init__(self) -> None:
        self.journal, self.office = _start(self.folder, self.clock, self.disk)

    def act(self, command: c.Command, *failures: str) -> Answer:
        """Do something; if the disk fails as planned, do it again."""
        self.clock.advance(3)
        request = f"request-{len(self.told)}"
        for failure in failures:
            self.disk.plan = [failure]
            with pytest.raises(JournalError):
                self.office.execute(command, request)
        answer = self.office.execute(command, request)
        self.told.append((len(self.disk.deeds), answer.seq))
        return answer

    def visit(self, service: str, priority: str | None = None) -> None:
        """Give a number."""
        ticket = self.act(c.IssueTicket(service=service, priority=priority)).ticket
        assert ticket is not None
        self.visitors.append(ticket.id)

    def records(self) -> list[Record]:
        """Return what was kept, in order."""
        return _records(self.journal)


def _records(journal: TinyJournal) -> list[Record]:
    return [record for day in journal.days() for record in journal.read(day)]


def _a_round(story: Story, number: int) -> None:
    """Let five visitors come and two clerks take some; in two rounds every act happens."""
    for service, priority in (("A", None), ("H", None), ("A", "older"), ("A", None), ("H", None)):
        story.visit(service, priority)
    late = story.visitors[-2]
    smooth: list[c.Command] = [
        c.CallNext(1), c.CallNext(2), c.RecallTicket(1), c.StartService(1), c.StartService(2),
        c.FinishTicket(1, "papers_missing", ("Giấy chứng sinh",)), c.FinishTicket(2, "done"),
    ]  # fmt: skip
    knotty: list[c.Command] = [
        c.CallTicket(1, late), c.MissTicket(1), c.CallTicket(1, late), c.StartService(1),
        c.TransferTicket(1, "H"), c.UndoAct(1), c.HoldTicket(1, "phô tô giấy tờ"), c.CallNext(2),
        c.UndoAct(2), c.CallTicket(1, late), c.StartService(1), c.FinishTicket(1, "received"),
    ]  # fmt: skip
    for act in smooth if number % 3 else knotty:
        story.act(act)
    if number % 4 == 2:
        story.clock.step(3600 if number == 2 else -3600)
        story.act(c.IssueTicket(service="A"), "half", "sync")


def _a_busy_day(story: Story, rounds: int) -> None:
    for desk in (1, 2):
        story.act(c.OpenCounter(desk))
    for number in range(rounds):
        _a_round(story, number)
    story.act(c.CancelTicket(story.visitors[-1]), "sync")
    story.act(c.CloseDay())
    story.clock.advance(86400)
    story.act(c.IssueTicket(service="A"), "half")
    story.act(c.OpenCounter(2))
    story.clock.advance(86400)
    story.act(c.IssueTicket(service="A"))


def _put(files: Files, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path, data in files.items():
        (folder / path.name).write_bytes(data)


def _found(folder: Path) -> tuple[int, int, list[Damage]]:
    """Return what verify says is to be cut and was cut, in bytes, and what it doubts."""
    reports = verify(folder)
    doubts = [damage for report in reports for damage in report.damage]
    assert doubts or all(report.sound for report in reports), [one.line() for one in reports]
    assert all(damage.bytes_lost > LONGEST_GAP_BYTES for damage in doubts), doubts
    torn = sum(report.torn_bytes for report in reports)
    return torn, sum(report.cut_bytes for report in reports), doubts


def _check_start(folder: Path, known: list[Record]) -> None:
    """Start on what the power cut left: all that is known is there, and work goes on."""
    torn, cut, doubts = _found(folder)
    clock = SetClock(known[-1].at.wall if known else EIGHT, "after")
    clock.advance(60)
    journal, office = _start(folder, clock)
    told = [(damage.cut, damage.bytes_lost) for damage in journal.damage]
    assert told == [(True, torn)] * bool(torn) + [(False, one.bytes_lost) for one in doubts]
    there = _records(journal)
    assert there[: len(known)] == known
    assert [record.seq for record in there] == list(range(1, len(there) + 1))
    assert not there or there[-1].left == 0, "a command is there whole"
    with office.today() as day:
        _check_desks(day)
    _go_on(office, clock, there)
    torn_now, cut_now, doubts_now = _found(folder)
    assert (torn_now, doubts_now) == (0, doubts)
    assert max(cut, torn) <= cut_now <= cut + torn, "copied before it was cut, perhaps twice"
    damage = [one for one in journal.damage if not one.cut]
    again = TinyJournal(folder, durable=False)
    again.repair()
    assert (_records(again)[-1].seq, again.damage) == (office.seq, damage)
    again.close()


def _check_desks(day: Day) -> None:
    called = [counter.ticket for counter in day.counters.values() if counter.ticket]
    at_desks = [ticket.id for ticket in day.tickets.values() if ticket.at_counter]
    assert sorted(called) == sorted(at_desks)
    assert len(called) == len(set(called))


def _go_on(office: Office, clock: SetClock, there: list[Record]) -> None:
    """Give numbers and call; none of them was given before."""
    with office.today() as day:
        closed, date = day.closed, day.date
    if closed:
        clock.advance(86400)
    given = {
        record.event.number
        for record in there
        if record.day == date and isinstance(record.event, TicketIssued) and not closed
    }
    for service in "AHA":
        ticket = office.execute(c.IssueTicket(service=service)).ticket
        assert ticket is not None
        assert ticket.number not in given
        given.add(ticket.number)
    with office.today() as day:
        desks = [day.counter(number) for number in (1, 2)]
    for desk in desks:
        if desk.state is not CounterState.OPEN:
            office.execute(c.OpenCounter(desk.number))
        if not desk.ticket:
            office.execute(c.CallNext(desk.number))
    with office.today() as day:
        _check_desks(day)
    office.stop()


def _cuts(
    story: Story, every: Callable[[int], int], there: Files | None = None
) -> Iterator[tuple[Files, list[Record]]]:
    """Yield every state after every deed, none twice, with what callers knew by then."""
    platter, records, known = Platter(there), story.records(), story.known
    told, seen = dict(story.told), set[tuple[int, int]]()
    for number, deed in enumerate([Deed("names", story.folder), *story.disk.deeds]):
        platter.do(deed)
        known = told.get(number, known)
        states = list(platter.states(every(number)))
        # All of what was written is looked at after its sync, when callers know more.
        for state in states[:-1] if deed.kind == "append" else states:
            name = hash(frozenset(state.items()))
            if (name, known) not in seen:
                seen.add((name, known))
                yield state, records[:known]


@pytest.mark.slow
def test_whatever_the_plug_leaves_of_a_busy_day_the_next_start_has_all_that_was_told(
    folder: Path, tmp_path: Path
) -> None:
    story = Story(folder)
    _a_busy_day(story, 12)
    assert len(story.visitors) >= 60
    for state, known in _cuts(story, lambda number: 1 if number % 131 < 2 else 200):
        _put(state, tmp_path / "after")
        _check_start(tmp_path / "after", known)


def test_the_plug_may_be_pulled_again_while_what_it_left_is_repaired(
    folder: Path, tmp_path: Path
) -> None:
    story = Story(folder)
    story.visit("A")
    story.act(c.OpenCounter(1))
    story.act(c.CallNext(1))
    story.journal.close()
    whole = folder / "2026-11-23.jsonl"
    data = whole.read_bytes()
    torn = [data[:-1], data[:-100], data[:-100] + bytes(100), data[:-300] + bytes(299) + b"\n"]
    for left in torn:
        _put({whole: left}, folder)
        again = Story(folder, known=3)
        again.visit("H")
        for state, known in _cuts(again, lambda _: 20, {whole: left}):
            _put(state, tmp_path / "after")
            _check_start(tmp_path / "after", known)
        again.journal.close()


def test_what_a_killed_process_had_not_synced_is_synced_before_anybody_hears_of_it(
    folder: Path, tmp_path: Path
) -> None:
    """
    The process is killed at any moment, between a write and its sync for one; the next one reads
    what was written and tells the caller who asks again. Then the power goes.
    """
    story = Story(folder)
    story.visit("A")
    story.journal.close()
    for killed in range(1, len(story.disk.deeds) + 1):
        platter = Platter()
        for deed in story.disk.deeds[:killed]:
            platter.do(deed)
        *_, left = platter.states(SECTOR)
        _put(left, folder)
        again = Story(folder, RecordingDisk(deeds=story.disk.deeds[:killed]))
        again.act(c.IssueTicket(service="A"))
        assert [record.seq for record in again.records()] == [1, 2], "the first answer or a new one"
        for state, known in _cuts(again, lambda _: 20):
            _put(state, tmp_path / "after")
            _check_start(tmp_path / "after", known)
        assert len(known) == 2
        again.journal.close()


@pytest.mark.parametrize("failure", ["full", "half", "sync"])
def test_what_was_refused_does_not_come_back_with_a_power_cut(folder: Path, failure: str) -> None:
    story = Story(folder)
    story.visit("A")
    there = story.records()
    story.disk.plan = [failure]
    with pytest.raises(JournalError):
        story.office.execute(c.IssueTicket(service="A"))
    platter = Platter()
    for deed in story.disk.deeds:
        platter.do(deed)
    for state in platter.states(20):
        _put(state, folder)
        assert story.records() == there
