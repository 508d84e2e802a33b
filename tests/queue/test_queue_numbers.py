"""Numbers: from the fold alone, from 001 every day, never used twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.queue import commands as c
from motcua.queue.day import Day
from motcua.queue.events import DayOpened, TicketIssued
from motcua.queue.fold import fold
from motcua.queue.record import Record
from tests.queue.queue_story import Story, moment


def _numbers(story: Story) -> list[str]:
    return [r.event.number for r in story.records if isinstance(r.event, TicketIssued)]


def test_each_service_counts_for_itself(story: Story) -> None:
    """
    08:01 Lan takes A
    08:02 Minh takes H
    08:03 Hoa takes A
    """
    assert _numbers(story) == ["A001", "H001", "A002"]


def test_numbers_go_on_past_999() -> None:
    story = Story()
    for n in range(1001):
        story.do(c.IssueTicket(service="A"), moment("08:00"), f"t{n}")
    assert _numbers(story)[-3:] == ["A999", "A1000", "A1001"]


@pytest.mark.parametrize(
    "end",
    [
        "08:03 Lan cancels",
        "08:03 counter 1 calls Lan\n08:03 counter 1 undoes",
        "08:03 counter 1 calls Lan\n08:03 counter 1 misses",
        "08:03 counter 1 calls Lan\n08:03 counter 1 transfers to H",
        "08:03 counter 1 calls Lan\n08:03 counter 1 transfers to H\n08:03 counter 1 undoes",
        "08:03 counter 1 calls Lan\n08:03 counter 1 starts\n08:03 counter 1 finishes done",
    ],
)
def test_whatever_becomes_of_a_ticket_its_number_is_not_given_again(end: str) -> None:
    story = Story(f"08:00 counter 1 opens A\n08:01 Lan takes A\n{end}")
    story.tell("08:10 Minh takes A\n08:11 Hoa takes H")
    assert _numbers(story) == ["A001", "A002", "H001"]


def test_the_legs_of_a_visit_share_its_number_and_take_no_other(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 counter 2 opens H
    08:01 Lan takes A
    08:02 counter 1 calls next
    08:03 counter 1 transfers to H
    08:04 counter 2 calls next
    08:05 counter 2 transfers to A
    """
    legs = [ticket for ticket in story.day.tickets.values() if ticket.visit == "Lan"]
    assert [(leg.id, leg.number, leg.leg) for leg in legs] == [
        ("Lan", "A001", 1), ("Lan.2", "A001", 2), ("Lan.3", "A001", 3),
    ]  # fmt: skip
    assert story.day.next_number("H") == "H001"


def test_a_new_day_begins_with_001_whatever_came_before() -> None:
    record = Record(501, "2026-11-24", moment("08:00"), DayOpened("2026-11-24"))
    day = fold(Day("2026-11-24", seq=497), [record])
    assert day.next_number("A") == "A001"


def test_a_number_that_may_stand_in_a_lost_record_is_passed_over() -> None:
    story = Story("08:01 Lan takes A\n08:02 Minh takes A\n08:03 Hoa takes H")
    without_minh = [record for record in story.records if record.seq != 3]
    day = fold(Day(story.day.date), without_minh)
    assert day.next_number("A") == "A003"
    assert day.next_number("K") == "K002", "Minh's lost number could have been K001"


@given(st.lists(st.sampled_from("AHK"), min_size=1, max_size=30), st.data())
def test_no_number_is_used_twice_whichever_records_the_disk_loses(
    services: list[str], data: st.DataObject
) -> None:
    story = Story()
    for n, service in enumerate(services):
        story.do(c.IssueTicket(service=service), moment("08:00"), f"t{n}")
    lost = data.draw(st.sets(st.sampled_from([record.seq for record in story.records[:-1]])))
    day = fold(Day(story.day.date), [r for r in story.records if r.seq not in lost])
    given_already = set(_numbers(story))
    assert not given_already & {day.next_number(service) for service in "AHK"}
