"""A busy morning on a real disk: somebody in every state a ticket can have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

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
def busy_box(tmp_path: Path) -> Iterator[Callable[[], Box]]:
    """Open a centre with its journal on disk: a whole Friday, and Monday until nine."""
    boxes: list[Box] = []

    def busy_box() -> Box:
        home = Home(tmp_path / f"home-{len(boxes)}")
        home.prepare()
        clock = SetClock(MONDAY_8_AM - timedelta(days=3))
        boxes.append(open_box(home, clock=clock))
        work(boxes[-1], clock)
        clock.advance_to(MONDAY_8_AM)
        boxes[-1].office.end_day_if_over()
        work(boxes[-1], clock)
        return boxes[-1]

    yield busy_box
    for box in boxes:
        box.close()


@pytest.fixture
def box(busy_box: Callable[[], Box]) -> Box:
    """A centre that nobody else has touched."""
    return busy_box()


def work(box: Box, clock: SetClock) -> None:
    """Do a morning's work, an act every ninety seconds."""
    for command in MORNING:
        clock.advance(90)
        box.office.execute(command)
