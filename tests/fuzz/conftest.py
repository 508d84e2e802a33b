"""A busy morning on a real disk: somebody in every state a ticket can have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from motcua.app import Box, open_box
from motcua.clock import SetClock
from motcua.home import Home
from motcua.queue import commands as c
from tests.conftest import MONDAY_8_AM

MORNING: tuple[c.Command, ...] = (
    *(c.IssueTicket(service=letter) for letter in "AAAAAAHHHMMMMSK"),
    c.IssueTicket(procedure="1.001193", priority="older", purpose="submit"),
    c.GiveReferral("2.000200"),
    *(c.OpenCounter(number) for number in (1, 2, 3)),
    c.CallNext(1), c.StartService(1), c.FinishTicket(1, "done"),  # finished
    c.CallNext(1), c.StartService(1), c.TransferTicket(1, "M"),  # goes on as another ticket
    c.CallNext(1), c.StartService(1),  # being served
    c.CallNext(2),  # called
    c.CallNext(3), c.MissTicket(3),  # missed
    c.CallNext(3), c.StartService(3), c.HoldTicket(3, "copy"),  # held
)  # fmt: skip
"""What has been done by nine: counters 1, 2 and 3 serve, call and wait; 4 is closed."""


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands at eight on the Friday before that Monday."""
    return SetClock(MONDAY_8_AM - timedelta(days=3))


@pytest.fixture
def box(home: Home, clock: SetClock) -> Iterator[Box]:
    """A centre with its journal on disk: a whole Friday, and Monday until nine."""
    box = open_box(home, clock=clock)
    work(box, clock)
    clock.advance_to(MONDAY_8_AM)
    box.office.end_day_if_over()
    work(box, clock)
    yield box
    box.close()


def work(box: Box, clock: SetClock) -> None:
    """Do a morning's work, an act every ninety seconds."""
    for command in MORNING:
        clock.advance(90)
        box.office.execute(command)
