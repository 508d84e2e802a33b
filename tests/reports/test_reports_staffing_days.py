"""What the advice on counters reads from a day: who came, for how long, and what was open."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from motcua.day_table import Opening
from motcua.reports.columns import NOT_MEASURED
from motcua.reports.staffing_days import HOUR_S, load, occupation_s
from tests.reports.report_days import HUE, MONDAY, TARGET_S, at, leg, table
from tests.reports.staffing_ward import advice, hour, mondays, opened, served, ward_of

MISSED: dict[str, Any] = {"outcome": "missed", "wait_s": 300.0, "way_s": None, "service_s": None}


def test_a_counter_is_kept_from_the_call_to_the_end() -> None:
    assert occupation_s(leg(way_s=40.0, service_s=500.0)) == 540
    assert occupation_s(leg(way_s=40.0, service_s=500.0, outcome="transferred")) == 540


def test_whoever_does_not_come_keeps_the_counter_for_the_call() -> None:
    """Called after five minutes, given up after six and a half."""
    assert occupation_s(leg(**MISSED, centre_s=390.0)) == 90


def test_whoever_came_back_after_the_call_was_not_called_all_the_while() -> None:
    """Called after five minutes, came back, and was missed again after half an hour."""
    assert occupation_s(leg(**MISSED, centre_s=1800.0)) == NOT_MEASURED


def test_somebody_begun_and_set_aside_for_good_has_no_time_at_the_counter() -> None:
    begun = leg(way_s=40.0, service_s=500.0, outcome="unserved")
    assert occupation_s(begun) == NOT_MEASURED


@pytest.mark.parametrize("unsure", [("service",), ("way",)])
def test_what_was_not_measured_is_not_believed(unsure: tuple[str, ...]) -> None:
    doubtful = leg(way_s=40.0, service_s=500.0, uncertain=True, unsure=unsure)
    assert occupation_s(doubtful) == NOT_MEASURED
    elsewhere = leg(way_s=40.0, service_s=500.0, uncertain=True, unsure=("wait",))
    assert occupation_s(elsewhere) == 540


def test_who_went_on_to_another_service_came_twice() -> None:
    legs = [
        served("08:00", service="A", outcome="transferred"),
        served("08:20", leg=2, service="H"),
    ]
    told = load(table(legs), TARGET_S, HUE)
    assert (told.people[8], told.services, list(told.at_s)) == (2, ["A", "H"], [28_800, 30_000])


def test_hours_are_those_of_the_centres_clock_where_it_is_set_forward_at_night() -> None:
    """Berlin, 29 March 2026: two o'clock was three. Eight is eight."""
    berlin = ZoneInfo("Europe/Berlin")
    eight = at("13:00", MONDAY.replace(month=3, day=29))  # 06:00 UTC
    one = leg(day=MONDAY.replace(month=3, day=29), issued_at=eight, wait_s=0.0)
    told = load(table([one], MONDAY.replace(month=3, day=29)), TARGET_S, berlin)
    assert dict(told.people) == {8: 1}


def test_counters_open_in_a_part_of_an_hour_count_as_open_while_any_was() -> None:
    """One from 7:30, another from 7:45: 1.5 on average in the half hour the centre was open."""
    spans = (
        Opening(1, at("07:30"), at("11:30")), Opening(2, at("07:45"), at("09:30"))
    )  # fmt: skip
    told = load(table([served("07:30")], spans=spans), TARGET_S, HUE)
    assert told.open_in(7) == (2700, 1800)
    assert told.open_in(9) == (5400, HOUR_S)
    assert told.open_in(12) == (0, 0)
    assert (told.was_open(9), told.was_open(12)) == (True, False)


def test_where_no_opening_is_known_the_day_lasts_from_the_first_to_the_last() -> None:
    told = load(table([served("08:00"), served("10:59")]), TARGET_S, HUE)
    assert [one for one in range(24) if told.was_open(one)] == [8, 9, 10]


@pytest.mark.parametrize(("open_", "more"), [(4, 1), (4.4, 1), (4.6, 0), (5, 0)])
def test_what_lacks_is_reckoned_from_the_nearest_whole_number(open_: float, more: int) -> None:
    """Five are needed."""
    tables = ward_of(lambda day: [served("08:00", day)] * 12, mondays(5))
    part = timedelta(hours=open_ % 1)
    for place, day in enumerate(mondays(5)):
        spans = opened(day, int(open_), [("08:00", "09:00")])
        extra = Opening(9, at("08:00", day), at("08:00", day) + part)
        tables[place] = replace(tables[place], spans=(*spans, extra))
    told = hour(advice(tables), 8)
    assert told.open == pytest.approx(open_)
    assert (told.needed, told.more) == (5, more)


def test_the_steady_figure_knows_how_days_and_services_vary() -> None:
    """Days of 2 and 22 people, ten minutes each: two counters busy, Ca² about 10, v about 5.

    Three counters: 1 − 0.444·e^(−900/3000) = 67%; four: 1 − 0.174·e^(−2·900/3000) = 90%.
    """
    tables = [
        table([served("08:30", day)] * (2 + 20 * (place % 2)), day)
        for place, day in enumerate(mondays(6))
    ]
    assert hour(advice(tables), 8).steady == 4
