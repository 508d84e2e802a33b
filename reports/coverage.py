"""What a report counted, and what it could not: days, and intervals that were not measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from motcua.reports.table import Column, Kind, Table

if TYPE_CHECKING:
    from motcua.queue.hours import Hours
    from motcua.reports.measures import Measures
    from motcua.reports.period import Period
    from motcua.reports.wording import Wording

INTERVALS = {
    "wait": "wait not measured",
    "way": "way not measured",
    "service": "service time not measured",
    "left": "time until leaving not measured",
    "centre": "time in the centre not measured",
}
"""Interval → how it is told that it could not be measured."""
_A_DAY = timedelta(days=1)
_NAMED = 12
"""Days a note names; the rest is counted."""


def days_without_records(days: Sequence[str], hours: Hours) -> tuple[str, ...]:
    """Return the working days between the first and the last of `days` that are not among them.

    Args:
        days: those with records, ascending, `YYYY-MM-DD`.
        hours: of the centre: they tell which days are worked.
    """
    if not days:
        return ()
    first, last = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
    there = set(days)
    return tuple(
        day.isoformat()
        for day in _between(first, last)
        if day.isoformat() not in there and hours.shifts(day)
    )


def ends_short(days: Sequence[str], period: Period, hours: Hours) -> tuple[date, date] | None:
    """Return the first and last of `days` when working days of `period` lie outside of them.

    A running year is not told as a whole one, nor one in which the records began late.
    """
    if not days:
        return None
    first, last = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
    outside = chain(_between(period.first, first), _between(last + _A_DAY, period.last + _A_DAY))
    return (first, last) if any(map(hours.shifts, outside)) else None


def _between(first: date, end: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((end - first).days))


def table(measures: Measures, wording: Wording) -> Table:
    """Return what was counted and what was not, with the days in question."""
    reserved = _reserved(measures, wording.rules.hours)
    rows = [
        (wording.say("Days with records"), len(measures.days)),
        *(
            (wording.say("Days: %(what)s", what=wording.say(what)), len(days))
            for what, days in reserved.items()
        ),
        (wording.say("Waits begun (legs)"), measures.legs),
        (wording.say("Legs with a time that could not be measured"), measures.uncertain),
        *(
            (wording.say("Legs: %(what)s", what=wording.say(name)), measures.unsure[interval])
            for interval, name in INTERVALS.items()
            if interval in measures.unsure
        ),
    ]
    columns = (Column("", Kind.TEXT), Column(wording.say("count")))
    named = [_named(wording.say(what), days, wording) for what, days in reserved.items() if days]
    title = wording.say("What was counted, and what was not")
    of_sums = [_of_sums(measures.summed[-1], wording)] if measures.summed else []
    note = " ".join([wording.say(_HOW), *named, *of_sums])
    return Table("coverage", title, columns, tuple(rows), note)


_HOW = (
    "Days not over yet, of uncertain date or with records lost are in the figures, and named "
    "here; the comparison of two periods and the open hours leave running days out. An "
    "interval that was not measured is in no figure."
)


def _reserved(measures: Measures, hours: Hours) -> dict[str, Sequence[str]]:
    """Return what is to be said of days → the days it is said of."""
    of_sums = [day for day in measures.days if day[:7] in measures.summed]
    return {
        "not over yet": measures.running,
        "date not certain": measures.undated,
        "records lost": measures.damaged,
        "only sums are left": of_sums,
        "worked by the calendar, but nothing recorded": days_without_records(measures.days, hours),
    }


def _of_sums(last: str, wording: Wording) -> str:
    return wording.say(
        "Of months up to %(last)s only sums are left: their medians and 9-in-10 figures are right "
        "to 15 seconds, cells of fewer than five people in a month are in the totals only, and "
        "parts that need single visits (staffing, dossiers, a stopwatch sheet) leave them out.",
        last=f"{last[5:]}/{last[:4]}",
    )


def _named(what: str, days: Sequence[str], wording: Wording) -> str:
    told = ", ".join(map(wording.day, days[:_NAMED]))
    if len(days) > _NAMED:
        told = wording.say("%(days)s and %(n)s more", days=told, n=len(days) - _NAMED)
    return f"{what[:1].upper()}{what[1:]}: {told}."
