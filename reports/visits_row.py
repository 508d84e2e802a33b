"""One row of a Visits CSV: from text to a leg, or to what is wrong with it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from math import isfinite
from typing import NamedTuple

from motcua.day_table import INTERVALS, LEFT, Leg
from motcua.queue.errors import Detail
from motcua.reports.period import CENTURIES

_TIMES = ("issued_at", "called_at", "started_at", "finished_at")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HOUR_ALONE = re.compile(r"[0-9]{1,2}:")
_DECIMAL = re.compile(r"[0-9]+(\.[0-9]*)?")
_UNCERTAIN = {"": False, "no": False, "yes": True}
_LONGEST_DAY = timedelta(days=2)
_LONGEST_DAY_S = _LONGEST_DAY.total_seconds()
_GOES_ON = "transferred"
_NAMED_COUNTERS = 1000
"""Counters with a name instead of a number are numbered on from here, as they appear."""
_SHOWN = 40
_Times = tuple[datetime, datetime | None, datetime | None, datetime | None]


class _Cells(NamedTuple):
    """The cells of a row that are read; empty where the file has no such column."""

    day: str
    ticket: str
    service: str
    procedure: str
    priority: str
    purpose: str
    issued_at: str
    called_at: str
    started_at: str
    finished_at: str
    counter: str
    outcome: str
    ahead: str
    low_s: str
    high_s: str
    wait_s: str
    service_s: str
    uncertain: str


_READ = _Cells._fields


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row; `sentence` is English with places filled from `details`."""

    row: int
    sentence: str
    details: dict[str, Detail]

    def __str__(self) -> str:
        """Return the sentence."""
        return self.sentence % self.details


class _WrongRowError(Exception):
    def __init__(self, sentence: str, **details: Detail) -> None:
        super().__init__(sentence)
        self.sentence = "Row %(row)s: " + sentence
        self.details = details


class RowReader:
    """Reads the rows of one file, one after the other."""

    def __init__(self, columns: Sequence[str], zone: tzinfo) -> None:
        """Read rows with these columns; times without an offset are of `zone`."""
        places = {name: place for place, name in reversed(list(enumerate(columns)))}
        missing = len(columns)  # every row is given one empty cell more
        self._width = len(columns)
        self._places = [places.get(name, missing) for name in _READ]
        self._zone = zone
        self._seconds_form: bool | None = None
        self._day = ("", date.min)
        self._counters: dict[str, int] = {}
        self._transferred: dict[tuple[str, str], int] = {}
        """Day and number → the leg that ended so: only these are gone on with."""

    def read(self, row: int, cells: Sequence[str]) -> Leg | Problem:
        """Return the leg in a row, or the problem with it."""
        full = [cell.strip() for cell in cells[: self._width]]
        full += [""] * (self._width + 1 - len(full))
        try:
            return self._leg(_Cells._make([full[place] for place in self._places]))
        except _WrongRowError as error:
            return Problem(row, error.sentence, {"row": row, **error.details})

    def _leg(self, cells: _Cells) -> Leg:
        if cells.day != self._day[0]:
            self._day = cells.day, _day(cells.day)
        day = self._day[1]
        uncertain = _uncertain(cells.uncertain)
        # Across a restart the wall clock may have been wrong: such times need not be in order.
        times = self._times(day, cells, ordered=not uncertain)
        issued, called, started, finished = times
        told = _number(cells, "wait_s"), _number(cells, "service_s")
        wait_s = _span(told[0], issued, called)
        service_s = _span(told[1], started, finished)
        left = finished if called is None and cells.outcome in LEFT else None
        way_s, left_s = _span(None, called, started), _span(None, issued, left)
        centre_s = _span(None, issued, finished)
        return Leg(
            cells.day, _needed(cells, "ticket"), self._leg_number(cells),
            _needed(cells, "service"), cells.procedure or None, cells.priority or None,
            cells.purpose or None, issued, called, started, finished,
            self._counter(cells.counter) if cells.counter else None, cells.outcome,
            _whole(cells, "ahead"), _whole(cells, "low_s"), _whole(cells, "high_s"),
            wait_s, way_s, service_s, left_s, uncertain, centre_s,
            _unsure(told, (wait_s, way_s, service_s, left_s, centre_s)) if uncertain else (),
        )  # fmt: skip

    def _times(self, day: date, cells: _Cells, *, ordered: bool) -> _Times:
        issued = self._time(day, "issued_at", cells.issued_at)
        if issued is None:
            raise _WrongRowError("%(column)s is empty.", column="issued_at")
        called = self._time(day, "called_at", cells.called_at)
        started = self._time(day, "started_at", cells.started_at)
        finished = self._time(day, "finished_at", cells.finished_at)
        times = issued, called, started, finished
        if ordered:
            _assert_ordered(times)
        # A log without calls: the start is the first that is known of the counter's turn.
        return issued, called or started, started, finished

    def _time(self, day: date, column: str, text: str) -> datetime | None:
        if not text:
            return None
        in_seconds = ":" not in text and _DECIMAL.fullmatch(text) is not None
        if self._seconds_form not in (None, in_seconds):
            raise _WrongRowError(
                "%(column)s is written in another form than the rows before: use ISO 8601 or "
                "seconds since midnight, one of them in the whole file.", column=column,
            )  # fmt: skip
        at = self._since_midnight(day, float(text)) if in_seconds else self._iso(day, text)
        if at is None:
            raise _WrongRowError(
                "%(column)s: %(value)s is no time: write ISO 8601 or seconds since midnight.",
                column=column, value=text[:_SHOWN],
            )  # fmt: skip
        self._seconds_form = in_seconds
        date_of = at.date()
        if date_of != day and abs(date_of - day) > _LONGEST_DAY:
            raise _WrongRowError("%(column)s is not on the day of the row.", column=column)
        return at

    def _since_midnight(self, day: date, seconds: float) -> datetime | None:
        if seconds >= _LONGEST_DAY_S:
            return None
        return datetime.combine(day, time.min, self._zone) + timedelta(seconds=seconds)

    def _iso(self, day: date, text: str) -> datetime | None:
        try:
            if _HOUR_ALONE.match(text):
                padded = text if text[1] != ":" else f"0{text}"
                at = datetime.combine(day, time.fromisoformat(padded))
            elif "T" in text or ":" in text:
                at = datetime.fromisoformat(text)
            else:
                return None
        except ValueError:
            return None
        return at if at.tzinfo else at.replace(tzinfo=self._zone)

    def _leg_number(self, cells: _Cells) -> int:
        """Return 2 for the row after a transferred one with its number, and so on."""
        if not self._transferred and cells.outcome != _GOES_ON:
            return 1
        key = cells.day, cells.ticket
        leg = self._transferred.pop(key, 0) + 1
        if cells.outcome == _GOES_ON:
            self._transferred[key] = leg
        return leg

    def _counter(self, text: str) -> int:
        if text.isascii() and text.isdigit() and len(text) < 4:  # noqa: PLR2004 - below the named
            return int(text)
        return self._counters.setdefault(text, _NAMED_COUNTERS + len(self._counters) + 1)


def _assert_ordered(times: _Times) -> None:
    known = [(name, at) for name, at in zip(_TIMES, times, strict=True) if at is not None]
    for (earlier, before), (later, after) in pairwise(known):
        if after < before:
            raise _WrongRowError("%(later)s is before %(earlier)s.", later=later, earlier=earlier)


def _unsure(
    told: tuple[float | None, float | None], seconds: tuple[float | None, ...]
) -> tuple[str, ...]:
    """Return the intervals an uncertain row cannot be relied on for: all that it does not tell."""
    wait_s, service_s = told
    derived = (wait_s is None, True, service_s is None, True, True)
    return tuple(
        name
        for name, value, unsure in zip(INTERVALS, seconds, derived, strict=True)
        if unsure and value is not None
    )


def _day(text: str) -> date:
    with contextlib.suppress(ValueError):
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
        if day and day.year in CENTURIES:
            return day
    raise _WrongRowError("%(value)s is no date: write YYYY-MM-DD.", value=text[:_SHOWN])


def _needed(cells: _Cells, column: str) -> str:
    text: str = getattr(cells, column)
    if not text:
        raise _WrongRowError("%(column)s is empty.", column=column)
    return text


def _number(cells: _Cells, column: str) -> float | None:
    text: str = getattr(cells, column)
    if not text:
        return None
    if not _DECIMAL.fullmatch(text) or not isfinite(float(text)):
        raise _WrongRowError(
            "%(column)s: %(value)s is no number from 0 up.", column=column, value=text[:_SHOWN]
        )
    return float(text)


def _whole(cells: _Cells, column: str) -> int | None:
    number = _number(cells, column)
    return None if number is None else round(number)


def _uncertain(text: str) -> bool:
    if text in _UNCERTAIN:
        return _UNCERTAIN[text]
    if text.lower() not in _UNCERTAIN:
        raise _WrongRowError("uncertain is %(value)s: write yes or no.", value=text[:_SHOWN])
    return _UNCERTAIN[text.lower()]


def _span(told: float | None, start: datetime | None, end: datetime | None) -> float | None:
    if told is not None:
        return told
    return None if start is None or end is None else (end - start).total_seconds()
