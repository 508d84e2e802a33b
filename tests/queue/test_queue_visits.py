"""What a visit took: wait, way, service and time in the centre, as the contract defines them."""

from __future__ import annotations

import pytest

from motcua.queue import commands as c
from motcua.queue.day import Day
from motcua.queue.events import ClockStepped
from motcua.queue.fold import apply
from motcua.queue.moment import Moment, Span, between
from motcua.queue.record import Record
from motcua.queue.visits import Visit, visits
from tests.queue.queue_story import Story, moment

_CALLED = "08:20 counter 1 calls next"
_MISSED = f"{_CALLED}\n08:22 counter 1 misses"


def _rows(story: Story) -> list[Visit]:
    return list(visits(story.day))


def test_a_plain_visit(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:01 Lan takes procedure 1.001193 as older to submit
    08:11 counter 1 calls next
    08:12 counter 1 starts
    08:32 counter 1 finishes received
    """
    [row] = _rows(story)
    assert (row.wait_s, row.way_s, row.service_s, row.centre_s) == (600, 60, 1200, 1860)
    assert (row.day, row.ticket, row.leg, row.service) == ("2026-11-23", "A001", 1, "A")
    assert (row.procedure, row.priority, row.purpose) == ("1.001193", "older", "submit")
    assert (row.counter, row.outcome, row.uncertain) == (1, "received", False)
    assert row.issued_at == moment("08:01").wall
    assert (row.called_at, row.started_at) == (moment("08:11").wall, moment("08:12").wall)
    assert row.finished_at == moment("08:32").wall


def test_holds_are_taken_out_of_service_time_and_the_wait_ends_at_the_first_call(
    story: Story,
) -> None:
    """
    08:00 counter 1 opens A
    08:00 Lan takes A
    08:10 counter 1 calls next
    08:11 counter 1 starts
    08:16 counter 1 holds copies
    08:40 counter 1 calls Lan
    08:41 counter 1 starts
    08:44 counter 1 finishes done
    """
    [row] = _rows(story)
    assert (row.wait_s, row.way_s, row.service_s) == (600, 60, 480)
    assert row.started_at == moment("08:11").wall


def test_the_way_runs_from_the_call_the_visitor_came_for(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 Lan takes A
    08:10 counter 1 calls next
    08:12 counter 1 misses
    08:30 Lan returns
    08:31 counter 1 calls next
    08:31:40 counter 1 recalls
    08:32 counter 1 starts
    08:40 counter 1 finishes done
    """
    [row] = _rows(story)
    assert (row.wait_s, row.way_s, row.service_s) == (600, 60, 480)


def test_one_who_waits_again_is_at_no_counter_and_has_not_left(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 Lan takes A
    08:10 counter 1 calls next
    08:12 counter 1 misses
    08:30 Lan returns
    """
    [row] = _rows(story)
    assert (row.counter, row.outcome, row.finished_at, row.centre_s) == (None, "", None, None)


def test_a_transfer_starts_a_leg_that_is_measured_apart(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 counter 2 opens H
    08:00 Lan takes A
    08:05 counter 1 calls next
    08:06 counter 1 starts
    08:10 counter 1 transfers to H
    08:20 counter 2 calls next
    08:21 counter 2 starts
    08:31 counter 2 finishes done
    """
    first, second = _rows(story)
    assert (first.leg, first.outcome, first.service_s) == (1, "transferred", 240)
    assert (second.leg, second.outcome, second.service_s) == (2, "done", 600)
    assert (first.wait_s, second.wait_s) == (300, 600)
    assert first.ticket == second.ticket == "A001"


@pytest.mark.parametrize(
    ("end", "outcome", "left_after_s"),
    [
        ("08:20 Lan cancels", "cancelled", 1200),
        ("08:20 the day closes", "unserved", 1200),
        (_MISSED, "missed", None),
        (f"{_MISSED}\n17:00 the day closes", "missed", None),
        (f"{_MISSED}\n08:30 Lan returns\n17:00 the day closes", "unserved", None),
        (f"{_CALLED}\n08:22 counter 1 holds\n17:00 the day closes", "unserved", None),
    ],
)
def test_who_left_says_how_and_after_how_long(
    end: str, outcome: str, left_after_s: float | None
) -> None:
    [row] = _rows(Story(f"08:00 counter 1 opens A\n08:00 Lan takes A\n{end}"))
    assert (row.outcome, row.left_after_s) == (outcome, left_after_s)


def test_an_open_visit_has_no_outcome_yet() -> None:
    story = Story("08:00 counter 1 opens A\n08:00 Lan takes A")
    assert [(row.outcome, row.wait_s, row.centre_s) for row in _rows(story)] == [("", None, None)]


def test_an_interval_over_a_restart_is_kept_but_marked() -> None:
    story = Story("08:00 counter 1 opens A\n08:00 Lan takes A\n08:01 Minh takes A")
    for second, command in enumerate((c.CallNext(1), c.StartService(1), c.FinishTicket(1, "done"))):
        at = Moment(moment("08:20").wall, "after the power came back", 30.0 + second)
        story.do(command, at)
    lan, minh = _rows(story)
    assert lan.unsure == ("wait", "centre")
    assert lan.uncertain
    assert (lan.way_s, lan.service_s) == (1.0, 1.0)
    assert not minh.uncertain


def test_times_learnt_later_move_the_whole_boot_and_no_duration() -> None:
    """The box starts a year back; at 08:10 network time arrives."""
    day = Day("2025-11-23")
    behind_s = 365 * 86400
    story = Story("08:00 counter 1 opens A\n08:00 Lan takes A\n08:05 counter 1 calls next")
    for record in story.records:
        wall = day.true_time(record.at).fromtimestamp(
            record.at.wall.timestamp() - behind_s, record.at.wall.tzinfo
        )
        at = Moment(wall, record.at.boot, record.at.mono)
        apply(day, Record(record.seq, day.date, at, record.event))
    step = Record(99, day.date, moment("08:10"), ClockStepped(float(behind_s)))
    apply(day, step)
    [row] = visits(day)
    assert row.issued_at == moment("08:00").wall
    assert row.wait_s == 300


def test_spans_add_up_and_are_sure_only_when_both_are() -> None:
    assert Span(1.0, certain=True) + Span(2.0, certain=True) == Span(3.0, certain=True)
    assert Span(1.0, certain=True) + Span(2.0, certain=False) == Span(3.0, certain=False)


def test_no_span_is_negative() -> None:
    early, late = moment("08:00"), moment("09:00")
    assert between(late, early) == Span(0.0, certain=True)
    assert between(late, Moment(early.wall, "next boot", 1.0)) == Span(0.0, certain=False)


def test_a_moment_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="aware"):
        Moment(moment("08:00").wall.replace(tzinfo=None), "b", 0.0)
