"""A box that wakes before what it has recorded: it serves, and learns the date later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.archive import Archive
from motcua.clock import SetClock
from motcua.journal.memory import MemoryJournal
from motcua.queue import commands as c
from motcua.queue.errors import QueueError
from tests.journal.journal_days import EIGHT, MONDAY, RULES, TUESDAY, open_office
from tests.office.dated_office import WORKDAYS, YEAR, call, dates, reported, take


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands at Monday, 8:00, of last year."""
    return SetClock(EIGHT - YEAR)


@pytest.fixture
def monday(journal: MemoryJournal) -> SetClock:
    """Monday is over and closed; the box is switched off at eight in the evening."""
    clock = SetClock(EIGHT)
    office = open_office(journal, clock)
    take(office)
    clock.advance(8 * 3600)
    office.execute(c.CloseDay())
    clock.advance(4 * 3600)
    office.stop()
    return clock


@pytest.mark.parametrize("off", [-YEAR, -timedelta(hours=5)])
def test_a_box_that_wakes_before_what_it_has_recorded_serves_and_learns_the_date_later(
    journal: MemoryJournal, monday: SetClock, off: timedelta
) -> None:
    monday.reboot("no battery", off.total_seconds())
    office = open_office(journal, monday)
    office.execute(c.OpenCounter(1))
    assert take(office) == "A001"
    with office.today() as day:
        assert not day.dated
    monday.advance(60)
    true = EIGHT + timedelta(days=3, minutes=1)
    monday.step((true - monday.wall).total_seconds())
    assert take(office) == "A002"
    assert [call(office), call(office)] == ["A001", "A002"]
    assert reported(journal) == {
        MONDAY: [("A001", None)],
        "2026-11-26": [("A001", 60), ("A002", 0)],
    }
    assert dates(journal) == ["", "2026-11-26"]


def test_a_day_whose_date_was_never_learnt_is_told_apart(
    journal: MemoryJournal, monday: SetClock
) -> None:
    monday.reboot("no battery", -YEAR.total_seconds())
    office = open_office(journal, monday)
    take(office)
    monday.advance(24 * 3600)
    assert take(office) == "A001", "midnight passed, by whatever clock"
    days = list(Archive(journal).days(date(2020, 1, 1), date(2035, 1, 1)))
    assert [(day.day, day.undated) for day in days] == [
        (MONDAY, False), (TUESDAY, True), ("2026-11-25", True),
    ]  # fmt: skip


def test_after_a_cut_in_the_middle_of_the_day_whoever_waited_is_called_first(
    journal: MemoryJournal,
) -> None:
    clock = SetClock(EIGHT)
    office = open_office(journal, clock)
    office.execute(c.OpenCounter(1))
    take(office)
    clock.advance(60)
    office.execute(c.GiveFeedback(3))  # the last that is known of this boot
    office.stop()
    clock.reboot("a year back", -YEAR.total_seconds())
    again = open_office(journal, clock)
    assert take(again) == "A002"
    clock.advance(30)
    with again.today() as day:
        now, lan, minh = again.now(), *day.waiting("A")
        assert (lan.number, minh.number) == ("A001", "A002")
        assert (day.passed_s(lan.issued, now), day.passed_s(minh.issued, now)) == (90, 30)
    clock.step(YEAR.total_seconds() + 600)
    assert [call(again), call(again)] == ["A001", "A002"]
    assert reported(journal) == {MONDAY: [("A001", None), ("A002", 30)]}


@pytest.mark.parametrize("ahead_s", [0, 7200])
def test_a_clock_put_right_after_a_cut_moves_nobody_in_line(
    journal: MemoryJournal, ahead_s: int
) -> None:
    clock = SetClock(EIGHT + timedelta(seconds=ahead_s))
    office = open_office(journal, clock)
    office.execute(c.OpenCounter(1))
    take(office)
    office.stop()
    clock.reboot("five minutes later", 300)
    again = open_office(journal, clock)
    take(again)
    clock.step(-ahead_s - 600)
    take(again)
    with again.today() as day:
        assert [ticket.ahead for ticket in day.waiting("A")] == [0, 1, 2]
    assert [call(again), call(again), call(again)] == ["A001", "A002", "A003"]


def test_a_queue_that_began_under_a_wrong_clock_outlives_a_cut_that_puts_it_right(
    journal: MemoryJournal, monday: SetClock
) -> None:
    monday.reboot("no battery", -YEAR.total_seconds())
    office = open_office(journal, monday)
    office.execute(c.OpenCounter(1))
    take(office)
    office.stop()
    monday.reboot("with network", (EIGHT + timedelta(days=1) - monday.wall).total_seconds())
    again = open_office(journal, monday)
    assert take(again) == "A002"
    with again.today() as day:
        now, lan = again.now(), next(day.waiting("A"))
        assert lan.number == "A001"
        assert day.passed_s(lan.issued, now) == 0, "no absurd wait is shown"
    assert call(again) == "A001"
    assert reported(journal)[TUESDAY] == [("A001", None), ("A002", None)]


def test_a_morning_under_last_evenings_clock_gets_its_own_date(
    journal: MemoryJournal,
) -> None:
    clock = SetClock(EIGHT)
    office = open_office(journal, clock)
    office.execute(c.OpenCounter(1))
    take(office)
    call(office)
    clock.advance(9 * 3600)
    office.stop()
    clock.reboot("Tuesday, the clock says Monday evening", 5)
    morning = open_office(journal, clock)
    assert take(morning) == "A002", "nobody can know yet that this is another day"
    clock.step(15 * 3600)
    assert take(morning) == "A003"
    rows = reported(journal)
    assert {day: [number for number, _ in row] for day, row in rows.items()} == {
        MONDAY: ["A001"], TUESDAY: ["A002", "A003"],
    }  # fmt: skip


def test_a_clock_known_to_be_wrong_does_not_close_the_doors(
    journal: MemoryJournal, monday: SetClock
) -> None:
    monday.reboot("no battery", -YEAR.total_seconds())
    office = open_office(journal, monday)
    office.change_rules(replace(RULES, hours=WORKDAYS))  # by its clock it is night
    with pytest.raises(QueueError, match="no numbers"):
        take(office)
    office.execute(c.OpenCounter(1))
    assert take(office) == "A001"
    office.execute(c.PauseCounter(1))
    with pytest.raises(QueueError, match="no numbers"):
        take(office)


def test_somebody_who_looks_at_a_calendar_can_say_that_the_clock_is_right(
    journal: MemoryJournal,
) -> None:
    clock = SetClock(EIGHT + 4 * YEAR)
    office = open_office(journal, clock)
    take(office)
    with pytest.raises(QueueError) as refusal:
        office.execute(c.ConfirmClock())
    assert refusal.value.code == "clock.known"
    office.execute(c.CloseDay())
    office.stop()
    clock.reboot("put right while it was off", -4 * 365 * 86400)
    again = open_office(journal, clock)
    with again.today() as day:
        assert (day.dated, day.tickets) == (False, {})
    again.execute(c.ConfirmClock())
    assert take(again) == "A001"
    with again.today() as day:
        assert (day.dated, day.latest_date) == (True, MONDAY)
    clock.advance(24 * 3600)
    assert take(again) == "A001"
    assert list(reported(journal))[-2:] == [MONDAY, TUESDAY]
