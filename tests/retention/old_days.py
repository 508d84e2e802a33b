"""Centres with old days: a few visits a day, told by one line a month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import count
from pathlib import Path

from motcua.archive import Archive
from motcua.clock import SetClock
from motcua.home import Home
from motcua.journal.disk import Disk
from motcua.journal.tiny import TinyJournal
from motcua.months import Months
from motcua.office import Office
from motcua.queue import commands as c
from motcua.reports.measures import Measures
from motcua.reports.period import Period
from motcua.reports.report import report
from motcua.reports.sums import summing
from motcua.retention import Retention
from tests.journal.journal_days import HUE, RULES
from tests.reports.report_days import centre

EVER = Period(date(2024, 1, 1), date(2027, 12, 31))


def eight(day: str) -> datetime:
    """Return eight o'clock of a day."""
    return datetime.combine(date.fromisoformat(day), time(8), HUE)


class Centre:
    """A centre in a folder, whose rows are kept for so many months."""

    def __init__(self, folder: Path, rows_months: int = 1, disk: Disk | None = None) -> None:
        """Open the centre as it is; `disk` is what its journal and its months are written with."""
        self.home = Home(folder)
        self.rows_months = rows_months
        self.journal = TinyJournal(self.home.journal, durable=False, disk=disk)
        self.months = Months(self.home.months, disk or Disk(durable=False))
        self.archive = Archive(self.journal, self.home.visits, months=self.months)
        self.retention = Retention(
            self.journal, self.archive, self.months, rows_months, summing(lambda: RULES)
        )

    def live(self, *days: str, people: int = 6, boot: str = "") -> None:
        """Let so many people come on each of these days, at eight; each waits a minute longer."""
        clock = SetClock(eight(days[0]), boot or f"boot-{days[0]}")
        names = count(1)
        office = Office(self.journal, clock, RULES, lambda: f"{days[0]}-{next(names)}")
        for day in days:
            clock.advance_to(eight(day))
            office.execute(c.OpenCounter(1))
            for _ in range(people):
                office.execute(c.IssueTicket(service="A"))
            for _ in range(people):
                clock.advance(60)
                for act in (c.CallNext(1), c.StartService(1), c.FinishTicket(1, "done")):
                    office.execute(act)
            office.execute(c.CloseDay())
        self.journal.close()

    def measures(self, period: Period = EVER) -> Measures:
        """Return what is measured of a period."""
        return report(self.archive, period, RULES, centre()).measures

    def reduce(self) -> list[str]:
        """Let all rows go that are due; return the months."""
        return list(self.retention.take_due())

    def rows(self) -> list[str]:
        """Return the days that have rows, in the journal or as tables."""
        return sorted({*self.journal.days(), *self.archive.tables()})


def month(first: date, last: date) -> Period:
    """Return the period from one day to another."""
    return Period(first, last)


def people_by(measures: Measures, table: str) -> dict[object, int | None]:
    """Return the people of each cell of a table."""
    return {cell.key: cell.n for cell in measures.by[table]}


def days_of(months: Sequence[str], *places: int) -> list[str]:
    """Return these days of these months."""
    return [f"{month}-{place:02}" for month in months for place in places]
