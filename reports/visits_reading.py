"""The Visits CSV, read: our own files, hand-kept stopwatch sheets, logs of other systems.

Only `day`, `ticket`, `service` and `issued_at` must be there. Times are ISO 8601 (without an offset
they are the centre's; the hour alone, `08:15`, is of the row's day) or seconds since midnight: one
form a file. A row that cannot be right is told with its number, the header being row 1.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import tzinfo
from itertools import chain
from pathlib import Path

from motcua.day_table import Leg
from motcua.reports.period import ReportError
from motcua.reports.visits_row import Problem, RowReader

REQUIRED = ("day", "ticket", "service", "issued_at")
_DELIMITERS = ",;\t"
_TOLD = 20
"""Problems a refusal tells at most."""


class VisitsError(ReportError):
    """Rows of a file cannot be right. `problems` has the first of them, in the file's order."""

    def __init__(self, problems: Sequence[Problem], count: int) -> None:
        """Tell the first problem, and how many rows have one."""
        first = problems[0]
        super().__init__("visits.invalid", first.sentence, **first.details, count=count)
        self.problems = tuple(problems)
        self.count = count


def read_visits(source: Path | Iterable[str], zone: tzinfo) -> list[Leg]:
    """Return the rows of a Visits CSV, in the file's order.

    Args:
        source: a file, or its lines.
        zone: of the centre, for times without an offset.

    Raises:
        VisitsError: `visits.invalid`: rows cannot be right; nothing is returned.
        ReportError: `visits.unreadable` or `visits.columns`: not such a file at all.
    """
    legs: list[Leg] = []
    problems: list[Problem] = []
    count = 0
    for found in scan_visits(source, zone):
        if isinstance(found, Leg):
            legs.append(found)
            continue
        count += 1
        if len(problems) < _TOLD:
            problems.append(found)
    if problems:
        raise VisitsError(problems, count)
    return legs


def scan_visits(
    source: Path | Iterable[str], zone: tzinfo, passed: Callable[[int], object] | None = None
) -> Iterator[Leg | Problem]:
    """Yield each row as a leg, or what is wrong with it; read as it goes.

    Args:
        source: a file, or its lines.
        zone: of the centre, for times without an offset.
        passed: is told how many characters were read, line by line.

    Raises:
        ReportError: `visits.unreadable` or `visits.columns`.
    """
    if not isinstance(source, Path):
        yield from _scan(iter(_counted(source, passed) if passed else source), zone, "CSV")
        return
    try:
        with source.open(encoding="utf-8-sig", newline="") as lines:
            yield from _scan(_counted(lines, passed) if passed else lines, zone, source.name)
    except OSError as error:
        sentence = "%(file)s cannot be read: %(why)s."
        raise ReportError(
            "visits.unreadable", sentence, file=source.name, why=str(error.strerror)
        ) from error
    except UnicodeDecodeError as error:
        sentence = "%(file)s is not text in UTF-8: save it as “CSV UTF-8”."
        raise ReportError("visits.unreadable", sentence, file=source.name) from error


def _counted(lines: Iterable[str], passed: Callable[[int], object]) -> Iterator[str]:
    for line in lines:
        passed(len(line))
        yield line


def _scan(lines: Iterator[str], zone: tzinfo, name: str) -> Iterator[Leg | Problem]:
    first = next(lines, "")
    delimiter = max(_DELIMITERS, key=first.count)
    rows = csv.reader(chain([first.removeprefix("\ufeff")], lines), delimiter=delimiter)
    try:
        columns = [cell.strip().lower() for cell in next(rows)]
        missing = [column for column in REQUIRED if column not in columns]
        if missing:
            sentence = "%(file)s lacks the columns: %(columns)s."
            raise ReportError("visits.columns", sentence, file=name, columns=", ".join(missing))
        reader = RowReader(columns, zone)
        for cells in rows:
            if any(map(str.strip, cells)):
                yield reader.read(rows.line_num, cells)
    except csv.Error as error:
        sentence = "%(file)s cannot be read: %(why)s."
        raise ReportError("visits.unreadable", sentence, file=name, why=str(error)) from error
