"""Reports over months and years: the command itself, from its start to its last line."""

from __future__ import annotations

import os
import subprocess
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from benchmarks.run import Run
from benchmarks.served import MOTCUA, environment
from benchmarks.start import history
from motcua.home import Home
from motcua.journal.tiny import TinyJournal

_KB = 1024
_MONTH, _YEAR = timedelta(days=30), timedelta(days=364)
_TEN_YEARS_LEAST = timedelta(days=9 * 365)
"""2,500 days of 400 visits, a million, lie in nine and a half years of working days."""


def measure(run: Run) -> None:
    """Report the last month and the last year; ten years where the history is as long."""
    year = history(run)
    if year is None:
        run.figures.miss("report", "not in a quick run")
        return
    days = [date.fromisoformat(day) for day in TinyJournal(Home(year).journal).days()]
    last = days[-1]
    first = max(days[0], last - _YEAR)
    for table in Home(year).visits.glob("*.json"):
        if table.stem >= first.isoformat():
            table.unlink()
    try:
        took_s, memory_mb = _report(year, first, last)
    except subprocess.CalledProcessError as error:
        run.figures.miss("report", f"not there (exit code {error.returncode})")
        return
    run.figures.add("report.first", took_s)
    run.figures.add("report.memory", memory_mb)
    for _ in range(run.few(5, 2)):
        run.figures.add("report.month", _report(year, last - _MONTH, last)[0])
        run.figures.add("report.year", _report(year, first, last)[0])
    _ten_years(run, year, days[0], last)


def _ten_years(run: Run, home: Path, first: date, last: date) -> None:
    if last - first < _TEN_YEARS_LEAST:
        run.figures.miss("report.ten", "needs --history of 2,500 days")
        return
    _report(home, first, last)  # makes the tables that are not there yet
    for _ in range(run.few(3, 1)):
        took_s, memory_mb = _report(home, first, last)
        run.figures.add("report.ten", took_s)
        run.figures.add("report.ten.memory", memory_mb)


def _report(home: Path, first: date, last: date) -> tuple[float, float]:
    """Return how many seconds a report took and how much memory, in MB.

    Raises:
        subprocess.CalledProcessError: there was no report.
    """
    days = ("--from", str(first), "--to", str(last))
    command = [*MOTCUA, "report", "--home", str(home), *days, "--format", "json"]
    begun = perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment()
    )
    _, status, used = os.wait4(process.pid, 0)
    took_s = perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return took_s, used.ru_maxrss / _KB
