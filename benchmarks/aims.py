"""What every figure should be at most, or at least: the product's own promises."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Aim:
    """What is measured in one row of the table, and what it should come to."""

    title: str
    unit: str
    """`s`, `ms`, `MB`, `KB`, `%` of one core, `/s`, `×` or nothing for a plain count."""
    value: float | None = None
    """Aim on two cores; None has none."""
    confined: float | None = None
    """Aim with a quarter of one core; None has none."""
    at_least: bool = False
    """True: more is better."""


AIMS: dict[str, Aim] = {
    # Floors stand in rows of their own too, so that runs on two machines can be compared.
    "floor.append": Aim("Floor: append 200 bytes and fsync, p50", "ms"),
    "floor.write": Aim("Floor: written by the process for those 200 bytes", "KB"),
    "floor.route": Aim("Floor: bare Flask route on waitress, p50", "ms"),
    "floor.many": Aim("Floor: the same, 16 clients", "/s", at_least=True),
    "floor.live.p50": Aim("Floor: bare stream on waitress, posted → 20 told, p50", "ms"),
    "floor.live.p99": Aim("Floor: bare stream on waitress, posted → 20 told, p99", "ms"),
    "floor.phones": Aim("Floor: 200 clients ask a bare route once a second", "%"),
    "floor.start": Aim("Floor: bare Flask on waitress, start to first page", "s"),
    "floor.memory": Aim("Floor: bare Flask on waitress, memory", "MB"),
    "start.new": Aim("Start to first page, new home", "s", 0.7, 4),
    "start.year": Aim("Start to first page, a year of history, 1,000 procedures", "s", 0.7, 4),
    "memory.idle": Aim("Memory idle (RSS)", "MB", 60, 60),
    "memory.idle.pss": Aim("Memory idle (PSS: shared pages counted once)", "MB"),
    "memory.slips": Aim("Memory after 400 slips on the virtual printer (RSS)", "MB"),
    "memory.day": Aim("Memory after 10,000 tickets with 16 streams (RSS)", "MB", 80, 80),
    "memory.peak": Aim("Memory, highest of the whole day (RSS)", "MB", None, 256),
    "issue.0.p50": Aim("Issue, day empty, p50", "ms", 2, 15),
    "issue.0.p95": Aim("Issue, day empty, p95", "ms", 4, 60),
    "issue.50.p50": Aim("Issue, 50 tickets in the day, p50", "ms", 2, 15),
    "issue.50.p95": Aim("Issue, 50 tickets in the day, p95", "ms", 4, 60),
    "issue.1000.p50": Aim("Issue, 1,000 tickets in the day, p50", "ms", 2, 15),
    "issue.1000.p95": Aim("Issue, 1,000 tickets in the day, p95", "ms", 4, 60),
    "issue.5000.p50": Aim("Issue, 5,000 tickets in the day, p50", "ms", 2, 15),
    "issue.5000.p95": Aim("Issue, 5,000 tickets in the day, p95", "ms", 4, 60),
    "issue.flat": Aim("Issue, 5,000 against 50 in the day", "×", 1.2, 1.2),
    "issue.served.p50": Aim("Issue, 5,000 in the day, all but 40 served, p50", "ms", 2, 15),
    "issue.slips.p50": Aim("Issue while the virtual printer draws, p50", "ms", 2, 15),
    "issue.slips.p95": Aim("Issue while the virtual printer draws, p95", "ms", 4, 60),
    "issue.paper.good.p50": Aim("Issue before a good network printer, p50", "ms", 2, 15),
    "issue.paper.good.p95": Aim("Issue before a good network printer, p95", "ms", 4, 60),
    "issue.paper.off.p50": Aim("Issue before a printer that is off, p50", "ms", 2, 15),
    "issue.paper.off.p95": Aim("Issue before a printer that is off, p95", "ms", 4, 60),
    "issue.paper.hole.p50": Aim("Issue before a printer behind a pulled cable, p50", "ms", 2, 15),
    "issue.paper.hole.p95": Aim("Issue before a printer behind a pulled cable, p95", "ms", 4, 60),
    "issue.many": Aim("Issue, 16 clients", "/s", 400, 60, at_least=True),
    "call.0.p50": Aim("Call next, few tickets in the day, p50", "ms", 2, 15),
    "call.0.p95": Aim("Call next, few tickets in the day, p95", "ms", 4, 60),
    "call.5000.p50": Aim("Call next, 5,000 tickets in the day, p50", "ms", 2, 15),
    "call.5000.p95": Aim("Call next, 5,000 tickets in the day, p95", "ms", 4, 60),
    "call.served.p50": Aim("Call next, 5,000 in the day, all but 40 served, p50", "ms", 2, 15),
    "desk.p50": Aim("The operator's page with 40 waiting, p50", "ms", 15, 80),
    "desk.p95": Aim("The operator's page with 40 waiting, p95", "ms"),
    "queue.p50": Aim("GET /api/v1/queue with 40 waiting, p50", "ms"),
    "live.p50": Aim("Call pressed → a board is told (/live), p50", "ms", 30),
    "live.p99": Aim("Call pressed → a board is told (/live), p99", "ms", 100),
    "board.p50": Aim("Call pressed → a board has its new picture, p50", "ms", 30),
    "board.p99": Aim("Call pressed → a board has its new picture, p99", "ms", 100),
    "phones.busy.p95": Aim("The same hall: a phone's answer, p95", "ms"),
    "phones.cpu": Aim("200 phones asking once a second", "%", None, 15),
    "disk.issue": Aim("Written by the process for one issue", "KB", 5, 5),
    "disk.event": Aim("Written by the process for one event of a clerk", "KB", 5, 5),
    "disk.line": Aim("The line itself, a ticket issued", "KB"),
    "disk.fsyncs": Aim("fsyncs for one command", "", 1, 1),
    "report.month": Aim("Report of a month of 400 visits a day", "s", 0.3),
    "report.year": Aim("Report of a year of 100,000 visits", "s", 1.5),
    "report.first": Aim("The same, first time: the days' tables are made", "s"),
    "report.memory": Aim("Memory of that first report, highest (RSS)", "MB"),
    "report.ten": Aim("Report of ten years, a million visits", "s", 15),
    "report.ten.memory": Aim("Memory of that report, highest (RSS)", "MB", 200),
    "backtest.year": Aim("Backtest of a year of 100,000 visits", "s", 60),
    "backtest.memory": Aim("Memory of that backtest, highest (RSS)", "MB", 200),
    "backtest.error": Aim("The same: mean error ÷ mean wait", "", 0.5),
    "backtest.gain": Aim("The same: better than the best simple rule by", "", 0.15, at_least=True),
    "backtest.inside": Aim("The same: waits inside the 80% range, of 100", ""),
}
"""Key → row, in the order of the table."""
