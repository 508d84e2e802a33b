"""The journal as JSON lines, out and in: one record a line, in the order they happened."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import msgspec

from motcua.journal.codec import to_document, to_record
from motcua.office import Journal, JournalError
from motcua.queue.record import Record


class ExchangeError(JournalError):
    """A file cannot be imported; the sentence says why. Nothing was written."""


def export(journal: Journal, file: Path) -> int:
    """Write every record to `file`, replacing it; return how many.

    Raises:
        OSError: the file cannot be written.
    """
    count = 0
    with file.open("wb") as lines:
        for day in journal.days():
            for record in journal.read(day):
                lines.write(msgspec.json.encode(to_document(record)) + b"\n")
                count += 1
        lines.flush()
        os.fsync(lines.fileno())
    return count


def import_(journal: Journal, file: Path) -> int:
    """Add the records of `file` that the journal has not; return how many.

    1. Read the whole file; refuse it if a line is no record or out of order.
    2. Compare with what is there: the same record is passed over, another one under the same number
       is refused, and so is one that would have to be written before records already there.
    3. Only then write, a command at a time. If the disk refuses half-way, import again.

    Raises:
        ExchangeError: the file is not fit; nothing was written.
        JournalError: the disk refused.
        OSError: the file cannot be read.
    """
    seqs = {}
    for day, records in _by_day(file):
        new = _new(journal, day, records)
        if new:
            seqs[day] = (new[0].seq, new[-1].seq)
    _check_neighbours(journal, file, seqs)
    return sum(_add(journal, _new(journal, day, records)) for day, records in _by_day(file))


def _add(journal: Journal, records: Sequence[Record]) -> int:
    for command in _commands(records):
        journal.append(command)
    return len(records)


def _records(file: Path) -> Iterator[Record]:
    """Yield the records of a file.

    Raises:
        ExchangeError: see `import_`.
    """
    previous = None
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            record = _record(f"{file.name}, line {number}", line)
            if previous and not (previous.seq < record.seq and previous.day <= record.day):
                sentence = f"event {record.seq} comes after event {previous.seq}."
                raise ExchangeError(f"{file.name}, line {number}: {sentence}")
            previous = record
            yield record


def _record(place: str, line: bytes) -> Record:
    try:
        return to_record(msgspec.json.decode(line, type=dict))
    except (ValueError, msgspec.MsgspecError) as error:
        raise ExchangeError(f"{place}: {error}.") from error


def _by_day(file: Path) -> Iterator[tuple[str, Iterator[Record]]]:
    return groupby(_records(file), attrgetter("day"))


def _new(journal: Journal, day: str, records: Iterator[Record]) -> list[Record]:
    """Return the records of one day that the journal has not."""
    there = {record.seq: record for record in journal.read(day)}
    new = []
    for record in records:
        known = there.get(record.seq)
        if known is None:
            new.append(record)
        elif replace(known, left=record.left) != record:
            raise ExchangeError(
                f"Event {record.seq} of {day} says something else in the journal: "
                "this file comes from another centre."
            )
    last = max(there, default=0)
    if new and new[0].seq <= last:
        raise ExchangeError(
            f"Event {new[0].seq} of {day} is not in the journal, but event {last} is: "
            "a journal is only added to at its end."
        )
    return new


def _check_neighbours(journal: Journal, file: Path, new: dict[str, tuple[int, int]]) -> None:
    """Refuse records whose numbers other days already have."""
    last_seq, last_day = 0, ""
    for day in sorted({*journal.days(), *new}):
        seqs = [*(record.seq for record in journal.read(day)), *new.get(day, ())]
        if seqs and seqs[0] <= last_seq:
            raise ExchangeError(
                f"{file.name}: {day} begins with event {seqs[0]}, but {last_day} goes up to "
                f"{last_seq}: this file comes from another centre."
            )
        last_seq, last_day = (seqs[-1], day) if seqs else (last_seq, last_day)


def _commands(records: Sequence[Record]) -> Iterator[list[Record]]:
    """Yield the records a command at a time.

    The end of a command may be lost in the journal the file was made from: what is left of it is
    whole from now on.
    """
    command: list[Record] = []
    for record in records:
        command.append(record)
        if not record.left:
            yield command
            command = []
    if command:
        yield [*command[:-1], replace(command[-1], left=0)]
