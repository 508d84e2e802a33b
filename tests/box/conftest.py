"""A home whose copies are kept on a stick."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from motcua.clock import SetClock
from motcua.home import Home
from motcua.safekeeping import Safekeeping
from motcua.settings import BackupSection
from tests.box.stick import Stick


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder a stick is mounted on."""
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def stick(folder: Path, home: Home) -> Stick:
    """A stick."""
    return Stick(folder, home.path)


@pytest.fixture
def keep(home: Home, stick: Stick, clock: SetClock) -> Callable[[], Safekeeping]:
    """Start the keeping of copies: every four hours, three of them."""
    settings = BackupSection(folder="/media/stick", every_h=4, keep=3)
    return lambda: Safekeeping(home, settings, stick, clock.now, lambda wall: wall)
