"""A day as reports read it: its legs, what was told and found, when counters were open; its file.

The file of a closed day is two lines of JSON, `HOME/visits/YYYY-MM-DD.json`:

1. the heading: `v` form of the file, `day` its name, `mark` what the journal held when the table
   was made, `crc` CRC-32 of the second line, `referrals` as [procedure, place, people], `papers` as
   [procedure, paper, people], `spans` as [counter, opened, closed], `dates` the calendar dates,
   `undated` whether one of them is not known, `damaged` whether records are lost;
2. the legs, each an array of the fields of `Leg` in their order.

It is a cache: deleting it costs one reading of that day's journal.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

import msgspec

from motcua.queue.dating import NO_DATE
from motcua.queue.day import CounterState, Day
from motcua.queue.moment import Moment
from motcua.queue.record import Record
from motcua.queue.visits import Visit, visits

VERSION = 3
"""Form of the file and meaning of its fields; a table of another version is made again."""
LEFT = ("missed", "cancelled", "unserved")
"""How a visit ends without service."""
_CLOSING = "CloseDay"


class Leg(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One leg of one visit, as `motcua.queue.visits.Visit`, quick to read by the hundred thousand.

    Times are aware, durations seconds; None when it never happened.
    """

    day: str
    ticket: str
    """The number; legs of one visit share it and the day."""
    leg: int
    service: str
    procedure: str | None
    priority: str | None
    purpose: str | None
    issued_at: datetime
    called_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    """Finish, or when the visitor was found to have left."""
    counter: int | None
    outcome: str
    """An outcome, `missed`, `cancelled`, `unserved`, `transferred`; empty when still open."""
    ahead: int | None
    low_s: int | None
    high_s: int | None
    wait_s: float | None
    way_s: float | None
    service_s: float | None
    left_after_s: float | None
    """For those who left without being called: how long they had waited by then."""
    uncertain: bool
    centre_s: float | None
    """Time in the centre: from the issue of this leg to its end."""
    unsure: tuple[str, ...] = ()
    """Which of `wait`, `way`, `service`, `left`, `centre` could not be measured."""

    def measured(self, interval: str) -> float | None:
        """Return the seconds of `wait`, `way`, …; None when there are none to be relied on."""
        if self.uncertain and interval in self.unsure:
            return None
        if interval == "service" and self.outcome in LEFT:
            return None  # begun and set aside, never finished: no service time
        seconds: float | None = getattr(self, FIELDS[interval])
        return seconds


FIELDS = {
    "wait": "wait_s",
    "way": "way_s",
    "service": "service_s",
    "left": "left_after_s",
    "centre": "centre_s",
}
"""What is measured of a leg → the field that holds it."""
INTERVALS = tuple(FIELDS)


class Opening(NamedTuple):
    """A counter was open without a break, and the machine saw all of it."""

    counter: int
    opened_at: datetime
    closed_at: datetime
    """Aware."""

    @property
    def seconds(self) -> float:
        """How long it was open."""
        return (self.closed_at - self.opened_at).total_seconds()


Pairs = Mapping[tuple[str, str], int]
"""(procedure, place or paper) → people."""


@dataclass(frozen=True)
class DayTable:
    """One business day, measured; or what of it belongs to one calendar date."""

    day: str
    """Its name, or the date."""
    legs: tuple[Leg, ...]
    """In the order of issue."""
    referrals: Pairs = field(default_factory=dict)
    """(procedure, place) → people told to go there."""
    papers: Pairs = field(default_factory=dict)
    """(procedure, paper) → people found without it; the procedure is empty when none was stated."""
    spans: tuple[Opening, ...] = ()
    """When counters were open, by the time of opening; none while the day runs."""
    complete: bool = True
    """False while the day runs."""
    dates: tuple[str, ...] = ()
    """Calendar dates its legs belong to, oldest first: none when it is just `day`. They are more
    or others where the clock was wrong when the day was opened."""
    undated: bool = False
    """The clock was known to be wrong and never put right: part of it stands under its name."""
    damaged: bool = False
    """Records of it are lost, because the disk damaged them."""

    @property
    def open_s(self) -> dict[int, float]:
        """Counter → seconds it was open; empty while the day runs."""
        open_s: dict[int, float] = {}
        for span in self.spans:
            open_s[span.counter] = open_s.get(span.counter, 0.0) + span.seconds
        return open_s

    @property
    def dates_held(self) -> tuple[str, ...]:
        """Return the calendar dates its rows belong to, oldest first."""
        return self.dates or (self.day,)

    def by_date(self) -> list[DayTable]:
        """Return a table for every calendar date, oldest first.

        Referrals, papers and counter hours stand with the last: they carry no date of their own.
        """
        if not self.dates:
            return [self]
        tables = []
        for date in self.dates:
            last = date == self.dates[-1]
            legs = tuple(leg for leg in self.legs if leg.day == date)
            table = replace(self, day=date, legs=legs, dates=())
            tables.append(table if last else replace(table, referrals={}, papers={}, spans=()))
        return tables

    def with_more(self, other: DayTable) -> DayTable:
        """Return this table and another one of the same date as one."""
        return DayTable(
            self.day, self.legs + other.legs, _sum(self.referrals, other.referrals),
            _sum(self.papers, other.papers), self.spans + other.spans,
            self.complete and other.complete, undated=self.undated or other.undated,
            damaged=self.damaged or other.damaged,
        )  # fmt: skip


def _sum(some: Pairs, more: Pairs) -> Pairs:
    return dict(Counter(some) + Counter(more))


class _Heading(msgspec.Struct):
    v: int
    day: str
    mark: str
    crc: int
    referrals: list[tuple[str, str, int]]
    papers: list[tuple[str, str, int]]
    spans: tuple[Opening, ...]
    dates: tuple[str, ...] = ()
    undated: bool = False
    damaged: bool = False


_read_heading = msgspec.json.Decoder(_Heading)
_read_legs = msgspec.json.Decoder(tuple[Leg, ...])


def leg(visit: Visit) -> Leg:
    """Return a visit's leg as reports keep it."""
    return Leg(*(getattr(visit, name) for name in Leg.__struct_fields__))


def from_day(day: Day, spans: Iterable[Opening] = ()) -> DayTable:
    """Return the table of a folded day."""
    legs = tuple(leg(visit) for visit in visits(day))
    dates = tuple(dict.fromkeys(day.date_of(boot) or day.date for boot in day.begun))
    return DayTable(
        day.date, legs, dict(day.referrals), dict(Counter(_papers(day))), tuple(sorted(spans,
        key=lambda span: (span.opened_at, span.counter))), day.closed,
        () if dates == (day.date,) else dates, NO_DATE in day.dates.values(),
        damaged=day.lost > 0,
    )  # fmt: skip


def _papers(day: Day) -> Iterator[tuple[str, str]]:
    """Yield each paper somebody was found without; what was taken back is gone from the ticket."""
    for ticket in day.tickets.values():
        if ticket.outcome == "papers_missing":
            yield from ((ticket.procedure or "", paper) for paper in set(ticket.papers))


def from_records(day: str, records: Iterable[Record]) -> DayTable:
    """Fold a day's records into its table.

    A counter is open from record to record while the machine runs, up to the last record before the
    day was closed: a counter somebody forgot to close does not work all night.
    """
    from motcua.queue.fold import apply  # a table that is kept needs no fold

    folded = Day(day)
    open_: dict[int, list[tuple[Moment, Moment]]] = {}
    for record in records:
        last = folded.last
        if last and last.boot == record.at.boot and record.command != _CLOSING:
            for number, counter in folded.counters.items():
                if counter.state is CounterState.OPEN:
                    _go_on(open_.setdefault(number, []), last, record.at)
        apply(folded, record)
    return from_day(folded, [
        Opening(number, folded.true_time(start), folded.true_time(end))
        for number, spans in open_.items()
        for start, end in spans
        if start.mono < end.mono
    ])  # fmt: skip


def _go_on(spans: list[tuple[Moment, Moment]], start: Moment, end: Moment) -> None:
    """Let a counter be open from `start` to `end` too."""
    begun = spans.pop()[0] if spans and spans[-1][1] is start else start
    spans.append((begun, end))


def to_bytes(table: DayTable, mark: str) -> bytes:
    """Return the file of a table; `mark` names what the journal held when it was made."""
    legs = msgspec.json.encode(table.legs)
    heading = _Heading(
        VERSION, table.day, mark, zlib.crc32(legs), _rows(table.referrals), _rows(table.papers),
        table.spans, table.dates, table.undated, table.damaged,
    )  # fmt: skip
    return msgspec.json.encode(heading) + b"\n" + legs


def _rows(pairs: Pairs) -> list[tuple[str, str, int]]:
    return [(*pair, people) for pair, people in sorted(pairs.items())]


def _pairs(rows: list[tuple[str, str, int]]) -> Pairs:
    return {(procedure, thing): people for procedure, thing, people in rows}


def from_bytes(data: bytes) -> tuple[DayTable, str]:
    """Return the table in a file, and the mark it was made under.

    Raises:
        ValueError: damaged, or of another version.
    """
    first, _, second = data.partition(b"\n")
    try:
        heading = _read_heading.decode(first)
        legs = _read_legs.decode(second)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error
    if heading.v != VERSION or heading.crc != zlib.crc32(second):
        raise ValueError("another version, or damaged")
    table = DayTable(
        heading.day, legs, _pairs(heading.referrals), _pairs(heading.papers), heading.spans,
        dates=heading.dates, undated=heading.undated, damaged=heading.damaged,
    )  # fmt: skip
    return table, heading.mark
