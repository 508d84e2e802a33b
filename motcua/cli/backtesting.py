"""`motcua backtest`: a log of visits, replayed for the wait estimates."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from motcua.cli import InputError
from motcua.cli.options import home_option, told

if TYPE_CHECKING:
    from datetime import tzinfo

    from motcua.backtest.log import Log
    from motcua.backtest.replay import Told
    from motcua.home import Home
    from motcua.reports.visits_row import Problem

_FILE = click.Path(dir_okay=False, path_type=Path)
_TOLD_ROWS = 5
"""Wrong rows told one by one; of the others, how many."""
_Tick = Callable[[int], object]


@click.command()
@click.argument("visits", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--format", "form", default="text", show_default=True, type=click.Choice(("text", "json"))
)
@click.option("--scored", type=_FILE, metavar="OUT.csv", help="Write a row for each scored visit.")
@home_option
def backtest(visits: Path, form: str, scored: Path | None, home: Home) -> None:
    """Replay a log of visits and score the waits each ticket would have been told.

    Nothing from the future is used. VISITS is a Visits CSV, as written by report --format csv. Of
    a home only its time zone is used, for times without an offset.
    """
    from motcua.backtest.answer import as_json, as_text
    from motcua.backtest.trial import tried
    from motcua.queue.forecast import Forecaster

    if scored is not None and scored.resolve() == visits.resolve():
        message = "--scored would overwrite the log: name another file."
        raise click.UsageError(message)
    with told():
        zone = _zone(home)
        with _progress(visits.stat().st_size, "Reading") as tick:
            log = _read(visits, zone, tick)
        with _progress(log.rows, "Replaying") as tick, _scored_rows(scored, zone) as write:
            answer = tried(log, Forecaster(), scored=write, passed=lambda: tick(1))
    click.echo(as_json(answer) if form == "json" else as_text(answer))


def _zone(home: Home) -> tzinfo:
    from zoneinfo import ZoneInfo

    from motcua.settings import Centre, read_centre

    centre = read_centre(home.centre) if home.centre.exists() else Centre()
    return ZoneInfo(centre.timezone)


def _read(visits: Path, zone: tzinfo, tick: _Tick) -> Log:
    from motcua.backtest.log import Log
    from motcua.day_table import Leg
    from motcua.reports.visits_reading import scan_visits

    log, wrong = Log(), 0
    problems: list[Problem] = []
    for found in scan_visits(visits, zone, tick):
        if isinstance(found, Leg):
            log.add(found)
            continue
        wrong += 1
        if len(problems) < _TOLD_ROWS:
            problems.append(found)
    if problems:
        more = f" And {wrong - len(problems)} more rows." if wrong > len(problems) else ""
        raise InputError(f"{visits.name}: {' '.join(map(str, problems))}{more}")
    return log


@contextmanager
def _scored_rows(path: Path | None, zone: tzinfo) -> Iterator[Callable[[Told], object]]:
    """Open the file of scored rows and give what writes one."""
    from motcua.backtest.trial import SCORED_COLUMNS, scored_cells

    if path is None:
        yield lambda _: None
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(SCORED_COLUMNS)
        yield lambda told: writer.writerow(scored_cells(told, zone))


@contextmanager
def _progress(length: int, label: str, to: TextIO | None = None) -> Iterator[_Tick]:
    """Show progress on a terminal, nothing elsewhere; told in steps, for a bar costs time."""
    file = to or sys.stderr
    if not file.isatty():
        yield lambda _: None
        return
    step, passed = max(1, length // 200), 0
    with click.progressbar(length=length, label=label, file=file) as bar:

        def tick(more: int) -> None:
            nonlocal passed
            passed += more
            if passed >= step:
                bar.update(passed)
                passed = 0

        yield tick
        bar.update(passed)
