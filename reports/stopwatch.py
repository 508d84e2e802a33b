"""A stopwatch sheet: waits noted by hand before there was a machine, read from CSV.

A row a person: `day`, `came_at`, then `called_at`, or `left_at` for whoever went away uncalled, and
if wanted `service` and `finished_at`; headings in Vietnamese or English, other columns are not
read. Nothing is half read: one row that cannot be right refuses the sheet.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from io import StringIO

from motcua.catalogue.spelling import phrase
from motcua.day_table import DayTable, Leg
from motcua.queue.rules import Rules
from motcua.reports.compare_days import Scope
from motcua.reports.period import Period, ReportError
from motcua.reports.stopwatch_row import COLUMNS, Came, WrongRowError, read_row
from motcua.reports.visits_row import Problem

MOST_BYTES = 1024 * 1024
MOST_ROWS = 20_000
"""A clerk who notes two hundred people a day is busy for half a year."""
_TOLD = 20
"""Problems a refusal tells at most."""
_NAMES = {
    "day": ("day", "date", "ngày"),
    "came_at": ("came at", "came", "arrived at", "arrived", "giờ đến", "đến lúc", "giờ lấy số"),
    "called_at": ("called at", "called", "giờ gọi", "giờ được gọi", "gọi lúc", "được gọi lúc"),
    "left_at": (
        "left at",
        "left",
        "left uncalled at",
        "giờ về",
        "giờ bỏ về",
        "bỏ về lúc",
        "bỏ về",
        "ra về lúc",
    ),
    "service": ("service", "dịch vụ"),
    "finished_at": ("finished at", "finished", "giờ xong", "xong lúc", "giờ hoàn tất"),
}
"""Column → its headings."""
_COLUMN = {phrase(name): column for column, names in _NAMES.items() for name in names}
"""A heading without marks → the column."""
_NEEDED = ("day", "came_at", "called_at")
_WORKBOOK = b"PK"
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class SheetError(ReportError):
    """Rows of a sheet cannot be right. `problems` has the first of them, in the sheet's order."""

    def __init__(self, problems: Sequence[Problem], count: int) -> None:
        """Tell the first problem, and how many rows have one."""
        first = problems[0]
        super().__init__("sheet.invalid", first.sentence, **first.details, count=count)
        self.problems = tuple(problems)
        self.count = count


@dataclass(frozen=True)
class Sheet:
    """A stopwatch sheet, as days to compare with."""

    name: str
    rows: tuple[Came, ...]
    zone: tzinfo

    @property
    def period(self) -> Period:
        """From its first day to its last."""
        days = [row.day for row in self.rows]
        return Period(min(days), max(days))

    @property
    def days(self) -> tuple[DayTable, ...]:
        """Its days, each with the people who came."""
        by_day: dict[date, list[Came]] = {}
        for row in self.rows:
            by_day.setdefault(row.day, []).append(row)
        return tuple(
            DayTable(day.isoformat(), tuple(_legs(rows, self.zone)))
            for day, rows in sorted(by_day.items())
        )

    @property
    def scope(self) -> Scope:
        """The weekdays and hours in which people came, and the services if every row names one."""
        hours: dict[int, set[int]] = {}
        for row in self.rows:
            hours.setdefault(row.day.isoweekday(), set()).add(row.came.hour)
        services = frozenset(row.service for row in self.rows)
        return Scope(
            {weekday: frozenset(found) for weekday, found in hours.items()},
            frozenset() if "" in services else services, self.zone,
        )  # fmt: skip

    def to_bytes(self) -> bytes:
        """Return the sheet as it is kept: the columns that are read, and no others."""
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(row.cells for row in self.rows)
        return text.getvalue().encode()


def read_sheet(data: bytes, name: str, rules: Rules, today: date) -> Sheet:
    """Return a sheet.

    Args:
        data: the file.
        name: what it is called.
        rules: the centre's services and its zone.
        today: no day of the sheet may be later.

    Raises:
        SheetError: `sheet.invalid`: rows cannot be right.
        ReportError: `sheet.unreadable`, `sheet.too_large`, `sheet.columns`, `sheet.empty`.
    """
    rows: list[Came] = []
    problems: list[Problem] = []
    services = _services(rules)
    for place, cells in _cells(_text(data, name), name):
        if place > MOST_ROWS:
            raise _too_large(name)
        try:
            rows.append(read_row(cells, services, today))
        except WrongRowError as error:
            problems.append(Problem(place, error.sentence, {"row": place, **error.details}))
    if problems:
        raise SheetError(problems[:_TOLD], len(problems))
    if not rows:
        raise ReportError("sheet.empty", "%(file)s has no row: nobody came.", file=name)
    return Sheet(name, tuple(rows), rules.hours.zone)


def _text(data: bytes, name: str) -> str:
    if len(data) > MOST_BYTES:
        raise _too_large(name)
    if data.startswith(_WORKBOOK):
        sentence = "%(file)s is a workbook: save it as “CSV UTF-8” first."
        raise ReportError("sheet.unreadable", sentence, file=name)
    try:
        return data.decode("utf-16" if data.startswith(_WIDE) else "utf-8-sig")
    except UnicodeDecodeError as error:
        sentence = "%(file)s is not text in UTF-8: save it as “CSV UTF-8”."
        raise ReportError("sheet.unreadable", sentence, file=name) from error


def _too_large(name: str) -> ReportError:
    sentence = "%(file)s is too large: a sheet has at most %(rows)s rows."
    return ReportError("sheet.too_large", sentence, file=name, rows=MOST_ROWS)


def _cells(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (number of the row, column → text) of each row that is not blank.

    Raises:
        ReportError: `sheet.unreadable`, `sheet.columns`.
    """
    lines = text.splitlines()
    columns: list[str] | None = None
    delimiter = max(",;\t", key=next(filter(str.strip, lines), "").count)
    rows = csv.reader(lines, delimiter=delimiter)
    try:
        for cells in rows:
            stripped = [" ".join(cell.split()) for cell in cells]
            if not any(stripped):
                continue
            if columns is None:
                columns = _columns(stripped, name)
            else:
                yield rows.line_num, dict(zip(columns, stripped, strict=False))
    except csv.Error as error:
        sentence = "%(file)s cannot be read: %(why)s."
        raise ReportError("sheet.unreadable", sentence, file=name, why=str(error)) from error
    if columns is None:
        raise ReportError("sheet.empty", "%(file)s has no row: nobody came.", file=name)


def _columns(heads: Iterable[str], name: str) -> list[str]:
    columns = [_COLUMN.get(phrase(head), "") for head in heads]
    missing = [column for column in _NEEDED if column not in columns]
    twice = [column for column in _NAMES if columns.count(column) > 1]
    if missing or twice:
        sentence = "%(file)s lacks the columns, or has them twice: %(columns)s."
        wrong = ", ".join([*missing, *twice])
        raise ReportError("sheet.columns", sentence, file=name, columns=wrong)
    return columns


def _services(rules: Rules) -> Mapping[str, str]:
    """Return what each service may be called, in small letters → its letter."""
    return {
        name.casefold(): letter
        for letter, service in rules.services.items()
        for name in (letter, service.name_vi, service.name_en)
        if name
    }


def _legs(rows: Iterable[Came], zone: tzinfo) -> Iterator[Leg]:
    for place, row in enumerate(sorted(rows, key=lambda row: row.came), 1):
        came = datetime.combine(row.day, row.came, zone)
        called, left, finished = (
            None if at is None else datetime.combine(row.day, at, zone)
            for at in (row.called, row.left, row.finished)
        )
        wait, gone, stay = (
            None if end is None else (end - came).total_seconds()
            for end in (called, left, finished)
        )
        yield Leg(
            row.day.isoformat(), f"{place:03}", 1, row.service, None, None, None, came, called,
            None, finished or left, None, "cancelled" if left else "done" if finished else "",
            None, None, None, wait, None, None, gone, False, stay,  # noqa: FBT003 - a plain row
        )  # fmt: skip
