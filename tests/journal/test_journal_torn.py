"""The plug is pulled while a line is written: it is cut, told, and nothing else is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from motcua.clock import SetClock
from motcua.journal.tiny import TinyJournal
from motcua.queue import commands as c
from motcua.queue.ticket import State
from tests.journal.journal_days import (
    EIGHT,
    MONDAY,
    CountingDisk,
    folded,
    issue,
    live_a_day,
    numbers,
    open_office,
)


def _file(folder: Path) -> Path:
    return folder / f"{MONDAY}.jsonl"


def test_every_beginning_of_a_last_line_is_cut_and_work_goes_on(folder: Path) -> None:
    journal = TinyJournal(folder)
    journal.append([issue(1)])
    whole = _file(folder).read_bytes()
    journal.append([issue(2)])
    line = _file(folder).read_bytes()[len(whole) :]
    journal.close()
    for size in range(len(line)):
        _file(folder).write_bytes(whole + line[:size])
        journal = TinyJournal(folder)
        assert list(journal.read(MONDAY)) == [issue(1)]
        journal.append([issue(2)])
        assert list(journal.read(MONDAY)) == [issue(1), issue(2)]
        assert [(d.cut, d.line, d.bytes_lost) for d in journal.damage] == (
            [(True, None, size)] if size else []
        )
        journal.close()
        assert _file(folder).read_bytes() == whole + line


def test_every_beginning_of_a_last_command_of_several_events_is_cut_whole(folder: Path) -> None:
    journal = TinyJournal(folder)
    journal.append([issue(1)])
    whole = _file(folder).read_bytes()
    journal.append([issue(2, left=2), issue(3, left=1), issue(4)])
    command = _file(folder).read_bytes()[len(whole) :]
    journal.close()
    for size in range(len(command)):
        _file(folder).write_bytes(whole + command[:size])
        journal = TinyJournal(folder)
        assert list(journal.read(MONDAY)) == [issue(1)]
        journal.repair()
        journal.close()
        assert _file(folder).read_bytes() == whole


def test_what_was_cut_is_kept_beside_the_file(folder: Path) -> None:
    journal = TinyJournal(folder)
    journal.append([issue(1)])
    journal.close()
    with _file(folder).open("ab") as file:
        file.write(b"half a li")
    TinyJournal(folder).repair()
    assert (folder / f"{MONDAY}.cut").read_bytes() == b"half a li"


def test_the_power_may_go_again_between_the_copy_and_the_cut(folder: Path) -> None:
    TinyJournal(folder).append([issue(1)])
    (folder / f"{MONDAY}.cut").write_bytes(b"older" + b"half a li")
    with _file(folder).open("ab") as file:
        file.write(b"half a li")
    TinyJournal(folder).repair()
    assert (folder / f"{MONDAY}.cut").read_bytes() == b"older" + b"half a li"


def test_a_start_leaves_nothing_of_the_days_file_to_the_next_power_cut(folder: Path) -> None:
    disk = CountingDisk()
    TinyJournal(folder, durable=False).append([issue(1)])
    TinyJournal(folder, disk=disk).repair()
    assert (disk.syncs, disk.writes) == (1, []), "a process killed before its sync wrote it"


def test_a_day_cut_at_any_byte_starts_with_what_was_whole(folder: Path) -> None:
    clock = SetClock(EIGHT)
    live_a_day(open_office(TinyJournal(folder), clock), clock)
    data = _file(folder).read_bytes()
    whole = list(TinyJournal(folder).read(MONDAY))
    ends = [n + 1 for n, byte in enumerate(data) if byte == ord("\n")]
    for size in range(0, len(data), 13):
        _file(folder).write_bytes(data[:size])
        commands = sum(end <= size for end in ends)
        kept = [n for n, record in enumerate(whole, start=1) if not record.left]
        expected = whole[: kept[commands - 1] if commands else 0]
        assert list(TinyJournal(folder).read(MONDAY)) == expected


@pytest.mark.parametrize("tail", [b"\0" * 700, b"deadbeef {", b"\xff\xfe"])
def test_what_a_file_system_leaves_of_an_unfinished_write_is_cut(folder: Path, tail: bytes) -> None:
    office = open_office(TinyJournal(folder))
    office.execute(c.IssueTicket(service="A"))
    office.stop()
    with _file(folder).open("ab") as file:
        file.write(tail)
    journal = TinyJournal(folder)
    answer = open_office(journal).execute(c.IssueTicket(service="A"))
    assert answer.ticket is not None
    assert answer.ticket.number == "A002"
    assert [damage.bytes_lost for damage in journal.damage] == [len(tail)]


def test_reading_while_another_process_writes_repairs_nothing(folder: Path) -> None:
    journal = TinyJournal(folder)
    journal.append([issue(1)])
    with _file(folder).open("ab") as file:
        file.write(b"a line that is being writ")
    before = _file(folder).read_bytes()
    reader = TinyJournal(folder)
    assert list(reader.read(MONDAY)) == [issue(1)]
    assert reader.mark(MONDAY)
    assert reader.damage == []
    assert _file(folder).read_bytes() == before


def test_a_day_whose_first_line_was_torn_begins_again(folder: Path) -> None:
    folder.mkdir()
    _file(folder).write_bytes(b"12345678 {")
    office = open_office(TinyJournal(folder))
    office.execute(c.IssueTicket(service="A"))
    assert numbers(TinyJournal(folder), MONDAY) == ["A001"]
    assert folded(TinyJournal(folder), MONDAY).tickets["visitor-0001"].state is State.WAITING


def test_a_torn_call_of_one_missed_leaves_the_ticket_missed(folder: Path) -> None:
    clock = SetClock(EIGHT)
    office = open_office(TinyJournal(folder), clock)
    office.execute(c.OpenCounter(1))
    lan = office.execute(c.IssueTicket(service="A")).ticket
    assert lan is not None
    office.execute(c.CallNext(1))
    office.execute(c.MissTicket(1))
    office.execute(c.CallTicket(1, lan.id))
    office.stop()
    data = _file(folder).read_bytes()
    _file(folder).write_bytes(data[: data.rindex(b"\n", 0, -1) + 1])
    with open_office(TinyJournal(folder), clock).today() as day:
        assert day.tickets[lan.id].state is State.MISSED
