"""A range of days, as asked for and as stepped through: day, week, month, quarter, year."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.queue.errors import Detail, QueueError

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = 10
CENTURIES = range(1900, 2200)
"""Years a day may lie in: others are slips of the pen."""
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
SPANS = ("day", "week", *_MONTHS)
"""Lengths of time a report is usually asked for."""


class ReportError(QueueError):
    """A report cannot be made as asked: a wrong date, range, format or file.

    Answered as 422 on screens and by the API, told as one sentence by the command line.
    """

    def __init__(self, code: str, sentence: str, **details: Detail) -> None:
        """Keep the code, the sentence and what it is about."""
        super().__init__(code, sentence, "invalid", **details)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """How many calendar days it has."""
        return (self.last - self.first).days + 1

    def holds(self, day: date) -> bool:
        """Return whether `day` lies in it."""
        return self.first <= day <= self.last

    @property
    def span(self) -> str | None:
        """Which of `SPANS` it is exactly; None for any other range."""
        return next((span for span in SPANS if around(self.first, span) == self), None)

    def stepped(self, steps: int) -> Period:
        """Return the period `steps` further on (negative: back), of the same span or length."""
        span = self.span
        if span in _MONTHS:
            return around(_months_on(self.first, steps * _MONTHS[span]), span)
        move = timedelta(days=self.length * steps)
        return Period(self.first + move, self.last + move)


def around(day: date, span: str) -> Period:
    """Return the day, week (from Monday), month, quarter or year that holds `day`."""
    if span == "day":
        return Period(day, day)
    if span == "week":
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + timedelta(days=6))
    months = _MONTHS[span]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(first, _months_on(first, months) - timedelta(days=1))


def asked(first: str, last: str) -> Period:
    """Return the period two texts `YYYY-MM-DD` ask for.

    Raises:
        ReportError: `date.invalid` or `range.invalid`.
    """
    period = Period(day_asked(first), day_asked(last))
    if period.first > period.last:
        sentence = "The range begins on %(first)s, after its end on %(last)s: exchange the two."
        raise ReportError("range.invalid", sentence, first=first, last=last)
    if _months_on(period.first, 12 * _YEARS) <= period.last:
        sentence = "A report covers at most %(years)s years: ask for a shorter range."
        raise ReportError("range.invalid", sentence, years=_YEARS)
    return period


def day_asked(text: str) -> date:
    """Return the day a text `YYYY-MM-DD` asks for.

    Raises:
        ReportError: `date.invalid`.
    """
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or day.year not in CENTURIES:
        sentence = "%(value)s is no date: write a day of the calendar as YYYY-MM-DD."
        raise ReportError("date.invalid", sentence, value=text[:40])
    return day


def _months_on(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
