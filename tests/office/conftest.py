"""An office on a journal that forgets, at eight on Monday."""

from __future__ import annotations

import pytest

from motcua.clock import SetClock
from motcua.journal.memory import MemoryJournal
from motcua.office import Office
from tests.journal.journal_days import EIGHT, open_office


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands at Monday, 8:00."""
    return SetClock(EIGHT)


@pytest.fixture
def journal() -> MemoryJournal:
    """A journal, empty."""
    return MemoryJournal()


@pytest.fixture
def office(journal: MemoryJournal, clock: SetClock) -> Office:
    """An office that was just opened."""
    return open_office(journal, clock)
