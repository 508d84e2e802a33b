"""A centre is copied into one file while it serves.

Only the last day's file grows, and only at its end. So all days before it, and of the last one
what is whole, are a true earlier state: everything that was acknowledged when the copy began, and
nothing torn.
"""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

import motcua
from motcua.backup_file import (
    CHUNK_BYTES,
    DAY_FILE,
    FORM,
    MANIFEST,
    BackupError,
    Manifest,
    Step,
    check,
    stays_inside,
)
from motcua.home import Home, replacing
from motcua.journal.lines import Scan
from motcua.queue.moment import Moment

_MADE_AGAIN: Final = ("visits", "slips", "cache")
SENTENCES: Final = {
    "unread": "Not all files of the centre can be read.",
    "untrue": "What was written cannot be read back as it was: use another medium.",
}
"""Why a backup was not taken, in English, for translation."""
_EFFORT: Final = 1
"""Of 9: a copy every few hours must not take the processor from those who wait."""


def take(home: Home, file: Path, at: Moment) -> Manifest:
    """Write a backup of `home` to `file`, replacing it only when the new one is whole.

    Raises:
        BackupError: there is no centre in the home, or what was written does not read as it should.
        OSError: the disk refused; `file` is as it was.
    """
    if not home.centre.exists():
        message = f"There is no centre in {home.path}: nothing to back up."
        raise BackupError(message)
    with replacing(file) as target:
        return write(home, target, at, leave_out=file.resolve())


def write(
    home: Home,
    target: BinaryIO,
    at: Moment,
    step: Step = lambda: None,
    leave_out: Path | None = None,
) -> Manifest:
    """Write a backup of `home`, which may be serving, to an open file, and read it back.

    Holds no more than a piece of a file in memory.

    Args:
        home: the centre.
        target: a file under a name, open for reading and writing.
        at: when, for the manifest.
        step: called every now and then; may raise to give up.
        leave_out: a file of the home that is no part of the centre: the backup itself.

    Raises:
        BackupError: a file of the centre cannot be read, or the written one not as it should.
        OSError: the disk refused.
    """
    paths = {
        path.relative_to(home.path).as_posix(): path
        for path in _contents(home)
        if path != leave_out
    }
    ends, last_seq = _growing_ends(home.path, list(paths))
    sums = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_EFFORT) as archive:
        for name, path in paths.items():
            sums[name] = _add(archive, path, name, ends.get(name), step)
        manifest = Manifest(FORM, motcua.__version__, at.wall.isoformat(), last_seq, sums)
        archive.writestr(MANIFEST, msgspec.json.encode(manifest))
    _read_back(target, step)
    return manifest


def last_seq(home: Path) -> int:
    """Return the number of the last event of the home at `home`, 0 when there is none."""
    names = sorted(f"journal/{path.name}" for path in (home / "journal").glob("*.jsonl"))
    return _growing_ends(home, names)[1]


def _contents(home: Home) -> list[Path]:
    """Return all of a home but what is made again, what is being written, and other backups."""
    return sorted(
        path
        for path in home.path.rglob("*")
        if path.is_file() and path.suffix != ".zip" and _is_kept(path.relative_to(home.path))
    )


def _is_kept(path: Path) -> bool:
    hidden = any(part[0] == "." for part in path.parts)
    return path.parts[0] not in _MADE_AGAIN and not hidden and stays_inside(path.as_posix())


def _growing_ends(home: Path, names: list[str]) -> tuple[dict[str, int], int]:
    """Return how far the days are whole that may be growing, and the number of the last event."""
    ends = {}
    for name in reversed([name for name in names if DAY_FILE.fullmatch(name)]):
        scan = Scan(home / name)
        with _reading(scan.path):
            for _ in scan.documents():
                pass
        ends[name] = scan.kept_bytes
        if scan.last_seq:
            return ends, scan.last_seq
    return ends, 0


def _add(archive: zipfile.ZipFile, path: Path, name: str, end: int | None, step: Step) -> str:
    """Add a file up to `end` bytes, else as long as it is now; return its checksum."""
    digest = hashlib.sha256()
    with _reading(path):
        state = path.stat()
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = stat.S_IMODE(state.st_mode) << 16
    with archive.open(info, "w") as member:
        for piece in _pieces(path, state.st_size if end is None else end):
            step()
            digest.update(piece)
            member.write(piece)
    return digest.hexdigest()


def _pieces(path: Path, left: int) -> Iterator[bytes]:
    with _reading(path), path.open("rb") as source:
        while left and (piece := source.read(min(left, CHUNK_BYTES))):
            yield piece
            left -= len(piece)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        detail = f"{path.name}: {error.strerror}"
        raise BackupError(SENTENCES["unread"], detail) from error


def _read_back(target: BinaryIO, step: Step) -> None:
    """Check what the medium kept, not what the memory still holds of it."""
    target.flush()
    os.fsync(target.fileno())
    os.posix_fadvise(target.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    try:
        check(Path(target.name), step=step)
    except BackupError as error:
        raise BackupError(SENTENCES["untrue"]) from error
