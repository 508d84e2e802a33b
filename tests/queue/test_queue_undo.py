"""Taking an act back: a fact of its own that gives back exactly the state before."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest

from motcua.queue.commands import UndoAct
from motcua.queue.events import CallUndone
from motcua.queue.moment import Moment
from tests.queue.queue_story import Story, moment, standing

_MORNING = """
08:00 counter 1 opens A
08:00 counter 2 opens A H
08:01 Lan takes A as older
08:01 Minh takes A
08:01 Hoa takes A
08:01 An takes H
"""
_CALLED = _MORNING + "08:02 counter 1 calls next\n"
_SERVING = _CALLED + "08:03 counter 1 starts\n"
_MISSED = _CALLED + "08:03 counter 1 misses\n08:04 counter 1 calls Minh\n08:05 counter 1 misses\n"
# What stands before, the act, and the event it is recorded as.
_ACTS = {
    "a call": (_MORNING, "counter 1 calls next", "TicketCalled"),
    "a call of one chosen": (_MORNING, "counter 1 calls Hoa", "TicketCalled"),
    "a call of one missed": (_MISSED, "counter 1 calls Lan", "TicketCalled"),
    "a call of one held": (
        _SERVING + "08:04 counter 1 holds",
        "counter 1 calls Lan",
        "TicketCalled",
    ),
    "a start": (_CALLED, "counter 1 starts", "ServiceStarted"),
    "a finish": (_SERVING, "counter 1 finishes received", "TicketFinished"),
    "a miss": (_CALLED, "counter 1 misses", "TicketMissed"),
    "a miss after recalls": (
        _CALLED + "08:03 counter 1 recalls",
        "counter 1 misses",
        "TicketMissed",
    ),
    "a hold of one called": (_CALLED, "counter 1 holds", "TicketHeld"),
    "a hold of one served": (_SERVING, "counter 1 holds copies", "TicketHeld"),
    "a transfer of one called": (_CALLED, "counter 1 transfers to H", "TicketTransferred"),
    "a transfer of one served": (_SERVING, "counter 1 transfers to H", "TicketTransferred"),
}


@pytest.mark.parametrize(("before", "act", "event"), _ACTS.values(), ids=_ACTS)
def test_taking_an_act_back_gives_exactly_the_state_before(
    before: str, act: str, event: str
) -> None:
    story = Story(before)
    stood = deepcopy(standing(story.day))
    story.when(f"08:10 {act}")
    assert standing(story.day) != stood
    [undone] = story.when("08:10:10 counter 1 undoes")
    assert isinstance(undone, CallUndone)
    assert undone.act == event
    assert standing(story.day) == stood


@pytest.mark.parametrize("name", _ACTS)
def test_an_act_is_taken_back_once_and_soon_or_not_at_all(name: str) -> None:
    before, act, _ = _ACTS[name]
    story = Story(before)
    story.when(f"08:10 {act}")
    assert story.refused("08:10:11 counter 1 undoes") == "undo.too_late"
    story.when("08:10:10 counter 1 undoes")
    assert story.refused("08:10:10 counter 1 undoes") == "undo.nothing"


@pytest.mark.parametrize("name", _ACTS)
def test_what_was_taken_back_can_be_done_again(name: str) -> None:
    before, act, _ = _ACTS[name]
    story, once = Story(before), Story(before)
    story.tell(f"08:10 {act}\n08:10 counter 1 undoes\n08:10 {act}")
    once.tell(f"08:10 {act}")
    assert {ticket.id: ticket.state for ticket in story.day.tickets.values()} == {
        ticket.id: ticket.state for ticket in once.day.tickets.values()
    }


@pytest.mark.parametrize(
    ("act", "somebody"),
    [
        ("counter 1 misses", "Lan returns"),
        ("counter 1 misses", "counter 2 calls Lan"),
        ("counter 1 holds", "Lan returns"),
        ("counter 1 holds", "counter 2 calls Lan"),
        ("counter 1 transfers to H", "counter 2 calls Lan"),
        ("counter 1 transfers to H", "Lan cancels"),
    ],
)
def test_an_act_stands_once_somebody_else_acted_on_the_ticket(act: str, somebody: str) -> None:
    story = Story(_CALLED)
    story.tell(f"08:10 {act}\n08:10 {somebody}")
    assert story.refused("08:10:01 counter 1 undoes") == "undo.nothing"


def test_an_act_stands_once_the_counter_went_on(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:01 Lan takes A
    08:02 Minh takes A
    08:03 counter 1 calls next
    08:03 counter 1 misses
    08:03 counter 1 calls next
    08:03:01 counter 1 undoes
    """
    assert (story.state("Lan"), story.state("Minh")) == ("missed", "waiting")
    assert story.refused("08:03:02 counter 1 undoes") == "undo.nothing"


def test_a_counter_takes_back_its_own_acts_only(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 counter 2 opens A
    08:01 Lan takes A
    08:02 counter 1 calls next
    """
    assert story.refused("08:02:01 counter 2 undoes") == "undo.nothing"


def test_others_may_act_on_other_tickets_meanwhile(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 counter 2 opens A
    08:01 Lan takes A
    08:01 Minh takes A
    08:02 counter 1 calls next
    08:02 counter 2 calls next
    08:07 counter 1 misses
    08:07:05 counter 2 misses
    08:07:09 counter 1 undoes
    """
    assert (story.state("Lan"), story.state("Minh")) == ("called", "missed")
    paces = [list(paces.values()) for paces in story.day.paces.values()]
    assert paces == [[305.0]], "the time of the other counter's visitor stays"


def test_an_act_can_still_be_taken_back_after_a_recall_or_a_pause(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:01 Lan takes A
    08:02 counter 1 calls next
    08:02:01 counter 1 recalls
    08:02:02 counter 1 pauses
    08:02:03 counter 1 undoes
    """
    assert story.waiting("A") == ["Lan"]
    assert list(story.day.calls) == []


def test_closing_the_counter_ends_what_it_may_take_back(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:01 Lan takes A
    08:02 counter 1 calls next
    08:02 counter 1 misses
    08:02 counter 1 closes
    """
    assert story.refused("08:02:01 counter 1 undoes") == "undo.nothing"


def test_nothing_is_taken_back_over_a_restart_of_the_machine(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:01 Lan takes A
    08:02 counter 1 calls next
    """
    later = moment("08:02:02")
    seen = story.day.undoable(1)
    assert seen is not None
    with pytest.raises(Exception, match="can be taken back"):
        story.do(UndoAct(1), Moment(later.wall, "after the power came back", 5.0))


def test_the_time_to_take_back_is_the_centres() -> None:
    patient = replace(Story().rules, undo_s=60)
    story = Story(_MORNING, patient).tell("08:10 counter 1 calls next\n08:11 counter 1 undoes")
    assert story.state("Lan") == "waiting"
