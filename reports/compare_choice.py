"""What a report may be compared with: the time before, a year ago, days of one's own, a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from motcua.reports.period import Period, ReportError, around, asked

if TYPE_CHECKING:
    from motcua.reports.wording import Wording

_A_YEAR_OF_WEEKS = timedelta(weeks=52)
SHEET = "sheet:"
"""Before the name of a stopwatch sheet, in an address."""
_NAMES = {
    "none": "No comparison",
    "previous": "The time just before, as long",
    "year": "The same time a year ago",
    "own": "These days:",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One of the things a report may be compared with."""

    value: str
    label: str
    chosen: bool


def a_year_before(period: Period) -> Period:
    """Return the same month, quarter or year one year earlier; else the days 52 weeks earlier.

    Whole weeks keep the weekdays.
    """
    if period.span in ("month", "quarter", "year"):
        return around(date(period.first.year - 1, period.first.month, 1), period.span)
    return Period(period.first - _A_YEAR_OF_WEEKS, period.last - _A_YEAR_OF_WEEKS)


def other_time(args: Mapping[str, str], period: Period) -> tuple[Period | None, str]:
    """Return the other period an address asks for, or the name of the sheet.

    `compare` is one of the values above or `sheet:NAME`; without it, `compare_from` and
    `compare_to` say the days, as they do when it is `own`.

    Raises:
        ReportError: `date.invalid`, `range.invalid` or `compare.unknown`.
    """
    how = args.get("compare", "")
    if how == "none":
        return None, ""
    if how == "previous":
        return period.stepped(-1), ""
    if how == "year":
        return a_year_before(period), ""
    if how.startswith(SHEET):
        return None, how.removeprefix(SHEET)
    if how not in ("", "own"):
        sentence = "%(value)s is nothing to compare with."
        raise ReportError("compare.unknown", sentence, value=how[:40])
    return _own(args, needed=how == "own"), ""


def _own(args: Mapping[str, str], *, needed: bool) -> Period | None:
    first, last = args.get("compare_from"), args.get("compare_to")
    if not first and not last and not needed:
        return None
    if not first or not last:
        sentence = "To compare, give both days of the other time."
        raise ReportError("range.invalid", sentence)
    return asked(first, last)


def options(
    period: Period, other: Period | None, sheet: str, sheets: Sequence[str], wording: Wording
) -> tuple[Option, ...]:
    """Return what may be chosen, with what is.

    Args:
        period: of the report.
        other: what it is compared with.
        sheet: the name of the sheet it is compared with.
        sheets: names of all sheets that are kept.
        wording: the reader's language.
    """
    chosen = f"{SHEET}{sheet}" if sheet else _chosen(period, other)
    return tuple(
        Option(value, label, value == chosen)
        for value, label in _labels(sheets, wording, compares=bool(chosen))
    )


def _labels(
    sheets: Sequence[str], wording: Wording, *, compares: bool
) -> Iterator[tuple[str, str]]:
    for value, name in _NAMES.items():
        # Where nothing is compared yet, days typed without touching the list shall count.
        yield value if value != "none" or compares else "", wording.say(name)
    for name in sheets:
        yield f"{SHEET}{name}", wording.say("Stopwatch sheet “%(name)s”", name=name)


def _chosen(period: Period, other: Period | None) -> str:
    if other is None:
        return ""
    if other == period.stepped(-1):
        return "previous"
    return "year" if other == a_year_before(period) else "own"
