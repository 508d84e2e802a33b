"""The tables of a report: once as typed cells, for the screen, the terminal and the spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from motcua.reports.measures import Cell, Measures
from motcua.reports.spread import FEWEST, Share, Spread
from motcua.reports.table import Column, Few, Kind, Table, Value
from motcua.reports.trips import compared, referrals, travel
from motcua.reports.wording import END_NAMES

if TYPE_CHECKING:
    from motcua.reports.report import Report
    from motcua.reports.wording import Wording

_SECONDS_AN_HOUR = 3600


def tables(report: Report, wording: Wording) -> list[Table]:
    """Return the tables that have something to say, the most asked-for first."""
    measures = report.measures
    shown = [
        _times(measures, wording),
        _people(measures, wording),
        travel(measures, wording),
        _loads(measures, wording),
        _by(measures, wording, "service", "By service"),
        _by(measures, wording, "hour", "By hour of taking the number"),
        _by(measures, wording, "weekday_hour", "By weekday and hour"),
        _by(measures, wording, "day", "By day"),
        _by(measures, wording, "field", "By field"),
        _by(measures, wording, "procedure", "By procedure"),
        _by(measures, wording, "priority", "By priority group"),
        referrals(measures, wording),
    ]
    if report.comparison:
        shown.insert(0, compared(report.comparison.result, wording))
    return [table for table in shown if table.rows]


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
    ends = [(name, measures.ends.get(end, 0)) for end, name in END_NAMES.items()]
    unsure = [("Legs with a time that could not be measured", measures.uncertain)]
    columns = (Column("", Kind.TEXT), Column(wording.say("count")))
    told = tuple((wording.say(name), count) for name, count in (*rows, *ends, *unsure))
    return Table("people", wording.say("People"), columns, told)


def _by(measures: Measures, wording: Wording, dimension: str, title: str) -> Table:
    columns = (
        Column("", Kind.TEXT),
        Column(wording.say("waits")),
        *_spread_columns(wording, "wait, minutes"),
        Column(wording.say("within target"), Kind.PERCENT),
        *_spread_columns(wording, "service, minutes"),
        *(Column(wording.say(name)) for name in ("missed", "cancelled", "not served")),
    )
    cells = _most_first(measures.by[dimension], dimension, wording)
    rows = [(wording.cell(dimension, cell.key), *_cell(cell)) for cell in cells]
    few = len(measures.by[dimension]) - len(cells)
    if few:
        told = wording.say("%(n)s more, under %(few)s people each", n=few, few=FEWEST)
        rows.append((told, *(None for _ in columns[1:])))
    return Table(dimension, wording.say(title), columns, tuple(rows))


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
    yield from (cell.missed, cell.cancelled, cell.unserved)


def _loads(measures: Measures, wording: Wording) -> Table:
    columns = (
        Column(wording.say("counter"), Kind.TEXT),
        Column(wording.say("people")),
        Column(wording.say("hours of service"), Kind.DECIMAL),
        Column(wording.say("hours open"), Kind.DECIMAL),
        Column(wording.say("people an open hour"), Kind.DECIMAL),
        Column(wording.say("share of open time in service"), Kind.PERCENT),
    )
    rows = tuple(
        (
            str(load.counter), load.legs, load.busy_s / _SECONDS_AN_HOUR,
            *_ratios(load.open_s, load.open_legs, load.open_busy_s),
        )
        for load in measures.loads
    )  # fmt: skip
    note = wording.say("Load of the counters, not of people; open hours of days that are over.")
    return Table("counter", wording.say("Load by counter"), columns, rows, note)


def _ratios(open_s: float, legs: int, busy_s: float) -> Sequence[Value]:
    if not open_s:
        return (None, None, None)
    hours = open_s / _SECONDS_AN_HOUR
    return (hours, legs / hours, busy_s / open_s)
