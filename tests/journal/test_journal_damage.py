"""The disk spoils what was kept: it is passed over and told, the rest serves, no number returns."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.clock import SetClock
from motcua.journal.tiny import TinyJournal
from motcua.queue import commands as c
from motcua.queue.events import TicketIssued
from motcua.record_keeping import Damage
from tests.journal.journal_days import (
    EIGHT,
    MONDAY,
    TUESDAY,
    issue,
    live_a_day,
    numbers,
    open_office,
)


def _spoil(folder: Path, line: int, day: str = MONDAY) -> None:
    """Change a byte in the middle of a line; lines count from 1."""
    path = folder / f"{day}.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    spoilt = bytearray(lines[line - 1])
    spoilt[len(spoilt) // 2] ^= 1
    lines[line - 1] = bytes(spoilt)
    path.write_bytes(b"".join(lines))


def _four_visitors(folder: Path) -> None:
    """Open the day (line 1) and give four numbers (lines 2 to 5)."""
    office = open_office(TinyJournal(folder))
    for _ in range(4):
        office.execute(c.IssueTicket(service="A"))
    office.stop()


def _next_number(folder: Path) -> str:
    office = open_office(TinyJournal(folder))
    ticket = office.execute(c.IssueTicket(service="A")).ticket
    office.stop()
    assert ticket is not None
    return ticket.number


def test_a_damaged_line_is_passed_over_and_named_and_the_rest_serves(folder: Path) -> None:
    _four_visitors(folder)
    _spoil(folder, 3)
    journal = TinyJournal(folder)
    assert [record.seq for record in journal.read(MONDAY)] == [1, 2, 4, 5]
    size = len((folder / f"{MONDAY}.jsonl").read_bytes().splitlines()[2])
    [damage] = journal.damage
    assert damage == Damage(f"{MONDAY}.jsonl", 3, cut=False, bytes_lost=size, after=2, records=1)
    with open_office(TinyJournal(folder)).today() as day:
        assert [day.tickets[name].number for name in day.line("A")] == ["A001", "A003", "A004"]


def test_damage_is_told_once_however_often_the_day_is_read(folder: Path) -> None:
    _four_visitors(folder)
    _spoil(folder, 3)
    journal = TinyJournal(folder)
    for _ in range(3):
        assert list(journal.read(MONDAY))
    journal.append([issue(6)])
    assert len(journal.damage) == 1


@pytest.mark.parametrize("line", [1, 2, 3, 4, 5])
def test_no_number_is_given_twice_whichever_line_is_damaged(folder: Path, line: int) -> None:
    _four_visitors(folder)
    _spoil(folder, line)
    assert _next_number(folder) >= "A005"
    assert _next_number(folder) >= "A006"
    path = folder / f"{MONDAY}.jsonl"
    seqs = [record.seq for record in TinyJournal(folder).read(MONDAY)]
    assert len(seqs) == len(set(seqs)) == len(path.read_bytes().splitlines()) - 1
    given = numbers(TinyJournal(folder), MONDAY)
    assert len(given) == len(set(given))


def test_a_spoilt_last_line_stays_for_it_was_kept_once(folder: Path) -> None:
    _four_visitors(folder)
    _spoil(folder, 5)
    before = (folder / f"{MONDAY}.jsonl").read_bytes()
    assert _next_number(folder) == "A005"
    assert (folder / f"{MONDAY}.jsonl").read_bytes().startswith(before)
    [*_, last] = TinyJournal(folder).read(MONDAY)
    assert last.seq == 6, "5 was the number of the spoilt one"


def test_after_a_spoilt_last_line_more_restarts_change_nothing(folder: Path) -> None:
    _four_visitors(folder)
    _spoil(folder, 5)
    for _ in range(3):
        with open_office(TinyJournal(folder)).today() as day:
            assert (day.seq, day.next_number("A"), day.next_number("H")) == (5, "A005", "H002")


def test_a_whole_spoilt_sector_passes_over_as_many_numbers_as_it_may_hide(folder: Path) -> None:
    office = open_office(TinyJournal(folder))
    for _ in range(40):
        office.execute(c.IssueTicket(service="A"))
    office.stop()
    path = folder / f"{MONDAY}.jsonl"
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xa5" * 4096 + data[8192:])
    assert _next_number(folder) == "A041"
    path.write_bytes(data[:-4097] + b"\xa5" * 4096 + b"\n")
    assert _next_number(folder) > "A040"


def test_a_file_with_nothing_sound_in_it_goes_on_after_the_day_before(folder: Path) -> None:
    _four_visitors(folder)
    (folder / f"{TUESDAY}.jsonl").write_bytes(b"spoilt\nspoilt too\n")
    clock = SetClock(EIGHT)
    clock.advance(86400)
    office = open_office(TinyJournal(folder), clock)
    assert office.seq == 7
    ticket = office.execute(c.IssueTicket(service="A")).ticket
    assert ticket is not None
    assert ticket.number == "A003", "two numbers may have been given"
    assert [record.seq for record in TinyJournal(folder).read(TUESDAY)] == [8, 9]
    with open_office(TinyJournal(folder), clock).today() as day:
        assert (day.next_number("A"), day.next_number("H")) == ("A004", "H003")


def test_an_empty_file_of_today_is_no_start_from_one(folder: Path) -> None:
    _four_visitors(folder)
    (folder / f"{TUESDAY}.jsonl").touch()
    clock = SetClock(EIGHT)
    clock.advance(86400)
    office = open_office(TinyJournal(folder), clock)
    office.execute(c.IssueTicket(service="A"))
    assert [record.seq for record in TinyJournal(folder).read(TUESDAY)] == [6, 7]


def test_a_command_half_spoilt_is_passed_over_whole(folder: Path) -> None:
    journal = TinyJournal(folder)
    journal.append([issue(1, left=1), issue(2)])
    journal.append([issue(3)])
    _spoil(folder, 1)
    assert [record.seq for record in TinyJournal(folder).read(MONDAY)] == [3]


@pytest.mark.parametrize("line", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("in_its_place", [b"X", b"\x8a", b"\x02", b""])
def test_lines_that_ran_together_for_a_lost_newline_all_count(
    folder: Path, line: int, in_its_place: bytes
) -> None:
    _four_visitors(folder)
    path = folder / f"{MONDAY}.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[line - 1] = lines[line - 1][:-1] + in_its_place
    path.write_bytes(b"".join(lines))
    kept = 5 if in_its_place or line < 5 else 4
    for _ in range(2):
        journal = TinyJournal(folder)
        assert [record.seq for record in journal.read(MONDAY)] == list(range(1, kept + 1))
    assert _next_number(folder) == f"A{kept:03}"
    assert _next_number(folder) == f"A{kept + 1:03}"
    assert [record.seq for record in TinyJournal(folder).read(MONDAY)] == list(range(1, kept + 3))


def test_a_torn_line_that_was_written_on_hides_none_of_those_after_it(folder: Path) -> None:
    _four_visitors(folder)
    path = folder / f"{MONDAY}.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:3], lines[3][:100], lines[4]]))
    journal = TinyJournal(folder)
    assert [record.seq for record in journal.read(MONDAY)] == [1, 2, 3, 5]
    name = f"{MONDAY}.jsonl"
    assert journal.damage == [Damage(name, 4, cut=False, bytes_lost=100, after=3, records=1)]


@pytest.mark.parametrize("block", [b"\0" * 4096, b"\xa5" * 4096, bytes(range(256)) * 16])
def test_a_lost_last_block_is_no_torn_line_and_its_numbers_stay_given(
    folder: Path, block: bytes
) -> None:
    office = open_office(TinyJournal(folder))
    for _ in range(40):
        office.execute(c.IssueTicket(service="A"))
    office.stop()
    path = folder / f"{MONDAY}.jsonl"
    data = path.read_bytes()
    start = len(data) // 4096 * 4096
    spoilt = data[:start] + block[: len(data) - start]
    path.write_bytes(spoilt)
    for number in range(2):
        assert _next_number(folder) > f"A{40 + number:03}"
    assert path.read_bytes().startswith(spoilt + b"\n")
    assert not path.with_suffix(".cut").exists()
    journal = TinyJournal(folder)
    assert [record.seq for record in journal.read(MONDAY)][-1] > 42
    assert sum(damage.bytes_lost for damage in journal.damage) > len(data) - start - 100


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_bytes_may_be_spoilt_and_the_office_opens_and_gives_fresh_numbers(
    tmp_path: Path, data: st.DataObject
) -> None:
    folder = tmp_path / "spoilt"
    path = folder / f"{MONDAY}.jsonl"
    day = _a_day(tmp_path)
    folder.mkdir(exist_ok=True)
    spoilt = bytearray(day)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(day) - 2))
        size = data.draw(st.integers(1, 700))
        end = min(start + size, len(day) - 1)
        spoilt[start:end] = bytes([data.draw(st.integers(0, 255))]) * (end - start)
    path.write_bytes(spoilt)
    journal = TinyJournal(folder)
    office = open_office(journal)
    known = set(numbers(TinyJournal(tmp_path / "whole"), MONDAY))
    with office.today() as today:
        if not today.closed:
            assert today.next_number("A") not in known
    office.stop()
    (folder / f"{MONDAY}.cut").unlink(missing_ok=True)


def _a_day(tmp_path: Path) -> bytes:
    """Return the file of a day with every kind of event, but not yet closed."""
    path = tmp_path / "whole" / f"{MONDAY}.jsonl"
    if not path.exists():
        clock = SetClock(EIGHT)
        live_a_day(open_office(TinyJournal(path.parent), clock), clock)
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(line for line in lines if b"CloseDay" not in line))
    return path.read_bytes()


def test_the_story_behind_this_file_holds_numbers(tmp_path: Path) -> None:
    _a_day(tmp_path)
    issued = TinyJournal(tmp_path / "whole").read(MONDAY)
    assert sum(isinstance(record.event, TicketIssued) for record in issued) == 4
