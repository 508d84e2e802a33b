"""What every journal promises: this suite runs on each of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from motcua.clock import SetClock
from motcua.journal.exchange import export, import_
from motcua.journal.tiny import TinyJournal
from motcua.queue.events import EVENTS, DayOpened, TicketIssued
from motcua.record_keeping import Journal
from tests.journal.journal_days import (
    EIGHT,
    MONDAY,
    TUESDAY,
    folded,
    issue,
    live_a_day,
    open_office,
    record,
)


def test_an_empty_journal_has_no_days(journal: Journal) -> None:
    assert journal.days() == []
    assert list(journal.read(MONDAY)) == []
    assert journal.mark(MONDAY) == ""
    assert journal.damage == []


def test_what_was_kept_is_read_in_order_and_again_after_a_restart(
    reopen: Callable[[], Journal],
) -> None:
    journal = reopen()
    kept = [record(1, DayOpened(MONDAY)), issue(2), issue(3)]
    for one in kept:
        journal.append([one])
    assert list(journal.read(MONDAY)) == kept
    assert list(reopen().read(MONDAY)) == kept


def test_a_command_is_kept_with_all_its_records(reopen: Callable[[], Journal]) -> None:
    kept = [issue(1, left=2), issue(2, left=1), issue(3)]
    reopen().append(kept)
    assert list(reopen().read(MONDAY)) == kept


def test_days_are_apart_and_told_oldest_first(reopen: Callable[[], Journal]) -> None:
    journal = reopen()
    monday, tuesday = issue(1), issue(2, TUESDAY)
    journal.append([tuesday])
    journal.append([monday])
    assert journal.days() == [MONDAY, TUESDAY]
    assert list(journal.read(MONDAY)) == [monday]
    assert list(reopen().read(TUESDAY)) == [tuesday]


def test_reading_is_not_disturbed_by_what_is_kept_meanwhile(journal: Journal) -> None:
    journal.append([issue(1)])
    reading = journal.read(MONDAY)
    assert next(reading) == issue(1)
    journal.append([issue(2)])
    assert list(journal.read(MONDAY)) == [issue(1), issue(2)]
    assert list(reading) in ([], [issue(2)])


def test_a_days_mark_changes_with_its_records_alone(journal: Journal) -> None:
    journal.append([issue(1)])
    mark = journal.mark(MONDAY)
    journal.append([issue(2, TUESDAY)])
    assert journal.mark(MONDAY) == mark
    journal.append([issue(3)])
    assert journal.mark(MONDAY) != mark


def test_a_day_with_every_kind_of_event_comes_back_as_it_was(
    reopen: Callable[[], Journal],
) -> None:
    journal = reopen()
    clock = SetClock(EIGHT)
    office = open_office(journal, clock)
    live_a_day(office, clock)
    kinds = {type(found.event) for found in journal.read(MONDAY)}
    assert kinds == set(EVENTS.values())
    with office.today() as day:
        assert folded(reopen(), MONDAY) == day


def test_words_and_figures_come_back_exactly(reopen: Callable[[], Journal]) -> None:
    odd = TicketIssued('t\n\x00"', "A001", "A", language="vi", kiosk="Sảnh Kim Long – 廊下 🎫")
    kept = record(1, odd, request="yêu cầu ⁄ 1")
    reopen().append([kept])
    assert list(reopen().read(MONDAY)) == [kept]


@pytest.mark.parametrize("times", [1, 2])
def test_a_journal_goes_out_and_in_unchanged(journal: Journal, tmp_path: Path, times: int) -> None:
    clock = SetClock(EIGHT)
    live_a_day(open_office(journal, clock), clock)
    count = export(journal, tmp_path / "out")
    other = TinyJournal(tmp_path / "other")
    added = [import_(other, tmp_path / "out") for _ in range(times)]
    assert added == [count, 0][:times]
    assert export(other, tmp_path / "out again") == count
    assert (tmp_path / "out").read_bytes() == (tmp_path / "out again").read_bytes()
