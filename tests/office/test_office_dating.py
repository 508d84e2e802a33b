"""A box whose clock has no battery: the hall is served, and the day gets its true date."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from motcua.clock import SetClock
from motcua.journal.memory import MemoryJournal
from motcua.office import Office
from motcua.queue import commands as c
from motcua.queue.day import CounterState
from motcua.queue.errors import QueueError
from motcua.queue.visits import visits
from tests.journal.journal_days import EIGHT, MONDAY, RULES, TUESDAY, folded, numbers, open_office
from tests.office.dated_office import LAST_YEAR, WORKDAYS, YEAR, call, dates, reported, take


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands at Monday, 8:00, of last year."""
    return SetClock(EIGHT - YEAR)


def test_network_time_that_arrives_in_mid_queue_moves_nobody(
    office: Office, journal: MemoryJournal, clock: SetClock
) -> None:
    office.execute(c.OpenCounter(1))
    assert [take(office), take(office)] == ["A001", "A002"]
    clock.advance(600)
    assert call(office) == "A001"
    clock.step(YEAR.total_seconds())
    assert take(office) == "A003"
    clock.advance(300)
    office.end_day_if_over()
    assert [call(office), call(office)] == ["A002", "A003"]
    assert journal.days() == [LAST_YEAR]
    assert dates(journal) == [MONDAY]
    assert reported(journal) == {MONDAY: [("A001", 600), ("A002", 900), ("A003", 300)]}
    [first, *_] = visits(folded(journal, LAST_YEAR))
    assert first.issued_at == EIGHT


def test_a_day_that_got_its_date_ends_at_its_true_midnight(
    office: Office, journal: MemoryJournal, clock: SetClock
) -> None:
    take(office)
    clock.step(YEAR.total_seconds())
    take(office)
    clock.advance(24 * 3600)
    assert take(office) == "A001"
    assert journal.days() == [LAST_YEAR, TUESDAY]
    assert {day: len(rows) for day, rows in reported(journal).items()} == {MONDAY: 2, TUESDAY: 1}


def test_a_step_seen_only_after_midnight_dates_the_day_that_ended(
    office: Office, journal: MemoryJournal, clock: SetClock
) -> None:
    take(office)
    clock.step(YEAR.total_seconds())
    clock.advance(24 * 3600)
    office.end_day_if_over()
    assert take(office) == "A001"
    assert list(reported(journal)) == [MONDAY, TUESDAY]


def test_a_clock_set_ahead_and_put_right_starts_no_numbers_again(
    journal: MemoryJournal,
) -> None:
    clock = SetClock(EIGHT + 4 * YEAR)
    office = open_office(journal, clock)
    take(office)
    clock.step(-4 * YEAR.total_seconds())
    assert take(office) == "A002"
    clock.advance(24 * 3600)
    assert take(office) == "A001"
    assert list(reported(journal)) == [MONDAY, TUESDAY]
    office.stop()
    clock.reboot("next morning", 24 * 3600)
    assert take(open_office(journal, clock)) == "A001", "a later day is a later day"
    assert list(reported(journal)) == [MONDAY, TUESDAY, "2026-11-25"]


@pytest.mark.parametrize("said", ["", "closed by hand"])
def test_a_step_back_over_midnight_leaves_the_day_open(
    office: Office, clock: SetClock, said: str
) -> None:
    clock.advance(16.5 * 3600)
    assert take(office) == "A001"
    clock.step(-3600)
    assert take(office) == "A002"
    if said:
        office.execute(c.CloseDay())
        with pytest.raises(QueueError, match="closed"):
            take(office)
    clock.advance(3600)
    assert take(office) == "A001", "this is the true midnight"


def test_a_clock_nudged_back_over_midnight_starts_nothing_again(
    office: Office, clock: SetClock
) -> None:
    clock.advance(16 * 3600 + 0.5)
    assert take(office) == "A001"
    clock.step(-1)
    assert take(office) == "A002"


def test_two_days_switched_off_are_no_wait(journal: MemoryJournal) -> None:
    clock = SetClock(EIGHT)
    office = open_office(journal, clock)
    take(office)
    office.stop()
    clock.reboot("after the storm", 2 * 86400)
    again = open_office(journal, clock)
    again.end_day_if_over()
    assert take(again) == "A001"
    [lost] = visits(folded(journal, MONDAY))
    assert (lost.outcome, lost.left_after_s, lost.unsure) == ("unserved", None, ("left", "centre"))


def test_midnight_with_people_waiting_ends_their_day(
    office: Office, journal: MemoryJournal, clock: SetClock
) -> None:
    office.execute(c.OpenCounter(1))
    clock.advance(15.9 * 3600)
    take(office)
    clock.advance(1200)
    office.end_day_if_over()
    [late] = visits(folded(journal, LAST_YEAR))
    assert (late.outcome, late.left_after_s) == ("unserved", 1200)
    with pytest.raises(QueueError, match="Counter 1"):
        office.execute(c.CallNext(1))


def test_a_day_opened_on_a_holiday_serves_once_the_centre_says_so(
    journal: MemoryJournal,
) -> None:
    clock = SetClock(EIGHT)
    office = open_office(journal, clock)
    holiday = replace(WORKDAYS, holidays=frozenset({EIGHT.date()}))
    office.change_rules(replace(RULES, hours=holiday))
    office.execute(c.OpenCounter(1))
    with pytest.raises(QueueError) as refusal:
        take(office)
    assert refusal.value.code == "centre.closed"
    opening = datetime.fromisoformat(str(refusal.value.details["next_opening"]))
    assert opening.date().isoformat() == TUESDAY
    shifts = holiday.week[0]
    office.change_rules(replace(RULES, hours=replace(holiday, working_days={EIGHT.date(): shifts})))
    assert take(office) == "A001"
    assert call(office) == "A001"
    assert reported(journal) == {MONDAY: [("A001", 0)]}


_DEEDS = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 40_000)),
    st.tuples(st.just("step"), st.integers(-400_000, 400_000)),
    st.tuples(st.just("cut"), st.integers(-400_000, 400_000)),
    st.tuples(st.just("take"), st.just(0)),
    st.tuples(st.just("call"), st.just(0)),
    st.tuples(st.just("look"), st.just(0)),
)


@given(st.lists(_DEEDS, max_size=40))
def test_whatever_the_clock_does_everything_stands_once_and_no_wait_is_absurd(
    deeds: list[tuple[str, int]],
) -> None:
    note(str(deeds))
    journal, clock = MemoryJournal(), SetClock(EIGHT)
    office = open_office(journal, clock)
    for n, (deed, amount) in enumerate(deeds):
        if deed == "cut":
            office.stop()
            clock.reboot(f"boot {n}", amount)
            office = open_office(journal, clock)
        else:
            _do(office, clock, deed, amount)
    taken = sum(deed == "take" for deed, _ in deeds)
    waited_s = sum(amount for deed, amount in deeds if deed == "wait")
    rows = [row for day in reported(journal).values() for row in day]
    assert len(rows) == taken
    assert all(wait is None or 0 <= wait <= waited_s for _, wait in rows)
    for day in journal.days():
        assert len(set(numbers(journal, day))) == len(numbers(journal, day))
        assert folded(journal, day).forced == folded(journal, day).skipped == []


def _do(office: Office, clock: SetClock, deed: str, amount: int) -> None:
    match deed:
        case "wait":
            clock.advance(amount)
        case "step":
            clock.step(amount)
        case "take":
            take(office)
        case "look":
            office.end_day_if_over()
        case _:
            _call_if_any(office)


def _call_if_any(office: Office) -> None:
    with office.today() as day:
        waits, state = len(day.line("A")), day.counter(1).state
    if state is not CounterState.OPEN:
        office.execute(c.OpenCounter(1))
    if waits:
        call(office)


@given(st.integers(-40_000_000, 40_000_000), st.integers(0, 20), st.integers(0, 10_000))
def test_no_step_inside_a_boot_starts_numbers_again(
    step_s: int, before: int, passed_s: int
) -> None:
    clock = SetClock(EIGHT)
    office = open_office(MemoryJournal(), clock)
    given_out = [take(office) for _ in range(before)]
    clock.advance(passed_s)
    clock.step(step_s)
    office.end_day_if_over()
    given_out.append(take(office))
    if before:
        assert given_out == [f"A{n:03}" for n in range(1, before + 2)]
