"""Rows go after so many months, their sums stay.

This deletes what nothing can make again, so:

1. A month's sums are written, made durable and read back. From then on it is read from them.
2. Its rows go day by day, tables first. A power cut between any two steps loses and doubles
   nothing: what is left goes the next time.

A month is due when it is older than the limit before the latest closed day, and when as many
later months have days: so a clock that is years ahead makes at most one month go early. While the
date of the last days is not certain nothing goes, and by itself one month at most a closed day.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from motcua.day_table import DayTable
from motcua.month_table import MonthTable, Source
from motcua.months import MonthError, Months, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from motcua.archive import Archive
    from motcua.record_keeping import Journal

logger = logging.getLogger(__name__)

Summed = Callable[[str, list[DayTable]], MonthTable]
"""Makes the sums of a month from its days."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How it stands with the rows."""

    rows_months: int
    """How long rows are kept; 0: for good."""
    months: tuple[str, ...]
    """Months of which only sums are left, oldest first."""
    oldest: str
    """Month of the oldest rows; empty when there are none."""
    goes_on: date | None
    """The day from which they may go; None: never, or there are none."""


class Retention:
    """Replaces the rows of old months by their sums."""

    def __init__(
        self, journal: Journal, archive: Archive, months: Months, rows_months: int, summed: Summed
    ) -> None:
        """Look after the rows in `journal`; nothing is read or removed yet.

        Args:
            journal: has the rows.
            archive: reads them as tables.
            months: keeps the sums.
            rows_months: how many months rows are kept; 0: for good.
            summed: makes the sums of a month from its days.
        """
        self._journal = journal
        self._archive = archive
        self._months = months
        self._rows_months = rows_months
        self._summed = summed
        self._seen = ""

    def stand(self) -> Stand:
        """Return how it stands with the rows."""
        names = self._journal.days()
        oldest = min(self._months_of(names[0])) if names else ""
        goes_on = _after(oldest, self._rows_months + 1) if oldest and self._rows_months else None
        return Stand(self._rows_months, tuple(self._months.names()), oldest, goes_on)

    def due(self) -> list[str]:
        """Return the months whose rows may go, oldest first."""
        closed = self._latest_closed()
        if not self._rows_months or closed is None:
            return []
        kept, latest = set(self._months.names()), _number(closed.dates_held[-1][:7])
        found = set(chain.from_iterable(map(self._months_of, self._old_days())))
        return sorted(
            month for month in found - kept if latest - _number(month) > self._rows_months
        )

    def look_after(self) -> str:
        """Once a day let the rows of one month go, if they are due; return the month.

        Raises:
            OSError, JournalError, MonthError: the disk refused; nothing is lost.
        """
        name = max(self._journal.days(), default="")
        closed = self._latest_closed() if name != self._seen else None
        if closed is None:
            return ""
        self.sweep()
        was_today = any(heading.closed == closed.day for heading in self._months.headings())
        due = [] if was_today else self.due()
        for month in due[:1]:
            self._take(month, closed.day)
        self._seen = name
        return due[0] if due else ""

    def take_due(self) -> Iterator[str]:
        """Let the rows of all months go that are due, one after another; yield each when done.

        Raises:
            OSError, JournalError, MonthError: the disk refused; nothing is lost.
        """
        self.sweep()
        closed = self._latest_closed()
        for month in self.due() if closed else []:
            self._take(month, closed.day if closed else "")
            yield month

    def _take(self, month: str, closed: str) -> None:
        first, last = whole(month)
        sources = [self._source(table) for table in self._archive.business_days(first, last)]
        sums = self._summed(month, list(self._archive.days(first, last)))
        self._months.put(sums, closed, sources)
        logger.info("%s is kept as sums from now on", month)
        self.sweep()

    def sweep(self) -> None:
        """Let go of all rows that are in sums.

        Raises:
            OSError, JournalError: the disk refused; the rest goes the next time.
        """
        *earlier, _ = self._journal.days() or [""]
        there = {*earlier, *self._archive.tables()}
        for day, source in self._months.gone().items():
            if day not in there:
                continue
            if self._journal.mark(day) not in {"", source.mark}:
                logger.error("rows of %s are others than those in the sums: they stay", day)
            elif self._can_be_read(source.months):
                self._archive.forget(day)

    def _can_be_read(self, months: Sequence[str]) -> bool:
        try:
            for month in months:
                self._months.table(month)
        except MonthError as error:
            logger.error("rows stay: %s", error)  # noqa: TRY400 - no trace wanted
            return False
        return True

    def _latest_closed(self) -> DayTable | None:
        """Return the day before the last; None when there is none or the time is not certain."""
        last = [self._archive.day(name) for name in self._journal.days()[-2:]]
        certain = not any(table.undated for table in last)
        return last[0] if len(last) > 1 and certain else None

    def _old_days(self) -> Iterator[str]:
        """Yield the days after which more months than the limit are named."""
        names = self._journal.days()
        later = {name[:7] for name in names}
        for name in names:
            later.discard(name[:7])
            if len(later) <= self._rows_months:
                return
            yield name

    def _months_of(self, day: str) -> set[str]:
        return {date[:7] for date in self._archive.table(day).dates_held}

    def _source(self, table: DayTable) -> Source:
        records = self._journal.read(table.day)
        first = next(records, None)
        at = first.at if first else None
        first_seq = first.seq if first else 0
        return Source(
            table.day, tuple(sorted(self._months_of(table.day))), self._journal.mark(table.day),
            first_seq, max((record.seq for record in records), default=first_seq),
            at.boot if at else "", at.mono if at else 0.0,
        )  # fmt: skip


def _number(month: str) -> int:
    year, place = month.split("-")
    return int(year) * 12 + int(place) - 1


def _after(month: str, months: int) -> date:
    year, place = divmod(_number(month) + months, 12)
    return whole(f"{year:04}-{place + 1:02}")[0]
