"""A backup takes the place of a centre: checked first, compared, and only then, all at once."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import motcua
from motcua.audit import merge
from motcua.backup import last_seq
from motcua.backup_file import BackupError, Manifest, check, unpacked_bytes
from motcua.home import Home
from motcua.journal.disk import Disk
from motcua.journal.tiny import TinyJournal
from motcua.month_table import Source
from motcua.months import Months, begins_like, holds
from motcua.queue.record import Record

_LOCK = ".lock"
_MEGABYTE = 1024 * 1024
_SPARE_BYTES = 16 * _MEGABYTE
"""Left free on the disk beside what is unpacked."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A backup against the home it would replace."""

    backup_seq: int
    home_seq: int
    lost: int
    """How many events of the home the backup has not."""
    first_lost: tuple[int, str] | None
    """Number and day of the first of them."""

    def refusal(self) -> str:
        """Return why the backup should not replace the home unasked; empty when it may."""
        if self.first_lost is None:
            return ""
        seq, day = self.first_lost
        if seq > self.backup_seq:
            return (
                f"The centre has events up to {self.home_seq}, the backup only up to "
                f"{self.backup_seq}: add --force to give up the newer ones."
            )
        return (
            f"The centre has {self.lost} events that the backup has not, from event "
            f"{seq} of {day} on: the two went different ways. "
            "Add --force to give up those of the centre."
        )


def restore(home: Home, file: Path, *, force: bool = False) -> Manifest:
    """Check the backup in `file`, then put it in the place of `home`.

    1. Unpack it beside the home, comparing every member with its checksum.
    2. Compare its events with the home's; keep the audit trail of both.
    3. Let the home make way (it stays as `home.replaced`), then put the backup there. When the
       power goes between the two, the next start puts the old home back.

    Args:
        home: the centre to replace.
        file: a backup.
        force: replace events that the backup has not.

    Raises:
        BackupError: the file is damaged or no backup, or the home has events it has not.
        HomeBusyError: the home is being served.
        OSError: the disk refused. In all three cases the home is as it was.
    """
    with home.owned():
        try:
            manifest = _unpack(home, file)
            _check_version(file, manifest)
            compared = compare(home.restoring, home.path)
            if compared.backup_seq != manifest.last_seq:
                message = f"{file.name}: its journal does not read as its manifest says."
                raise BackupError(message)
            if not force and (refusal := compared.refusal()):
                raise BackupError(refusal)
            merge(home.audit, Home(home.restoring).audit)
            with Home(home.restoring).owned():
                _put(home)
        finally:
            shutil.rmtree(home.restoring, ignore_errors=True)
    return manifest


def compare(backup: Path, home: Path) -> Comparison:
    """Compare the events of an unpacked backup with those of a home; damage counts on no side.

    A day counts as there, too, where a month of the backup holds its sums.
    """
    gone, gone_at_home = (Months(Home(path).months).gone() for path in (backup, home))
    lost: list[tuple[int, str]] = []
    for day, source in sorted(gone_at_home.items()):
        if not _is_in(source, backup, gone):
            lost += [(seq, day) for seq in range(source.first_seq, source.last_seq + 1)]
    for day in _days(home / "journal"):
        name = Path("journal") / f"{day}.jsonl"
        if day in gone_at_home or _begins(home / name, backup / name):
            continue
        if day in gone and holds(gone[day], iter(_records(home / "journal", day))):
            continue
        known = {record.seq: record for record in _records(backup / "journal", day)}
        records = _records(home / "journal", day)
        lost += [(one.seq, day) for one in records if known.get(one.seq) != one]
    return Comparison(last_seq(backup), last_seq(home), len(lost), min(lost, default=None))


def _is_in(source: Source, backup: Path, gone: Mapping[str, Source]) -> bool:
    """Return whether a backup has the sums of a day, or its rows."""
    if source.day in gone:
        return gone[source.day] == source
    records = _records(backup / "journal", source.day)
    return bool(records) and begins_like(source, records[0]) and records[-1].seq >= source.last_seq


def _unpack(home: Home, file: Path) -> Manifest:
    needed = unpacked_bytes(file) + _SPARE_BYTES
    free = shutil.disk_usage(home.path).free
    if needed > free:
        message = (
            f"{file.name} takes {needed // _MEGABYTE:,} MB when unpacked, but only "
            f"{free // _MEGABYTE:,} MB are free: make room first."
        )
        raise BackupError(message)
    return check(file, home.restoring)


def _check_version(file: Path, manifest: Manifest) -> None:
    """Refuse what a newer version recorded: some of its events may mean nothing to this one."""
    made_by, ours = (
        tuple(map(int, re.findall(r"\d+", version)))
        for version in (manifest.version, motcua.__version__)
    )
    if made_by > ours:
        message = f"{file.name} was made by Motcua {manifest.version}: install that version first."
        raise BackupError(message)


def _days(journal: Path) -> list[str]:
    return TinyJournal(journal).days() if journal.is_dir() else []


def _records(journal: Path, day: str) -> list[Record]:
    return list(TinyJournal(journal).read(day)) if journal.is_dir() else []


def _begins(part: Path, whole: Path) -> bool:
    return whole.exists() and whole.read_bytes().startswith(part.read_bytes())


def _put(home: Home) -> None:
    disk = Disk()
    for folder in [home.restoring, *filter(Path.is_dir, home.restoring.rglob("*"))]:
        disk.sync_folder(folder)
    if any(entry.name != _LOCK for entry in home.path.iterdir()):
        shutil.rmtree(home.replaced, ignore_errors=True)
        home.path.rename(home.replaced)
    else:
        shutil.rmtree(home.path)
    try:
        home.restoring.rename(home.path)
    finally:
        if not home.path.exists() and home.replaced.exists():
            home.replaced.rename(home.path)
    disk.sync_folder(home.path.parent)
