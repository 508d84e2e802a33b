"""`motcua catalogue`: the list of procedures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from motcua.cli import InputError
from motcua.cli.options import home_option, told
from motcua.cli.trail import note
from motcua.clock import SystemClock

if TYPE_CHECKING:
    from motcua.home import Home


@click.group()
def catalogue() -> None:
    """The list of procedures."""


@catalogue.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@home_option
def import_(file: Path, home: Home) -> None:
    """Read FILE into the catalogue: the portal's or the ward's XLSX, or our CSV. All or nothing."""
    from motcua.catalogue import Catalogue
    from motcua.catalogue.importing import plan_import
    from motcua.settings import read_centre

    with told():
        home.prepare()
        centre = read_centre(home.centre)
        rules = centre.rules({})
        today = rules.hours.date(SystemClock().now().wall)
        current = Catalogue.load(home.procedures)
        plan = plan_import(file, current, rules.services, today)
        click.echo(plan.text_table(centre.languages[0]))
        if plan.refused:
            message = f"{file.name}: nothing was written: mend the refused rows and try again."
            raise InputError(message)
        plan.apply(home.procedures)
    note(home, "catalogue.imported", file.name)
