"""A clock that is wrong, is put right, or begins again: waits stay what they were."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.clock import SetClock
from motcua.journal.memory import MemoryJournal
from motcua.office import Office
from motcua.queue import commands as c
from motcua.queue.events import ClockStepped
from motcua.queue.visits import visits
from tests.journal.journal_days import EIGHT, MONDAY, TUESDAY, folded, open_office


def _steps(journal: MemoryJournal) -> list[float]:
    return [
        record.event.step_s
        for day in journal.days()
        for record in journal.read(day)
        if isinstance(record.event, ClockStepped)
    ]


@pytest.mark.parametrize("step_s", [3600, -3600, 2.5])
def test_a_step_is_recorded_once_and_waits_stay_right(
    office: Office, journal: MemoryJournal, clock: SetClock, step_s: float
) -> None:
    office.execute(c.OpenCounter(1))
    office.execute(c.IssueTicket(service="A"))
    clock.advance(60)
    clock.step(step_s)
    office.execute(c.IssueTicket(service="A"))
    clock.advance(60)
    office.execute(c.CallNext(1))
    office.execute(c.MissTicket(1))
    clock.advance(60)
    office.execute(c.CallNext(1))
    assert _steps(journal) == [step_s]
    day = folded(journal, MONDAY)
    assert [(visit.wait_s, visit.uncertain) for visit in visits(day)] == [(120, False)] * 2
    with office.today() as live:
        assert day == live


def test_true_times_are_those_of_the_corrected_clock(
    office: Office, journal: MemoryJournal, clock: SetClock
) -> None:
    office.execute(c.IssueTicket(service="A"))
    clock.advance(60)
    clock.step(1800)
    office.execute(c.IssueTicket(service="A"))
    issued = [visit.issued_at for visit in visits(folded(journal, MONDAY))]
    assert issued == [EIGHT + timedelta(minutes=30), EIGHT + timedelta(minutes=31)]


@pytest.mark.parametrize("step_s", [-7200, 7200])
def test_nobody_loses_the_place_in_line_by_a_step(
    office: Office, clock: SetClock, step_s: float
) -> None:
    office.execute(c.IssueTicket(service="A"))
    clock.advance(30)
    clock.step(step_s)
    office.execute(c.IssueTicket(service="A"))
    office.execute(c.IssueTicket(service="A", priority="older"))
    with office.today() as day:
        numbers = [ticket.number for ticket in day.waiting("A")]
        assert numbers == ["A003", "A001", "A002"]
        assert [ticket.ahead for ticket in day.waiting("A")] == [0, 0, 1]


@pytest.mark.parametrize("drift_s", [0.001, 1.9, -1.9])
def test_a_clock_that_is_nudged_is_no_step(
    office: Office, journal: MemoryJournal, clock: SetClock, drift_s: float
) -> None:
    office.execute(c.IssueTicket(service="A"))
    clock.step(drift_s)
    office.execute(c.IssueTicket(service="A"))
    assert _steps(journal) == []


def test_an_interval_over_a_restart_is_marked_and_the_line_keeps_its_order(
    office: Office, journal: MemoryJournal, clock: SetClock
) -> None:
    office.execute(c.OpenCounter(1))
    office.execute(c.IssueTicket(service="A"))
    clock.advance(60)
    office.stop()
    clock.reboot("second boot", 300)
    again = open_office(journal, clock)
    again.execute(c.IssueTicket(service="A"))
    clock.advance(60)
    again.execute(c.CallNext(1))
    again.execute(c.MissTicket(1))
    again.execute(c.CallNext(1))
    first, second = visits(folded(journal, MONDAY))
    assert (first.wait_s, first.unsure) == (None, ("wait", "centre"))
    assert (second.wait_s, second.uncertain) == (60, False)
    assert _steps(journal) == []


def test_a_clock_behind_the_last_day_never_takes_the_business_day_back(
    office: Office, journal: MemoryJournal, clock: SetClock
) -> None:
    office.execute(c.IssueTicket(service="A"))
    office.stop()
    clock.reboot("no battery", -400 * 86400)
    again = open_office(journal, clock)
    answer = again.execute(c.IssueTicket(service="A"))
    assert answer.ticket is not None
    assert answer.ticket.number == "A002"
    assert journal.days() == [MONDAY]
    with again.today() as day:
        assert day.date == MONDAY


def test_a_step_back_over_midnight_changes_no_day(
    office: Office, journal: MemoryJournal, clock: SetClock
) -> None:
    office.execute(c.IssueTicket(service="A"))
    clock.advance_to(EIGHT.replace(hour=0, minute=10) + timedelta(days=1))
    office.execute(c.IssueTicket(service="A"))
    clock.step(-1800)
    answer = office.execute(c.IssueTicket(service="A"))
    assert answer.ticket is not None
    assert answer.ticket.number == "A002"
    assert journal.days() == [MONDAY, TUESDAY]
    assert _steps(journal) == [-1800]


def test_an_act_can_be_taken_back_though_the_clock_stepped(office: Office, clock: SetClock) -> None:
    office.execute(c.OpenCounter(1))
    office.execute(c.IssueTicket(service="A"))
    office.execute(c.CallNext(1))
    clock.advance(5)
    clock.step(86_000 / 24)
    office.execute(c.UndoAct(1))
    with office.today() as day:
        assert len(day.line("A")) == 1
