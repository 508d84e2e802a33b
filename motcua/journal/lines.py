"""A day's file, read: what is sound, what the disk spoilt, what the power left unfinished.

A line is `CCCCCCCC {...}` and a newline: the CRC-32 of the JSON text in hexadecimal, then the text:
the one event of a command, or `[{...},{...}]` when a command has several. One checksum for all of a
command, so that it is there whole or not at all, whatever becomes of the sectors it lies in.

What a reader may meet at a line, and what becomes of it:

- sound: it counts;
- the last bytes of the file, if they can be a write that the power cut short (`Scan._unfinished`):
  nobody was ever told they were kept: the owner cuts them;
- anything else was kept and spoilt by the disk: it is passed over and told. Lines that ran into it
  because it lost its newline are found again.
"""

from __future__ import annotations

import contextlib
import os
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from motcua.record_keeping import Damage

SHORTEST_ISSUE_BYTES = 200
"""No line of an issued number is shorter: so many bytes of damage hide at most one number."""
LONGEST_GAP_BYTES = 1024
"""No command of one event is longer: if more than it is unwritten, more than it is lost."""
_HEAD_BYTES = 9
"""Checksum and space before the text."""
_START = re.compile(rb"[0-9a-f]{8} (?=[\[{])")
_SEVERAL = re.compile(rb"[0-9a-f]{8} \[")
_CONTROL = re.compile(rb"[\x00-\x1f]")
_UNWRITTEN = b"\0"
"""What a file system shows where it has not written yet; no text of ours holds it."""


def to_line(documents: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the documents of one command as one checksummed line."""
    text = msgspec.json.encode(documents[0] if len(documents) == 1 else documents)
    return b"%08x %s\n" % (zlib.crc32(text), text)


def from_line(line: bytes) -> list[dict[str, Any]]:
    """Return the documents of a line without its newline; none when it is damaged."""
    text = line[_HEAD_BYTES:]
    if line[:_HEAD_BYTES] != b"%08x " % zlib.crc32(text):
        return []
    with contextlib.suppress(msgspec.DecodeError):
        told = msgspec.json.decode(text)
        if isinstance(told, dict):
            return [told] if isinstance(told.get("seq"), int) else []
        if isinstance(told, list) and all(isinstance(one, dict) and "seq" in one for one in told):
            return told
    return []


@dataclass(slots=True)
class Scan:
    """One reading of a day file from its start."""

    path: Path
    damage: list[Damage] = field(default_factory=list)
    """Damaged places met so far."""
    kept_bytes: int = 0
    """Everything before this stays."""
    ends_open: bool = False
    """Whether what stays has lost its last newline."""
    last_seq: int = 0
    """Number of the last sound record, 0 when there is none before."""
    _after_damage: bool = False

    def documents(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield line number and document of the sound records."""
        with self.path.open("rb") as lines:
            size = os.fstat(lines.fileno()).st_size
            for number, line in enumerate(lines, start=1):
                end = self.kept_bytes + len(line)
                whole = line.endswith(b"\n")
                documents = from_line(line[:-1]) if whole else []
                if not documents and end >= size and self._unfinished(line):
                    return
                self.kept_bytes, self.ends_open = end, not whole
                self._after_damage = not documents
                for document in documents or self._found_again(number, line.removesuffix(b"\n")):
                    self.last_seq = document["seq"]
                    yield number, document

    def _unfinished(self, end: bytes) -> bool:
        """Return whether the last bytes may be one write that the power cut short.

        If they may be more, numbers that were given may be hidden in them: cut, they would be given
        again.
        """
        if any(map(from_line, _pieces(end.removesuffix(b"\n")))):
            return bool(from_line(end.rstrip(_UNWRITTEN)))
        if _begins_a_line(end):
            return True
        if self._after_damage:
            return False
        if _UNWRITTEN in end:
            return bool(_SEVERAL.match(end)) or end.count(_UNWRITTEN) <= LONGEST_GAP_BYTES
        return not end.endswith(b"\n") and len(end) < SHORTEST_ISSUE_BYTES

    def _found_again(self, number: int, line: bytes) -> Iterator[dict[str, Any]]:
        """Tell what is damaged in a line; yield what is sound in it all the same."""
        spoilt = 0
        for piece in _pieces(line):
            documents = from_line(piece)
            if documents:
                self._tell(number, spoilt)
                yield from documents
                spoilt = 0
            else:
                spoilt += len(piece)
        self._tell(number, spoilt)

    def _tell(self, number: int, size: int) -> None:
        if size:
            # One byte is the newline between two sound lines: nothing is hidden in it.
            hides = max(1, size // SHORTEST_ISSUE_BYTES) if size > 1 else 0
            self.damage.append(
                Damage(
                    self.path.name, number, cut=False, bytes_lost=size, after=self.last_seq,
                    records=hides,
                )
            )  # fmt: skip


def _pieces(line: bytes) -> Iterator[bytes]:
    """Yield a line cut where another may begin; a byte that stood for a newline comes alone."""
    cuts = [0, *(start.start() for start in _START.finditer(line)), len(line)]
    for first, last in pairwise(cuts):
        piece = line[first:last]
        if from_line(piece[:-1]):
            yield piece[:-1]
            yield piece[-1:]
        elif piece:
            yield piece


def _begins_a_line(end: bytes) -> bool:
    """Return whether bytes may be written by us and go on; a newline ends a line."""
    if not _START.match(end) or _CONTROL.search(end):
        return False
    try:
        end.decode()
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True
