"""Distribution, heat maps, papers, places and what was counted: parts of a report, by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.day_table import DayTable
from motcua.reports import coverage
from motcua.reports.heat import heats
from motcua.reports.histogram import Step, histogram
from motcua.reports.measures import Measures, measure
from motcua.reports.papers import Missing, papers_table
from motcua.reports.period import Period
from motcua.reports.referrals import referral_tables
from motcua.reports.wording import Wording
from motcua.words import Words
from tests.queue.queue_story import RULES
from tests.reports.report_days import HUE, MONDAY, TARGET_S, leg, opened, table, waited

_ENGLISH = Wording(Words(), "en", RULES)
_TUESDAY = MONDAY + timedelta(days=1)


def measured(*tables: DayTable) -> Measures:
    """Measure days by the target of 15 minutes."""
    return measure(tables, TARGET_S, HUE, lambda _: "")


def test_steps_hold_waits_up_to_their_edge_and_hide_a_few() -> None:
    minutes = [0.0] * 5 + [1.0] * 6 + [1.5] * 3 + [3.0] * 5
    assert histogram([60 * one for one in minutes]) == (
        Step(0, 60, 11), Step(60, 120, None), Step(120, 180, 5),
    )  # fmt: skip


def test_the_far_end_stands_together() -> None:
    steps = histogram([60.0] * 990 + [7200.0] * 10)
    # The 99th percentile lies a hundredth of the way from 1 minute to 120: 2.2 minutes.
    assert steps == (Step(0, 60, 990), Step(60, 120, 0), Step(120, 180, 0), Step(180, None, 10))


def test_nobody_has_no_distribution() -> None:
    assert histogram([]) == ()


@given(st.lists(st.floats(0, 90_000, allow_nan=False), min_size=1, max_size=200))
def test_steps_follow_each_other_and_lose_nobody(waits: list[float]) -> None:
    steps = histogram(sorted(waits))
    assert len(steps) <= 26
    assert [step.from_s for step in steps[1:]] == [step.to_s for step in steps[:-1]]
    told = sum(step.n or 0 for step in steps)
    hidden = sum(step.hidden for step in steps)
    assert told + hidden <= len(waits) <= told + 4 * hidden
    assert all(step.n is None or step.n == 0 or step.n >= 5 for step in steps)


def test_heat_maps_tell_closed_hours_from_open_ones_without_people() -> None:
    monday = table(waited(*[10] * 12), spans=opened(1, "08:00", "10:00"))
    tuesday = [leg("11:20", _TUESDAY, wait_s=60.0, outcome="done") for _ in range(3)]
    figures = measured(
        monday, table(tuesday, _TUESDAY, spans=opened(1, "09:30", "12:00", day=_TUESDAY))
    )
    arrivals, waits = heats(figures, TARGET_S, _ENGLISH)
    assert arrivals.hours == ("8–9", "9–10", "10–11", "11–12")
    assert [name for name, _ in arrivals.rows] == ["Monday", "Tuesday"]
    cells = [[words for words, _ in row] for _, row in arrivals.rows]
    assert cells == [["12", "0", "", ""], ["", "0", "0", "<5"]]
    cells = [[words for words, _ in row] for _, row in waits.rows]
    assert cells == [["10", "–", "", ""], ["", "–", "–", "<5"]]
    shades = [shade for _, row in arrivals.rows for _, shade in row]
    assert shades == ["heat-4", "heat-none", *["heat-closed"] * 3, *["heat-none"] * 2, "heat-few"]


def test_arrivals_are_the_mean_of_the_days_of_a_weekday() -> None:
    weeks = [
        table(waited(*[10] * people, day=day), day)
        for people, day in ((6, MONDAY), (15, MONDAY + timedelta(days=7)), (8, _TUESDAY))
    ]
    [first, second] = heats(measured(*weeks), TARGET_S, _ENGLISH)[0].rows
    # Mondays: (6 + 15) ÷ 2 = 10.5, told as 10; a single Tuesday: 8.
    assert [words for words, _ in first[1]] == ["10"]
    assert [words for words, _ in second[1]] == ["8.0"]


def test_one_weekday_is_no_picture() -> None:
    assert heats(measured(table(waited(*[10] * 9))), TARGET_S, _ENGLISH) == ()


def test_missing_papers_come_the_most_often_missing_first_with_their_share() -> None:
    served = waited(*[5] * 20, procedure="1.001193", outcome="received")
    served += waited(*[5] * 5, procedure="1.001193", outcome="papers_missing")
    gone = waited(*[5] * 3, procedure="1.001193", outcome="missed")
    papers = {("1.001193", "CT01"): 5, ("1.001193", "CCCD"): 2, ("", "CCCD"): 6}
    told = measured(table([*served, *gone], papers=papers)).papers
    assert told == (
        Missing("", "CCCD", 6, 0), Missing("1.001193", "CT01", 5, 25),
        Missing("1.001193", "CCCD", 2, 25),
    )  # fmt: skip
    made = papers_table(told, 5, _ENGLISH)
    assert made.rows == (
        ("Not stated", "CCCD", 6, None), ("1.001193 – Đăng ký khai sinh", "CT01", 5, 0.2),
        ("1 more, under 5 people each", None, None, None),
    )  # fmt: skip
    assert made.note.startswith("5 visits ended for want of papers; 13 times a paper was noted.")


def test_referrals_stand_by_procedure_and_by_place_with_their_sum() -> None:
    given_out = {("1.000003", "Công an"): 4, ("9.9", "Công an"): 3, ("9.9", "Sở"): 2}
    by_procedure, by_place = referral_tables(given_out, _ENGLISH)
    assert by_procedure.rows == (("3 more, under 5 people each", None, None),)
    assert by_place.rows == (("Công an", 7), ("1 more, under 5 people each", None))
    assert by_place.note == by_procedure.note == "9 people in all."


def test_what_was_not_counted_is_told_with_its_days() -> None:
    friday = MONDAY + timedelta(days=4)
    figures = measured(
        table(waited(5, uncertain=True, unsure=("wait", "centre")), MONDAY, damaged=True),
        table([*waited(5, day=friday)], friday, complete=False, undated=True),
    )
    told = coverage.table(figures, _ENGLISH)
    assert {row[0]: row[1] for row in told.rows} == {
        "Days with records": 2,
        "Days: not over yet": 1,
        "Days: date not certain": 1,
        "Days: records lost": 1,
        "Days: only sums are left": 0,
        "Days: worked by the calendar, but nothing recorded": 3,
        "Waits begun (legs)": 2,
        "Legs with a time that could not be measured": 1,
        "Legs: wait not measured": 1,
        "Legs: time in the centre not measured": 1,
    }
    assert "Records lost: 23/11/2026." in told.note
    assert "Not over yet: 27/11/2026." in told.note
    assert "nothing recorded: 24/11/2026, 25/11/2026, 26/11/2026." in told.note


@pytest.mark.parametrize(
    ("days", "silent"),
    [
        ((), ()),
        (("2026-11-23",), ()),
        (("2026-11-20", "2026-11-23"), ()),
        (("2026-11-19", "2026-11-23"), ("2026-11-20",)),
    ],
)
def test_a_weekend_is_no_day_without_records(
    days: tuple[str, ...], silent: tuple[str, ...]
) -> None:
    assert coverage.days_without_records(days, RULES.hours) == silent


@pytest.mark.parametrize(
    ("days", "ends"),
    [
        (("2026-11-02", "2026-11-27"), ()),  # a month that begins and ends with a weekend
        (("2026-11-02", "2026-11-26"), ("2026-11-02", "2026-11-26")),
        (("2026-11-03", "2026-11-27"), ("2026-11-03", "2026-11-27")),
        ((), ()),
    ],
)
def test_records_that_do_not_fill_the_period_are_told(
    days: tuple[str, ...], ends: tuple[str, ...]
) -> None:
    november = Period(date(2026, 11, 1), date(2026, 11, 29))
    told = coverage.ends_short(days, november, RULES.hours)
    assert tuple(map(str, told or ())) == ends
