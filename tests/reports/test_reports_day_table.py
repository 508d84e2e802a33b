"""What a day's table keeps beside its legs: papers found missing, and when counters were open."""

from __future__ import annotations

from motcua.day_table import DayTable, Opening, from_bytes, from_records, to_bytes
from motcua.queue import commands as c
from tests.queue.queue_story import Story, moment
from tests.reports.report_days import at, opened, table, told

_BIRTH = "1.001193"


def test_a_paper_is_counted_once_for_each_visitor_found_without_it(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 An takes procedure 1.001193
    08:00 Binh takes procedure 1.001193
    08:00 Chi takes procedure 1.001193
    08:00 Dung takes A
    08:01 counter 1 calls next
    08:02 counter 1 starts
    08:05 counter 1 finishes papers_missing CT01 CCCD CT01
    08:06 counter 1 calls next
    08:07 counter 1 starts
    08:10 counter 1 finishes papers_missing CT01
    08:11 counter 1 calls next
    08:12 counter 1 starts
    08:15 counter 1 finishes done
    08:16 counter 1 calls next
    08:17 counter 1 starts
    08:18 counter 1 finishes papers_missing CT01
    16:59 the day closes
    """
    assert told(story).papers == {(_BIRTH, "CT01"): 2, (_BIRTH, "CCCD"): 1, ("", "CT01"): 1}


def test_an_outcome_that_was_taken_back_leaves_no_missing_paper(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 An takes procedure 1.001193
    08:01 counter 1 calls next
    08:02 counter 1 starts
    08:05:00 counter 1 finishes papers_missing CT01
    08:05:05 counter 1 undoes
    08:06 counter 1 finishes done
    """
    assert told(story).papers == {}


def test_an_opening_lasts_from_record_to_record_and_ends_with_a_pause(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:10 counter 2 opens H
    08:20 counter 1 opens A H
    08:30 counter 1 pauses
    09:00 counter 1 opens A
    09:20 counter 1 closes
    16:59 the day closes
    """
    day = told(story)
    # Counter 2 was never closed: up to the last record before the day was.
    assert day.spans == (
        *opened(1, "08:00", "08:30"), *opened(2, "08:10", "09:20"), *opened(1, "09:00", "09:20"),
    )  # fmt: skip
    assert day.open_s == {1: 50 * 60, 2: 70 * 60}


def test_a_counter_is_not_open_while_the_machine_was_off(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:10 An takes A
    """
    story.do(c.CallNext(1), moment("09:00", "noon"))
    story.do(c.StartService(1), moment("09:30", "noon"))
    assert told(story).spans == (
        *opened(1, "08:00", "08:10"), *opened(1, "09:00", "09:30"),
    )  # fmt: skip


def test_a_table_with_papers_and_openings_survives_its_file() -> None:
    day = table([], papers={("x", "y"): 3}, spans=opened(1, "08:00", "08:30"))
    assert from_bytes(to_bytes(day, "mark")) == (day, "mark")


def test_two_parts_of_a_date_are_added_up_and_the_last_date_has_what_has_none() -> None:
    spans = opened(1, "08:00", "09:00")
    part = table([], papers={("x", "y"): 1, ("", "z"): 2}, spans=spans)
    more = table([], papers={("x", "y"): 3}, spans=opened(1, "10:00", "11:00"))
    both = part.with_more(more)
    assert both.papers == {("x", "y"): 4, ("", "z"): 2}
    assert both.spans == (*spans, Opening(1, at("10:00"), at("11:00")))
    first, last = DayTable(
        "2026-11-23", (), {}, {("x", "y"): 1}, spans, dates=("2026-11-22", "2026-11-23")
    ).by_date()
    assert (first.papers, first.spans) == ({}, ())
    assert (last.papers, last.spans) == ({("x", "y"): 1}, spans)


def test_a_day_with_a_record_lost_says_so(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 An takes A
    08:05 counter 1 calls next
    08:06 counter 1 starts
    08:09 counter 1 finishes done
    16:59 the day closes
    """
    assert not told(story).damaged
    without_call = [r for r in story.records if type(r.event).__name__ != "TicketCalled"]
    day = from_records(story.day.date, without_call)
    assert day.damaged
    assert from_bytes(to_bytes(day, "mark")) == (day, "mark")
