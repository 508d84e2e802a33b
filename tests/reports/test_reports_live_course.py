"""How far a day had come at a time of its clock: hand-worked, and what must always hold."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from motcua.day_table import DayTable, Leg, from_day
from motcua.reports.live_course import Course, clock_s, course, part
from motcua.reports.measures import measure
from tests.queue.queue_story import Story
from tests.reports.live_days import MORNING, came
from tests.reports.report_days import HUE, MONDAY, TARGET_S, at, leg, table, ward_day

EIGHT_S = 8 * 3600.0


def of(day: DayTable, service: str | None = None) -> Course:
    whole = course(day, MONDAY, HUE)
    return part(whole, service) if service else whole


def since_midnight(clock: str) -> float:
    return clock_s(at(clock), HUE)


def test_a_morning_at_ten_to_nine_is_told_by_what_is_known_by_then() -> None:
    """
    08:00 Lan takes A, is called 08:10 (10 minutes, in time) and finished 08:20.
    08:05 Minh takes A, is called 08:25 (20 minutes, late) and does not come.
    08:06 Hoa takes H and gives it back 08:32 (26 minutes: left late).
    08:30 Tam takes A and waits for 20 minutes by 08:50: late already.
    08:40 Vy takes K and waits for 10 minutes.
    """
    day = of(from_day(Story(MORNING).day))
    told = day.so_far(since_midnight("08:50"), TARGET_S)
    assert (told.numbers, told.served, told.waiting, told.deepest) == (5, 1, 2, 3)
    assert (told.wait.n, told.wait.median_s) == (2, 15 * 60)
    assert (told.within, told.late, told.share) == (1, 3, 0.25)


def test_the_same_morning_at_twelve_past_eight_knows_nothing_of_what_came_later() -> None:
    day = of(from_day(Story(MORNING).day))
    told = day.so_far(since_midnight("08:12"), TARGET_S)
    assert (told.numbers, told.served, told.waiting, told.deepest) == (3, 0, 2, 3)
    assert (told.within, told.late, told.share) == (1, 0, 1.0)
    before = day.so_far(since_midnight("07:59"), TARGET_S)
    assert (before.numbers, before.share, before.wait.n) == (0, None, 0)


def test_a_service_has_its_own_course() -> None:
    day = from_day(Story(MORNING).day)
    told = of(day, "H").so_far(since_midnight("08:50"), TARGET_S)
    assert (told.numbers, told.waiting, told.late, told.share) == (1, 0, 1, 0.0)
    assert of(day, "K").so_far(since_midnight("08:50"), TARGET_S).share is None


def test_exactly_the_target_is_in_time_called_or_waiting() -> None:
    called = leg(called_at=at("08:15"), wait_s=900.0, outcome="")
    told = of(table([called, leg(ticket="A002", outcome="")])).so_far(EIGHT_S + 900, TARGET_S)
    assert (told.within, told.late) == (1, 0)
    late = of(table([leg(outcome="")])).so_far(EIGHT_S + 901, TARGET_S)
    assert (late.within, late.late, late.share) == (0, 1, 0.0)


def test_who_is_called_at_once_makes_no_queue_and_who_goes_makes_room() -> None:
    at_once = leg(called_at=at("08:00"), wait_s=0.0)
    assert of(table([at_once])).so_far(EIGHT_S, TARGET_S).deepest == 0
    one_after_another = of(table([*came("08:00"), *came("08:05")]))
    assert one_after_another.so_far(EIGHT_S + 3600, TARGET_S).deepest == 1


def test_a_transfer_gives_no_new_number_and_begins_a_new_wait() -> None:
    first = leg(called_at=at("08:05"), wait_s=300.0, finished_at=at("08:09"), outcome="transferred")
    second = leg("08:09", service="K", leg=2, outcome="")
    told = of(table([first, second])).so_far(EIGHT_S + 600, TARGET_S)
    assert (told.numbers, told.waiting, told.served) == (1, 1, 0)


def test_calls_of_the_last_hour_are_those_of_the_last_hour() -> None:
    legs = came("08:00", "08:30", "09:00")
    legs.append(leg("09:10", called_at=at("09:15"), outcome="missed", finished_at=at("09:17")))
    day = of(table(legs))
    assert day.calls(since_midnight("08:35"), since_midnight("09:35")) == (2, 1)
    assert day.calls(since_midnight("08:34"), since_midnight("09:35")) == (3, 1)


clocks = st.integers(7 * 60, 17 * 60).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")


@st.composite
def anybody(draw: st.DrawFn) -> Leg:
    """Return somebody who is called, leaves or goes on waiting."""
    clock, minutes = draw(clocks), draw(st.integers(0, 90))
    end = at(clock) + timedelta(minutes=minutes)
    fates: dict[str, dict[str, Any]] = {
        "called": {"called_at": end, "wait_s": 60.0 * minutes, "outcome": "done",
                   "finished_at": end + timedelta(minutes=8)},
        "left": {"finished_at": end, "left_after_s": 60.0 * minutes, "outcome": "cancelled"},
        "waits": {"outcome": ""},
    }  # fmt: skip
    service = draw(st.sampled_from("AHK"))
    return leg(clock, service=service, **fates[draw(st.sampled_from(sorted(fates)))])


halls = st.lists(anybody(), max_size=12)


@given(halls, clocks, st.permutations(range(12)))
def test_order_of_the_rows_does_not_matter(legs: list[Leg], clock: str, order: list[int]) -> None:
    mixed = [legs[n] for n in order if n < len(legs)]
    now = since_midnight(clock)
    assert of(table(legs)).so_far(now, TARGET_S) == of(table(mixed)).so_far(now, TARGET_S)


@given(halls, clocks)
def test_services_add_up_to_the_whole_and_nothing_is_negative(legs: list[Leg], clock: str) -> None:
    now, day = since_midnight(clock), table(legs)
    whole = of(day).so_far(now, TARGET_S)
    parts = [of(day, service).so_far(now, TARGET_S) for service in "AHK"]
    for name in ("numbers", "served", "waiting", "within", "late"):
        assert getattr(whole, name) == sum(getattr(part, name) for part in parts) >= 0
    assert whole.waiting <= whole.deepest <= whole.numbers


@given(halls, clocks, clocks)
def test_one_more_who_waits_never_makes_the_share_better(
    legs: list[Leg], clock: str, arrival: str
) -> None:
    now = since_midnight(clock)
    before = of(table(legs)).so_far(now, TARGET_S).share
    more = of(table([*legs, leg(arrival, outcome="")])).so_far(now, TARGET_S).share
    assert before is None or (more is not None and more <= before)


def as_known(one: Leg, clock: str) -> Leg:
    """Return a leg as it stood at a time it had begun by."""
    if one.finished_at is None or one.finished_at <= at(clock):
        return one
    if one.called_at is None or one.called_at > at(clock):
        waits = {"called_at": None, "wait_s": None, "left_after_s": None}
        return structs.replace(one, outcome="", finished_at=None, **waits)
    return structs.replace(one, outcome="", finished_at=None)


@given(halls, clocks)
def test_a_day_looked_back_at_is_the_day_as_it_was(legs: list[Leg], clock: str) -> None:
    """What happens after a time changes nothing that was told at that time."""
    now = since_midnight(clock)
    known = [as_known(one, clock) for one in legs if one.issued_at <= at(clock)]
    assert of(table(known)).so_far(now, TARGET_S) == of(table(legs)).so_far(now, TARGET_S)


def test_a_whole_ward_day_ends_with_nobody_waiting_and_all_numbers_given() -> None:
    day = ward_day(MONDAY, 7)
    told = of(day).so_far(since_midnight("23:00"), TARGET_S)
    assert (told.numbers, told.waiting) == (len(day.legs), 0)
    assert told.within + told.late <= len(day.legs)
    assert (told.counters, of(day).so_far(since_midnight("09:00"), TARGET_S).counters) == (0, 3)


def test_at_the_end_of_a_day_the_share_is_the_reports() -> None:
    day = ward_day(MONDAY, 7, people=140)
    told = of(day).so_far(since_midnight("23:59"), TARGET_S)
    report = measure([day], TARGET_S, HUE, lambda _: "").within
    assert (told.within, told.late) == (report.within, (report.late or 0) + (report.left_late or 0))
    assert told.share == report.share
    assert 0 < told.late < told.within
