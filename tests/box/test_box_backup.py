"""A backup is checked before it replaces anything, and newer events are not given up in silence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from motcua.app import open_box
from motcua.backup import take, write
from motcua.backup_file import BackupError
from motcua.clock import SetClock
from motcua.home import Home, replacing
from motcua.queue.commands import IssueTicket
from motcua.restoration import restore


def issue(home: Home, clock: SetClock, count: int) -> int:
    """Issue tickets in `home`; return the number of the last event."""
    box = open_box(home, clock=clock)
    for _ in range(count):
        box.office.execute(IssueTicket(service="A"))
    seq = box.office.seq
    box.close()
    return seq


def test_a_centre_comes_back_as_it_was(home: Home, clock: SetClock, tmp_path: Path) -> None:
    seq = issue(home, clock, 3)
    file = tmp_path / "centre.zip"
    assert take(home, file, clock.now()).last_seq == seq
    elsewhere = Home(tmp_path / "elsewhere")
    restore(elsewhere, file)
    box = open_box(elsewhere, clock=clock)
    with box.office.today() as day:
        assert [ticket.number for ticket in day.tickets.values()] == ["A001", "A002", "A003"]
    box.close()


def test_newer_events_are_given_up_only_when_asked(
    home: Home, clock: SetClock, tmp_path: Path
) -> None:
    old = issue(home, clock, 2)
    file = tmp_path / "centre.zip"
    take(home, file, clock.now())
    newer = issue(home, clock, 1)
    with pytest.raises(BackupError, match=f"up to {newer}, the backup only up to {old}"):
        restore(home, file)
    restore(home, file, force=True)
    assert issue(home, clock, 0) == old
    assert (home.path.parent / "home.before-restore" / "journal").is_dir()


@pytest.mark.parametrize("damage", ["bytes", "no zip", "cut"])
def test_a_damaged_backup_replaces_nothing(
    home: Home, clock: SetClock, tmp_path: Path, damage: str
) -> None:
    seq = issue(home, clock, 2)
    file = tmp_path / "centre.zip"
    take(home, file, clock.now())
    if damage == "bytes":
        changed = tmp_path / "changed.zip"
        with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w") as new:
            for name in old.namelist():
                data = old.read(name)
                new.writestr(name, data + b" " if name.startswith("journal/") else data)
        file = changed
    else:
        data = file.read_bytes()
        file.write_bytes(b"hello" if damage == "no zip" else data[: len(data) // 2])
    with pytest.raises(BackupError, match="damaged"):
        restore(home, file, force=True)
    assert issue(home, clock, 0) == seq


def test_there_is_nothing_to_back_up_without_a_centre(tmp_path: Path, clock: SetClock) -> None:
    with pytest.raises(BackupError, match="no centre"):
        take(Home(tmp_path / "empty"), tmp_path / "x.zip", clock.now())
    assert not (tmp_path / "x.zip").exists()


def test_a_record_that_is_being_written_is_in_no_backup(
    home: Home, clock: SetClock, tmp_path: Path
) -> None:
    seq = issue(home, clock, 2)
    [day] = home.journal.glob("*.jsonl")
    whole = day.read_bytes()
    day.write_bytes(whole + whole.splitlines()[-1][:90])
    assert take(home, tmp_path / "centre.zip", clock.now()).last_seq == seq
    with zipfile.ZipFile(tmp_path / "centre.zip") as archive:
        assert archive.read(f"journal/{day.name}") == whole


def test_everything_of_a_home_is_in_its_backup_but_what_is_made_again(
    home: Home, clock: SetClock, tmp_path: Path
) -> None:
    """A file that a later version keeps in the home is backed up without anybody thinking of it."""
    made_again = ("visits/2026-11-20.json", "slips/A001.png", "cache/voice/a.wav")
    left_out = ("earlier.zip", ".lock", ".centre.toml.0badcafe", "odd\\name", *made_again)
    kept = ("access.json", "secret", "audit/2026-11.jsonl", "journal/x.cut", "voices/số/một.wav")
    for name in (*left_out, *kept):
        (home.path / name).parent.mkdir(parents=True, exist_ok=True)
        (home.path / name).write_bytes(name.encode())
    held = take(home, home.path / "centre.backup", clock.now()).files
    assert set(held) == {*kept, "centre.toml", "procedures.csv"}
    assert set(take(home, home.path / "centre.backup", clock.now()).files) == set(held)
    restore(Home(tmp_path / "other"), home.path / "centre.backup")
    assert (tmp_path / "other" / "voices" / "số" / "một.wav").read_bytes() == kept[-1].encode()


def test_a_file_that_cannot_be_read_is_named(home: Home, clock: SetClock, tmp_path: Path) -> None:
    """Given somebody who deletes a recording while the backup is being taken."""
    file, voice = tmp_path / "centre.zip", home.path / "voices" / "một.wav"
    take(home, file, clock.now())
    before = file.read_bytes()
    voice.parent.mkdir()
    voice.touch()
    unread = pytest.raises(BackupError, match=r"Not all files .* can be read. \(một.wav: No such ")
    with unread, replacing(file) as target:
        write(home, target, clock.now(), lambda: voice.unlink(missing_ok=True))
    assert file.read_bytes() == before
