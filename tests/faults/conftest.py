"""Centres whose disk can be made to fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from motcua.app import Box, open_box
from motcua.clock import SetClock
from motcua.home import Home
from motcua.journal.disk import Disk
from motcua.journal.tiny import TinyJournal
from tests.faults.disks import BadDisk
from tests.faults.house import House


@pytest.fixture
def disk() -> Disk:
    """The disk of the journal."""
    return BadDisk()


@pytest.fixture
def box(home: Home, clock: SetClock, disk: Disk) -> Iterator[Box]:
    """A centre with a journal on that disk, and its printer."""
    box = open_box(home, clock=clock, journal=TinyJournal(home.journal, disk=disk))
    box.paper.start(home.slips)
    yield box
    box.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., House]]:
    """Start the service; all of it ends with the test, and none of it may have had a defect."""
    started: list[House] = []

    def start(home: Path = tmp_path / "centre", *, full: bool = False) -> House:
        started.append(House(home, full=full))
        return started[-1]

    yield start
    for house in started:
        log = house.stop()
        for defect in ("a request failed", "Exception while serving", "uncaptured python"):
            assert defect not in log, log
