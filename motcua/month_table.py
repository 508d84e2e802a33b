"""A month as sums: what is left of it when its rows are gone, and the file that keeps it.

The file is two lines, `HOME/months/YYYY-MM.json`, each a CRC-32 in hexadecimal and JSON:

1. the heading: `v` form of the file, `month`, `closed` the latest closed day when it was made, and
   `sources`, the business days whose rows are in it;
2. the sums: cells of at least five legs a table, each with a histogram of every interval.

It is no cache: nothing can make it again once the rows are gone. So a later version must read
every earlier form.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable
from math import ceil, fsum

import msgspec

VERSION = 1
"""Form of the file and meaning of its fields."""
BIN_S = 30
"""Width of a bin. Every quantile is right to half of it; a share within whole or half minutes is
exact, for a bin holds its upper end and not its lower."""
_SUM_BYTES = 9

Key = str | int | tuple[int, int]
"""Name of a cell, as in `motcua.reports.columns`."""


class Times(msgspec.Struct, frozen=True, array_like=True):
    """Durations, each known to half a bin; their sum is exact."""

    sum_s: float
    bins: dict[int, int]
    """Bin → how many durations. Bin b holds (b − 1) · 30 s < x ≤ b · 30 s."""

    @property
    def n(self) -> int:
        """How many durations."""
        return sum(self.bins.values())


NO_TIMES = Times(0.0, {})


class Tally(msgspec.Struct, frozen=True):
    """The legs of one cell."""

    n: int
    ends: dict[str, int]
    """How they ended, as `Leg.outcome`."""
    times: dict[str, Times]
    """Interval (`wait`, `way`, `service`, `left`) → those that were measured. In the total and by
    service `told_width`, `told_early`, `told_late`, too: see `motcua.reports.forecast`."""
    told: dict[str, int] = {}
    """The same → told ranges `inside`, `left_longer`, `left_sooner`."""


class CounterLoad(msgspec.Struct, frozen=True):
    """What a counter had to do in the month; see `motcua.reports.columns.Load`."""

    counter: int
    legs: int
    busy_s: float
    open_s: float
    open_legs: int
    open_busy_s: float


class Source(msgspec.Struct, frozen=True):
    """A business day whose rows are in the month; no two days share the moment they began."""

    day: str
    months: tuple[str, ...]
    """Months its rows belong to: more than one where a clock was wrong. Its rows may go when all
    of them hold it."""
    mark: str
    """What the journal held of it (`Journal.mark`)."""
    first_seq: int
    last_seq: int
    boot: str
    mono: float
    """Boot and monotonic time of its first record."""


class Heading(msgspec.Struct, frozen=True):
    """The first line."""

    v: int
    month: str
    closed: str
    sources: tuple[Source, ...]


class MonthTable(msgspec.Struct, frozen=True):
    """The sums of one calendar month. Small cells are in the totals only."""

    month: str
    days: tuple[str, ...]
    """Dates with records."""
    undated: tuple[str, ...]
    damaged: tuple[str, ...]
    total: Tally
    cells: dict[str, list[tuple[Key, Tally]]]
    """Table (`service`, `hour`, `day`, …) → its cells of at least five legs."""
    visits: dict[str, Times]
    """Interval (`wait`, `service`, `centre`) → sums over the legs of each visit."""
    visit_ends: dict[str, int]
    uncertain: int
    unsure: dict[str, int]
    loads: tuple[CounterLoad, ...]
    referrals: int
    """People told to go elsewhere."""
    referred: list[tuple[str, str, int]]
    """(procedure, place, people), at least five each."""
    papers: int
    """Times a paper was found missing."""
    missing: list[tuple[str, str, int]]
    """(procedure, paper, people), at least five each."""
    referred_on: dict[str, int]
    """Date → people told to go elsewhere."""
    hours: list[tuple[int, int, float, int]]
    """ISO weekday, hour, seconds counters were open in it, legs on days whose open hours are
    known."""
    open_s: dict[str, float]
    """Date → seconds counters were open."""


class _Form(msgspec.Struct):
    v: int


_read_form = msgspec.json.Decoder(_Form)
_read_heading = msgspec.json.Decoder(Heading)
_read_table = msgspec.json.Decoder(MonthTable)


def times(durations: Iterable[float]) -> Times:
    """Return durations (seconds, not negative) as a histogram."""
    known = list(durations)
    return Times(fsum(known), dict(sorted(Counter(ceil(s / BIN_S) for s in known).items())))


def middle_s(place: int) -> float:
    """Return the duration that stands for those of a bin, in seconds."""
    return max(0.0, (place - 0.5) * BIN_S)


def to_bytes(table: MonthTable, closed: str, sources: Iterable[Source]) -> bytes:
    """Return the file of a month."""
    heading = Heading(VERSION, table.month, closed, tuple(sources))
    return _sealed(msgspec.json.encode(heading)) + _sealed(msgspec.json.encode(table))


def heading_of(line: bytes) -> Heading:
    """Return the heading in the first line of a file.

    Raises:
        ValueError: damaged, or of a newer version.
    """
    text = _opened(line)
    try:
        form = _read_form.decode(text).v
        if form > VERSION:
            raise ValueError(f"written by a newer version (form {form})")
        return _read_heading.decode(text)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error


def from_bytes(data: bytes) -> tuple[MonthTable, Heading]:
    """Return the month in a file, and its heading.

    Raises:
        ValueError: damaged, or of a newer version.
    """
    first, _, second = data.partition(b"\n")
    heading = heading_of(first)
    try:
        return _read_table.decode(_opened(second)), heading
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error


def _sealed(text: bytes) -> bytes:
    return b"%08x %s\n" % (zlib.crc32(text), text)


def _opened(line: bytes) -> bytes:
    text = line.rstrip(b"\n")[_SUM_BYTES:]
    if line[:_SUM_BYTES] != b"%08x " % zlib.crc32(text):
        raise ValueError("damaged: its checksum is another")
    return text
