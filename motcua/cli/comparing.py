"""What `motcua report` compares with: other days, or a stopwatch sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from motcua.cli import InputError
from motcua.clock import SystemClock

if TYPE_CHECKING:
    from motcua.home import Home
    from motcua.queue.rules import Rules
    from motcua.reports.compared import Other


def other_time(
    home: Home, rules: Rules, days: tuple[str | None, str | None], sheet: str | None, *, keep: bool
) -> Other | None:
    """Return what is compared with; None when nothing is.

    Args:
        home: keeps sheets.
        rules: the centre's services and its hours.
        days: first and last of the other days.
        sheet: a CSV file, or the name of a sheet that is kept.
        keep: whether to keep the file for the screen.

    Raises:
        click.UsageError: the options do not belong together.
        InputError: rows of the sheet cannot be right; each is named.
        ReportError: a wrong date or sheet.
    """
    from motcua.reports.period import asked

    first, last = days
    if (first is None) != (last is None):
        message = "--compare-from and --compare-to belong together."
        raise click.UsageError(message)
    if first and sheet:
        message = "Compare with other days or with a sheet, not with both."
        raise click.UsageError(message)
    if keep and not sheet:
        message = "--keep-sheet needs --compare-sheet."
        raise click.UsageError(message)
    if sheet:
        return _sheet(home, rules, sheet, keep=keep)
    return asked(first, last) if first and last else None


def _sheet(home: Home, rules: Rules, named: str, *, keep: bool) -> Other:
    from motcua.reports.stopwatch import SheetError, read_sheet
    from motcua.reports.stopwatch_shelf import Shelf
    from motcua.sheets import Sheets

    shelf, file = Shelf(Sheets(home.stopwatch)), Path(named)
    today = rules.hours.date(SystemClock().now().wall)
    if not file.exists() and named in shelf.names():
        return shelf.sheet(named, rules, today)
    try:
        sheet = read_sheet(file.read_bytes(), file.name, rules, today)
    except SheetError as error:
        more = error.count - len(error.problems)
        lines = [*map(str, error.problems), *([f"… and {more} more rows."] if more else [])]
        raise InputError("\n".join(lines)) from error
    if keep:
        click.echo(f"Kept as {shelf.keep(sheet)}.", err=True)
    return sheet
