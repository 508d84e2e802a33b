"""Which moves a ticket may make: the whole table, and everything outside it refused."""

from __future__ import annotations

from dataclasses import fields
from itertools import pairwise

import pytest

from motcua.queue import events as e
from motcua.queue.ticket import LEADS_TO, TRANSITIONS, UNDOABLE, State
from tests.queue.queue_story import Story

_HERE = "08:00 counter 1 opens A\n08:00 counter 2 opens A H\n08:01 Lan takes A\n"
_CALLED = _HERE + "08:05 counter 1 calls next\n"
_SERVING = _CALLED + "08:06 counter 1 starts\n"
_UNTIL = {
    "waiting": _HERE,
    "called": _CALLED,
    "serving": _SERVING,
    "finished": _SERVING + "08:09 counter 1 finishes done",
    "missed": _CALLED + "08:09 counter 1 misses",
    "held": _SERVING + "08:09 counter 1 holds",
    "transferred": _SERVING + "08:09 counter 1 transfers to K",
    "cancelled": _HERE + "08:09 Lan cancels",
    "unserved": _HERE + "08:09 the day closes",
}
_DEEDS = {
    "call": "counter 2 calls Lan",
    "recall": "counter 1 recalls",
    "start": "counter 1 starts",
    "finish": "counter 1 finishes done",
    "miss": "counter 1 misses",
    "hold": "counter 1 holds",
    "transfer": "counter 1 transfers to H",
    "return": "Lan returns",
    "cancel": "Lan cancels",
}
# Rows: where the ticket stands. A word in lower case is where it goes; in capitals, the refusal:
# ILLEGAL ticket.illegal_move, IDLE counter.idle, WAITS ticket.waiting, OVER day.closed.
_TABLE = """
             call    recall  start   finish   miss    hold    transfer    return  cancel
waiting      called  IDLE    IDLE    IDLE     IDLE    IDLE    IDLE        WAITS   cancelled
called       ILLEGAL called  serving ILLEGAL  missed  held    transferred ILLEGAL ILLEGAL
serving      ILLEGAL ILLEGAL ILLEGAL finished ILLEGAL held    transferred ILLEGAL ILLEGAL
finished     ILLEGAL IDLE    IDLE    IDLE     IDLE    IDLE    IDLE        ILLEGAL ILLEGAL
missed       called  IDLE    IDLE    IDLE     IDLE    IDLE    IDLE        waiting ILLEGAL
held         called  IDLE    IDLE    IDLE     IDLE    IDLE    IDLE        waiting ILLEGAL
transferred  .       IDLE    IDLE    IDLE     IDLE    IDLE    IDLE        .       .
cancelled    ILLEGAL IDLE    IDLE    IDLE     IDLE    IDLE    IDLE        ILLEGAL ILLEGAL
unserved     OVER    OVER    OVER    OVER     OVER    OVER    OVER        OVER    OVER
"""
_CODES = {
    "ILLEGAL": "ticket.illegal_move",
    "IDLE": "counter.idle",
    "WAITS": "ticket.waiting",
    "OVER": "day.closed",
}
# The states of the contract, as it words them.
_CONTRACT = """
waiting → called → serving → finished
called → missed → waiting
serving → held → waiting
called → held
serving → transferred
called → transferred
waiting → cancelled
waiting → unserved
held → unserved
missed → unserved
"""


def _cells() -> list[tuple[str, str, str]]:
    head, *rows = (line.split() for line in _TABLE.strip().splitlines())
    return [
        (row[0], deed, cell)
        for row in rows
        for deed, cell in zip(head, row[1:], strict=True)
        if cell != "."
    ]


@pytest.mark.parametrize(("state", "deed", "outcome"), _cells())
def test_a_ticket_moves_as_the_table_says_and_no_other_way(
    state: str, deed: str, outcome: str
) -> None:
    story = Story(_UNTIL[state])
    assert story.state("Lan") == state
    line = f"08:10 {_DEEDS[deed]}"
    if outcome in _CODES:
        assert story.refused(line) == _CODES[outcome]
    else:
        story.when(line)
        assert story.state("Lan") == outcome


def test_the_table_above_has_every_state_and_the_story_every_deed() -> None:
    assert {state for state, _, _ in _cells()} == set(State)
    assert {deed for _, deed, _ in _cells()} == set(_DEEDS)


def test_the_arrows_are_those_of_the_contract() -> None:
    chains = (line.split(" → ") for line in _CONTRACT.strip().splitlines())
    promised = {arrow for chain in chains for arrow in pairwise(chain)}
    drawn = {(a.value, b.value) for moves in TRANSITIONS.values() for a, b in moves.items()}
    assert drawn - {("called", "called")} == promised


def test_every_event_leads_to_one_state_wherever_it_comes_from() -> None:
    for event, moves in TRANSITIONS.items():
        assert set(moves.values()) == {LEADS_TO[event]}


def test_every_event_is_known_by_the_name_it_is_stored_under() -> None:
    kinds = [kind for kind in vars(e).values() if isinstance(kind, type)]
    families = {parent for kind in kinds for parent in kind.__bases__}
    assert set(e.EVENTS.values()) == set(kinds) - families
    assert all(name == kind.__name__ for name, kind in e.EVENTS.items())


def test_every_event_of_a_ticket_has_its_row_in_the_table() -> None:
    of_tickets = {kind for kind in e.EVENTS.values() if issubclass(kind, e.TicketEvent)}
    assert of_tickets - {e.TicketIssued, e.CallUndone} == set(TRANSITIONS)
    assert set(UNDOABLE.values()) < set(TRANSITIONS)


def test_events_are_plain_values() -> None:
    plain = {"str", "str | None", "int", "int | None", "float", "tuple[str, ...]"}
    for kind in e.EVENTS.values():
        assert {str(field.type) for field in fields(kind)} <= plain


def test_a_transferred_visit_goes_on_with_its_second_leg(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 counter 2 opens H
    08:01 Lan takes A
    08:02 counter 1 calls next
    08:03 counter 1 transfers to H
    """
    assert story.when("08:04 counter 2 calls Lan") == [e.TicketCalled("Lan.2", 2)]
    assert (story.state("Lan"), story.state("Lan.2")) == ("transferred", "called")
    assert story.refused("08:04 Lan cancels") == "ticket.illegal_move"


def test_calling_a_missed_visitor_returns_and_calls_in_one_command(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:01 Lan takes A
    08:02 counter 1 calls next
    08:03 counter 1 misses
    """
    returned, called = e.TicketReturned("Lan"), e.TicketCalled("Lan", 1)
    assert story.when("08:04 counter 1 calls Lan") == [returned, called]
    assert [record.left for record in story.records[-2:]] == [1, 0]
