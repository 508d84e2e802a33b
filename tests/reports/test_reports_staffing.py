"""Counters needed: days worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.day_table import Leg
from motcua.reports.replay import Hall, by_hour, played
from motcua.reports.staffing import covering
from motcua.reports.staffing_need import TOGETHER, estimate
from motcua.reports.staffing_plan import Want, fewest, kept
from tests.reports.report_days import MONDAY, TARGET_S, leg, table, workdays
from tests.reports.staffing_ward import (
    SHIFTS,
    advice,
    hour,
    mondays,
    opened,
    served,
    ward_of,
)

EIGHT = 8 * 3600.0
WEEKS = mondays(5)


def minutes_apart(step: int, from_hour: int = 8, hours: int = 1) -> list[str]:
    """Return a clock time every `step` minutes."""
    return [f"{from_hour + past // 60:02}:{past % 60:02}" for past in range(0, 60 * hours, step)]


def test_one_every_ten_minutes_for_ten_minutes_needs_one_counter() -> None:
    told = advice(ward_of(lambda day: [served(at, day) for at in minutes_apart(10)], WEEKS))
    eight = hour(told, 8)
    assert (eight.needed, eight.days, eight.people, eight.people_mean) == (1, 5, 30, 6)
    assert (eight.busy_s, eight.busy_cv, eight.open, eight.more) == (600, 0, 2, -1)
    assert eight.expected
    assert eight.expected.value == 1


def test_twelve_at_the_door_at_eight_need_five_counters() -> None:
    """Ten minutes each, target 15, 80%: called at 8:00 and 8:10 are two a counter; 10 of 12."""
    told = advice(ward_of(lambda day: [served("08:00", day)] * 12, WEEKS))
    assert hour(told, 8).needed == 5
    assert hour(told, 8).more == 3
    assert hour(told, 8).expected.value == pytest.approx(10 / 12)  # type: ignore[union-attr]


def test_a_higher_share_needs_more_counters() -> None:
    """All twelve by 8:10: six counters."""
    assert hour(advice(ward_of(lambda day: [served("08:00", day)] * 12, WEEKS), 1.0), 8).needed == 6


def test_counters_are_not_closed_on_those_who_still_wait() -> None:
    """Twelve come at 8:55, one at 9:50; ten minutes each.

    With five counters ten are called by 9:05. Four from 9:00 on would call nine, 75%: so five
    stay, though the one of 9:50 needs but one.
    """
    at_s = [EIGHT + 55 * 60] * 12 + [EIGHT + 110 * 60]
    assert fewest([Hall(at_s, [600.0] * 13)], [Want(0.8)] * 24, TARGET_S)[8:10] == [5, 5]


def test_once_the_line_is_gone_counters_close() -> None:
    """Twelve come at 8:00, one at 9:50: the line is gone by 8:30."""
    at_s = [EIGHT] * 12 + [EIGHT + 110 * 60]
    assert fewest([Hall(at_s, [600.0] * 13)], [Want(0.8)] * 24, TARGET_S)[8:10] == [5, 1]


@pytest.mark.parametrize("guess", [1, 2, 5, 9, 99])
def test_the_answer_does_not_hang_on_where_the_search_begins(guess: int) -> None:
    wants = [Want(0.8, guess=guess)] * 24
    assert fewest([Hall([EIGHT] * 12, [600.0] * 12)], wants, TARGET_S)[8] == 5


def test_no_hour_without_people_needs_a_counter() -> None:
    told = advice(ward_of(lambda day: [served(at, day) for at in minutes_apart(10)], WEEKS))
    assert [one.hour for one in told.hours] == [8]
    assert fewest([Hall([EIGHT] * 12, [600.0] * 12)], [Want(0.8)] * 24, TARGET_S)[9:] == [0] * 15
    assert fewest([Hall([], [])], [Want(0.8)] * 24, TARGET_S) == [0] * 24


@given(
    people=st.lists(
        st.tuples(st.integers(0, 4 * 3600 - 1), st.integers(30, 2400)), min_size=1, max_size=60
    ),
    share=st.sampled_from([0.5, 0.8, 0.95, 1.0]),
)
def test_with_the_counters_told_the_goal_is_kept_in_every_hour(
    people: list[tuple[int, int]], share: float
) -> None:
    ordered = sorted(people)
    at_s, busy_s = [float(at) for at, _ in ordered], [float(busy) for _, busy in ordered]
    hall = Hall(at_s, busy_s)
    counters = fewest([hall], [Want(share)] * 24, TARGET_S)
    again = played(Hall(at_s, busy_s), by_hour(counters))
    assert again.waits_s == hall.waits_s
    assert inf not in again.waits_s
    for days in kept([again], 1, TARGET_S):
        assert all(within >= many * share - 1e-6 for within, many in days)


def test_the_lunch_break_is_no_hour_of_work() -> None:
    """Whoever waits at 11:30 is served before lunch; nobody comes from 12 to 13."""
    people = [*minutes_apart(10, 11)[:3], *minutes_apart(10, 13)[3:], *minutes_apart(10, 14)]
    told = advice(ward_of(lambda day: [served(at, day) for at in people] * 2, mondays(8)))
    assert [(one.hour, one.needed, one.open) for one in told.hours] == [
        (11, 2, 2.0), (13, 2, 2.0), (14, 2, 2.0)
    ]  # fmt: skip
    assert hour(told, 11).measured == 1


def test_a_short_monday_counts_only_where_the_centre_was_open() -> None:
    """Five Mondays; on the last the centre closed at noon: no Monday afternoon without people."""
    tables = ward_of(
        lambda day: [served(at, day) for at in (*minutes_apart(10), *minutes_apart(10, 14))], WEEKS
    )
    morning = tuple(one for one in tables[-1].legs if one.issued_at.hour < 12)
    tables[-1] = replace(tables[-1], legs=morning, spans=opened(WEEKS[-1], 2, SHIFTS[:1]))
    told = advice(tables)
    assert (hour(told, 8).days, hour(told, 14).days, hour(told, 14).people_mean) == (5, 4, 6)


def test_an_open_day_without_anybody_is_a_day() -> None:
    tables = ward_of(lambda day: [served(at, day) for at in minutes_apart(6)], WEEKS)
    empty = table([], MONDAY - timedelta(weeks=1), spans=opened(MONDAY - timedelta(weeks=1), 2))
    told = hour(advice([empty, *tables]), 8)
    assert (told.days, told.people, round(told.people_mean, 2)) == (6, 50, 8.33)
    assert told.people_cv == pytest.approx(0.4899, abs=1e-3)


def test_a_holiday_is_no_day() -> None:
    told = advice(ward_of(lambda day: [served(at, day) for at in minutes_apart(10)], WEEKS[1:]))
    assert hour(told, 8).days == 4
    assert hour(told, 8).needed == 1


@pytest.mark.parametrize(("days", "people", "enough"), [(4, 5, True), (4, 4, False), (3, 9, False)])
def test_fewer_than_four_days_or_twenty_people_say_nothing(
    days: int, people: int, *, enough: bool
) -> None:
    told = advice(ward_of(lambda day: [served("08:00", day)] * people, mondays(days)))
    assert told.enough is enough
    assert (hour(told, 8, 1 if enough else TOGETHER).needed is None) is not enough


def test_a_fortnight_takes_all_weekdays_together() -> None:
    told = advice(ward_of(lambda day: [served("08:00", day)] * 4, workdays(MONDAY, 10)))
    assert told.together
    assert (hour(told, 8, TOGETHER).days, hour(told, 8, TOGETHER).people) == (10, 40)
    assert hour(told, 8, TOGETHER).needed == 2


def test_days_that_run_or_have_no_sure_date_are_left_out_and_told() -> None:
    tables = ward_of(lambda day: [served("08:00", day)] * 6, mondays(6))
    tables[4] = replace(tables[4], undated=True)
    tables[5] = replace(tables[5], complete=False)
    told = advice(tables)
    assert told.left_out == ((tables[4].day, "undated"), (tables[5].day, "running"))
    assert (told.days, hour(told, 8).days) == (4, 4)


def test_who_leaves_late_is_work_to_do_and_who_leaves_early_is_not() -> None:
    def people(day: date) -> list[Leg]:
        gone = {"outcome": "cancelled", "wait_s": None, "way_s": None, "service_s": None}
        stay = [served("08:00", day) for _ in range(6)]
        late = [leg("08:00", day, **gone, left_after_s=2000.0) for _ in range(6)]
        early = [leg("08:00", day, **gone, left_after_s=60.0) for _ in range(9)]
        return [*stay, *late, *early]

    told = hour(advice(ward_of(people, WEEKS, counters=3)), 8)
    assert (told.people_mean, told.measured, told.needed) == (21, 0.5, 5)
    assert told.replayed
    assert told.replayed.value == 0.5  # six and six, of ten minutes each, at three counters


def test_people_waited_though_counters_enough_were_open() -> None:
    """Half of them late, while by the replay nobody had to be: more counters are no cure."""
    told = advice(
        ward_of(lambda day: [served("08:00", day, wait) for wait in (0, 5, 40, 50)] * 2, WEEKS, 8)
    )
    assert told.longer is None
    assert not told.enough


@pytest.mark.parametrize(
    ("second_min", "longer", "needed"), [(10, 1.0, 5), (14, 1.0, 5), (16, 1.53125, 10)]
)
def test_the_replay_is_made_as_slow_as_the_hall_was(
    second_min: float, longer: float, needed: int
) -> None:
    """Twelve at eight, ten minutes each, six counters: six are called at once, six later.

    Within 15 minutes all is well. Later, their counters were slower: half as long again and a bit.
    So slow they serve but one each in time, and ten of the twelve ask for ten of them.
    """
    told = advice(ward_of(
        lambda day: [served("08:00", day, 0 if n < 6 else second_min) for n in range(12)], WEEKS, 6
    ))  # fmt: skip
    assert (told.longer, hour(told, 8).needed) == (longer, needed)
    assert told.check
    assert told.check[0] == told.check[1]


def test_a_service_hardly_measured_takes_as_long_as_the_others() -> None:
    """H was never finished: its people keep a counter for the ten minutes of A."""

    def people(day: date) -> list[Leg]:
        never = {"service": "H", "way_s": None, "service_s": None, "outcome": ""}
        return [*[served("08:00", day)] * 6, *[leg("08:00", day, wait_s=0.0, **never)] * 6]

    told = advice(ward_of(people, WEEKS))
    assert hour(told, 8).needed == 5
    assert [one.service for one in told.services] == ["A"]


def test_nothing_measured_says_nothing() -> None:
    told = advice(ward_of(lambda day: [leg("08:00", day, wait_s=0.0)] * 9, WEEKS))
    assert not told.enough
    assert told.check is None
    assert advice([]).hours == ()


def test_days_whose_openings_nobody_knows_still_tell_what_is_needed() -> None:
    tables = ward_of(lambda day: [served("08:00", day)] * 12, WEEKS)
    told = hour(advice([replace(one, spans=()) for one in tables]), 8)
    assert (told.needed, told.open, told.more, told.replayed) == (5, None, None, None)


def test_each_service_alone_needs_its_own_counters() -> None:
    """Six of A and six of H at eight: three counters each, five together."""
    told = hour(advice(ward_of(
        lambda day: [served("08:00", day, service=letter) for letter in "AHAHAHAHAHAH"], WEEKS
    )), 8)  # fmt: skip
    assert (told.needed, dict(told.alone), told.apart) == (5, {"A": 3, "H": 3}, 6)


def test_never_fewer_counters_than_serve_what_people_come_for() -> None:
    """One of each service an hour is little work, but no counter serves both."""
    tables = ward_of(
        lambda day: [served(at, day, service=letter)
                     for at, letter in zip(minutes_apart(12), "AMAMA", strict=True)], WEEKS
    )  # fmt: skip
    assert hour(advice(tables), 8).needed == 1  # M is served nowhere: it asks for no counter
    assert hour(advice(tables, counters={1: ("A",), 2: ("M",)}), 8).needed == 2


@pytest.mark.parametrize(
    ("wanted", "least"), [("", 1), ("A", 1), ("AH", 1), ("AKM", 2), ("AHKMSLN", 3), ("AX", 1)]
)
def test_counters_that_serve_everything_between_them(wanted: str, least: int) -> None:
    counters = {1: "AHN", 2: "HAK", 3: "ML", 4: "SKLN"}
    assert covering(set(wanted), {number: tuple(of) for number, of in counters.items()}) == least


def test_the_interval_of_a_share_is_that_of_its_days() -> None:
    """Days of 10 people: 10, 8, 9, 5 in time. p = 32/40; deviations 2, 0, 1, −3: 14.

    s² = 4/3 · 14 / 1600, s = 0.108; t of three degrees 3.18: ± 0.344.
    """
    told = estimate([(10, 10), (8, 10), (9, 10), (5, 10)])
    assert told
    assert (told.value, told.high) == (0.8, 1.0)
    assert told.low == pytest.approx(0.8 - 3.182 * 0.10801, abs=0.002)


def test_days_without_anybody_late_do_not_promise_it_for_ever() -> None:
    """As (40 + 2) of (40 + 4): s = √(0.9545 · 0.0455 / 44) = 0.0314; ± 0.1."""
    told = estimate([(10, 10)] * 4)
    assert told
    assert told.low == pytest.approx(0.9, abs=0.002)
    assert estimate([(10, 10)]) is None
    assert estimate([]) is None


def test_rounds_do_not_make_the_interval_narrower() -> None:
    once, often = estimate([(10, 10)] * 4), estimate([(90, 90)] * 4, rounds=9)
    assert once == often
