"""Forecast against actual: how often the wait told at issue was kept, and by how much it missed.

Of legs that were told a range from low to high at issue and whose wait is known:
  inside  = low ≤ wait ≤ high        shorter = wait < low        longer = wait > high
  share   = inside ÷ (inside + shorter + longer + left longer)
  width   = median of high − low
  missed by = median of low − wait (shorter) and of wait − high (longer, called)
Whoever left uncalled after more than `high` would have waited longer still: a range not kept (left
longer). Whoever left sooner is in no part: nobody knows when they would have been called.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from motcua.reports.columns import Columns, Key, Part
from motcua.reports.repeated import Held
from motcua.reports.spread import FEWEST, hide_few_people, quantile
from motcua.reports.table import Column, Few, Kind, Table, Value

if TYPE_CHECKING:
    from motcua.reports.wording import Wording

MISSES = ("told_width", "told_early", "told_late")
AIM = 0.8
"""A told range is meant to hold for so many of all people."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What was told at issue, against what came. Numbers are None when they are not told."""

    inside: int
    shorter: int
    longer: int
    """Called after more than the longest wait told."""
    left_longer: int
    """Left uncalled after more than the longest wait told."""
    left_sooner: int
    """Left uncalled sooner: counted, and in no share."""
    width_s: float | None
    shorter_by_s: float | None
    """Median of those who were called sooner than told; None when they are fewer than five."""
    longer_by_s: float | None

    @property
    def n(self) -> int:
        """How many told ranges came to a known end."""
        return self.inside + self.shorter + self.longer + self.left_longer

    @property
    def share(self) -> float | None:
        """How many of them were kept, 0 … 1."""
        return self.inside / self.n if self.n else None

    @property
    def hidden(self) -> bool:
        """Whether it is of too few to be told in a row of a table."""
        return 0 < self.n < FEWEST


@dataclass(frozen=True, slots=True)
class Forecasts:
    """The forecasts of a period."""

    every: Forecast
    by_service: Mapping[str, Forecast]
    """Services in which something was told."""


def _seconds() -> array[float]:
    return array("d")


@dataclass(slots=True)
class ToldRanges:
    """What is known of told ranges, one by one, in seconds."""

    widths: array[float] = field(default_factory=_seconds)
    inside: int = 0
    early: array[float] = field(default_factory=_seconds)
    late: array[float] = field(default_factory=_seconds)
    left_longer: int = 0
    left_sooner: int = 0

    def add(self, low_s: float, high_s: float, wait_s: float, left_s: float) -> None:
        """Count a leg; a wait below zero was not measured, `left_s` below zero: did not leave."""
        if wait_s < 0:
            self.left_longer += left_s > high_s
            self.left_sooner += 0 <= left_s <= high_s
            if left_s <= high_s:
                return
        elif wait_s < low_s:
            self.early.append(low_s - wait_s)
        elif wait_s > high_s:
            self.late.append(wait_s - high_s)
        else:
            self.inside += 1
        self.widths.append(high_s - low_s)

    def join(self, more: ToldRanges) -> None:
        """Count those of other legs, too."""
        self.widths.extend(more.widths)
        self.inside += more.inside
        self.early.extend(more.early)
        self.late.extend(more.late)
        self.left_longer += more.left_longer
        self.left_sooner += more.left_sooner

    def misses(self) -> Iterator[tuple[str, array[float]]]:
        """Yield widths and misses by the names months keep them under, ascending, one by one."""
        for name, values in zip(MISSES, (self.widths, self.early, self.late), strict=True):
            yield name, array("d", sorted(values))

    def forecast(self, held: Held) -> Forecast:
        """Return what is told of them and of those that months hold."""
        (_, width_s), (shorter, shorter_by_s), (longer, longer_by_s) = (
            _count_and_median(held.with_rows(name, values)) for name, values in self.misses()
        )
        return Forecast(
            self.inside + held.told["inside"], shorter, longer,
            self.left_longer + held.told["left_longer"],
            self.left_sooner + held.told["left_sooner"],
            width_s, shorter_by_s if shorter >= FEWEST else None,
            longer_by_s if longer >= FEWEST else None,
        )  # fmt: skip


def forecasts(columns: Columns) -> Forecasts:
    """Return the forecasts of a period."""
    every, by_service = ToldRanges(), {}
    for letter, part in sorted(columns.parts("service", columns.services).items(), key=_letter):
        ranges = told_ranges(columns, part.places)
        every.join(ranges)
        told = ranges.forecast(part.held)
        if told.n or told.left_sooner:
            by_service[str(letter)] = told
    return Forecasts(every.forecast(columns.held_total), by_service)


def _letter(part: tuple[Key, Part]) -> str:
    return str(part[0])


def told_ranges(columns: Columns, places: Sequence[int]) -> ToldRanges:
    """Return what was told to these legs, where it is known what came."""
    tally, low, high = ToldRanges(), columns.told["low"], columns.told["high"]
    wait, left = columns.legs["wait"], columns.legs["left"]
    for place in [place for place in places if 0 <= low[place] <= high[place]]:
        tally.add(low[place], high[place], wait[place], left[place])
    return tally


def _count_and_median(values: Sequence[float]) -> tuple[int, float | None]:
    return len(values), quantile(values, 0.5) if values else None


def table(told: Forecasts, wording: Wording) -> Table:
    """Return what was told against what came, of all and by service."""
    letters = list(wording.rules.services)

    def place(letter: str) -> int:
        return letters.index(letter) if letter in letters else len(letters)

    rows = [(wording.say("All services"), *_row(told.every))] if told.by_service else []
    if len(told.by_service) > 1:
        for letter in sorted(told.by_service, key=place):
            one = told.by_service[letter]
            sooner = hide_few_people(one.left_sooner)
            last = Few.HIDDEN if sooner is None else sooner
            row = _HIDDEN_ROW if one.hidden else (*_row(one)[:-1], last)
            rows.append((wording.service(letter), *row))
    title = wording.say("Waits told and waits that came")
    note = wording.say(_NOTE, aim=wording.percent(AIM))
    return Table("forecast", title, _table_columns(wording), tuple(rows), note)


_NOTE = (
    "A told range is meant to hold for %(aim)s of the people. Whoever left uncalled after more "
    "than the longest wait told counts as later; whoever left before that is in no share."
)


def _table_columns(wording: Wording) -> tuple[Column, ...]:
    many, missed = wording.say("share of told waits"), wording.say("missed by, median minutes")
    return (
        Column("", Kind.TEXT),
        Column(wording.say("waits told")),
        *(Column(wording.say(name), Kind.PERCENT, many) for name in ("kept", "sooner", "later")),
        Column(wording.say("median width, minutes"), Kind.MINUTES),
        *(Column(wording.say(name), Kind.MINUTES, missed) for name in ("sooner", "later")),
        Column(wording.say("left first, in no share")),
    )


_HIDDEN_ROW: tuple[Value, ...] = (Few.HIDDEN, *(None,) * 7)


def _row(one: Forecast) -> tuple[Value, ...]:
    if not one.n:
        return (0, *(None,) * 6, one.left_sooner)
    return (
        one.n, one.share, one.shorter / one.n, (one.longer + one.left_longer) / one.n,
        one.width_s, one.shorter_by_s, one.longer_by_s, one.left_sooner,
    )  # fmt: skip
