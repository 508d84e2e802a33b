"""A second medium that is missing, full, read-only, pulled or forgetful stops nothing, is told."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from motcua.backup_file import BackupError
from motcua.clock import SetClock
from motcua.home import Home
from motcua.medium import SENTENCES as MEDIUM
from motcua.medium import Medium
from motcua.safekeeping import Safekeeping
from tests.box.stick import Stick, names

HOURS = 3600


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (errno.ENOSPC, "full"), (errno.EROFS, "locked"), (errno.EIO, "failed"),
        (errno.ENODEV, "failed"), (errno.ESTALE, "failed"), (errno.EFBIG, "full"),
    ],
)  # fmt: skip
def test_a_medium_that_fails_in_the_middle_is_told_and_tried_again(
    keep: Callable[[], Safekeeping],
    stick: Stick,
    clock: SetClock,
    folder: Path,
    code: int,
    told: str,
) -> None:
    safekeeping = keep()
    safekeeping.look_after()
    clock.advance(5 * HOURS)
    stick.room, stick.code = 3000, code
    safekeeping.look_after()
    assert safekeeping.copies().trouble == MEDIUM[told]
    assert names(folder) == ["motcua-20261123-010000.zip"]
    assert safekeeping.copies().age_s(clock.now()) == 5 * HOURS
    stick.room = None
    clock.advance(60)
    safekeeping.look_after()
    assert len(names(folder)) == 1
    clock.advance(600)
    safekeeping.look_after()
    assert safekeeping.copies().trouble == ""
    assert len(names(folder)) == 2


def test_a_medium_that_does_not_keep_what_it_took_is_found_out(
    keep: Callable[[], Safekeeping], stick: Stick, folder: Path
) -> None:
    stick.garbles = True
    with pytest.raises(BackupError, match="cannot be read back"):
        keep().copy()
    assert names(folder) == []


def test_trouble_is_logged_once(
    keep: Callable[[], Safekeeping],
    clock: SetClock,
    folder: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "motcua.safekeeping")
    safekeeping = keep()
    folder.rmdir()
    for _ in range(50):
        safekeeping.look_after()
        clock.advance(20)
    folder.mkdir()
    safekeeping.look_after()
    said = [(record.levelname, record.getMessage()) for record in caplog.records]
    assert said == [
        ("ERROR", f"no copy was made: {MEDIUM['missing']} (No such file or directory)"),
        ("INFO", "copies are made again"),
    ]
    assert len(names(folder)) == 1


def test_a_stick_that_was_pulled_in_the_middle_gets_its_copy_when_it_is_back(
    keep: Callable[[], Safekeeping], stick: Stick, clock: SetClock, folder: Path
) -> None:
    safekeeping = keep()
    stick.room, stick.code = 3000, errno.EIO
    safekeeping.look_after()
    stick.room, stick.mounted = None, False
    safekeeping.look_after()
    assert safekeeping.copies().trouble == MEDIUM["same"]
    stick.mounted = True
    clock.advance(20)
    safekeeping.look_after()
    assert len(names(folder)) == 1
    assert safekeeping.copies().trouble == ""


def test_an_empty_mount_point_is_never_filled(
    keep: Callable[[], Safekeeping], stick: Stick, folder: Path
) -> None:
    stick.mounted = False
    safekeeping = keep()
    safekeeping.look_after()
    assert safekeeping.copies().trouble == MEDIUM["same"]
    with pytest.raises(BackupError, match="own disk"):
        safekeeping.copy()
    assert names(folder) == []


def test_a_stick_that_is_pulled_at_the_last_moment_fills_no_mount_point(
    keep: Callable[[], Safekeeping], stick: Stick, folder: Path
) -> None:
    stick.pulled_after = 1
    with pytest.raises(BackupError, match="own disk"):
        keep().copy()
    assert names(folder) == []


def test_a_folder_on_the_disk_of_the_home_is_known_as_such(home: Home, folder: Path) -> None:
    with pytest.raises(BackupError, match="own disk"):
        Medium(folder, home.path).check()


def test_what_an_unplugged_copy_left_is_cleared_away(
    keep: Callable[[], Safekeeping], folder: Path
) -> None:
    (folder / ".motcua-20261122-010000.zip.0badcafe").write_bytes(b"half")
    (folder / "holiday.zip").write_bytes(b"somebody's own")
    keep().copy()
    assert names(folder) == ["holiday.zip", "motcua-20261123-010000.zip"]
