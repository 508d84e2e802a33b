"""An export of the national one-stop system, read for one answer and kept nowhere.

Only days, channel, state and procedure are looked at. The codes of dossiers serve to find one that
stands there twice, as numbers that cannot be turned back, and are forgotten with the file.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import IO

from motcua.queue.rules import Rules
from motcua.reports.dossier_due import DueDays
from motcua.reports.dossier_row import Picked, RowReader
from motcua.reports.dossier_sheet import Row, open_rows
from motcua.reports.dossiers import Dossier, Tally, tally
from motcua.reports.period import Period, ReportError
from motcua.reports.visits_row import Problem

_TOLD = 20
"""Problems a refusal tells at most."""
_MOST_PROCEDURES = 5_000
_MASK = 2**64 - 1


class DossiersError(ReportError):
    """Rows of a file cannot be right. `problems` has the first of them, in the file's order."""

    def __init__(self, problems: Sequence[Problem], count: int) -> None:
        """Tell the first problem, and how many rows have one."""
        first = problems[0]
        super().__init__("dossiers.invalid", first.sentence, **first.details, count=count)
        self.problems = tuple(problems)
        self.count = count


@dataclass(frozen=True, slots=True)
class File:
    """What there is to say about a file that was read."""

    name: str
    dossiers: int
    not_received: int
    """Rows of dossiers that were only filed, or not taken: in no figure."""
    derived: int
    """Due days reckoned from the catalogue's limits."""
    has_codes: bool
    """False: nobody could look for dossiers that stand there twice."""
    has_channel: bool


def read_export(
    file: IO[bytes], name: str, period: Period, as_of: date, rules: Rules
) -> tuple[Tally, File]:
    """Count the dossiers of an export; a million rows take one pass and some dozen megabytes.

    Args:
        file: open for reading, at its beginning.
        name: what to call it.
        period: whose report this is.
        as_of: the day at whose end dossiers are looked at.
        rules: hold the catalogue and the centre's calendar.

    Raises:
        DossiersError: `dossiers.invalid`: rows cannot be right; nothing is counted.
        ReportError: `dossiers.unreadable`, `dossiers.columns` or `dossiers.too_large`.
    """
    header, rows = open_rows(file, name)
    dues = DueDays(rules.procedures, rules.hours)
    reader = RowReader(header.places, rules.procedures, dues, rules.hours)
    reading = _Reading(reader, rows)
    counts = tally(reading.dossiers(), period, as_of)
    reading.refuse_wrong(name)
    return counts, File(
        name, reading.count, reading.not_received, reader.derived,
        "code" in header.places, "channel" in header.places,
    )  # fmt: skip


class _Reading:
    """Goes through the rows once and remembers what was wrong."""

    def __init__(self, reader: RowReader, rows: Iterator[Row]) -> None:
        self._reader = reader
        self._rows = rows
        self._seen, self._places = array("Q"), array("L")
        self._labels: set[str] = set()
        self._problems: list[Problem] = []
        self._wrong = 0
        self.count = 0
        self.not_received = 0

    def dossiers(self) -> Iterator[Dossier]:
        """Yield the dossiers of the rows that can be right."""
        for row, cells in self._rows:
            picked = self._reader.pick(cells)
            if picked is None:
                continue
            self._remember(row, picked)
            found = self._reader.read(row, picked)
            if isinstance(found, Problem):
                self._wrong += 1
                if len(self._problems) < _TOLD:
                    self._problems.append(found)
                continue
            if found is None:
                self.not_received += 1
                continue
            self.count += 1
            if len(self._labels) <= _MOST_PROCEDURES:
                self._labels.add(found.procedure)
                yield found

    def _remember(self, row: int, picked: Picked) -> None:
        code = picked.get("code")
        if code:
            self._seen.append(hash(str(code).casefold()) & _MASK)
            self._places.append(row)

    def refuse_wrong(self, name: str) -> None:
        """Refuse the file when any of its rows cannot be right.

        Raises:
            DossiersError: tells the first rows and how many there are.
            ReportError: `dossiers.columns`: the column of procedures holds something else.
        """
        twice, again = self._twice()
        told = sorted([*self._problems, *twice], key=lambda one: one.row)[:_TOLD]
        if told:
            raise DossiersError(told, self._wrong + again)
        if len(self._labels) > _MOST_PROCEDURES:
            sentence = (
                "%(file)s names more than %(n)s different procedures: is it the right column?"
            )
            raise ReportError("dossiers.columns", sentence, file=name, n=_MOST_PROCEDURES)

    def _twice(self) -> tuple[list[Problem], int]:
        """Return the first rows whose dossier stands in the file already, and how many there are.

        Two codes have one number once in some hundred million files of a million rows.
        """
        again = {one for one, following in pairwise(sorted(self._seen)) if one == following}
        first: dict[int, int] = {}
        found: list[Problem] = []
        count = 0
        for code, row in zip(self._seen, self._places, strict=True) if again else ():
            if code not in again or first.setdefault(code, row) == row:
                continue
            count += 1
            if len(found) < _TOLD:
                sentence = "Row %(row)s: the dossier stands in row %(before)s already."
                found.append(Problem(row, sentence, {"row": row, "before": first[code]}))
        return found, count
