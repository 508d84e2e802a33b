"""Whether the journal can be trusted: every line of every day, read and never repaired."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from motcua.journal.codec import to_record
from motcua.journal.lines import Scan
from motcua.journal.tiny import TinyJournal
from motcua.month_table import Source
from motcua.queue.day import Day
from motcua.queue.fold import apply
from motcua.queue.record import Record
from motcua.record_keeping import Damage


@dataclass(slots=True)
class DayReport:
    """What was found in one day's file."""

    day: str
    events: int = 0
    """Sound records."""
    first_seq: int = 0
    last_seq: int = 0
    closed: bool = False
    damage: list[Damage] = field(default_factory=list)
    """Damaged lines; they were kept once, and are passed over now."""
    torn_bytes: int = 0
    """A record that was being written when the power went, or is being written this moment."""
    cut_bytes: int = 0
    """What was cut at earlier starts for the same reason; nobody was told it was kept."""
    gaps: list[tuple[int, int]] = field(default_factory=list)
    """Numbers of events that are missing, first and last of each gap."""
    misplaced: list[int] = field(default_factory=list)
    """Numbers of records that belong to another day or come out of order."""
    odd: list[int] = field(default_factory=list)
    """Numbers of records that do not follow from those before them."""
    agrees: bool = True
    """Whether the table kept of the closed day says the same."""

    @property
    def sound(self) -> bool:
        """Whether nothing that was ever kept is missing or contradicts itself."""
        return self.agrees and not (self.damage or self.gaps or self.misplaced or self.odd)

    def line(self) -> str:
        """Return the day in one line, for a person."""
        events = f"{self.events} events" + (
            f" {self.first_seq}–{self.last_seq}" * bool(self.events)
        )
        state = "closed" if self.closed else "open"
        return f"{self.day}  {events}, {state}: {'; '.join(self._findings()) or 'sound'}"

    def _findings(self) -> Iterator[str]:
        for damage in self.damage:
            yield f"line {damage.line} is damaged ({damage.bytes_lost} bytes), passed over"
        for first, last in self.gaps:
            yield (
                f"events {first}–{last} are missing"
                if last > first
                else f"event {first} is missing"
            )
        if self.misplaced:
            yield f"out of place: {_listed(self.misplaced)}"
        if self.odd:
            yield f"does not follow from what came before: {_listed(self.odd)}"
        if not self.agrees:
            yield "the table of visits says otherwise: delete it, it is made again"
        if self.torn_bytes:
            yield f"{self.torn_bytes} bytes at the end are unfinished: cut at the next start"
        if self.cut_bytes:
            yield f"{self.cut_bytes} bytes of unfinished records were cut at earlier starts"


def verify(
    folder: Path,
    agrees: Callable[[str], bool] = lambda _: True,
    gone: Mapping[str, Source] | None = None,
) -> list[DayReport]:
    """Read the whole journal in `folder` and report on each day, oldest first.

    Args:
        folder: where the day files lie; one that is not there has no days.
        agrees: whether the table kept of a day says what its journal says.
        gone: days whose rows may be gone, because months hold their sums.
    """
    reports: list[DayReport] = []
    if not folder.is_dir():
        return reports
    last_seq = 0
    there, sums = TinyJournal(folder).days(), gone or {}
    for day in sorted({*there, *sums}):
        if day not in there:
            last_seq = max(last_seq, sums[day].last_seq)
            continue
        report = _verify_day(folder / f"{day}.jsonl", day, last_seq)
        report.agrees = agrees(day)
        last_seq = max(last_seq, report.last_seq)
        reports.append(report)
    return reports


def _verify_day(path: Path, date: str, last_seq: int) -> DayReport:
    report = DayReport(date)
    day = Day(date, seq=last_seq)
    scan = Scan(path)
    for line, document in scan.documents():
        try:
            _read(report, day, to_record(document))
        except ValueError:
            size = len(str(document))
            report.damage.append(Damage(path.name, line, cut=False, bytes_lost=size))
    report.damage += scan.damage
    report.odd = sorted(day.skipped + day.forced)
    report.closed = day.closed
    report.torn_bytes = path.stat().st_size - scan.kept_bytes
    cut = path.with_suffix(".cut")
    report.cut_bytes = cut.stat().st_size if cut.exists() else 0
    return report


def _read(report: DayReport, day: Day, record: Record) -> None:
    if record.day != report.day or record.seq <= day.seq:
        report.misplaced.append(record.seq)
        return
    if record.seq > day.seq + 1:
        report.gaps.append((day.seq + 1, record.seq - 1))
    apply(day, record)
    report.events += 1
    report.first_seq = report.first_seq or record.seq
    report.last_seq = record.seq


def _listed(seqs: list[int]) -> str:
    shown = ", ".join(map(str, seqs[:5]))
    return shown + (f" and {len(seqs) - 5} more" if len(seqs) > 5 else "")  # noqa: PLR2004
