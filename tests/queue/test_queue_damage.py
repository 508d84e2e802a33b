"""Records the disk lost: the fold goes on with the rest, and nobody stands in two places."""

from __future__ import annotations

from functools import cache
from itertools import count
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.queue import commands as c
from motcua.queue.day import Day
from motcua.queue.errors import QueueError
from motcua.queue.events import TicketIssued
from motcua.queue.fold import fold
from motcua.queue.record import Record
from motcua.queue.ticket import State
from motcua.queue.visits import visits
from tests.office.ward_checks import check_lines, check_places
from tests.queue.queue_story import Story, moment

_MORNING = """
08:00 counter 1 opens A
08:00 counter 2 opens A H
08:01 Lan takes A
08:02 Minh takes A
08:03 counter 1 calls next
08:04 counter 1 starts
08:05 counter 1 finishes done
08:06 counter 1 calls next
"""


def _without(story: Story, *events: str) -> Day:
    """Fold a story again; the first record of each name is lost."""
    records = list(story.records)
    for name in events:
        records.remove(next(r for r in records if type(r.event).__name__ == name))
    return fold(Day(story.day.date), records)


@pytest.mark.parametrize("lost", ["TicketCalled", "ServiceStarted"])
def test_what_was_recorded_is_believed_though_a_move_before_it_is_lost(lost: str) -> None:
    day = _without(Story(_MORNING), lost)
    assert day.tickets["Lan"].state is State.FINISHED
    assert day.forced
    check_places(day)


def test_a_visitor_whose_end_is_lost_is_set_aside_for_the_staff_to_see() -> None:
    day = _without(Story(_MORNING), "TicketFinished")
    assert [ticket.id for ticket in day.set_aside(State.HELD)] == ["Lan"]
    assert day.counter(1).ticket == "Minh"
    check_places(day)


def test_a_visitor_at_a_counter_that_closed_is_set_aside_too() -> None:
    story = Story(_MORNING + "08:07 counter 1 starts\n08:08 counter 1 finishes done")
    story.tell("08:09 Hoa takes A\n08:10 counter 1 calls next\n08:11 counter 1 misses")
    story.tell("08:12 counter 1 closes")
    day = _without(story, "TicketMissed")
    assert [ticket.id for ticket in day.set_aside(State.HELD)] == ["Hoa"]
    check_places(day)


def test_a_ticket_nobody_knows_is_passed_over() -> None:
    day = _without(Story(_MORNING), "TicketIssued")
    assert "Lan" not in day.tickets
    assert len(day.skipped) == 3
    assert day.counter(1).ticket == "Minh"


def test_a_call_whose_act_is_lost_cannot_be_taken_back() -> None:
    story = Story(_MORNING + "08:06:05 counter 1 undoes")
    calls = [r for r in story.records if type(r.event).__name__ == "TicketCalled"]
    day = fold(Day(story.day.date), [r for r in story.records if r is not calls[-1]])
    assert day.skipped == [story.records[-1].seq]
    assert day.tickets["Minh"].state is State.WAITING


def test_a_leg_taken_back_unseen_and_begun_again_stands_in_one_line(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:01 Lan takes A
    08:02 counter 1 calls next
    08:03 counter 1 transfers to H
    08:03 counter 1 undoes
    08:04 counter 1 transfers to K
    """
    day = _without(story, "CallUndone")
    assert list(day.line("H")) == []
    assert list(day.line("K")) == ["Lan.2"]
    check_places(day)


@cache
def _busy_morning() -> tuple[Record, ...]:
    """Return the records of 300 acts at four counters, undo and transfer among them."""
    story, chance, names = Story(), Random(7), count(1)  # noqa: S311 - the same morning each time
    for counter in story.rules.counters:
        story.do(c.OpenCounter(counter), moment("07:30"))
    second = 0
    while len(story.records) < 300:
        second += chance.randint(0, 3)
        at = moment(f"{8 + second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}")
        somebody = chance.choice(list(story.day.tickets) or ["nobody"])
        counter = chance.choice(list(story.rules.counters))
        deeds: list[c.Command] = [
            c.IssueTicket(service=chance.choice("AHK")), c.CallNext(counter),
            c.StartService(counter), c.FinishTicket(counter, "done"), c.MissTicket(counter),
            c.HoldTicket(counter), c.TransferTicket(counter, chance.choice("AHK")),
            c.UndoAct(counter), c.CallTicket(counter, somebody), c.ReturnTicket(somebody),
            c.CancelTicket(somebody), c.RecallTicket(counter),
        ]  # fmt: skip
        try:
            story.do(chance.choice(deeds), at, f"v{next(names)}")
        except QueueError:
            continue
    return tuple(story.records)


@settings(max_examples=80)
@given(st.sets(st.integers(1, 299), max_size=60))
def test_whichever_records_are_lost_the_rest_makes_an_orderly_day(lost: set[int]) -> None:
    kept = [record for index, record in enumerate(_busy_morning()) if index not in lost]
    day = fold(Day("2026-11-23"), kept)
    check_places(day)
    check_lines(day)
    known = {record.event.ticket for record in kept if isinstance(record.event, TicketIssued)}
    assert known <= set(day.tickets)
    assert day.seq == kept[-1].seq
    for visit in visits(day):
        assert visit.wait_s is None or visit.wait_s >= 0


@settings(max_examples=40)
@given(st.sets(st.integers(1, 299), max_size=60))
def test_work_goes_on_after_any_loss(lost: set[int]) -> None:
    kept = [record for index, record in enumerate(_busy_morning()) if index not in lost]
    story = Story()
    story.day = fold(Day("2026-11-23"), kept)
    given_already = {r.event.number for r in _busy_morning() if isinstance(r.event, TicketIssued)}
    [issued] = story.when("11:00 Hoa takes A")
    assert isinstance(issued, TicketIssued)
    assert issued.number not in given_already
    for counter in (1, 2, 3, 4):
        for deed in ("undoes", "misses", "holds", "finishes done", "closes", "opens", "calls next"):
            try:
                story.when(f"11:01 counter {counter} {deed}")
            except QueueError:
                continue
        check_places(story.day)
