"""`motcua audit`: who signed in and what administrators did; notes of the command line itself."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

import click

from motcua.audit import ACTS, Audit
from motcua.cli.options import existing, home_option, told
from motcua.clock import SystemClock
from motcua.settings import SettingsError, read_centre

if TYPE_CHECKING:
    from motcua.home import Home

COMMAND_LINE = "command line"
"""Where the acts of this program's commands come from."""


@click.command()
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="One day only: YYYY-MM-DD.")
@click.option("--lines", default=100, show_default=True, help="How many, newest first.")
@home_option
def audit(day: datetime | None, lines: int, home: Home) -> None:
    """Show who signed in and what administrators did, newest first."""
    with told():
        trail = Audit(existing(home).audit, lambda: _local_time(home))
        wanted = str(day.date()) if day else ""
        for entry in islice(trail.entries(wanted), lines):
            words = ACTS.get(entry.act, entry.act)
            parts = [f"{entry.at:%Y-%m-%d %H:%M}", words, entry.about, entry.who, entry.address]
            click.echo("  ".join(part or "-" for part in parts))


def note(home: Home, act: str, about: str = "") -> None:
    """Note in the audit trail of `home` what this command did."""
    Audit(home.audit, lambda: _local_time(home)).note(act, _login(), COMMAND_LINE, about)


def _local_time(home: Home) -> datetime:
    wall = SystemClock().now().wall
    try:
        return read_centre(home.centre).rules({}).hours.local(wall)
    except SettingsError:
        return wall.astimezone(UTC)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return ""
