"""A box whose clock has no battery: the hall is served, and the day gets its true date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from motcua.archive import Archive
from motcua.clock import SetClock
from motcua.journal.memory import MemoryJournal
from motcua.office import Office
from motcua.queue import commands as c
from motcua.queue.day import Answer, CounterState
from motcua.queue.errors import QueueError
from motcua.queue.events import DayDated
from motcua.queue.hours import Hours, Shift
from motcua.queue.visits import visits
from tests.journal.journal_days import EIGHT, MONDAY, RULES, TUESDAY, folded, numbers, open_office

_YEAR = timedelta(days=365)
_LAST_YEAR = (EIGHT - _YEAR).date().isoformat()
_WORKDAYS = Hours(
    ((Shift(EIGHT.time().replace(hour=7), EIGHT.time().replace(hour=17)),),) * 5 + ((), ()),
    RULES.hours.zone,
)


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands at Monday, 8:00, of last year."""
    return SetClock(EIGHT - _YEAR)


def _take(office: Office, request: str | None = None) -> str:
    answer = office.execute(c.IssueTicket(service="A"), request)
    assert answer.ticket
    return answer.ticket.number


def _number(answer: Answer) -> str:
    assert answer.ticket
    return answer.ticket.number


def _call(office: Office) -> str:
    number = _number(office.execute(c.CallNext(1)))
    office.execute(c.StartService(1))
    office.execute(c.FinishTicket(1, "done"))
    return number


def _dates(journal: MemoryJournal) -> list[str]:
    return [
        record.event.date
        for day in journal.days()
        for record in journal.read(day)
        if isinstance(record.event, DayDated)
    ]


def _reported(journal: MemoryJournal) -> dict[str, list[tuple[str, float | None]]]:
    """Return date → (number, wait) of everybody, as reports have them."""
    rows: dict[str, list[tuple[str, float | None]]] = {}
    for table in Archive(journal).days(date(2020, 1, 1), date(2035, 12, 31)):
        rows.setdefault(table.day, []).extend((leg.ticket, leg.wait_s) for leg in table.legs)
    return rows


def test_network_time_that_arrives_in_mid_queue_moves_nobody(
    office: Office, journal: MemoryJournal, clock: SetClock
) -> None:
    office.execute(c.OpenCounter(1))
    assert [_take(office), _take(office)] == ["A001", "A002"]
    clock.advance(600)
    assert _call(office) == "A001"
    clock.step(_YEAR.total_seconds())
    assert _take(office) == "A003"
    clock.advance(300)
    office.end_day_if_over()
    assert [_call(office), _call(office)] == ["A002", "A003"]
    assert journal.days() == [_LAST_YEAR]
    assert _dates(journal) == [MONDAY]
    assert _reported(journal) == {MONDAY: [("A001", 600), ("A002", 900), ("A003", 300)]}
    [first, *_] = visits(folded(journal, _LAST_YEAR))
    assert first.issued_at == EIGHT


def test_a_day_that_got_its_date_ends_at_its_true_midnight(
    office: Office, journal: MemoryJournal, clock: SetClock
) -> None:
    _take(office)
    clock.step(_YEAR.total_seconds())
    _take(office)
    clock.advance(24 * 3600)
    assert _take(office) == "A001"
    assert journal.days() == [_LAST_YEAR, TUESDAY]
    assert {day: len(rows) for day, rows in _reported(journal).items()} == {MONDAY: 2, TUESDAY: 1}


def test_a_step_seen_only_after_midnight_dates_the_day_that_ended(
    office: Office, journal: MemoryJournal, clock: SetClock
) -> None:
    _take(office)
    clock.step(_YEAR.total_seconds())
    clock.advance(24 * 3600)
    office.end_day_if_over()
    assert _take(office) == "A001"
    assert list(_reported(journal)) == [MONDAY, TUESDAY]


def test_a_clock_set_ahead_and_put_right_starts_no_numbers_again(
    journal: MemoryJournal,
) -> None:
    clock = SetClock(EIGHT + 4 * _YEAR)
    office = open_office(journal, clock)
    _take(office)
    clock.step(-4 * _YEAR.total_seconds())
    assert _take(office) == "A002"
    clock.advance(24 * 3600)
    assert _take(office) == "A001"
    assert list(_reported(journal)) == [MONDAY, TUESDAY]
    office.stop()
    clock.reboot("next morning", 24 * 3600)
    assert _take(open_office(journal, clock)) == "A001", "a later day is a later day"
    assert list(_reported(journal)) == [MONDAY, TUESDAY, "2026-11-25"]


@pytest.fixture
def monday(journal: MemoryJournal) -> SetClock:
    """Monday is over and closed; the box is switched off at eight in the evening."""
    clock = SetClock(EIGHT)
    office = open_office(journal, clock)
    _take(office)
    clock.advance(8 * 3600)
    office.execute(c.CloseDay())
    clock.advance(4 * 3600)
    office.stop()
    return clock


@pytest.mark.parametrize("off", [-_YEAR, -timedelta(hours=5)])
def test_a_box_that_wakes_before_what_it_has_recorded_serves_and_learns_the_date_later(
    journal: MemoryJournal, monday: SetClock, off: timedelta
) -> None:
    monday.reboot("no battery", off.total_seconds())
    office = open_office(journal, monday)
    office.execute(c.OpenCounter(1))
    assert _take(office) == "A001"
    with office.today() as day:
        assert not day.dated
    monday.advance(60)
    true = EIGHT + timedelta(days=3, minutes=1)
    monday.step((true - monday.wall).total_seconds())
    assert _take(office) == "A002"
    assert [_call(office), _call(office)] == ["A001", "A002"]
    assert _reported(journal) == {
        MONDAY: [("A001", None)],
        "2026-11-26": [("A001", 60), ("A002", 0)],
    }
    assert _dates(journal) == ["", "2026-11-26"]


def test_a_day_whose_date_was_never_learnt_is_told_apart(
    journal: MemoryJournal, monday: SetClock
) -> None:
    monday.reboot("no battery", -_YEAR.total_seconds())
    office = open_office(journal, monday)
    _take(office)
    monday.advance(24 * 3600)
    assert _take(office) == "A001", "midnight passed, by whatever clock"
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
    _take(office)
    clock.advance(60)
    office.execute(c.GiveFeedback(3))  # the last that is known of this boot
    office.stop()
    clock.reboot("a year back", -_YEAR.total_seconds())
    again = open_office(journal, clock)
    assert _take(again) == "A002"
    clock.advance(30)
    with again.today() as day:
        now, lan, minh = again.now(), *day.waiting("A")
        assert (lan.number, minh.number) == ("A001", "A002")
        assert (day.passed_s(lan.issued, now), day.passed_s(minh.issued, now)) == (90, 30)
    clock.step(_YEAR.total_seconds() + 600)
    assert [_call(again), _call(again)] == ["A001", "A002"]
    assert _reported(journal) == {MONDAY: [("A001", None), ("A002", 30)]}


@pytest.mark.parametrize("ahead_s", [0, 7200])
def test_a_clock_put_right_after_a_cut_moves_nobody_in_line(
    journal: MemoryJournal, ahead_s: int
) -> None:
    clock = SetClock(EIGHT + timedelta(seconds=ahead_s))
    office = open_office(journal, clock)
    office.execute(c.OpenCounter(1))
    _take(office)
    office.stop()
    clock.reboot("five minutes later", 300)
    again = open_office(journal, clock)
    _take(again)
    clock.step(-ahead_s - 600)
    _take(again)
    with again.today() as day:
        assert [ticket.ahead for ticket in day.waiting("A")] == [0, 1, 2]
    assert [_call(again), _call(again), _call(again)] == ["A001", "A002", "A003"]


def test_a_queue_that_began_under_a_wrong_clock_outlives_a_cut_that_puts_it_right(
    journal: MemoryJournal, monday: SetClock
) -> None:
    monday.reboot("no battery", -_YEAR.total_seconds())
    office = open_office(journal, monday)
    office.execute(c.OpenCounter(1))
    _take(office)
    office.stop()
    monday.reboot("with network", (EIGHT + timedelta(days=1) - monday.wall).total_seconds())
    again = open_office(journal, monday)
    assert _take(again) == "A002"
    with again.today() as day:
        now, lan = again.now(), next(day.waiting("A"))
        assert lan.number == "A001"
        assert day.passed_s(lan.issued, now) == 0, "no absurd wait is shown"
    assert _call(again) == "A001"
    assert _reported(journal)[TUESDAY] == [("A001", None), ("A002", None)]


def test_a_morning_under_last_evenings_clock_gets_its_own_date(
    journal: MemoryJournal,
) -> None:
    clock = SetClock(EIGHT)
    office = open_office(journal, clock)
    office.execute(c.OpenCounter(1))
    _take(office)
    _call(office)
    clock.advance(9 * 3600)
    office.stop()
    clock.reboot("Tuesday, the clock says Monday evening", 5)
    morning = open_office(journal, clock)
    assert _take(morning) == "A002", "nobody can know yet that this is another day"
    clock.step(15 * 3600)
    assert _take(morning) == "A003"
    rows = _reported(journal)
    assert {day: [number for number, _ in row] for day, row in rows.items()} == {
        MONDAY: ["A001"], TUESDAY: ["A002", "A003"],
    }  # fmt: skip


@pytest.mark.parametrize("said", ["", "closed by hand"])
def test_a_step_back_over_midnight_leaves_the_day_open(
    office: Office, clock: SetClock, said: str
) -> None:
    clock.advance(16.5 * 3600)
    assert _take(office) == "A001"
    clock.step(-3600)
    assert _take(office) == "A002"
    if said:
        office.execute(c.CloseDay())
        with pytest.raises(QueueError, match="closed"):
            _take(office)
    clock.advance(3600)
    assert _take(office) == "A001", "this is the true midnight"


def test_a_clock_nudged_back_over_midnight_starts_nothing_again(
    office: Office, clock: SetClock
) -> None:
    clock.advance(16 * 3600 + 0.5)
    assert _take(office) == "A001"
    clock.step(-1)
    assert _take(office) == "A002"


def test_two_days_switched_off_are_no_wait(journal: MemoryJournal) -> None:
    clock = SetClock(EIGHT)
    office = open_office(journal, clock)
    _take(office)
    office.stop()
    clock.reboot("after the storm", 2 * 86400)
    again = open_office(journal, clock)
    again.end_day_if_over()
    assert _take(again) == "A001"
    [lost] = visits(folded(journal, MONDAY))
    assert (lost.outcome, lost.left_after_s, lost.unsure) == ("unserved", None, ("left", "centre"))


def test_midnight_with_people_waiting_ends_their_day(
    office: Office, journal: MemoryJournal, clock: SetClock
) -> None:
    office.execute(c.OpenCounter(1))
    clock.advance(15.9 * 3600)
    _take(office)
    clock.advance(1200)
    office.end_day_if_over()
    [late] = visits(folded(journal, _LAST_YEAR))
    assert (late.outcome, late.left_after_s) == ("unserved", 1200)
    with pytest.raises(QueueError, match="Counter 1"):
        office.execute(c.CallNext(1))


def test_a_day_opened_on_a_holiday_serves_once_the_centre_says_so(
    journal: MemoryJournal,
) -> None:
    clock = SetClock(EIGHT)
    office = open_office(journal, clock)
    holiday = replace(_WORKDAYS, holidays=frozenset({EIGHT.date()}))
    office.change_rules(replace(RULES, hours=holiday))
    office.execute(c.OpenCounter(1))
    with pytest.raises(QueueError) as refusal:
        _take(office)
    assert refusal.value.code == "centre.closed"
    opening = datetime.fromisoformat(str(refusal.value.details["next_opening"]))
    assert opening.date().isoformat() == TUESDAY
    shifts = holiday.week[0]
    office.change_rules(replace(RULES, hours=replace(holiday, working_days={EIGHT.date(): shifts})))
    assert _take(office) == "A001"
    assert _call(office) == "A001"
    assert _reported(journal) == {MONDAY: [("A001", 0)]}


def test_a_clock_known_to_be_wrong_does_not_close_the_doors(
    journal: MemoryJournal, monday: SetClock
) -> None:
    monday.reboot("no battery", -_YEAR.total_seconds())
    office = open_office(journal, monday)
    office.change_rules(replace(RULES, hours=_WORKDAYS))  # by its clock it is night
    with pytest.raises(QueueError, match="no numbers"):
        _take(office)
    office.execute(c.OpenCounter(1))
    assert _take(office) == "A001"
    office.execute(c.PauseCounter(1))
    with pytest.raises(QueueError, match="no numbers"):
        _take(office)


def test_somebody_who_looks_at_a_calendar_can_say_that_the_clock_is_right(
    journal: MemoryJournal,
) -> None:
    clock = SetClock(EIGHT + 4 * _YEAR)
    office = open_office(journal, clock)
    _take(office)
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
    assert _take(again) == "A001"
    with again.today() as day:
        assert (day.dated, day.latest_date) == (True, MONDAY)
    clock.advance(24 * 3600)
    assert _take(again) == "A001"
    assert list(_reported(journal))[-2:] == [MONDAY, TUESDAY]


_DEEDS = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 40_000)),
    st.tuples(st.just("step"), st.integers(-400_000, 400_000)),
    st.tuples(st.just("cut"), st.integers(-400_000, 400_000)),
    st.tuples(st.just("take"), st.none()),
    st.tuples(st.just("call"), st.none()),
    st.tuples(st.just("look"), st.none()),
)


@given(st.lists(_DEEDS, max_size=40))
def test_whatever_the_clock_does_everything_stands_once_and_no_wait_is_absurd(
    deeds: list[tuple[str, int | None]],
) -> None:
    note(str(deeds))
    journal, clock, true_s = MemoryJournal(), SetClock(EIGHT), 0.0
    office = open_office(journal, clock)
    taken = 0
    for n, (deed, amount) in enumerate(deeds):
        if deed == "wait":
            clock.advance(amount or 0)
            true_s += amount or 0
        elif deed == "step":
            clock.step(amount or 0)
        elif deed == "cut":
            office.stop()
            clock.reboot(f"boot {n}", amount or 0)
            office = open_office(journal, clock)
        elif deed == "take":
            _take(office)
            taken += 1
        elif deed == "look":
            office.end_day_if_over()
        else:
            _call_if_any(office)
    rows = [row for day in _reported(journal).values() for row in day]
    assert len(rows) == taken
    assert all(wait is None or 0 <= wait <= true_s for _, wait in rows)
    for day in journal.days():
        assert len(set(numbers(journal, day))) == len(numbers(journal, day))
        assert folded(journal, day).forced == folded(journal, day).skipped == []


def _call_if_any(office: Office) -> None:
    with office.today() as day:
        waits, state = len(day.line("A")), day.counter(1).state
    if state is not CounterState.OPEN:
        office.execute(c.OpenCounter(1))
    if waits:
        _call(office)


@given(st.integers(-40_000_000, 40_000_000), st.integers(0, 20), st.integers(0, 10_000))
def test_no_step_inside_a_boot_starts_numbers_again(
    step_s: int, before: int, passed_s: int
) -> None:
    clock = SetClock(EIGHT)
    office = open_office(MemoryJournal(), clock)
    given_out = [_take(office) for _ in range(before)]
    clock.advance(passed_s)
    clock.step(step_s)
    office.end_day_if_over()
    given_out.append(_take(office))
    if before:
        assert given_out == [f"A{n:03}" for n in range(1, before + 2)]
