"""`motcua staff`, `motcua device` and `motcua token`: who may do what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from motcua.access import DEVICE_ROLES, STAFF_ROLES, Access, Role
from motcua.audit import named
from motcua.cli.options import home_option, told
from motcua.cli.trail import COMMAND_LINE, note
from motcua.passes import CODE_MINUTES

if TYPE_CHECKING:
    from motcua.home import Home
    from motcua.passes import Pass

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
    note(home, "staff.added", named(name.strip(), role))
    click.echo(f"{name.strip()} ({role}) signs in with the PIN {pin}")


@staff.command("pin")
@click.argument("name")
@home_option
def new_pin(name: str, home: Home) -> None:
    """Give NAME another PIN and print it; the old one and every open session end."""
    with told():
        pin = _access(home).new_pin(name)
    note(home, "staff.pin", name)
    click.echo(f"{name} signs in with the PIN {pin}")


@staff.command("list")
@home_option
def list_staff(home: Home) -> None:
    """List names and roles."""
    with told():
        for name, role in _access(home).staff():
            click.echo(f"{role:<8} {name}")


@staff.command("role")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in STAFF_ROLES]), required=True)
@home_option
def change_role(name: str, role: str, home: Home) -> None:
    """Give NAME another role; every open session of theirs ends."""
    with told():
        _access(home).change_role(name, Role(role))
    note(home, "staff.role", named(name, role))
    click.echo(f"{name} is {role} now and signs in again.")


@staff.command("remove")
@click.argument("name")
@home_option
def remove_staff(name: str, home: Home) -> None:
    """Let NAME sign in no longer; every open session of theirs ends."""
    with told():
        _access(home).remove_staff(name)
    note(home, "staff.removed", name)
    click.echo(f"{name} can no longer sign in.")


@click.group()
def device() -> None:
    """Kiosks and boards that are not the box itself."""


@device.command("code")
@click.option("--role", type=click.Choice([role.value for role in DEVICE_ROLES]), required=True)
@click.option("--name", default="", help="What people call the device, e.g. 'Kiosk 2'.")
@home_option
def add_code(role: str, name: str, home: Home) -> None:
    """Print a one-time code to enter at the device's first page."""
    with told():
        code = _access(home).add_code(Role(role), name.strip(), COMMAND_LINE)
    note(home, "code.made", named(name.strip(), role))
    click.echo(code)
    click.echo(f"Enter it on the device within {CODE_MINUTES} minutes.", err=True)


@device.command("list")
@home_option
def list_devices(home: Home) -> None:
    """List the devices: id, role, since when, last day seen, name."""
    with told():
        _list(_access(home).devices())


@device.command("end")
@click.argument("device_id", metavar="ID")
@home_option
def end_device(device_id: str, home: Home) -> None:
    """Let a device be a stranger again: it asks for a code."""
    with told():
        ended = _access(home).end_device(device_id)
    note(home, "device.ended", named(ended.name, ended.role))
    click.echo(f"{ended.name} is no device of the centre any more.")


@click.group()
def token() -> None:
    """Tokens for programs."""


@token.command("add")
@click.option("--role", type=click.Choice(_TOKEN_ROLES), required=True)
@click.option("--name", default="", help="What people call the program.")
@home_option
def add_token(role: str, name: str, home: Home) -> None:
    """Print a new API token, alone on stdout; only its hash is kept."""
    with told():
        made = _access(home).add_token(Role(role), name.strip(), COMMAND_LINE)
    note(home, "token.made", named(name.strip(), role))
    click.echo(made)


@token.command("list")
@home_option
def list_tokens(home: Home) -> None:
    """List the tokens: id, role, since when, last day used, name."""
    with told():
        _list(_access(home).tokens())


@token.command("end")
@click.argument("token_id", metavar="ID")
@home_option
def end_token(token_id: str, home: Home) -> None:
    """Let a token open nothing any more."""
    with told():
        ended = _access(home).end_token(token_id)
    note(home, "token.ended", named(ended.name or ended.id, ended.role))
    click.echo(f"The token {ended.name or ended.id} opens nothing any more.")


def _list(passes: list[Pass]) -> None:
    for one in passes:
        since, seen = one.since or "-", one.seen_day or "-"
        click.echo(f"{one.id:<16}  {one.role:<7}  {since:<10}  {seen:<10}  {one.name}".rstrip())
