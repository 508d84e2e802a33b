"""`motcua retention`: the rows of old months go, their sums stay."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from motcua.cli.options import existing, home_option, open_rules, told
from motcua.cli.trail import note
from motcua.journal.tiny import TinyJournal
from motcua.settings import read_centre

if TYPE_CHECKING:
    from motcua.home import Home
    from motcua.retention import Retention, Stand


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@home_option
def retention(home: Home, *, dry_run: bool) -> None:
    """Keep only sums of months older than rows_months of centre.toml; while serving it goes alone.

    A backup taken before still holds the rows.
    """
    with told(), nullcontext() if dry_run else existing(home).owned():
        kept = _retention(existing(home))
        stand = kept.stand()
        click.echo(_rule(stand))
        nothing, months = True, kept.due() if dry_run else kept.take_due()
        for month in months:
            nothing = False
            click.echo(f"{month}: rows {'would go' if dry_run else 'are gone'}, sums stay")
            if not dry_run:
                note(home, "rows.summed", month)
        if nothing:
            click.echo("Nothing is due.")


def _retention(home: Home) -> Retention:
    from motcua.archive import Archive
    from motcua.months import Months
    from motcua.reports.sums import summing
    from motcua.retention import Retention

    rules, months = open_rules(home), Months(home.months)
    journal = TinyJournal(home.journal)
    archive = Archive(journal, home.visits, months=months)
    rows_months = read_centre(home.centre).privacy.rows_months
    return Retention(journal, archive, months, rows_months, summing(lambda: rules))


def _rule(stand: Stand) -> str:
    if not stand.rows_months:
        return "rows_months = 0: rows are kept for good."
    sums = f", sums of {stand.months[0]} to {stand.months[-1]}" if stand.months else ""
    oldest = f"rows from {stand.oldest} on" if stand.oldest else "no rows"
    going = f"; those of {stand.oldest} may go from {stand.goes_on} on" if stand.goes_on else ""
    return f"Rows are kept for {stand.rows_months} months: there are {oldest}{sums}{going}."
