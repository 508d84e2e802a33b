"""Journals to keep days in: the one that forgets and the one of the box."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from motcua.journal.memory import MemoryJournal
from motcua.journal.tiny import TinyJournal
from motcua.record_keeping import Journal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a journal."""
    return tmp_path / "journal"


@pytest.fixture(params=["memory", "tiny"])
def reopen(request: pytest.FixtureRequest, folder: Path) -> Iterator[Callable[[], Journal]]:
    """Open the same journal, as after a restart; what was opened before is closed."""
    memory = MemoryJournal()
    opened: list[Journal] = []

    def reopen() -> Journal:
        for journal in opened:
            journal.close()
        opened.append(memory if request.param == "memory" else TinyJournal(folder))
        return opened[-1]

    yield reopen
    for journal in opened:
        journal.close()


@pytest.fixture
def journal(reopen: Callable[[], Journal]) -> Journal:
    """A journal, empty."""
    return reopen()
