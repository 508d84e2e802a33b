"""One row of a Visits CSV: from text to a leg, or to what is wrong with it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from math import isfinite

from motcua.day_table import LEFT, Leg
from motcua.queue.errors import Detail
from motcua.reports.period import CENTURIES

_TIMES = ("issued_at", "called_at", "started_at", "finished_at")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HOUR_ALONE = re.compile(r"[0-9]{1,2}:")
_DECIMAL = re.compile(r"[0-9]+(\.[0-9]*)?")
_UNCERTAIN = {"": False, "no": False, "yes": True}
_LONGEST_DAY = timedelta(days=2)
_NAMED_COUNTERS = 1000
"""Counters with a name instead of a number are numbered on from here, as they appear."""
_SHOWN = 40
_Times = tuple[datetime, datetime | None, datetime | None, datetime | None]


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
        self._places = {name: place for place, name in reversed(list(enumerate(columns)))}
        self._zone = zone
        self._seconds_form: bool | None = None
        self._counters: dict[str, int] = {}
        self._last: dict[tuple[str, str], tuple[int, str]] = {}

    def read(self, row: int, cells: Sequence[str]) -> Leg | Problem:
        """Return the leg in a row, or the problem with it."""
        try:
            return self._leg(
                {
                    name: cells[place].strip() if place < len(cells) else ""
                    for name, place in self._places.items()
                }
            )
        except _WrongRowError as error:
            return Problem(row, error.sentence, {"row": row, **error.details})

    def _leg(self, cells: dict[str, str]) -> Leg:
        day = _day(cells["day"])
        uncertain = _uncertain(cells.get("uncertain", ""))
        # Across a restart the wall clock may have been wrong: such times need not be in order.
        issued, called, started, finished = self._times(day, cells, ordered=not uncertain)
        outcome = cells.get("outcome", "")
        spans = {
            "wait": (_number(cells, "wait_s"), issued, called),
            "way": (None, called, started),
            "service": (_number(cells, "service_s"), started, finished),
            "left": (None, issued, finished if outcome in LEFT and called is None else None),
            "centre": (None, issued, finished),
        }
        seconds = {name: _span(*span) for name, span in spans.items()}
        # In an uncertain row only what was written as measured can be relied on.
        derived = (name for name, span in spans.items() if span[0] is None)
        unsure = (name for name in derived if uncertain and seconds[name] is not None)
        return Leg(
            day.isoformat(), _needed(cells, "ticket"), self._leg_number(day, cells, outcome),
            _needed(cells, "service"), cells.get("procedure") or None,
            cells.get("priority") or None, cells.get("purpose") or None,
            issued, called, started, finished, self._counter(cells.get("counter", "")), outcome,
            _whole(cells, "ahead"), _whole(cells, "low_s"), _whole(cells, "high_s"),
            seconds["wait"], seconds["way"], seconds["service"], seconds["left"],
            uncertain, seconds["centre"], tuple(unsure),
        )  # fmt: skip

    def _times(self, day: date, cells: dict[str, str], *, ordered: bool) -> _Times:
        times = {name: self._time(day, name, cells.get(name, "")) for name in _TIMES}
        issued = times["issued_at"]
        if issued is None:
            raise _WrongRowError("%(column)s is empty.", column="issued_at")
        known = [(name, at) for name, at in times.items() if at is not None]
        for (earlier, before), (later, after) in pairwise(known):
            if ordered and after < before:
                raise _WrongRowError(
                    "%(later)s is before %(earlier)s.", later=later, earlier=earlier
                )
        # A log without calls: the start is the first that is known of the counter's turn.
        called = times["called_at"] or times["started_at"]
        return issued, called, times["started_at"], times["finished_at"]

    def _time(self, day: date, column: str, text: str) -> datetime | None:
        if not text:
            return None
        in_seconds = _DECIMAL.fullmatch(text) is not None
        if self._seconds_form is None:
            self._seconds_form = in_seconds
        if in_seconds is not self._seconds_form:
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
        if abs(at.date() - day) > _LONGEST_DAY:
            raise _WrongRowError("%(column)s is not on the day of the row.", column=column)
        return at

    def _since_midnight(self, day: date, seconds: float) -> datetime | None:
        if timedelta(seconds=min(seconds, 1e9)) >= _LONGEST_DAY:
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

    def _leg_number(self, day: date, cells: dict[str, str], outcome: str) -> int:
        """Return 2 for the row after a transferred one with its number, and so on."""
        key = (day.isoformat(), cells["ticket"])
        before = self._last.get(key)
        leg = before[0] + 1 if before and before[1] == "transferred" else 1
        self._last[key] = (leg, outcome)
        return leg

    def _counter(self, text: str) -> int | None:
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) < 4:  # noqa: PLR2004 - below the named
            return int(text)
        return self._counters.setdefault(text, _NAMED_COUNTERS + len(self._counters) + 1)


def _day(text: str) -> date:
    with contextlib.suppress(ValueError):
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
        if day and day.year in CENTURIES:
            return day
    raise _WrongRowError("%(value)s is no date: write YYYY-MM-DD.", value=text[:_SHOWN])


def _needed(cells: dict[str, str], column: str) -> str:
    if not cells[column]:
        raise _WrongRowError("%(column)s is empty.", column=column)
    return cells[column]


def _number(cells: dict[str, str], column: str) -> float | None:
    text = cells.get(column, "")
    if not text:
        return None
    if not _DECIMAL.fullmatch(text) or not isfinite(float(text)):
        raise _WrongRowError(
            "%(column)s: %(value)s is no number from 0 up.", column=column, value=text[:_SHOWN]
        )
    return float(text)


def _whole(cells: dict[str, str], column: str) -> int | None:
    number = _number(cells, column)
    return None if number is None else round(number)


def _uncertain(text: str) -> bool:
    if text.lower() not in _UNCERTAIN:
        raise _WrongRowError("uncertain is %(value)s: write yes or no.", value=text[:_SHOWN])
    return _UNCERTAIN[text.lower()]


def _span(told: float | None, start: datetime | None, end: datetime | None) -> float | None:
    if told is not None:
        return told
    return None if start is None or end is None else (end - start).total_seconds()
