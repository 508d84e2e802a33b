"""What the hall may see: the calls that still stand."""

from __future__ import annotations

from motcua.queue.hall import standing_calls
from tests.queue.queue_story import Story


def _shown(story: Story, *services: str) -> list[tuple[str, int]]:
    return [(call.ticket, call.counter) for call in standing_calls(story.day, services)]


def test_the_newest_call_comes_first_and_a_recall_makes_it_new(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 counter 2 opens H
    08:01 Lan takes A
    08:01 Minh takes H
    08:02 counter 1 calls next
    08:03 counter 2 calls next
    """
    assert _shown(story) == [("Minh", 2), ("Lan", 1)]
    story.tell("08:04 counter 1 recalls")
    assert _shown(story) == [("Lan", 1), ("Minh", 2)]
    assert _shown(story, "H") == [("Minh", 2)]
    assert [call.recalls for call in story.day.calls] == [0, 1]


def test_a_call_falls_when_it_is_taken_back_or_the_visitor_waits_again(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:01 Lan takes A
    08:02 counter 1 calls next
    """
    assert _shown(story) == [("Lan", 1)]
    story.tell("08:02:05 counter 1 undoes")
    assert _shown(story) == []
    story.tell("08:03 counter 1 calls next\n08:04 counter 1 misses")
    assert _shown(story) == [("Lan", 1)]
    story.tell("08:05 Lan returns")
    assert _shown(story) == []


def test_a_transferred_visit_is_shown_once_with_its_new_counter(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 counter 2 opens H
    08:01 Lan takes A
    08:02 counter 1 calls next
    08:03 counter 1 transfers to H
    """
    assert _shown(story) == []
    story.tell("08:04 counter 2 calls next")
    assert _shown(story) == [("Lan.2", 2)]
