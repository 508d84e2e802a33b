"""A log is replayed as it happened: what is told, in which order, and what is not told at all."""

from __future__ import annotations

from motcua.backtest.log import Fate
from tests.backtest.forecasters import day_of, heard, log_of, told

_DAY = "day ticket service priority issued_at called_at started_at finished_at counter outcome\n"


def test_a_morning_is_told_event_by_event_whatever_the_order_of_the_rows() -> None:
    """The log tells four people, the last one first; A003 gives up, A004 is never called."""
    rows = """
        2026-11-23 A004 A older 08:05 -     -     -     - -
        2026-11-23 A002 A -     08:01 08:04 08:05 08:09 2 done
        2026-11-23 A001 A -     08:00 08:02 08:03 08:08 1 received
        2026-11-23 A003 A -     08:03 -     -     08:06 - cancelled
    """
    assert heard(_DAY + rows.strip()) == [
        "08:00 0 takes A",
        "08:01 1 takes A",
        "08:02 0 called 1 after 120 s",
        "08:03 2 takes A",
        "08:04 1 called 2 after 180 s",
        "08:05 3 takes A older",
        "08:06 2 left",
        "08:08 0 ended",
        "08:09 1 ended",
    ]


def test_at_one_instant_counters_are_freed_before_they_call_and_lines_shrink_before_they_grow() -> (
    None
):
    rows = """
        2026-11-23 A004 A - 08:10 08:20 - 08:30 1 done
        2026-11-23 A003 A - 08:02 -     - 08:10 - cancelled
        2026-11-23 A002 A - 08:01 08:10 - 08:20 1 done
        2026-11-23 A001 A - 08:00 08:05 - 08:10 1 done
    """
    assert heard(_DAY + rows.strip())[4:8] == [
        "08:10 0 ended",
        "08:10 2 left",
        "08:10 1 called 1 after 540 s",
        "08:10 3 takes A",
    ]


def test_who_is_called_in_the_instant_of_the_issue_is_called_before_the_next_number() -> None:
    rows = """
        2026-11-23 A10 A - 08:00 08:00 - 08:00 2 done
        2026-11-23 A9  A - 08:00 08:00 - 08:04 1 done
    """
    assert heard(_DAY + rows.strip()) == [
        "08:00 0 takes A",
        "08:00 0 called 1 after 0 s",
        "08:00 1 takes A",
        "08:00 1 called 2 after 0 s",
        "08:00 1 ended",
        "08:04 0 ended",
    ]


def test_a_transfer_ends_one_wait_and_begins_another() -> None:
    rows = """
        2026-11-23 A001 A - 08:00 08:05 08:05 08:10 1 transferred
        2026-11-23 A001 H - 08:10 08:15 08:15 08:20 2 done
    """
    assert heard(_DAY + rows.strip())[2:5] == [
        "08:10 0 ended",
        "08:10 1 takes H",
        "08:15 1 called 2 after 300 s",
    ]


def test_what_the_log_does_not_know_is_not_told() -> None:
    """No finish, no counter; one who was called and missed; one who left, nobody knows when."""
    rows = """
        2026-11-23 A001 A - 08:00 08:05 - -     - done
        2026-11-23 A002 A - 08:01 08:06 - 08:07 - missed
        2026-11-23 A003 A - 08:02 08:08 - -     - missed
        2026-11-23 A004 A - 08:03 -     - -     - unserved
    """
    assert heard(_DAY + rows.strip())[4:] == [
        "08:05 0 called after 300 s",
        "08:06 1 called after 300 s",
        "08:07 1 did not come",
        "08:08 2 called after 360 s",
    ]


def test_numbers_that_come_again_the_next_day_are_other_people_and_the_night_ends_the_day() -> None:
    rows = """
        2026-11-24 A001 A - 07:40 07:50 - -     - done
        2026-11-23 A001 A - 16:00 16:10 - 16:20 - done
        2026-11-23 A002 A - 16:30 -     - -     - -
    """
    assert heard(_DAY + rows.strip()) == [
        "16:00 0 takes A",
        "16:10 0 called after 600 s",
        "16:20 0 ended",
        "16:30 1 takes A",
        "day ends",
        "07:40 2 takes A",
        "07:50 2 called after 600 s",
    ]


def test_what_is_noted_of_yesterdays_people_after_the_night_is_not_told() -> None:
    rows = """
        2026-11-23 A001 A - 2026-11-23T16:00 2026-11-23T16:05 - 2026-11-24T09:00 1 done
        2026-11-24 A001 A - 2026-11-24T08:00 2026-11-24T08:05 - 2026-11-24T09:30 1 done
    """
    assert heard(_DAY + rows.strip())[2:] == [
        "day ends",
        "08:00 1 takes A",
        "08:05 1 called 1 after 300 s",
        "09:30 1 ended",
    ]


def test_a_hall_that_is_busy_over_midnight_goes_on() -> None:
    rows = """
        2026-11-23 E1 E - 2026-11-23T23:40 2026-11-23T23:50 - 2026-11-24T00:20 1 done
        2026-11-23 E2 E - 2026-11-23T23:55 2026-11-24T00:20 - 2026-11-24T00:40 1 done
        2026-11-24 E3 E - 2026-11-24T00:05 2026-11-24T00:40 - 2026-11-24T01:00 1 done
    """
    assert heard(_DAY + rows.strip()) == [
        "23:40 0 takes E",
        "23:50 0 called 1 after 600 s",
        "23:55 1 takes E",
        "00:05 2 takes E",
        "00:20 0 ended",
        "00:20 1 called 1 after 1500 s",
        "00:40 1 ended",
        "00:40 2 called 1 after 2100 s",
        "01:00 2 ended",
    ]


def test_the_time_line_never_runs_back_whatever_the_days_are_called() -> None:
    rows = """
        2026-11-23 A1 A - 2026-11-24T10:00 2026-11-24T10:05 - - - done
        2026-11-24 A2 A - 2026-11-24T09:00 2026-11-24T10:02 - - - done
    """
    assert heard(_DAY + rows.strip()) == [
        "09:00 0 takes A",
        "10:00 1 takes A",
        "10:02 0 called after 3720 s",
        "10:05 1 called after 300 s",
    ]


def test_where_people_wait_overnight_the_day_ends_only_until_that_is_known() -> None:
    """1 is forgotten with the first night, and called after all; so 3 is kept over the second."""
    rows = """
        2026-11-23 1 A - 2026-11-23T16:00 2026-11-24T08:10 - - - done
        2026-11-24 2 A - 2026-11-24T08:00 2026-11-24T08:20 - - - done
        2026-11-24 3 A - 2026-11-24T16:00 2026-11-25T08:10 - - - done
        2026-11-25 4 A - 2026-11-25T08:00 2026-11-25T08:20 - - - done
        2026-11-26 5 A - 2026-11-26T08:00 2026-11-26T08:20 - - - done
    """
    assert heard(_DAY + rows.strip()) == [
        "16:00 0 takes A",
        "day ends",
        "08:00 1 takes A",
        "08:20 1 called after 1200 s",
        "16:00 2 takes A",
        "08:00 3 takes A",
        "08:10 2 called after 58200 s",
        "08:20 3 called after 1200 s",
        "day ends",
        "08:00 4 takes A",
        "08:20 4 called after 1200 s",
    ]


_MEASURED = (
    "day ticket service issued_at called_at started_at finished_at outcome wait_s service_s "
    "uncertain\n"
)


def test_measured_durations_win_over_a_wall_clock_that_was_set_in_between() -> None:
    """At 08:04 somebody sets the clock an hour ahead; the wait was five minutes, not 65."""
    rows = """
        2026-11-23 A001 A 08:00 09:05 09:06 09:16 done 300 600 no
        2026-11-23 A002 A 09:20 09:21 09:22 09:42 done 60 600 no
        2026-11-23 A003 A 09:30 -     -     -     done 120 60 no
    """
    assert heard(_MEASURED + rows.strip()) == [
        "08:00 0 takes A",
        "08:05 0 called after 300 s",
        "08:16 0 ended",
        "09:20 1 takes A",
        "09:21 1 called after 60 s",
        "09:30 2 takes A",
        "09:32 2 called after 120 s",
        "09:33 2 ended",
        "09:42 1 ended",  # ten minutes were held: their length is not known before the finish
    ]
    assert [one.row.wait_s for one in told(_MEASURED + rows.strip())] == [300, 60, 120]


def test_uncertain_rows_are_told_as_far_as_they_can_be_and_never_scored() -> None:
    """The box restarted with a wrong clock: what A002 and A004 did lies before they came."""
    rows = """
        2026-11-23 A001 A 08:00 08:05 08:06 08:03 done - - yes
        2026-11-23 A002 A 08:01 07:40 07:41 07:50 done - - yes
        2026-11-23 A003 A 08:02 08:07 -     -     done - - no
        2026-11-23 A004 A 08:03 -     -     07:50 cancelled - - yes
        2026-11-23 A005 A 08:04 08:08 -     -     done 240 - yes
    """
    assert heard(_MEASURED + rows.strip()) == [
        "08:00 0 takes A",
        "08:02 1 takes A",
        "08:04 2 takes A",
        "08:05 0 called",
        "08:07 1 called after 300 s",
        "08:08 2 called after 240 s",
    ]
    assert log_of(day_of(_MEASURED + rows.strip())).disordered == 2
    fates = [one.row.fate for one in told(_MEASURED + rows.strip())]
    assert fates == [Fate.UNCERTAIN, Fate.SERVED, Fate.UNCERTAIN]
