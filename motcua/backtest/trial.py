"""One trial of the wait estimates on one log, from its rows to its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo

from motcua.backtest.answer import Answer
from motcua.backtest.log import Log
from motcua.backtest.replay import Foretelling, Replay, Told
from motcua.backtest.score import Scores
from motcua.backtest.simple_rules import SimpleWaits

SCORED_COLUMNS = (
    *("day", "ticket", "service", "priority", "issued_at", "wait_s", "point_s", "low_s", "high_s"),
    *(f"{rule}_s" for rule in SimpleWaits._fields),
)
"""Header of what `--scored` writes: what was waited, what was told, what the rules would say."""


def tried(
    log: Log,
    forecaster: Foretelling,
    *,
    scored: Callable[[Told], object] = lambda _: None,
    passed: Callable[[], object] = lambda: None,
) -> Answer:
    """Replay a log for a forecaster and return its scores.

    Args:
        log: the visits.
        forecaster: knows nothing yet.
        scored: is given each scored row, in the order of issue.
        passed: is called once for each row.
    """
    scores = Scores()
    for told in Replay(log, forecaster).run():
        if scores.add(told) is None:
            scored(told)
        passed()
    unscored = dict(scores.unscored)
    days = (log.first_day, log.last_day, log.days)
    return Answer(log.rows, days, scores.whole(), scores.by_service(), unscored, log.disordered)


def scored_cells(told: Told, zone: tzinfo) -> Iterator[str]:
    """Yield the cells of a scored row under `SCORED_COLUMNS`; times carry the offset of `zone`."""
    row, forecast = told.row, told.forecast
    if forecast is None or row.wait_s is None:
        raise ValueError(row)
    issued_at = datetime.fromtimestamp(row.issued_s, zone)
    yield from (row.day, row.ticket, row.service, row.priority or "")
    yield issued_at.isoformat(timespec="milliseconds")
    for seconds in (row.wait_s, forecast.point_s, forecast.low_s, forecast.high_s, *told.simple):
        yield f"{seconds:.3f}"
