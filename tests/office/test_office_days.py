"""Days: opened by the first fact, closed by the clock or by hand, and every one stands alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.clock import SetClock
from motcua.journal.memory import MemoryJournal
from motcua.office import Office
from motcua.queue import commands as c
from motcua.queue.errors import QueueError
from motcua.queue.events import (
    ClockStepped,
    DayClosed,
    DayOpened,
    Event,
    TicketIssued,
    TicketMissed,
    TicketUnserved,
)
from motcua.queue.ticket import State
from motcua.queue.visits import visits
from tests.journal.journal_days import (
    EIGHT,
    MONDAY,
    TUESDAY,
    folded,
    live_a_day,
    numbers,
    open_office,
)

_TUESDAY_8 = EIGHT + timedelta(days=1)


def _kinds(journal: MemoryJournal, day: str) -> list[type[Event]]:
    return [type(record.event) for record in journal.read(day)]


@pytest.fixture
def evening(office: Office, clock: SetClock) -> Office:
    """Monday evening: Lan waits, Minh was called, Hoa is served, An missed, Bình is held."""
    office.execute(c.OpenCounter(1))
    office.execute(c.OpenCounter(2))
    for _ in range(5):
        office.execute(c.IssueTicket(service="A"))
    for act in (c.CallNext, c.MissTicket, c.CallNext, c.HoldTicket, c.CallNext, c.StartService):
        office.execute(act(1))
    office.execute(c.CallNext(2))
    clock.advance_to(EIGHT.replace(hour=18))
    return office


def test_a_refused_command_writes_nothing_not_even_that_the_day_opened(
    office: Office, journal: MemoryJournal
) -> None:
    with pytest.raises(QueueError):
        office.execute(c.CallNext(1))
    assert journal.days() == []
    assert office.seq == 0


def test_the_first_fact_opens_the_day(office: Office, journal: MemoryJournal) -> None:
    office.execute(c.OpenCounter(1))
    assert _kinds(journal, MONDAY)[0] is DayOpened
    assert [record.day for record in journal.read(MONDAY)] == [MONDAY, MONDAY]


def test_at_midnight_the_old_day_closes_in_its_own_file_and_numbers_start_again(
    evening: Office, journal: MemoryJournal, clock: SetClock
) -> None:
    clock.advance_to(_TUESDAY_8)
    answer = evening.execute(c.IssueTicket(service="A"))
    assert answer.ticket is not None
    assert answer.ticket.number == "A001"
    closing = [TicketMissed, *[TicketUnserved] * 4, DayClosed]
    assert _kinds(journal, MONDAY)[-6:] == closing
    assert _kinds(journal, TUESDAY) == [DayOpened, TicketIssued]
    seqs = [record.seq for day in journal.days() for record in journal.read(day)]
    assert seqs == list(range(1, len(seqs) + 1))


def test_everybody_left_at_the_close_is_counted_as_what_they_were(
    evening: Office, journal: MemoryJournal, clock: SetClock
) -> None:
    clock.advance_to(_TUESDAY_8)
    evening.end_day_if_over()
    day = folded(journal, MONDAY)
    assert day.closed
    outcomes = {visit.ticket: visit.outcome for visit in visits(day)}
    assert outcomes == {
        "A001": "missed", "A002": "unserved", "A003": "", "A004": "missed", "A005": "unserved",
    }  # fmt: skip
    states = {ticket.number: ticket.state for ticket in day.tickets.values()}
    assert states["A003"] is State.SERVING, "when it was finished nobody knows"
    assert journal.days() == [MONDAY], "nothing happened on Tuesday yet"


def test_looking_after_the_end_of_the_day_is_done_once(
    evening: Office, journal: MemoryJournal, clock: SetClock
) -> None:
    evening.end_day_if_over()
    assert DayClosed not in _kinds(journal, MONDAY)
    clock.advance_to(_TUESDAY_8)
    evening.end_day_if_over()
    seq = evening.seq
    evening.end_day_if_over()
    assert evening.seq == seq


def test_who_reads_after_midnight_sees_an_empty_day(evening: Office, clock: SetClock) -> None:
    clock.advance_to(_TUESDAY_8)
    with evening.today() as day:
        assert (day.date, day.tickets, day.seq) == (TUESDAY, {}, evening.seq)
        assert not day.opened


def test_yesterdays_ticket_is_unknown_today(evening: Office, clock: SetClock) -> None:
    clock.advance_to(_TUESDAY_8)
    with pytest.raises(QueueError) as refusal:
        evening.execute(c.CancelTicket("visitor-0005"))
    assert refusal.value.code == "ticket.unknown"


def test_a_day_closed_by_hand_stays_closed_until_tomorrow(
    office: Office, journal: MemoryJournal, clock: SetClock
) -> None:
    live_a_day(office, clock)
    with pytest.raises(QueueError) as refusal:
        office.execute(c.IssueTicket(service="A"))
    assert refusal.value.code == "day.closed"
    clock.advance_to(_TUESDAY_8)
    office.execute(c.IssueTicket(service="A"))
    assert _kinds(journal, MONDAY).count(DayClosed) == 1
    assert numbers(journal, TUESDAY) == ["A001"]


def test_days_the_box_was_off_are_not_made_up(
    evening: Office, journal: MemoryJournal, clock: SetClock
) -> None:
    evening.stop()
    clock.reboot("after the holidays", 3 * 86400)
    office = open_office(journal, clock)
    office.execute(c.IssueTicket(service="A"))
    assert journal.days() == [MONDAY, "2026-11-26"]
    assert folded(journal, MONDAY).closed


def test_after_a_restart_the_queue_is_as_it_was(
    evening: Office, journal: MemoryJournal, clock: SetClock
) -> None:
    again = open_office(journal, clock)
    with evening.today() as before, again.today() as after:
        assert before == after
    answer = again.execute(c.FinishTicket(1, "done"))
    assert answer.ticket is not None
    assert answer.ticket.number == "A003"


def test_a_day_whose_opening_is_lost_is_closed_all_the_same(
    evening: Office, journal: MemoryJournal, clock: SetClock
) -> None:
    evening.stop()
    damaged = MemoryJournal()
    damaged.append([record for record in journal.read(MONDAY) if record.seq > 1])
    clock.advance_to(_TUESDAY_8)
    open_office(damaged, clock).execute(c.IssueTicket(service="A"))
    assert folded(damaged, MONDAY).closed


def test_new_rules_hold_from_the_next_command_on(office: Office) -> None:
    office.execute(c.OpenCounter(1))
    office.change_rules(replace(office.rules, counters={7: ("A",)}))
    with pytest.raises(QueueError) as refusal:
        office.execute(c.CallNext(1))
    assert refusal.value.code == "counter.unknown"
    assert office.execute(c.OpenCounter(7)).counter


def test_a_step_of_the_clock_learnt_at_the_end_stands_in_the_day_it_happened(
    office: Office, journal: MemoryJournal, clock: SetClock
) -> None:
    office.execute(c.IssueTicket(service="A"))
    clock.step(3600)
    clock.advance(86400)
    office.execute(c.IssueTicket(service="A"))
    assert _kinds(journal, MONDAY)[-3:] == [ClockStepped, TicketUnserved, DayClosed]
    [visit] = visits(folded(journal, MONDAY))
    assert visit.issued_at == EIGHT + timedelta(hours=1)
