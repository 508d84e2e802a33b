"""A backup is checked before it replaces anything; a home that is not replaced stays whole."""

from __future__ import annotations

import json
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from motcua.app import open_box
from motcua.backup import take
from motcua.backup_file import BackupError
from motcua.clock import SetClock
from motcua.home import Home, HomeBusyError
from motcua.journal.verify import verify
from motcua.queue.commands import OpenCounter
from motcua.restoration import restore
from tests.box.backups import contents, live, rewritten, with_member


def test_a_backup_cut_anywhere_replaces_nothing(backup: Path, refused: Callable[..., str]) -> None:
    data = backup.read_bytes()
    for part in range(20):
        backup.write_bytes(data[: len(data) * part // 20])
        assert "no backup of Motcua, or it is damaged" in refused(backup)


@pytest.mark.slow
def test_a_backup_with_one_byte_changed_anywhere_replaces_nothing_wrong(
    backup: Path, tmp_path: Path
) -> None:
    """The manifest, the members and their names are covered; some bytes of a ZIP mean nothing."""
    restore(Home(tmp_path / "right"), backup)
    right = contents(tmp_path / "right")
    data, copied = bytearray(backup.read_bytes()), 0
    for place in range(0, len(data), len(data) // 400 + 1):
        data[place] ^= 0x15
        backup.write_bytes(data)
        data[place] ^= 0x15
        other = Home(tmp_path / "other")
        try:
            restore(other, backup)
        except BackupError:
            assert contents(other.path) == {}
        else:
            copied += 1
            assert contents(other.path) == right
        shutil.rmtree(other.path)
    assert copied < 40


@pytest.mark.parametrize(
    "name",
    [
        *("../out", "a/../../out", "/etc/motcua", "C:\\windows\\out", "C:out", "..\\out", "a\\b"),
        *("./centre.toml", "a//b", "journal/.. /x", "a\nb", ".../x", "access.json/x"),
    ],
)
def test_names_that_lead_out_of_the_home_are_refused(
    backup: Path, refused: Callable[..., str], name: str, tmp_path: Path
) -> None:
    assert "it holds names that no centre has" in refused(rewritten(backup, with_member(name)))
    assert not (tmp_path / "out").exists()


def test_a_link_in_a_backup_is_only_a_file(backup: Path, tmp_path: Path) -> None:
    def change(members: dict[str, bytes]) -> None:
        with_member("voices/a.wav")(members)

    file = rewritten(backup, change)
    with zipfile.ZipFile(file) as old:
        members = {info: old.read(info) for info in old.infolist()}
    with zipfile.ZipFile(file, "w") as new:
        for info, data in members.items():
            link = stat.S_IFLNK if info.filename == "voices/a.wav" else stat.S_IFREG
            info.external_attr = (link | 0o777) << 16
            new.writestr(info, data)
    restore(Home(tmp_path / "other"), file)
    voice = tmp_path / "other" / "voices" / "a.wav"
    assert not voice.is_symlink()
    assert stat.S_IMODE(voice.stat().st_mode) == 0o644


def test_members_beside_those_the_manifest_names_are_refused(
    backup: Path, refused: Callable[..., str]
) -> None:
    def add(members: dict[str, bytes]) -> None:
        members["voices/x.wav"] = b""

    def take_away(members: dict[str, bytes]) -> None:
        del members["access.json"]

    for change in (add, take_away):
        assert "does not hold the files it names" in refused(rewritten(backup, change))


def test_a_backup_larger_than_the_disk_is_refused_before_it_is_unpacked(
    backup: Path, refused: Callable[..., str]
) -> None:
    with zipfile.ZipFile(backup, "a") as archive:
        archive.writestr("bomb", b"")
        archive.getinfo("bomb").file_size = 1 << 60  # as its directory tells
    assert "MB when unpacked" in refused(backup)


def test_a_backup_under_a_password_is_refused(backup: Path, refused: Callable[..., str]) -> None:
    data = bytearray(backup.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 4)
    backup.write_bytes(data)
    assert "no backup of Motcua, or it is damaged" in refused(backup)


@pytest.mark.parametrize("newer", [{"form": 2, "version": "9.1"}, {"version": "9.1"}])
def test_a_backup_of_a_newer_version_names_the_version_it_needs(
    backup: Path, refused: Callable[..., str], newer: dict[str, object]
) -> None:
    def change(members: dict[str, bytes]) -> None:
        manifest = json.loads(members["manifest.json"])
        members["manifest.json"] = json.dumps({**manifest, **newer}).encode()

    assert "made by Motcua 9.1: install that version" in refused(rewritten(backup, change))


def test_a_journal_that_ends_before_its_manifest_says_is_refused(
    backup: Path, refused: Callable[..., str]
) -> None:
    def change(members: dict[str, bytes]) -> None:
        manifest = json.loads(members["manifest.json"])
        members["manifest.json"] = json.dumps({**manifest, "last_seq": 99}).encode()

    assert "does not read as its manifest says" in refused(rewritten(backup, change))


def test_histories_that_went_different_ways_are_told_apart(
    home: Home, backup: Path, clock: SetClock
) -> None:
    """After the backup: restored, then other events under the same numbers."""
    restore(home, backup, force=True)
    box = open_box(home, clock=clock)
    box.office.execute(OpenCounter(1))
    box.close()
    file = backup.with_name("other way.zip")
    take(home, file, clock.now())
    restore(home, backup, force=True)
    live(home, clock, 3)
    with pytest.raises(BackupError, match=r"has 3 events that the backup has not, from event 5 "):
        restore(home, file)
    restore(home, file, force=True)


def test_what_the_disk_damaged_since_stands_in_no_backup_s_way(
    home: Home, backup: Path, clock: SetClock
) -> None:
    take(home, backup, clock.now())
    [day] = home.journal.glob("*.jsonl")
    day.write_bytes(day.read_bytes().replace(b"A002", b"A0\x002"))
    assert not verify(home.journal)[0].sound
    restore(home, backup)
    assert verify(home.journal)[0].sound


def test_a_home_that_is_being_served_is_not_replaced(home: Home, backup: Path) -> None:
    with home.owned(), pytest.raises(HomeBusyError, match="in use by a running motcua"):
        restore(home, backup, force=True)


def test_secrets_stay_the_owner_s_alone(
    home: Home, backup: Path, clock: SetClock, tmp_path: Path
) -> None:
    secret = home.secret()
    home.access.chmod(0o600)
    take(home, backup, clock.now())
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    other = Home(tmp_path / "other")
    restore(other, backup)
    assert other.secret() == secret
    for name in ("access.json", "secret"):
        assert stat.S_IMODE((other.path / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(other.centre.stat().st_mode) == 0o644
