"""Centres whose disk can be made to fail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from motcua.app import Box, open_box
from motcua.clock import SetClock
from motcua.home import Home
from motcua.journal.disk import Disk
from motcua.journal.tiny import TinyJournal
from tests.faults.disks import BadDisk


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
