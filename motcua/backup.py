"""A centre in one file: taken while it serves, checked before it is put back.

The file is a ZIP with `manifest.json` first: the checksum of every other member. Day files only
grow, so a copy cut at its last whole line is a true earlier state.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

import motcua
from motcua.journal.tiny import TinyJournal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motcua.home import Home
    from motcua.queue.moment import Moment

_MANIFEST = "manifest.json"
_FORM = 1
_FILES = ("centre.toml", "procedures.csv", "access.json", "secret")
_FOLDERS = ("journal", "translations", "voices")


class BackupError(Exception):
    """A backup cannot be taken or put back; the sentence says why. Nothing was changed."""


class Manifest(msgspec.Struct, frozen=True):
    """What a backup holds."""

    form: int
    version: str
    taken_at: str
    last_seq: int
    """Number of the last event in it."""
    files: dict[str, str]
    """Path in the home → SHA-256."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A backup against the home it would replace."""

    backup_seq: int
    home_seq: int

    @property
    def home_is_newer(self) -> bool:
        """Whether putting the backup back would lose events."""
        return self.home_seq > self.backup_seq


def take(home: Home, file: Path, at: Moment) -> Manifest:
    """Write a backup of `home` to `file`, replacing it only when the new one is whole.

    Raises:
        BackupError: there is no centre in the home.
    """
    if not home.centre.exists():
        message = f"There is no centre in {home.path}: nothing to back up."
        raise BackupError(message)
    handle, name = tempfile.mkstemp(dir=file.resolve().parent, prefix=f".{file.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as target:
            manifest = _write(home, target, at)
            target.flush()
            os.fsync(target.fileno())
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)
    return manifest


def restore(home: Home, file: Path, *, force: bool = False) -> Manifest:
    """Check the backup in `file`, then put it in the place of `home`.

    What was there is kept beside it, in a folder whose name ends in `.before-restore`.

    Args:
        home: the centre to replace; nobody may be serving it.
        file: a backup.
        force: replace events that are newer than the backup's.

    Raises:
        BackupError: the file is damaged or no backup, or the home is newer.
    """
    home.path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.path.parent, prefix=".restore-") as folder:
        unpacked = Path(folder) / "home"
        manifest = _unpack(file, unpacked)
        compared = Comparison(_last_seq(unpacked / "journal"), _last_seq(home.journal))
        if compared.backup_seq != manifest.last_seq:
            message = f"{file.name}: its journal does not read as its manifest says."
            raise BackupError(message)
        if compared.home_is_newer and not force:
            message = (
                f"The centre has events up to {compared.home_seq}, the backup only up to "
                f"{compared.backup_seq}: add --force to give up the newer ones."
            )
            raise BackupError(message)
        _put(unpacked, home.path)
    return manifest


def _write(home: Home, target: object, at: Moment) -> Manifest:
    files = dict(_contents(home))
    sums = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder)
        for path, data in files.items():
            if path.startswith("journal/"):
                (journal / Path(path).name).write_bytes(data)
        last_seq = _last_seq(journal)
    manifest = Manifest(_FORM, motcua.__version__, at.wall.isoformat(), last_seq, sums)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        archive.writestr(_MANIFEST, msgspec.json.encode(manifest))
        for path, data in files.items():
            archive.writestr(path, data)
    return manifest


def _contents(home: Home) -> Iterator[tuple[str, bytes]]:
    for name in _FILES:
        if (home.path / name).is_file():
            yield name, (home.path / name).read_bytes()
    for folder in _FOLDERS:
        for path in sorted((home.path / folder).rglob("*")):
            if path.is_file():
                data = path.read_bytes()
                whole = data[: data.rfind(b"\n") + 1] if path.suffix == ".jsonl" else data
                yield path.relative_to(home.path).as_posix(), whole


def _unpack(file: Path, folder: Path) -> Manifest:
    """Unpack into `folder`, checking every member against the manifest."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = msgspec.json.decode(archive.read(_MANIFEST), type=Manifest)
            for path, digest in manifest.files.items():
                data = archive.read(path)
                if hashlib.sha256(data).hexdigest() != digest or ".." in Path(path).parts:
                    message = f"{file.name} is damaged: {path} is not what was backed up."
                    raise BackupError(message)
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
    except (zipfile.BadZipFile, KeyError, msgspec.MsgspecError, EOFError) as error:
        message = f"{file.name} is no backup of Motcua, or it is damaged."
        raise BackupError(message) from error
    return manifest


def _last_seq(journal: Path) -> int:
    """Return the number of the last event in a folder of day files, 0 when there is none."""
    if not journal.is_dir():
        return 0
    book = TinyJournal(journal)
    days = book.days()
    return max((record.seq for record in book.read(days[-1])), default=0) if days else 0


def _put(unpacked: Path, home: Path) -> None:
    kept = home.with_name(f"{home.name}.before-restore")
    if home.exists():
        shutil.rmtree(kept, ignore_errors=True)
        home.rename(kept)
    unpacked.rename(home)
    handle = os.open(home.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
