"""`motcua staff` and `motcua token`: who may do what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from motcua.access import STAFF_ROLES, Access, Role
from motcua.cli.options import home_option, told

if TYPE_CHECKING:
    from motcua.home import Home

_TOKEN_ROLES = [role.value for role in Role if role is not Role.VISITOR]


def _access(home: Home) -> Access:
    home.path.mkdir(parents=True, exist_ok=True)
    return Access(home.access)


@click.group()
def staff() -> None:
    """People and their PINs."""


@staff.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in STAFF_ROLES]), required=True)
@home_option
def add_staff(name: str, role: str, home: Home) -> None:
    """Let NAME sign in; prints the PIN, which is kept nowhere."""
    with told():
        pin = _access(home).add_staff(name, Role(role))
    click.echo(f"{name.strip()} ({role}) signs in with the PIN {pin}")


@staff.command("pin")
@click.argument("name")
@home_option
def new_pin(name: str, home: Home) -> None:
    """Give NAME another PIN and print it; the old one ends."""
    with told():
        pin = _access(home).new_pin(name)
    click.echo(f"{name} signs in with the PIN {pin}")


@staff.command("list")
@home_option
def list_staff(home: Home) -> None:
    """List names and roles."""
    with told():
        for name, role in _access(home).staff():
            click.echo(f"{role:<8} {name}")


@click.group()
def token() -> None:
    """Tokens for programs."""


@token.command("add")
@click.option("--role", type=click.Choice(_TOKEN_ROLES), required=True)
@home_option
def add_token(role: str, home: Home) -> None:
    """Print a new API token, alone on stdout; only its hash is kept."""
    with told():
        click.echo(_access(home).add_token(Role(role)))
