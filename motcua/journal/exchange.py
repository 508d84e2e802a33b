"""The journal as JSON lines, out and in: one record a line, in the order they happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import msgspec

from motcua.home import replacing
from motcua.journal.codec import to_document, to_record
from motcua.month_table import Source
from motcua.months import holds
from motcua.queue.record import Record
from motcua.record_keeping import Journal, JournalError


class ExchangeError(JournalError):
    """A file cannot be imported; the sentence says why. Nothing was written."""


def export(journal: Journal, file: Path) -> int:
    """Write every sound record to `file`, replacing it when all are written; return how many.

    Raises:
        OSError: the file cannot be written; it is as it was.
    """
    count = 0
    with replacing(file) as lines:
        for day in journal.days():
            for command in _commands(journal.read(day)):
                lines.writelines(msgspec.json.encode(to_document(one)) + b"\n" for one in command)
                count += len(command)
    return count


def import_(
    journal: Journal, file: Path, *, gaps: bool = False, gone: Mapping[str, Source] | None = None
) -> int:
    """Add the records of `file` that the journal has not; return how many.

    1. Read the whole file; refuse it if a line is no record or out of order.
    2. Compare with what is there: the same record is passed over, another one under the same number
       is refused, and so is one that would have to be written before records already there, or
       after records that neither has.
    3. Only then write, a command at a time. If the disk refuses half-way, import again.

    Args:
        journal: is added to.
        file: as `export` writes it.
        gaps: take what is left of a damaged journal: numbers may be missing.
        gone: days whose rows are gone, because months hold their sums: they do not come back.

    Raises:
        ExchangeError: the file is not fit; nothing was written.
        JournalError: the disk refused.
        OSError: the file cannot be read.
    """
    known, seqs = _Known(journal, gone or {}), {}
    for day, records in _by_day(file):
        new = known.new(day, records)
        if new:
            seqs[day] = [record.seq for record in new]
    _check_neighbours(known, file, seqs, gaps=gaps)
    return sum(_add(journal, known.new(day, records)) for day, records in _by_day(file))


def _add(journal: Journal, records: list[Record]) -> int:
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


@dataclass(frozen=True, slots=True)
class _Known:
    """What is there already: records, and days of which months hold the sums."""

    journal: Journal
    gone: Mapping[str, Source]

    def days(self) -> set[str]:
        """Return the days that have records, or had them."""
        return {*self.journal.days(), *self.gone}

    def seqs(self, day: str) -> list[int]:
        """Return the numbers of a day's records; of one that is gone the first and the last."""
        seqs = [record.seq for record in self.journal.read(day)]
        taken = self.gone.get(day)
        return seqs or ([taken.first_seq, taken.last_seq] if taken else [])

    def new(self, day: str, records: Iterator[Record]) -> list[Record]:
        """Return the records of one day that are not known."""
        if day not in self.gone or day in self.journal.days():
            return _new(self.journal, day, records)
        if not holds(self.gone[day], records):
            raise ExchangeError(
                f"Of {day} only sums are left, and they are of other events than these: this file "
                "comes from another centre."
            )
        return []


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


def _check_neighbours(there: _Known, file: Path, new: dict[str, list[int]], *, gaps: bool) -> None:
    """Refuse records whose numbers other days already have, or before which some are missing."""
    last_seq, last_day = 0, ""
    for day in sorted({*there.days(), *new}):
        known, added = there.seqs(day), new.get(day, [])
        seqs = known + added
        if seqs and seqs[0] <= last_seq:
            raise ExchangeError(
                f"{file.name}: {day} begins with event {seqs[0]}, but {last_day} goes up to "
                f"{last_seq}: this file comes from another centre."
            )
        if added and not gaps:
            _check_gaps(file, known[-1] if known else last_seq, added)
        last_seq, last_day = (seqs[-1], day) if seqs else (last_seq, last_day)


def _check_gaps(file: Path, last_seq: int, seqs: list[int]) -> None:
    for seq in seqs:
        if seq > last_seq + 1:
            missing = f"event {seq - 1}" if seq == last_seq + 2 else f"{last_seq + 1}–{seq - 1}"
            raise ExchangeError(
                f"{file.name} goes from event {last_seq} to {seq}, and the journal has no "
                f"{missing} either: add --gaps if damage took what is missing, "
                "or if the rows of those days went and only sums are left."
            )
        last_seq = seq


def _commands(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield the records a command at a time.

    The end of a command may be lost, in a damaged journal or a file that was cut: what is left of
    it is whole from now on.
    """
    command: list[Record] = []
    for record in records:
        if command and (record.seq, record.left) != (command[-1].seq + 1, command[-1].left - 1):
            yield _whole(command)
            command = []
        command.append(record)
    if command:
        yield _whole(command)


def _whole(command: list[Record]) -> list[Record]:
    return [*command[:-1], replace(command[-1], left=0)]
