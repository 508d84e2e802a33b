"""The Visits CSV, written: a row a leg, as `motcua backtest` and any spreadsheet read it.

An interval that could not be measured leaves its cell empty and says `yes` under `uncertain`; what
stands in the other cells of the row was measured.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from io import StringIO

from motcua.day_table import Leg

COLUMNS = (
    *("day", "ticket", "service", "procedure", "priority", "issued_at", "called_at", "started_at"),
    *("finished_at", "counter", "outcome", "ahead", "low_s", "high_s", "wait_s", "service_s"),
    "uncertain",
)
_ROWS_A_PIECE = 500


def written(legs: Iterable[Leg], zone: tzinfo, *, counters: bool = False) -> Iterator[str]:
    """Yield the file piece by piece, header first.

    Args:
        legs: its rows.
        zone: of the centre; times carry its offset.
        counters: True fills in the counter; else its cell is empty, as in files that leave the
            house: who served somebody is personal data of the staff.
    """
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for count, leg in enumerate(legs, start=1):
        writer.writerow(_row(leg, zone, counters=counters))
        if count % _ROWS_A_PIECE == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _row(leg: Leg, zone: tzinfo, *, counters: bool) -> tuple[object, ...]:
    """Return the cells of a leg; None becomes an empty cell."""
    return (
        leg.day, leg.ticket, leg.service, leg.procedure, leg.priority,
        _time(leg.issued_at, zone), _time(leg.called_at, zone), _time(leg.started_at, zone),
        _time(leg.finished_at, zone), leg.counter if counters else None, leg.outcome, leg.ahead,
        leg.low_s, leg.high_s, _seconds(leg.measured("wait")), _seconds(leg.measured("service")),
        "yes" if leg.uncertain else "no",
    )  # fmt: skip


def _time(at: datetime | None, zone: tzinfo) -> str | None:
    return None if at is None else at.astimezone(zone).isoformat(timespec="milliseconds")


def _seconds(value: float | None) -> str | None:
    return None if value is None else f"{value:.3f}"
