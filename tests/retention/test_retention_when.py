"""When rows may go: not before their time, and never because a clock says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from motcua.clock import SetClock
from motcua.office import Office
from motcua.queue import commands as c
from motcua.reports.period import ReportError
from tests.journal.journal_days import RULES
from tests.reports.report_days import workdays
from tests.retention.old_days import Centre, days_of, eight, month

_YEAR = [f"2025-{place:02}" for place in range(1, 13)]


def test_rows_go_when_the_last_of_their_month_is_older_than_the_limit(tmp_path: Path) -> None:
    centre = Centre(tmp_path, rows_months=12)
    centre.live(*days_of(_YEAR, 6), "2026-01-30", "2026-01-31")
    assert centre.retention.due() == []
    centre.live("2026-02-02", "2026-02-03")
    assert centre.retention.due() == ["2025-01"]
    assert centre.retention.stand().goes_on == date(2026, 2, 1)


def test_the_running_day_is_no_closed_day(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.live("2025-01-06", "2025-02-03", "2025-02-28", "2025-03-03")
    assert centre.retention.due() == []


def test_rows_are_kept_for_good_when_the_centre_says_so(tmp_path: Path) -> None:
    centre = Centre(tmp_path, rows_months=0)
    centre.live(*days_of(_YEAR, 6))
    assert centre.reduce() == []
    assert centre.retention.stand().goes_on is None


def test_an_empty_centre_has_nothing_to_lose(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    assert (centre.reduce(), centre.retention.look_after()) == ([], "")
    assert centre.retention.stand().oldest == ""


def test_a_clock_twenty_years_ahead_makes_one_month_go_early_at_most(tmp_path: Path) -> None:
    centre = Centre(tmp_path, rows_months=12)
    centre.live(*days_of(_YEAR, 6, 20), "2026-01-06")
    for day in workdays(date(2046, 3, 1), 15):
        centre.live(day.isoformat())
        centre.retention.look_after()
    assert centre.months.names() == ["2025-01"]


def test_nothing_goes_while_the_clock_is_known_to_be_wrong(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.live(*days_of(_YEAR[:4], 6), "2025-04-07")
    assert centre.retention.due() == ["2025-01", "2025-02"]
    # The box wakes with the time of a year ago: the new day has no date.
    office = Office(centre.journal, SetClock(eight("2024-04-08"), "later"), RULES, lambda: "id")
    office.execute(c.IssueTicket(service="A"))
    office.stop()
    assert centre.retention.due() == []
    assert centre.retention.look_after() == ""


def test_by_itself_one_month_goes_a_day(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.live(*days_of(_YEAR[:5], 6), "2025-05-07")
    assert centre.retention.look_after() == "2025-01"
    assert centre.retention.look_after() == ""
    assert Centre(tmp_path).retention.look_after() == ""  # nor after a start
    centre.live("2025-05-08")
    assert centre.retention.look_after() == "2025-02"


def test_a_day_of_two_dates_goes_when_both_months_are_sums(tmp_path: Path) -> None:
    """
    31.01.2025 08:00 boot a: six people; the clock says so
    the box wakes with 30.01. before what is recorded: the day goes on, without a date
    the clock is put right: it was 01.02.2025, 09:00
    """
    centre = Centre(tmp_path)
    clock = SetClock(eight("2025-01-31"), "a")
    names = iter(range(1000))
    office = Office(centre.journal, clock, RULES, lambda: f"id-{next(names)}")
    for _ in range(6):
        office.execute(c.IssueTicket(service="A"))
    clock.reboot("b", -86400.0)
    for _ in range(6):
        office.execute(c.IssueTicket(service="A"))
    clock.step(2 * 86400.0)
    office.execute(c.IssueTicket(service="A"))
    office.stop()
    centre.live("2025-02-03", "2025-03-03", "2025-04-01", "2025-04-02")
    [spanning] = list(map(centre.archive.table, centre.journal.days()[:1]))
    assert spanning.dates == ("2025-01-31", "2025-02-01")
    days = centre.measures().days
    assert centre.retention.look_after() == "2025-01"
    assert centre.journal.days()[0] == "2025-01-31"  # February still needs it
    assert (centre.measures().days, centre.measures().visits) == (days, 13 + 4 * 6)
    assert centre.reduce() == ["2025-02"]
    assert centre.rows() == ["2025-03-03", "2025-04-01", "2025-04-02"]
    assert (centre.measures().days, centre.measures().visits) == (days, 13 + 4 * 6)


def test_a_range_takes_whole_months_of_sums(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.live(*days_of(_YEAR[:5], 6), "2025-05-07")
    assert centre.reduce() == ["2025-01", "2025-02", "2025-03"]
    whole = centre.measures(month(date(2025, 1, 1), date(2025, 2, 28)))
    assert (whole.visits, whole.summed) == (12, ("2025-01", "2025-02"))
    with pytest.raises(ReportError, match="ask from 2025-01-01 to 2025-03-31") as refused:
        centre.measures(month(date(2025, 1, 6), date(2025, 3, 6)))
    assert refused.value.code == "range.months"
    later = centre.measures(month(date(2025, 4, 2), date(2025, 4, 30)))
    assert (later.visits, later.summed) == (6, ())
