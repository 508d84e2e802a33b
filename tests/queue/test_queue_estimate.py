"""The wait a visitor is told: a range built on today's last visitors, or nothing."""

from __future__ import annotations

from motcua.queue.commands import MissTicket
from motcua.queue.estimate import estimate
from motcua.queue.events import TicketIssued
from motcua.queue.moment import Moment
from tests.queue.queue_story import Story, moment

_SEEN = "".join(
    f"""
    08:{n:02} v{n} takes A
    08:{n:02} counter 1 calls next
    08:{n:02}:30 counter 1 starts
    08:{n + 4:02} counter 1 finishes done
    """
    for n in range(1, 21, 4)
)


def test_nothing_is_said_before_five_visitors_were_served(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:01 Lan takes A
    08:02 counter 1 calls next
    08:03 Minh takes A
    """
    issued = story.records[-1].event
    assert isinstance(issued, TicketIssued)
    assert (issued.low_s, issued.high_s, issued.basis) == (None, None, None)


def test_the_range_grows_with_the_people_ahead() -> None:
    story = Story("08:00 counter 1 opens A\n" + _SEEN)
    told = [estimate(story.day, "A", ahead) for ahead in (0, 1, 5, 10)]
    assert all(told)
    points = [one.point_s for one in told if one]
    assert points[0] == 0, "nobody ahead and a counter is free"
    assert points == sorted(points)
    assert abs(points[2] - 5.5 * 240) < 1, "four minutes a visitor, one of them half served"


def test_more_open_counters_shorten_the_wait() -> None:
    story = Story("08:00 counter 1 opens A\n" + _SEEN)
    alone = estimate(story.day, "A", 4)
    story.tell("08:40 counter 2 opens A")
    together = estimate(story.day, "A", 4)
    assert alone
    assert together
    assert together.point_s < alone.point_s


def test_a_counter_busy_with_other_services_counts_for_a_share() -> None:
    story = Story("08:00 counter 1 opens A\n" + _SEEN + "08:40 counter 2 opens H A")
    free = estimate(story.day, "A", 4)
    story.tell("08:41 Hoa takes H\n08:41 An takes H")
    shared = estimate(story.day, "A", 4)
    assert free
    assert shared
    assert shared.point_s > free.point_s


def test_services_a_counter_calls_from_later_take_nothing_away() -> None:
    story = Story("08:00 counter 1 opens A H\n" + _SEEN)
    before = estimate(story.day, "A", 4)
    story.tell("08:41 Hoa takes H\n08:41 An takes H")
    assert estimate(story.day, "A", 4) == before


def test_nothing_is_said_of_a_service_no_open_counter_serves() -> None:
    assert estimate(Story("08:00 counter 1 opens A\n" + _SEEN).day, "M", 0) is None


def test_the_told_range_stands_in_the_record() -> None:
    story = Story("08:00 counter 1 opens A\n" + _SEEN)
    story.tell("08:40 Lan takes A\n08:40 Minh takes A")
    issued = story.records[-1].event
    assert isinstance(issued, TicketIssued)
    assert issued.basis == "paces"
    assert issued.low_s is not None
    assert issued.high_s is not None
    assert 0 < issued.low_s < issued.high_s


def test_a_time_over_a_restart_is_no_pace() -> None:
    story = Story("08:00 counter 1 opens A\n08:01 Lan takes A\n08:02 counter 1 calls next")
    story.do(MissTicket(1), Moment(moment("08:04").wall, "after the power came back", 9.0))
    assert story.state("Lan") == "missed"
    assert story.day.paces == {}
