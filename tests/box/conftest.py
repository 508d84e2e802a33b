"""A home whose copies are kept on a stick, and a backup of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from motcua.backup import take
from motcua.backup_file import BackupError
from motcua.clock import SetClock
from motcua.home import Home
from motcua.restoration import restore
from motcua.safekeeping import Safekeeping
from motcua.settings import BackupSection
from tests.box.backups import contents, live
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


@pytest.fixture
def backup(home: Home, clock: SetClock, tmp_path: Path) -> Path:
    """A backup of a home of three tickets, which got two more since."""
    live(home, clock, 3)
    home.access.write_text("{}")
    take(home, tmp_path / "centre.zip", clock.now())
    live(home, clock, 2)
    return tmp_path / "centre.zip"


@pytest.fixture
def refused(home: Home) -> Callable[[Path], str]:
    """Restore a file over the home, which must refuse; return why."""

    def refused(file: Path) -> str:
        before, beside = contents(home.path), sorted(home.path.parent.iterdir())
        with pytest.raises(BackupError) as refusal:
            restore(home, file, force=True)
        assert contents(home.path) == before
        assert sorted(home.path.parent.iterdir()) == beside
        return str(refusal.value)

    return refused
