"""The file a centre is backed up in: a ZIP whose `manifest.json` holds a checksum a member.

Whatever is wrong with such a file is told in a sentence before anything is done with it.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec

from motcua.journal.codec import to_record
from motcua.journal.lines import from_line
from motcua.mendable import MendableError
from motcua.month_table import Source, heading_of
from motcua.months import holds, reduced

MANIFEST: Final = "manifest.json"
FORM: Final = 1
CHUNK_BYTES: Final = 256 * 1024
DAY_FILE: Final = re.compile(r"journal/\d{4}-\d{2}-\d{2}\.jsonl")
_MONTH_FILE: Final = re.compile(r"months/\d{4}-\d{2}\.json")
_CENTRE: Final = "centre.toml"
_MANIFEST_BYTES: Final = 16 * 1024 * 1024
"""A hundred years of days need less."""
_RIGHTS: Final = 0o644
_OWNERS: Final = 0o600
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    msgspec.MsgspecError,
    struct.error,
    EOFError,
    KeyError,
    RuntimeError,  # a password, a compression nobody here knows
    ValueError,
)
Step = Callable[[], None]
"""Called between two pieces of a long work; raises to give it up."""


class BackupError(MendableError):
    """A backup cannot be taken or put back; the sentence says why. Nothing was changed."""

    def __init__(self, sentence: str, detail: str = "") -> None:
        """Tell what went wrong.

        Args:
            sentence: in English, for people.
            detail: the technical reason, for the log and the command line.
        """
        self.sentence = sentence
        super().__init__(f"{sentence} ({detail})" if detail else sentence)


class Manifest(msgspec.Struct, frozen=True):
    """What a backup holds."""

    form: int
    version: str
    """Of the software that made it."""
    taken_at: str
    """ISO 8601, by the wall clock."""
    last_seq: int
    """Number of the last event in it."""
    files: dict[str, str]
    """Path in the home → SHA-256."""


_reader = msgspec.json.Decoder(Manifest)


def read_manifest(file: Path) -> Manifest:
    """Return what a backup says it holds; its members are not looked at.

    Raises:
        BackupError: it is no backup, or a damaged one.
        OSError: the file cannot be read.
    """
    with _opened(file) as archive:
        return _manifest(archive, file)


def check(file: Path, folder: Path | None = None, step: Step = lambda: None) -> Manifest:
    """Read every member of a backup and compare it with its checksum; return what it holds.

    Args:
        file: the backup.
        folder: where to unpack it meanwhile, a folder that is not there yet; None unpacks nothing.
        step: called every now and then; may raise to give up.

    Raises:
        BackupError: it is damaged, or made to deceive.
        OSError: the file cannot be read, or the disk refused.
    """
    with _opened(file) as archive:
        manifest = _manifest(archive, file)
        for name, digest in manifest.files.items():
            target = folder / name if folder else Path(os.devnull)
            if folder:
                target.parent.mkdir(parents=True, exist_ok=True)
            if _unpack(archive, name, target, step) != digest:
                message = f"{file.name} is damaged: {name} is not what was backed up."
                raise BackupError(message)
    return manifest


def unpacked_bytes(file: Path) -> int:
    """Return how much room the members of a backup take when they are unpacked, never more.

    Raises:
        BackupError: it is no backup, or a damaged one.
        OSError: the file cannot be read.
    """
    with _opened(file) as archive:
        return sum(info.file_size for info in archive.infolist())


def continues(newer: Path, older: Path) -> bool:
    """Return whether one backup holds everything recorded in another.

    It does when each day file of the older is the beginning of the same file in the newer, or of a
    day whose sums are in the newer.

    Raises:
        BackupError: one of them is damaged.
        OSError: one of them cannot be read.
    """
    with _opened(newer) as new, _opened(older) as old:
        after, before = _manifest(new, newer).files, _manifest(old, older).files
        days = [(name, digest) for name, digest in before.items() if DAY_FILE.fullmatch(name)]
        gone = _gone(new, after)
        return all(
            after.get(name) == digest
            or (name in after and new.read(name).startswith(old.read(name)))
            or (name not in after and _in_sums(gone.get(Path(name).stem), old.read(name)))
            for name, digest in days
        )


def _gone(archive: zipfile.ZipFile, names: Iterable[str]) -> dict[str, Source]:
    """Return the business days of which a backup has the sums."""
    headings = []
    for name in filter(_MONTH_FILE.fullmatch, names):
        with archive.open(name) as member:
            headings.append(heading_of(member.readline()))
    return reduced(headings)


def _in_sums(source: Source | None, day_file: bytes) -> bool:
    """Return whether a month took in all that is in a day file."""
    documents = [document for line in day_file.splitlines() for document in from_line(line)]
    return holds(source, map(to_record, documents))


def stays_inside(name: str) -> bool:
    """Return whether a name stays inside the folder it is unpacked in."""
    plain = name.isprintable() and "\\" not in name and not _DRIVE.match(name)
    return plain and all(part.strip(". ") for part in name.split("/"))


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    """Open a backup; whatever is wrong with it becomes a sentence."""
    message = f"{file.name} is no backup of Motcua, or it is damaged."
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except _DAMAGE as error:
        raise BackupError(message) from error
    except OSError as error:
        if error.errno in (None, errno.EINVAL):  # the file points to places it has not
            raise BackupError(message) from error
        raise


def _manifest(archive: zipfile.ZipFile, file: Path) -> Manifest:
    """Return the manifest when the members are those it names, and are named as ours are."""
    with archive.open(MANIFEST) as member:
        manifest = _reader.decode(member.read(_MANIFEST_BYTES))
    if manifest.form > FORM:
        message = f"{file.name} was made by Motcua {manifest.version}: install that version first."
        raise BackupError(message)
    names = archive.namelist()
    folders = {str(folder) for name in names for folder in PurePosixPath(name).parents}
    if not all(map(stays_inside, names)) or folders & set(names):
        message = f"{file.name} was not made by Motcua: it holds names that no centre has."
        raise BackupError(message)
    if sorted(names) != sorted([MANIFEST, *manifest.files]) or _CENTRE not in names:
        message = f"{file.name} is damaged: it does not hold the files it names."
        raise BackupError(message)
    return manifest


def _unpack(archive: zipfile.ZipFile, name: str, target: Path, step: Step) -> str:
    """Write a member to `target`, for good; return its checksum."""
    digest = hashlib.sha256()
    rights = archive.getinfo(name).external_attr >> 16
    with archive.open(name) as member, target.open("wb") as file:
        while data := member.read(CHUNK_BYTES):
            step()
            digest.update(data)
            file.write(data)
        if target.is_file():
            os.fchmod(file.fileno(), rights & _RIGHTS | _OWNERS)
            file.flush()
            os.fsync(file.fileno())
    return digest.hexdigest()
