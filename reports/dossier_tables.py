"""The tables of the report of a period's dossiers, as typed cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from motcua.reports.dossier_limits_table import limits_table, more, summed
from motcua.reports.dossiers import (
    LATE,
    ON_TIME,
    Channel,
    Status,
    Sums,
    progress,
    published,
    settled_on_time,
)
from motcua.reports.spread import FEWEST
from motcua.reports.table import Column, Few, Kind, Table, Value

if TYPE_CHECKING:
    from motcua.reports.dossier_report import DossierReport
    from motcua.reports.wording import Wording

_FIRST = "– "
_SECOND = "– – "
_UNSEEN = "–"
"""Stands for a number nobody here knows: it is not nothing."""
CHANNELS = {
    Channel.IN_PERSON: "in person",
    Channel.POST: "by post",
    Channel.NOT_STATED: "not stated how",
}
APART = {
    Status.SETTLED_UNDATED: "Settled, due day not known",
    Status.OPEN_UNDATED: "In process, due day not known",
    Status.CLOSED: "Closed without a result",
    Status.AWAITED: "Due day not over: in process, or settled already",
    Status.UNSEEN: "Due day over: not known here whether settled",
    Status.UNSEEN_UNDATED: "Due day not known, nor whether settled",
}
"""Statuses told only where there are any."""


def dossier_tables(report: DossierReport, wording: Wording) -> list[Table]:
    """Return the tables that have something to say, the published one first."""
    tally = report.tally
    months = tally.by(lambda cell: cell.month)
    shown = [_main(report, wording)]
    shown.append(_shares(report, wording) if report.file else _counters(report, wording))
    by = _by if report.file else _seen_by
    if len(months) > 1:
        shown.append(by(months, wording, "month", "By month of receiving"))
    fields = tally.by(lambda cell: wording.field(cell.procedure))
    procedures = tally.by(lambda cell: cell.procedure)
    shown += [
        by(fields, wording, "field", "By field"),
        by(procedures, wording, "procedure", "By procedure"),
        limits_table(report, wording),
        _read(report, wording),
    ]
    return [table for table in shown if table.rows]


def _main(report: DossierReport, wording: Wording) -> Table:
    """Return the table the centre publishes: received, how, on time, overdue, in process."""
    groups = [("received", report.tally.sums())]
    if report.file:
        groups.append(("carried over from before", report.tally.sums_carried()))
    columns = [Column("", Kind.TEXT)]
    for title, _ in groups:
        for name, kind in (("dossiers", Kind.COUNT), ("share", Kind.PERCENT)):
            columns.append(Column(wording.say(name), kind, wording.say(title)))
    rare, unseen = _rare(wording), set() if report.file else _unseen(wording)
    counted = [dict(_lines(sums, wording)) for _, sums in groups]
    rows = []
    for name in counted[0]:
        if name in rare and not any(counts[name] for counts in counted):
            continue
        cells: list[Value] = []
        for counts, (_, sums) in zip(counted, groups, strict=True):
            cells += (
                _told(counts[name], sums.dossiers) if name not in unseen else (_UNSEEN, _UNSEEN)
            )
        rows.append((name, *cells))
    day = wording.day(report.tally.as_of)
    title = wording.say("Dossiers of the period, as they stood at the end of %(day)s", day=day)
    note = "" if report.file else wording.say("“–”: the counters do not see it.")
    return Table("dossiers", title, tuple(columns), tuple(rows), note)


def _told(count: int, of: int) -> tuple[Value, Value]:
    return count, count / of if of else None


def _unseen(wording: Wording) -> set[str]:
    """Return the rows the counters know nothing of: nothing is not the same as none."""
    lines = [
        (_FIRST, "online"), (_FIRST, "by post"), ("", "Overdue"),
        (_FIRST, "settled after the due day"), (_FIRST, "in process, due day over"),
        ("", "In process within its time"),
    ]  # fmt: skip
    return {mark + wording.say(name) for mark, name in lines}


def _rare(wording: Wording) -> set[str]:
    """Return the rows that stand there only where they count something."""
    apart = {wording.say(name) for name in APART.values()}
    rare = {_SECOND + wording.say("with help at a counter")}
    return apart | rare | {_FIRST + wording.say(CHANNELS[Channel.NOT_STATED])}


def _lines(sums: Sums, wording: Wording) -> Iterator[tuple[str, int]]:
    """Yield the rows of the published table: each status once, each channel once."""
    yield wording.say("Dossiers, all"), sums.dossiers
    yield _FIRST + wording.say("online"), sums.online
    helped = sums.by_channel.get(Channel.ASSISTED, 0)
    yield _SECOND + wording.say("with help at a counter"), helped
    for channel, name in CHANNELS.items():
        yield _FIRST + wording.say(name), sums.by_channel.get(channel, 0)
    yield wording.say("Settled on time"), sums.of(*ON_TIME)
    yield _FIRST + wording.say("before the due day"), sums.of(Status.EARLY)
    yield _FIRST + wording.say("on the due day"), sums.of(Status.ON_DAY)
    yield wording.say("Overdue"), sums.of(*LATE)
    yield _FIRST + wording.say("settled after the due day"), sums.of(Status.LATE)
    yield _FIRST + wording.say("in process, due day over"), sums.of(Status.OVERDUE)
    yield wording.say("In process within its time"), sums.of(Status.WITHIN)
    for status, name in APART.items():
        yield wording.say(name), sums.of(status)


def _shares(report: DossierReport, wording: Wording) -> Table:
    """Return each published share with what it is a share of."""
    received, carried = report.tally.sums(), report.tally.sums_carried()
    told = published(received)
    named = [
        ("Filed online, of those received", told["online"]),
        ("Settled on time, of those received", told["on_time"]),
        ("Overdue, of those received", told["overdue"]),
        ("In process within its time, of those received", told["in_process"]),
        ("Settled on time, of all settled", settled_on_time(received, carried)),
        ("Progress, of those received and carried over", progress(received, carried)),
    ]
    columns = (
        Column("", Kind.TEXT), Column(wording.say("dossiers")), Column(wording.say("out of")),
        Column(wording.say("share"), Kind.PERCENT),
    )  # fmt: skip
    rows = tuple(
        (wording.say(name), one.part, one.whole, one.value if one.whole >= FEWEST else None)
        for name, one in named
    )
    note = wording.say("A share of fewer than %(few)s dossiers is not told.", few=FEWEST)
    return Table("shares", wording.say("Shares, and what they are of"), columns, rows, note)


def _counters(report: DossierReport, wording: Wording) -> Table:
    seen = report.counters
    if seen is None:
        return Table("counters", "", (), ())
    rows = (
        (wording.say("Dossiers taken, receipt given"), seen.taken),
        (wording.say("Dossiers taken and settled in the same visit"), seen.at_once),
        (wording.say("Results handed to people who came to collect one"), seen.handed_out),
        (wording.say("Of the dossiers taken now or shortly before: due in the period"), seen.due),
    )
    columns = (Column("", Kind.TEXT), Column(wording.say("count")))
    note = wording.say(
        "Nobody's identity is kept, so a receipt and a result are not matched: results also go out "
        "by post and online. When a dossier was settled, the export of the national system tells."
    )
    return Table("counters", wording.say("What the counters saw"), columns, rows, note)


def _by(parts: Mapping[str, Sums], wording: Wording, dimension: str, title: str) -> Table:
    columns: dict[str, tuple[Kind, Callable[[Sums], Value]]] = {
        "received": (Kind.COUNT, lambda sums: sums.dossiers),
        "online": (Kind.PERCENT, lambda sums: sums.online / sums.dossiers),
        "settled on time": (Kind.COUNT, lambda sums: sums.of(*ON_TIME)),
        "settled on time, share": (Kind.PERCENT, lambda sums: sums.of(*ON_TIME) / sums.dossiers),
        "overdue": (Kind.COUNT, lambda sums: sums.of(*LATE)),
        "in process within its time": (Kind.COUNT, lambda sums: sums.of(Status.WITHIN)),
        "told apart": (Kind.COUNT, lambda sums: sums.of(*APART)),
    }
    return _folded(parts, columns, wording, dimension, title)


def _seen_by(parts: Mapping[str, Sums], wording: Wording, dimension: str, title: str) -> Table:
    """Return the same by what the counters know."""
    columns: dict[str, tuple[Kind, Callable[[Sums], Value]]] = {
        "received": (Kind.COUNT, lambda sums: sums.dossiers),
        "filed online with help": (Kind.COUNT, lambda sums: sums.online),
        "settled at once": (Kind.COUNT, lambda sums: sums.of(*ON_TIME)),
        "due day not over": (Kind.COUNT, lambda sums: sums.of(Status.AWAITED)),
        "due day over, not known if settled": (Kind.COUNT, lambda sums: sums.of(Status.UNSEEN)),
        "due day not known": (Kind.COUNT, lambda sums: sums.of(Status.UNSEEN_UNDATED)),
    }
    return _folded(parts, columns, wording, dimension, title)


def _folded(
    parts: Mapping[str, Sums],
    columns: Mapping[str, tuple[Kind, Callable[[Sums], Value]]],
    wording: Wording,
    dimension: str,
    title: str,
) -> Table:
    """Return a row for each part, those of too few dossiers in one row together."""
    heads = (Column(wording.say(name), kind) for name, (kind, _) in columns.items())
    told = {key: sums for key, sums in parts.items() if sums.dossiers >= FEWEST}
    order = sorted(told, key=lambda key: (0 if dimension == "month" else -told[key].dossiers, key))
    rows: list[tuple[Value, ...]] = [
        (_name(key, dimension, wording), *(_known(read(told[key])) for _, read in columns.values()))
        for key in order
    ]
    few = [sums.dossiers for sums in parts.values() if sums.dossiers < FEWEST]
    if few:
        nothing = (None for _ in range(len(columns) - 1))
        rows.append((more(len(few), wording), summed(few), *nothing))
    return Table(dimension, wording.say(title), (Column("", Kind.TEXT), *heads), tuple(rows))


def _known(value: Value) -> Value:
    """Return a figure of a row, hidden where it counts a few dossiers only."""
    return Few.HIDDEN if isinstance(value, int) and 0 < value < FEWEST else value


def _name(key: str, dimension: str, wording: Wording) -> str:
    if dimension == "procedure":
        return wording.procedure(key)
    if dimension == "month" and key:
        return f"{key[5:]}/{key[:4]}"
    return key or wording.say("Not stated")


def _read(report: DossierReport, wording: Wording) -> Table:
    """Return what of a file went into the figures and what did not."""
    file, tally = report.file, report.tally
    if file is None:
        return Table("read", "", (), ())
    rows = (
        (wording.say("Dossiers in the file"), file.dossiers),
        (_FIRST + wording.say("received in the period"), tally.sums().dossiers),
        (_FIRST + wording.say("carried over from before"), tally.sums_carried().dossiers),
        (_FIRST + wording.say("settled before the period or received after it"), tally.outside),
        (wording.say("Rows not received by the centre, in no figure"), file.not_received),
        (wording.say("Due days reckoned from the catalogue's limits"), file.derived),
    )
    columns = (Column("", Kind.TEXT), Column(wording.say("count")))
    notes = [wording.say("The file was read for this report and is not kept.")]
    if tally.latest:
        day = wording.day(tally.latest)
        notes.append(wording.say("The last day something happened in it: %(day)s.", day=day))
    if not file.has_codes:
        notes.append(wording.say("It has no dossier codes, so doubles could not be looked for."))
    title = wording.say("What was read from %(file)s", file=file.name)
    return Table("read", title, columns, rows, " ".join(notes))
