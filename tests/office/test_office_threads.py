"""Sixteen hands at once: one writer, gapless numbers, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

import pytest

from motcua.app import fresh_id
from motcua.clock import SetClock
from motcua.journal.tiny import TinyJournal
from motcua.office import Office
from motcua.queue import commands as c
from motcua.queue.errors import QueueError
from motcua.queue.events import DayClosed, DayOpened
from tests.concurrency.crowd import TickingClock
from tests.journal.journal_days import (
    EIGHT,
    MONDAY,
    RULES,
    folded,
    numbers,
    open_office,
)

_HANDS = 16
_PATIENCE_S = 60.0
_TEN_MINUTES_S = 600.0


def _all_at_once(hand: Callable[[int], None]) -> None:
    start = Barrier(_HANDS)

    def run(which: int) -> None:
        start.wait(_PATIENCE_S)
        hand(which)

    threads = [Thread(target=run, args=[which]) for which in range(_HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_PATIENCE_S)
        assert not thread.is_alive()


def test_sixteen_kiosks_give_distinct_numbers_without_a_gap(tmp_path: Path) -> None:
    office = open_office(TinyJournal(tmp_path / "journal"), SetClock(EIGHT))
    given: list[str] = []

    def kiosk(_: int) -> None:
        for _ in range(15):
            ticket = office.execute(c.IssueTicket(service="A")).ticket
            assert ticket is not None
            given.append(ticket.number)

    _all_at_once(kiosk)
    expected = [f"A{n:03}" for n in range(1, _HANDS * 15 + 1)]
    assert sorted(given) == expected
    office.stop()
    assert numbers(TinyJournal(tmp_path / "journal"), MONDAY) == expected


def test_a_request_sent_sixteen_times_at_once_counts_once(office: Office) -> None:
    answers = []
    _all_at_once(lambda _: answers.append(office.execute(c.IssueTicket(service="A"), "tap")))
    assert len({answer.seq for answer in answers}) == 1
    assert sum(not answer.repeated for answer in answers) == 1
    with office.today() as day:
        assert len(day.tickets) == 1


def test_two_counters_never_call_the_same_visitor(office: Office) -> None:
    office.execute(c.OpenCounter(1))
    office.execute(c.OpenCounter(2))
    for _ in range(40):
        office.execute(c.IssueTicket(service="A"))
    called: list[str] = []

    def clerk(which: int) -> None:
        counter = 1 + which % 2
        for _ in range(20):
            try:
                ticket = office.execute(c.CallNext(counter)).ticket
                assert ticket is not None
                called.append(ticket.id)
                office.execute(c.MissTicket(counter))
            except QueueError:
                continue

    _all_at_once(clerk)
    assert len(called) == len(set(called)) > 0


def test_sixteen_kiosks_press_over_midnight_and_every_day_ends_once(tmp_path: Path) -> None:
    journal = TinyJournal(tmp_path / "journal")
    office = Office(journal, TickingClock(EIGHT, _TEN_MINUTES_S), RULES, fresh_id)
    given: list[str] = []

    def hand(_: int) -> None:
        for _ in range(40):
            office.end_day_if_over()
            ticket = office.execute(c.IssueTicket(service="A")).ticket
            assert ticket is not None
            given.append(ticket.number)

    _all_at_once(hand)
    days = journal.days()
    assert len(days) > 5
    kinds = {day: [type(one.event) for one in journal.read(day)] for day in days}
    for day in days:
        assert kinds[day][0] is DayOpened
        assert kinds[day].count(DayOpened) == 1
        assert numbers(journal, day) == [f"A{n + 1:03}" for n in range(len(numbers(journal, day)))]
    for day in days[:-1]:
        assert kinds[day][-1] is DayClosed
        assert kinds[day].count(DayClosed) == 1
    assert sorted(given) == sorted(number for day in days for number in numbers(journal, day))


def test_a_command_inside_a_reading_fails_at_once_and_hangs_nobody(office: Office) -> None:
    with office.today(), office.today() as day:
        assert day.seq == 0
    with office.today(), pytest.raises(RuntimeError, match="leave"):
        office.execute(c.IssueTicket(service="A"))
    with office.today(), office.today():
        pass
    assert office.execute(c.IssueTicket(service="A")).seq == 2


def test_readers_see_whole_commands_only(tmp_path: Path) -> None:
    journal = TinyJournal(tmp_path / "journal")
    clock = SetClock(EIGHT)
    office = open_office(journal, clock)
    office.execute(c.OpenCounter(1))
    lan = office.execute(c.IssueTicket(service="A")).ticket
    assert lan is not None
    seen: set[str] = set()

    def hand(which: int) -> None:
        if which == 0:
            for _ in range(30):
                office.execute(c.CallTicket(1, lan.id))
                office.execute(c.MissTicket(1))
        else:
            for _ in range(200):
                with office.today() as day:
                    seen.add(day.tickets[lan.id].state)

    # The first call is of a waiting ticket; each later one returns and calls in one command.
    office.execute(c.CallNext(1))
    office.execute(c.MissTicket(1))
    _all_at_once(hand)
    assert seen <= {"missed", "called"}
    with office.today() as day:
        assert folded(journal, MONDAY) == day
