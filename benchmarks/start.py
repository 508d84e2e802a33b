"""Starting, and what the box weighs while nobody is there."""

from __future__ import annotations

import subprocess
from pathlib import Path
from time import perf_counter, sleep

from benchmarks.homes import lengthen_catalogue, make_home
from benchmarks.run import Run
from benchmarks.served import MOTCUA, serve
from benchmarks.wire import Client

_FIRST_PAGES = ("/kiosk", "/board", "/healthz")
_SETTLED_S = 1.0
_PROCEDURES = 1000
YEAR_DAYS, DAY_TICKETS = 250, 400
_FOUND = 200


def measure(run: Run) -> None:
    """Start on a new home and on one with a year of history."""
    page = first_page(run)
    for _ in range(run.few(5, 2)):
        with serve(run.fresh(), page, run.quota) as served:
            run.figures.add("start.new", served.start_s, "floor.start")
            sleep(_SETTLED_S)
            run.figures.add("memory.idle", served.rss_mb(), "floor.memory")
            run.figures.add("memory.idle.pss", served.pss_mb())
    year = history(run)
    if year is None:
        run.figures.miss("start.year", "not in a quick run")
        return
    for _ in range(run.few(5, 2)):
        with serve(year, page, run.quota) as served:
            run.figures.add("start.year", served.start_s, "floor.start")


def first_page(run: Run) -> str:
    """Return the first screen this version has."""
    with serve(run.fresh()) as served:
        client = Client(served.port)
        return next(path for path in _FIRST_PAGES if client.get(path).status == _FOUND)


def history(run: Run) -> Path | None:
    """Return a home with a year of history and a long catalogue; a quick run makes none."""
    if run.history is None and not run.quick:
        path, _ = make_home(run.fresh())
        lengthen_catalogue(path, _PROCEDURES)
        run.tell(f"writing a year: {YEAR_DAYS} days of {DAY_TICKETS} visits …")
        begun = perf_counter()
        size = ("--days", str(YEAR_DAYS), "--tickets-per-day", str(DAY_TICKETS))
        subprocess.run(
            [*MOTCUA, "simulate", "--home", str(path), *size], check=True, stdout=subprocess.DEVNULL
        )
        run.tell(f"  {perf_counter() - begun:.0f} s")
        run.history = path
    return run.history
