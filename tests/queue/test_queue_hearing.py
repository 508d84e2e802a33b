"""What a forecaster hears of a day: who waits, who is called, who goes, which counters work."""

from __future__ import annotations

from functools import partial

import pytest

from motcua.queue.day import Day
from motcua.queue.fold import apply
from motcua.queue.hearing import steps
from tests.queue.queue_story import Story

_MORNING = """
    08:00 counter 1 opens A
    08:01 Lan takes A
    08:02 Minh takes A
    08:05 counter 1 calls next
"""


def heard(story: Story) -> list[str]:
    """Return what was told of the whole day, a step a line."""
    day = Day(story.day.date)
    told = []
    for record in story.records:
        apply(day, record)
        for step in steps(day, record):
            if isinstance(step, partial):
                of = step.keywords.get("ticket") or step.keywords.get("counter")
                told.append(f"{step.func.__name__} {of}")
            else:
                told.append("day ends")
    return told


def test_a_day_is_heard_from_the_first_number_to_the_close(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:01 Lan takes A
    08:05 counter 1 calls next
    08:06 counter 1 starts
    08:10 counter 1 finishes done
    08:11 Minh takes A
    08:12 Minh cancels
    08:20 counter 1 closes
    """
    assert heard(story) == [
        "day ends", "opened 1", "issued Lan", "called Lan", "ended Lan", "issued Minh",
        "left Minh", "closed 1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("08:05:05 counter 1 undoes", ["ended Lan", "waits_again Lan"]),
        ("08:06 counter 1 misses\n08:06:05 counter 1 undoes",
         ["ended Lan", "waits_again Lan", "called Lan"]),
        ("08:06 counter 1 misses\n08:09 Lan returns", ["ended Lan", "waits_again Lan"]),
        ("08:06 counter 1 starts\n08:06:05 counter 1 undoes", []),
    ],
)  # fmt: skip
def test_what_is_taken_back_is_heard_as_it_stands_then(more: str, told: list[str]) -> None:
    before = heard(Story(_MORNING))
    assert heard(Story(_MORNING + more))[len(before) :] == told


def test_a_visit_that_is_sent_on_waits_in_the_other_line() -> None:
    story = Story(_MORNING + "08:06 counter 1 starts\n08:09 counter 1 transfers to H")
    leg = story.day.legs["Lan"]
    assert heard(story)[-2:] == ["ended Lan", f"issued {leg}"]
