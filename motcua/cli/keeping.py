"""`motcua journal`, `motcua backup` and `motcua restore`: that nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from motcua.backup import take
from motcua.cli.options import existing, home_option, told
from motcua.cli.trail import note
from motcua.clock import SystemClock
from motcua.journal.tiny import TinyJournal
from motcua.months import Months

if TYPE_CHECKING:
    from motcua.home import Home

_file = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
_read_file = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group()
def journal() -> None:
    """The record of every day."""


@journal.command("verify")
@home_option
def verify_journal(home: Home) -> None:
    """Check every line of every day, and the sums of months; exit 1 when one is damaged."""
    from motcua.archive import Archive
    from motcua.journal.verify import verify

    with told():
        kept = TinyJournal(existing(home).journal)
        months = Months(home.months)
        days = verify(home.journal, Archive(kept, home.visits).verify, months.gone())
        damaged = months.damaged()
    for month in months.names():
        state = "damaged: restore the file from a backup" if month in damaged else "sound"
        click.echo(f"{month}     sums, rows gone: {state}")
    for day in days:
        click.echo(day.line())
    if damaged or not all(day.sound for day in days):
        raise SystemExit(1)


@journal.command("export")
@_file
@home_option
def export_journal(file: Path, home: Home) -> None:
    """Write every record to FILE as JSON lines."""
    from motcua.journal.exchange import export

    with told():
        kept = TinyJournal(existing(home).journal)
        count = export(kept, file)
    click.echo(f"{count} records written to {file}")
    if kept.damage:
        places = f"{len(kept.damage)} damaged places were left out"
        click.echo(f"{places}: see motcua journal verify", err=True)


@journal.command("import")
@_read_file
@click.option("--gaps", is_flag=True, help="Take what is left of a damaged journal.")
@home_option
def import_journal(file: Path, home: Home, *, gaps: bool) -> None:
    """Read records from FILE; those already there, or in the sums of a month, are passed over."""
    from motcua.journal.exchange import import_

    with told(), home.owned():
        home.prepare()
        gone = Months(home.months).gone()
        count = import_(TinyJournal(home.journal), file, gaps=gaps, gone=gone)
    note(home, "journal.imported", file.name)
    click.echo(f"{count} records added from {file}")


@click.command()
@_file
@home_option
def backup(file: Path, home: Home) -> None:
    """Write the whole centre to FILE, while it serves."""
    with told():
        manifest = take(home, file, SystemClock().now())
    note(home, "backup.taken", file.name)
    click.echo(f"{len(manifest.files)} files up to event {manifest.last_seq} are in {file}")


@click.command()
@_read_file
@click.option("--force", is_flag=True, help="Give up events that the backup has not.")
@home_option
def restore(file: Path, home: Home, *, force: bool) -> None:
    """Check the backup FILE, then put it in the centre's place."""
    from motcua.restoration import restore as put_back

    with told():
        manifest = put_back(home, file, force=force)
    note(home, "backup.restored", file.name)
    click.echo(f"{home.path} is as it was at {manifest.taken_at}, event {manifest.last_seq}")
    if home.replaced.exists():
        click.echo(f"What was there before lies in {home.replaced}")
