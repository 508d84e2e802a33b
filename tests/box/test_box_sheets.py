"""Stopwatch sheets on the disk: kept for good, under harmless names, in every backup."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from motcua.app import Box
from motcua.backup import take
from motcua.journal.disk import Disk
from motcua.sheets import Sheets, name_of


class FullDisk(Disk):
    """A disk on which nothing can be made good."""

    def sync(self, file: int) -> None:
        """Refuse."""
        raise OSError(28, "No space left on device")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that is not there yet."""
    return tmp_path / "stopwatch"


def test_a_sheet_is_kept_until_it_is_removed(folder: Path) -> None:
    sheets = Sheets(folder)
    assert (sheets.names(), sheets.read("may")) == ([], None)
    assert sheets.keep("may", b"a")
    assert not sheets.keep("may", b"b")
    assert sheets.keep("june", b"c")
    again = Sheets(folder)
    assert (again.names(), again.read("may")) == (["june", "may"], b"a")
    assert again.remove("may")
    assert not again.remove("may")
    assert again.names() == ["june"]


def test_a_full_disk_keeps_nothing_and_breaks_nothing(folder: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        Sheets(folder, FullDisk()).keep("may", b"a")
    assert [*folder.iterdir()] == []
    assert Sheets(folder).keep("may", b"a")


def test_every_backup_has_the_sheets(box: Box, tmp_path: Path) -> None:
    Sheets(box.home.stopwatch).keep("may", b"by hand")
    take(box.home, tmp_path / "centre.zip", box.office.now())
    with ZipFile(tmp_path / "centre.zip") as copy:
        assert copy.read("stopwatch/may.csv") == b"by hand"


@pytest.mark.parametrize("name", ["../secret", "..", "", "a/b", "May", "a b", ".hidden", "x" * 41])
def test_only_plain_names_are_looked_for(folder: Path, name: str) -> None:
    (folder.parent / "secret.csv").write_text("no sheet")
    sheets = Sheets(folder)
    sheets.keep("may", b"a")
    assert sheets.read(name) is None
    assert not sheets.remove(name)
    assert (folder.parent / "secret.csv").exists()


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("Phiếu tháng 5.csv", "phieu-thang-5"),
        ("C:\\Users\\an\\Đo chờ.CSV", "do-cho"),
        ("../../etc/passwd", "passwd"),
        ("…", "phieu"),
        ("x" * 99 + ".csv", "x" * 40),
        (".csv", "csv"),
    ],
)
def test_a_file_gives_a_harmless_name(folder: Path, file: str, name: str) -> None:
    assert name_of(file) == name
    assert Sheets(folder).keep(name_of(file), b"")
    assert Sheets(folder).names() == [name]
