"""The archive: days to report on. Closed days come from their tables, the running one from office.

A table is believed as long as the journal's mark of that day is the one it was made under;
otherwise it is made again from the journal.
"""

from __future__ import annotations

import logging
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

from motcua import day_table
from motcua.day_table import DayTable
from motcua.home import write_atomic
from motcua.journal.disk import Disk
from motcua.month_table import MonthTable
from motcua.months import MonthError, Months
from motcua.queue.day import Day
from motcua.record_keeping import Journal

logger = logging.getLogger(__name__)


class Archive:
    """Every business day as a table of legs, and the months of which only sums are left."""

    _months: Months | None = None
    _progress: Callable[[], object] = staticmethod(lambda: None)

    def __init__(
        self,
        journal: Journal,
        folder: Path | None = None,
        today: Callable[[], AbstractContextManager[Day]] | None = None,
        months: Months | None = None,
        progress: Callable[[], object] = lambda: None,
    ) -> None:
        """Read days from `journal`.

        Args:
            journal: holds the facts.
            folder: where tables of closed days are kept; None keeps none.
            today: lends the running day (`Office.today`); None reads it from the journal too.
            months: those kept as sums; None: all days have rows.
            progress: called for every day that was read.
        """
        self._journal = journal
        self._folder = folder
        self._today = today
        self._months = months
        self._progress = progress
        self._running: tuple[tuple[str, int], DayTable] | None = None

    def days(self, first: date, last: date) -> Iterator[DayTable]:
        """Yield the calendar days from `first` to `last`, both included, that have rows.

        Rows that are in a month's sums and have not gone yet are left out.
        """
        held: DayTable | None = None
        taken = self._months.taken() if self._months else {}
        for table in self._near(first.isoformat(), last.isoformat()):
            self._progress()
            for part in table.by_date():
                if not first.isoformat() <= part.day <= last.isoformat():
                    continue
                if part.day[:7] in taken.get(table.day, ()):
                    continue
                if held and held.day != part.day:
                    yield held
                    held = None
                held = held.with_more(part) if held else part
        if held:
            yield held

    def reduced_months(self, first: date, last: date) -> list[str]:
        """Return the months of which only sums are left and that have a day from `first` to `last`.

        `YYYY-MM`, oldest first.
        """
        months = (first.isoformat()[:7], last.isoformat()[:7])
        names = self._months.names() if self._months else []
        return [name for name in names if months[0] <= name <= months[1]]

    def month(self, name: str) -> MonthTable:
        """Return the sums of a month of which only they are left.

        Raises:
            MonthError: they cannot be read.
        """
        if self._months is None:
            raise MonthError(name, "no sums are kept")
        return self._months.table(name)

    def _near(self, first: str, last: str) -> Iterator[DayTable]:
        """Yield the business days that may hold something of these dates, oldest first.

        Business days lie in the order of their dates, but where the clock was wrong one may be
        named before or after its own: so past both ends one looks until a day has nothing of it.
        """
        names = self._journal.days()
        begin, end = bisect_left(names, first), bisect_right(names, last)
        earlier: list[DayTable] = []
        while begin > 0 and (table := self.day(names[begin - 1])).dates_held[-1] >= first:
            earlier.append(table)
            begin -= 1
        yield from reversed(earlier)
        yield from map(self.day, names[begin + len(earlier) : end])
        while end < len(names) and (table := self.day(names[end])).dates_held[0] <= last:
            yield table
            end += 1

    def business_days(self, first: date, last: date) -> Iterator[DayTable]:
        """Yield the business days, whole, that have a date from `first` to `last`."""
        dates = first.isoformat(), last.isoformat()
        for table in self._near(*dates):
            if any(dates[0] <= date <= dates[1] for date in table.dates_held):
                yield table

    def day(self, name: str) -> DayTable:
        """Return the table of a business day, the running one's as it is now."""
        running = self.running()
        return running if running and running.day == name else self.table(name)

    def tables(self) -> list[str]:
        """Return the business days of which a table is kept."""
        return [path.stem for path in self._folder.glob("*.json")] if self._folder else []

    def table(self, day: str) -> DayTable:
        """Return the table of a day in the journal; keep it when the day is closed."""
        mark = self._journal.mark(day)
        kept = self._kept(day)
        if kept and kept[1] == mark:
            return kept[0]
        table = day_table.from_records(day, self._journal.read(day))
        if table.complete:
            self._keep(table, mark)
        return table

    def forget(self, day: str) -> None:
        """Remove the table of a day, for good, and then its rows in the journal.

        Raises:
            OSError, JournalError: the disk refused.
        """
        path = self._path(day)
        if path and path.exists():
            Disk().remove(path)
        self._journal.forget(day)

    def verify(self, day: str) -> bool:
        """Return whether the table kept of a day says what its journal says.

        A day without a table, or with one the journal has outgrown, is in order: the next report
        makes it anew.
        """
        kept = self._kept(day)
        if kept is None or kept[1] != self._journal.mark(day):
            return True
        return kept[0] == day_table.from_records(day, self._journal.read(day))

    def running(self) -> DayTable | None:
        """Return the table of the running day, made anew only when something happened."""
        if self._today is None:
            return None
        with self._today() as day:
            seen = (day.date, day.seq)
            if self._running and self._running[0] == seen:
                return self._running[1]
            # Tickets are frozen: copying the lists is all that must happen under the lock.
            copy = Day(
                day.date, seq=day.seq, closed=day.closed, tickets=dict(day.tickets),
                offsets=dict(day.offsets), begun=dict(day.begun), dates=dict(day.dates),
                referrals=dict(day.referrals), lost=day.lost,
            )  # fmt: skip
        table = day_table.from_day(copy)
        self._running = (seen, table)
        return table

    def _path(self, day: str) -> Path | None:
        return self._folder and self._folder / f"{day}.json"

    def _kept(self, day: str) -> tuple[DayTable, str] | None:
        path = self._path(day)
        if path is None or not path.exists():
            return None
        try:
            return day_table.from_bytes(path.read_bytes())
        except (OSError, ValueError) as error:
            logger.warning("the table of %s is made again: %s", day, error)
            return None

    def _keep(self, table: DayTable, mark: str) -> None:
        path = self._path(table.day)
        if path is None:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(path, day_table.to_bytes(table, mark))
        except OSError as error:
            logger.warning("the table of %s could not be kept: %s", table.day, error)
