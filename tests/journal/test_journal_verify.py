"""`motcua journal verify`: what is there, what is missing, what contradicts itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from motcua.clock import SetClock
from motcua.journal.lines import to_line
from motcua.journal.tiny import TinyJournal
from motcua.journal.verify import DayReport, verify
from motcua.queue import commands as c
from motcua.queue.events import DayOpened, TicketCalled
from tests.journal.journal_days import (
    EIGHT,
    MONDAY,
    TUESDAY,
    issue,
    live_a_day,
    open_office,
    record,
)


@pytest.fixture
def two_days(folder: Path) -> Path:
    """A closed Monday and an open Tuesday."""
    clock = SetClock(EIGHT)
    office = open_office(TinyJournal(folder), clock)
    live_a_day(office, clock)
    clock.advance(86400)
    office.execute(c.IssueTicket(service="A"))
    office.stop()
    return folder


def _file(folder: Path, day: str = MONDAY) -> Path:
    return folder / f"{day}.jsonl"


def _lines(folder: Path, day: str = MONDAY) -> list[bytes]:
    return _file(folder, day).read_bytes().splitlines(keepends=True)


def test_a_sound_journal_is_told_day_by_day(two_days: Path) -> None:
    monday, tuesday = verify(two_days)
    assert monday.sound
    assert tuesday.sound
    assert (monday.day, monday.first_seq, monday.closed) == (MONDAY, 1, True)
    assert (tuesday.first_seq, tuesday.events, tuesday.closed) == (monday.last_seq + 1, 2, False)
    events = f"{monday.events} events 1–{monday.last_seq}"
    assert monday.line() == f"{MONDAY}  {events}, closed: sound"


def test_without_a_journal_there_is_nothing_to_tell_and_nothing_is_made(folder: Path) -> None:
    assert verify(folder) == []
    assert not folder.exists()


def test_verifying_changes_nothing(two_days: Path) -> None:
    with _file(two_days, TUESDAY).open("ab") as file:
        file.write(b"torn")
    before = {path.name: path.read_bytes() for path in two_days.iterdir()}
    verify(two_days)
    assert {path.name: path.read_bytes() for path in two_days.iterdir()} == before


def test_a_damaged_line_is_named_with_the_events_that_are_missing(two_days: Path) -> None:
    lines = _lines(two_days)
    _file(two_days).write_bytes(b"".join([*lines[:4], lines[4].replace(b":", b"?", 1), *lines[5:]]))
    monday, _ = verify(two_days)
    assert not monday.sound
    assert [damage.line for damage in monday.damage] == [5]
    assert monday.gaps == [(5, 5)]
    assert "line 5 is damaged" in monday.line()
    assert "event 5 is missing" in monday.line()


def test_a_line_that_vanished_without_a_trace_is_missed(two_days: Path) -> None:
    lines = _lines(two_days)
    _file(two_days).write_bytes(b"".join([*lines[:4], *lines[6:]]))
    monday, _ = verify(two_days)
    assert (monday.damage, monday.gaps) == ([], [(5, 6)])
    assert "events 5–6 are missing" in monday.line()


def test_a_day_that_vanished_is_missed_by_the_next(two_days: Path) -> None:
    last = verify(two_days)[0].last_seq
    _file(two_days).unlink()
    [tuesday] = verify(two_days)
    assert tuesday.gaps == [(1, last)]


def test_records_of_another_day_or_out_of_order_are_told(folder: Path) -> None:
    journal = TinyJournal(folder)
    journal.append([record(1, DayOpened(MONDAY)), issue(3), issue(2)])
    journal.close()
    _file(folder, TUESDAY).write_bytes(_file(folder).read_bytes())
    monday, tuesday = verify(folder)
    assert monday.misplaced == [2]
    assert tuesday.misplaced == [1, 3, 2]
    assert "out of place: 1, 3, 2" in tuesday.line()


def test_a_record_of_another_day_is_told_though_its_number_fits(folder: Path) -> None:
    TinyJournal(folder).append([record(1, DayOpened(MONDAY)), issue(2, TUESDAY)])
    [monday] = verify(folder)
    assert monday.misplaced == [2]


def test_a_fact_that_does_not_follow_is_told(folder: Path) -> None:
    calls = [record(seq, TicketCalled("nobody", 1)) for seq in range(2, 9)]
    TinyJournal(folder).append([record(1, DayOpened(MONDAY)), *calls])
    [monday] = verify(folder)
    assert monday.odd == list(range(2, 9))
    assert "2, 3, 4, 5, 6 and 2 more" in monday.line()


def test_an_unfinished_end_is_no_damage_but_told_before_and_after_it_is_cut(folder: Path) -> None:
    TinyJournal(folder).append([record(1, DayOpened(MONDAY)), issue(2)])
    with _file(folder).open("ab") as file:
        file.write(b"torn")
    [monday] = verify(folder)
    assert monday.sound
    assert "4 bytes at the end are unfinished" in monday.line()
    TinyJournal(folder).repair()
    [monday] = verify(folder)
    assert monday.sound
    assert (monday.torn_bytes, monday.cut_bytes) == (0, 4)
    assert "were cut at earlier starts" in monday.line()


def test_a_record_this_version_cannot_read_is_damage_here(folder: Path) -> None:
    journal = TinyJournal(folder)
    journal.append([record(1, DayOpened(MONDAY))])
    journal.close()
    with _file(folder).open("ab") as file:
        file.write(to_line([{"v": 1, "seq": 2, "event": "TicketSplit"}]))
    [monday] = verify(folder)
    assert [damage.line for damage in monday.damage] == [2]


def test_a_table_that_says_otherwise_is_told(two_days: Path) -> None:
    monday, tuesday = verify(two_days, agrees=lambda day: day != MONDAY)
    assert (monday.sound, tuesday.sound) == (False, True)
    assert "the table of visits says otherwise" in monday.line()


def test_an_empty_day_reads_well() -> None:
    assert DayReport(MONDAY).line() == f"{MONDAY}  0 events, open: sound"
