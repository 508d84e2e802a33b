"""The tables of a report: once as typed cells, for the screen, the terminal and the spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from motcua.reports import coverage, forecast
from motcua.reports.compare_table import comparison_table
from motcua.reports.measures import Cell, Measures
from motcua.reports.open_hours import counters_table, hours_table
from motcua.reports.papers import papers_table
from motcua.reports.referrals import referral_tables
from motcua.reports.spared_tables import spared_tables
from motcua.reports.spread import Share, Spread
from motcua.reports.staffing_tables import staffing_tables
from motcua.reports.table import Column, Few, Kind, Table, Value, more
from motcua.reports.trips import travel
from motcua.reports.wording import END_NAMES

if TYPE_CHECKING:
    from motcua.reports.report import Report
    from motcua.reports.wording import Wording

_TITLES = {
    "service": "By service",
    "hour": "By hour of taking the number",
    "weekday_hour": "By weekday and hour",
    "field": "By field",
    "procedure": "By procedure",
    "priority": "By priority group",
    "purpose": "By purpose of the visit",
    "month": "By month",
    "day": "By day",
}
"""Dimension → the title of its table, in the order they are told."""
_FOLDED = frozenset(
    {*_TITLES} - {"service"} | {"papers", "referrals", "places", "load", "counter", "coverage"}
)
"""Tables that are opened by a press on the screen: the pictures tell of them, or few ask."""


def tables(report: Report, wording: Wording) -> list[Table]:
    """Return the tables that have something to say, the most asked-for first."""
    measures = report.measures
    shown = [
        _times(measures, wording),
        _people(measures, wording),
        _outcomes(measures, wording),
        travel(measures, wording),
        *spared_tables(report, wording),
        _by(measures, wording, "service"),
        forecast.table(measures.forecast, wording),
        *(_by(measures, wording, dimension) for dimension in _TITLES if dimension != "service"),
        papers_table(measures.papers, measures.ends.get("papers_missing", 0), wording),
        *referral_tables(measures.referrals, wording),
        hours_table(measures.load, wording),
        counters_table(measures.loads, wording),
        *staffing_tables(report.staffing, wording),
        coverage.table(measures, wording),
    ]
    if report.comparison:
        shown.insert(0, comparison_table(report.comparison, wording))
    if len(measures.by["month"]) == 1:
        shown = [one for one in shown if one.name != "month"]
    return [replace(one, folded=one.folded or one.name in _FOLDED) for one in shown if one.rows]


def _spread_columns(wording: Wording, group: str) -> tuple[Column, ...]:
    names = ("median", "9 in 10 within", "mean")
    minutes = [Column(wording.say(name), Kind.MINUTES, wording.say(group)) for name in names]
    return (*minutes, Column(wording.say("n"), Kind.COUNT, wording.say(group)))


def _spread(told: Spread) -> tuple[Value, ...]:
    if told.hidden:
        return (None, None, None, Few.HIDDEN)
    return (told.median_s, told.p90_s, told.mean_s, told.n)


def _share(told: Share) -> Value:
    return Few.HIDDEN if told.hidden else told.share


def _times(measures: Measures, wording: Wording) -> Table:
    rows: list[tuple[str, Spread]] = [
        ("Wait (to the first call)", measures.wait),
        ("Way (from the call to the counter)", measures.way),
        ("Service", measures.service),
    ]
    if measures.transfers:
        rows.append(("Wait of a visit, transfers summed", measures.visit_wait))
        rows.append(("Service of a visit, transfers summed", measures.visit_service))
    rows.append(("Time in the centre", measures.centre))
    columns = (Column("", Kind.TEXT), *_spread_columns(wording, "minutes"))
    told = tuple((wording.say(name), *_spread(value)) for name, value in rows)
    return Table("times", wording.say("Times, in minutes"), columns, told)


def _people(measures: Measures, wording: Wording) -> Table:
    within = measures.within
    rows: list[tuple[str, int | None]] = [
        ("Visits", measures.visits),
        ("Transfers to another service", measures.transfers),
        ("Called within the target", within.within),
        ("Called later than the target", within.late),
        ("Left uncalled, after more than the target", within.left_late),
        ("Left uncalled, sooner (in no share)", within.left_early),
    ]
    columns = (Column("", Kind.TEXT), Column(wording.say("count")))
    told = tuple((wording.say(name), count) for name, count in rows)
    return Table("people", wording.say("People"), columns, told)


def _outcomes(measures: Measures, wording: Wording) -> Table:
    columns = (
        Column("", Kind.TEXT),
        Column(wording.say("visits")),
        Column(wording.say("share of all visits"), Kind.PERCENT),
    )
    counts = ((name, measures.ends.get(end, 0)) for end, name in END_NAMES.items())
    rows = tuple(
        (wording.say(name), count, count / measures.visits) for name, count in counts if count
    )
    return Table("outcomes", wording.say("How visits ended"), columns, rows)


def _by(measures: Measures, wording: Wording, dimension: str) -> Table:
    columns = (
        Column("", Kind.TEXT),
        Column(wording.say("waits")),
        *_spread_columns(wording, "wait, minutes"),
        Column(wording.say("within target"), Kind.PERCENT),
        *_spread_columns(wording, "service, minutes"),
        *(Column(wording.say(name)) for name in ("missed", "cancelled", "not served")),
    )
    cells = _most_first(measures.by[dimension], dimension, wording)
    rows = [(_name(dimension, cell, wording), *_cell(cell)) for cell in cells]
    few = more(len(measures.by[dimension]) - len(cells), len(columns), wording)
    return Table(dimension, wording.say(_TITLES[dimension]), columns, (*rows, *few))


def _name(dimension: str, cell: Cell, wording: Wording) -> Value:
    if dimension == "day":
        return date.fromisoformat(str(cell.key))
    return wording.cell(dimension, cell.key)


def _most_first(cells: tuple[Cell, ...], dimension: str, wording: Wording) -> Sequence[Cell]:
    """Order a table's rows: services as the centre has them, long lists by how many people."""
    if dimension == "service":
        places = {letter: place for place, letter in enumerate(wording.rules.services)}
        return sorted(cells, key=lambda cell: places.get(str(cell.key), len(places)))
    if dimension in ("procedure", "field"):
        told = [cell for cell in cells if not cell.hidden]
        return sorted(told, key=lambda cell: -(cell.n or 0))
    return cells


def _cell(cell: Cell) -> Iterator[Value]:
    yield Few.HIDDEN if cell.hidden else cell.n
    yield from (None,) * 4 if cell.hidden else _spread(cell.wait)
    yield None if cell.hidden else _share(cell.within)
    yield from (None,) * 4 if cell.hidden else _spread(cell.service)
    for count in (cell.missed, cell.cancelled, cell.unserved):
        yield Few.HIDDEN if count is None and not cell.hidden else count
