"""Which calls still stand: nobody is sent to a counter that no longer expects them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from motcua.app import Box
from motcua.queue.commands import (
    CallNext,
    CallTicket,
    CancelTicket,
    Command,
    FinishTicket,
    HoldTicket,
    IssueTicket,
    MissTicket,
    OpenCounter,
    ReturnTicket,
    StartService,
    TransferTicket,
    UndoAct,
)
from motcua.queue.hall import standing_calls

Standing = Callable[..., list[tuple[str, int]]]


@pytest.fixture
def ticket(box: Box) -> str:
    """A001, called to counter 1; counters 2 and 4 are open too."""
    for counter in (1, 2, 4):
        box.office.execute(OpenCounter(counter))
    issued = box.office.execute(IssueTicket(service="A")).ticket
    assert issued
    box.office.execute(CallNext(1))
    return issued.id


@pytest.fixture
def standing(box: Box) -> Standing:
    """Return the calls that stand after some commands: number and counter, newest first."""

    def standing(*commands: Command, services: str = "") -> list[tuple[str, int]]:
        for command in commands:
            box.office.execute(command)
        with box.office.today() as day:
            return [(call.number, call.counter) for call in standing_calls(day, services)]

    return standing


@pytest.mark.usefixtures("ticket")
def test_a_call_stands_until_long_after_the_visit(standing: Standing) -> None:
    assert standing() == [("A001", 1)]
    assert standing(StartService(1), FinishTicket(1, "done")) == [("A001", 1)]


@pytest.mark.usefixtures("ticket")
def test_a_call_taken_back_does_not_stand(standing: Standing) -> None:
    assert standing(UndoAct(1)) == []


def test_a_missed_visitor_may_still_come_but_not_once_waiting_again(
    ticket: str, standing: Standing
) -> None:
    assert standing(MissTicket(1)) == [("A001", 1)]
    assert standing(ReturnTicket(ticket)) == []
    assert standing(CancelTicket(ticket)) == []


def test_a_held_visitor_called_again_stands_once_at_the_new_counter(
    ticket: str, standing: Standing
) -> None:
    held = standing(StartService(1), HoldTicket(1, "photocopy"), CallTicket(2, ticket))

    assert held == [("A001", 2)]


@pytest.mark.usefixtures("ticket")
def test_a_transferred_visitor_waits_until_the_other_service_calls(standing: Standing) -> None:
    assert standing(StartService(1), TransferTicket(1, "S")) == []
    assert standing(CallNext(4)) == [("A001", 4)]


@pytest.mark.usefixtures("ticket")
def test_a_visitor_called_to_another_floor_leaves_the_board_of_the_first(
    standing: Standing,
) -> None:
    assert standing(services="A") == [("A001", 1)]
    sent_on = (StartService(1), TransferTicket(1, "S"), CallNext(4))
    assert standing(*sent_on, services="A") == []
    assert standing(services="S") == [("A001", 4)]
