"""`python -m benchmarks`: measure, print the table, stop everything."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import click

from benchmarks import backtest, day, disk, floors, hall, paper, reports, start
from benchmarks.quota import quarter_core
from benchmarks.run import Run
from benchmarks.table import Figures, as_markdown, as_text

_SECTIONS: dict[str, Callable[[Run], None]] = {
    "floors": floors.measure,
    "start": start.measure,
    "day": day.measure,
    "hall": hall.measure,
    "paper": paper.measure,
    "disk": disk.measure,
    "reports": reports.measure,
    "backtest": backtest.measure,
}
_CONFINED = ("floors", "start", "day", "hall")


@click.command()
@click.option("--quick", is_flag=True, help="Fewer repetitions, no year of history: half a minute.")
@click.option("--rows", help=f"Only these sections, with commas between: {', '.join(_SECTIONS)}.")
@click.option("--repeat", default=1, show_default=True, help="Runs; the table tells the medians.")
@click.option("--confined", is_flag=True, help="Once more with a quarter of one core, if possible.")
@click.option(
    "--history", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A home made by motcua simulate, instead of writing a year of history now.",
)  # fmt: skip
@click.option(
    "--folder", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Where to work; on the disk whose speed counts.",
)  # fmt: skip
@click.option("--markdown", is_flag=True, help="Print the table for a document.")
def main(  # noqa: PLR0913 - the options of a command
    rows: str | None,
    repeat: int,
    history: Path | None,
    folder: Path | None,
    *,
    quick: bool,
    confined: bool,
    markdown: bool,
) -> None:
    """Measure Motcua beside the floor of its parts; over loopback alone, and all of it stops."""
    chosen = _chosen(rows)
    shown = as_markdown if markdown else as_text
    with tempfile.TemporaryDirectory(prefix="motcua-benchmarks-", dir=folder) as place:
        run = Run(Path(place), Figures(), quick=quick, history=history, tell=_tell)
        for _ in range(repeat):
            _measure(run, chosen)
        click.echo(f"\n{_machine()}\n\n{shown(run.figures.rows())}")
        if confined:
            _confine(run, chosen, shown)


def _chosen(rows: str | None) -> list[str]:
    """Return the sections to run; the floors always, for the others are compared with them."""
    wanted = list(_SECTIONS) if rows is None else ["floors", *rows.split(",")]
    unknown = set(wanted) - set(_SECTIONS)
    if unknown:
        raise click.BadParameter(
            f"no such section: {', '.join(sorted(unknown))}", param_hint="--rows"
        )
    return [name for name in _SECTIONS if name in wanted]


def _measure(run: Run, sections: list[str]) -> None:
    for name in sections:
        _tell(f"{name} …")
        begun = perf_counter()
        _SECTIONS[name](run)
        _tell(f"  {perf_counter() - begun:.0f} s")


def _confine(run: Run, sections: list[str], shown: Callable[[list[tuple[str, ...]]], str]) -> None:
    try:
        with quarter_core() as quota:
            slow = Run(
                run.folder / "confined", Figures(confined=True), quick=True, quota=quota,
                history=run.history, tell=_tell,
            )  # fmt: skip
            slow.folder.mkdir()
            _measure(slow, [name for name in sections if name in _CONFINED])
    except OSError as error:
        click.echo(f"\nConfined: could not be run here ({error}).")
        return
    click.echo(f"\nConfined to a quarter of one core:\n\n{shown(slow.figures.rows())}")


def _machine() -> str:
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, {platform.machine()}, Python {platform.python_version()}"


def _tell(line: str) -> None:
    click.echo(line, err=True)


if __name__ == "__main__":
    main()
