"""The command line: `motcua`. Each command stands in a module that is loaded when it is used."""

from __future__ import annotations

import importlib
from typing import Any

import click

import motcua

_COMMANDS = {
    "serve": "serving",
    "demo": "serving",
    "check": "checking",
    "catalogue": "lists",
    "staff": "people",
    "device": "people",
    "token": "people",
    "audit": "trail",
    "report": "figures",
    "dossiers": "dossiers",
    "simulate": "figures",
    "backtest": "backtesting",
    "journal": "keeping",
    "backup": "keeping",
    "restore": "keeping",
    "retention": "rows",
}
"""Command → module below `motcua.cli` that holds it under the same name."""


class InputError(click.ClickException):
    """What was asked cannot be done: one sentence on stderr, exit code 1."""

    def show(self, file: Any = None) -> None:  # noqa: ANN401, ARG002 - click's signature
        """Say so, without click's prefix."""
        click.echo(self.format_message(), err=True)


class _Commands(click.Group):
    """Finds commands without importing the others: `motcua --help` must be quick on a small box."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names, in the order of the documentation."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return one command."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"motcua.cli.{_COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(motcua.__version__, prog_name="motcua")
def main() -> None:
    """Motcua: kiosk and queue for a ward public-service centre."""
