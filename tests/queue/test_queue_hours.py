"""When numbers are given: lunch, holidays, and Saturdays worked for a holiday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from motcua.queue.hours import Hours, Shift
from tests.queue.queue_story import HUE, RULES

_SATURDAY = date(2026, 11, 28)
_MORNING = (Shift(time(8, 0), time(11, 0)),)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-11-23T07:29:59", False),
        ("2026-11-23T07:30", True),
        ("2026-11-23T11:29:59", True),
        ("2026-11-23T11:30", False),
        ("2026-11-23T13:30", True),
        ("2026-11-23T17:00", False),
        ("2026-11-28T09:00", False),
    ],
)
def test_the_doors_open_and_close_to_the_second(at: str, is_open: bool) -> None:  # noqa: FBT001
    assert RULES.hours.is_open(_at(at)) is is_open
    assert replace(RULES.hours, always_open=True).is_open(_at(at))


def test_opening_hours_are_the_centres_wherever_the_clock_stands() -> None:
    assert RULES.hours.is_open(datetime.fromisoformat("2026-11-23T00:30+00:00"))
    assert not RULES.hours.is_open(datetime.fromisoformat("2026-11-23T08:30-05:00"))


def test_the_business_day_is_the_local_one() -> None:
    assert RULES.hours.date(datetime.fromisoformat("2026-11-23T17:00+00:00")) == date(2026, 11, 24)


def test_a_shift_says_when_it_ends() -> None:
    assert RULES.hours.closes(_at("2026-11-23T08:15:30")) == _at("2026-11-23T11:30")
    assert RULES.hours.closes(_at("2026-11-23T12:00")) is None


def test_when_the_doors_open_the_next_opening_is_the_one_after() -> None:
    assert RULES.hours.next_opening(_at("2026-11-23T07:30")) == _at("2026-11-23T13:30")


def test_a_holiday_is_closed_and_the_next_opening_is_after_it() -> None:
    hours = replace(RULES.hours, holidays=frozenset({date(2026, 11, 23), date(2026, 11, 24)}))
    assert not hours.is_open(_at("2026-11-23T09:00"))
    assert hours.next_opening(_at("2026-11-23T09:00")) == _at("2026-11-25T07:30")


def test_a_working_saturday_has_hours_of_its_own() -> None:
    hours = replace(RULES.hours, working_days={_SATURDAY: _MORNING})
    assert hours.is_open(_at("2026-11-28T10:59"))
    assert not hours.is_open(_at("2026-11-28T11:00"))
    assert hours.next_opening(_at("2026-11-27T17:00")) == _at("2026-11-28T08:00")


def test_a_working_day_wins_over_a_holiday() -> None:
    holidays = frozenset({_SATURDAY})
    hours = replace(RULES.hours, holidays=holidays, working_days={_SATURDAY: _MORNING})
    assert hours.is_open(_at("2026-11-28T08:00"))


def test_a_centre_that_never_opens_has_no_next_opening() -> None:
    assert Hours(((),) * 7, HUE).next_opening(_at("2026-11-23T09:00")) is None
