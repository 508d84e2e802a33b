"""`motcua serve` and `motcua demo`."""

from __future__ import annotations

import logging
import signal
import sys
import tempfile
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from motcua.access import Role
from motcua.app import Box, create_app, fresh_id, open_box
from motcua.cli import InputError
from motcua.cli.options import home_option, open_rules, told
from motcua.clock import FastClock, SetClock, SystemClock
from motcua.home import Home
from motcua.journal.tiny import TinyJournal
from motcua.server import make_server, prepare_process
from motcua.settings import read_centre
from motcua.simulation.demo import Demonstration, first_morning
from motcua.simulation.past import demand_for, past_days, write_days

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from motcua.queue.rules import Rules

_DEMO_SEED = 2026
_DEMO_TICKETS = 170
_DEMO_PAST_DAYS = 20
"""Four of each weekday: enough to call something usual."""
_SCREENS = {
    "/": "which screen is this?", "/kiosk": "kiosk", "/counter": "counters", "/board": "board",
    "/reports": "reports", "/admin": "administration", "/api/v1/openapi.json": "for programs",
}  # fmt: skip


@click.command()
@home_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, help="Port to listen on; 0 takes any.")
@click.option("--journal", "journal_url", help="Where facts are kept, if not in the home.")
@click.option("--always-open", is_flag=True, help="Ignore opening hours (trials).")
def serve(home: Home, host: str, port: int, journal_url: str | None, *, always_open: bool) -> None:
    """Run everything; the first run makes the centre's folder."""
    if journal_url:
        message = (
            f"This version keeps its journal in the home only: leave --journal {journal_url} out."
        )
        raise InputError(message)
    _log()
    with told(), home.owned():
        is_new = home.prepare()
        journal = TinyJournal(home.journal)
        journal.repair()
        box = open_box(home, journal=journal, always_open=always_open)
        admin = _first_admin(box)
        with _served(box, host, port):
            click.echo(f"{'A new centre lies' if is_new else 'The centre lies'} in {home.path}")
            if admin:
                click.echo(f"Sign in at /signin as admin with the PIN {admin} (shown only now)")
            else:
                click.echo("Sign in at /signin; motcua staff pin NAME gives a new PIN.")


@click.command()
@home_option
@click.option("--port", default=8080, show_default=True, help="Port to listen on; 0 takes any.")
@click.option(
    "--speed", default=20.0, show_default=True, type=click.FloatRange(0.1, 600),
    help="How much faster than life; 60 lets a day pass in 10 minutes.",
)  # fmt: skip
@click.pass_context
def demo(ctx: click.Context, home: Home, port: int, speed: float) -> None:
    """Show a living ward: visitors arrive, clerks call, the board speaks."""
    _log()
    given = ctx.get_parameter_source("home") is not click.core.ParameterSource.DEFAULT
    with told(), tempfile.TemporaryDirectory(prefix="motcua-demo-") as folder:
        place = home if given else Home(Path(folder) / "home")
        with place.owned():
            if place.prepare():
                _add_counter(place)
            _run_demo(place, port, speed)


def _run_demo(home: Home, port: int, speed: float) -> None:
    rules = open_rules(home)
    today = rules.hours.date(SystemClock().now().wall)
    morning = first_morning(rules.hours, today)
    demand = demand_for(rules, _DEMO_SEED, _DEMO_TICKETS, len(rules.counters))
    journal = TinyJournal(home.journal)
    if not journal.days():
        _write_past(home, rules, rules.hours.date(morning))
    clock = FastClock(morning, speed)
    box = open_box(home, clock=clock, journal=journal)
    counters = list(rules.counters)
    played = counters[:-1] or counters
    demonstration = Demonstration(box.office, clock, demand, played)
    pins = {role: _demo_pin(box, role) for role in (Role.STAFF, Role.MANAGER, Role.ADMIN)}
    demonstration.start()
    try:
        with _served(box, "127.0.0.1", port):
            click.echo(f"A make-believe ward, {speed:g} times faster than life, in {home.path}")
            click.echo(
                f"Counters {played[0]} to {played[-1]} are played; counter {counters[-1]} is yours."
            )
            for role, pin in pins.items():
                click.echo(f"Sign in as {role.value} with the PIN {pin}")
            click.echo(f"Slips appear as pictures in {home.slips}")
    finally:
        demonstration.stop()


def _add_counter(home: Home) -> None:
    """Give the make-believe centre one counter more, for whoever watches."""
    centre = read_centre(home.centre)
    number = max(counter.number for counter in centre.counter) + 1
    letters = ", ".join(f'"{service.letter}"' for service in centre.service)
    with home.centre.open("a", encoding="utf-8") as file:
        file.write(f"\n[[counter]]\nnumber = {number}\nservices = [{letters}]\n")


def _write_past(home: Home, rules: Rules, before: date) -> None:
    """Give the reports some days to show."""
    days = past_days(rules, before, _DEMO_PAST_DAYS)
    clock = SetClock(first_morning(rules.hours, days[0]) - timedelta(hours=1))
    past = TinyJournal(home.journal, durable=False)
    demand = demand_for(rules, _DEMO_SEED - 1, _DEMO_TICKETS, len(rules.counters))
    write_days(past, rules, clock, days, demand, fresh_id)
    past.close()


def _demo_pin(box: Box, role: Role) -> str:
    name = role.value
    known = box.access.role_of(name)
    return box.access.new_pin(name) if known else box.access.add_staff(name, role)


def _first_admin(box: Box) -> str | None:
    """Make the first administrator; return the PIN, None when there is staff already."""
    return None if box.access.staff() else box.access.add_staff("admin", Role.ADMIN)


@contextmanager
def _served(box: Box, host: str, port: int) -> Iterator[None]:
    """Bind, start, print the addresses, let the caller add to them, then serve until stopped."""
    app = create_app(box)
    try:
        server = make_server(app, box.centre.server, host, port)
    except OSError as error:
        message = (
            f"Port {port} on {host} cannot be used ({error.strerror}): choose another with --port."
        )
        raise InputError(message) from error
    prepare_process()
    bound = getattr(server, "effective_port", port)
    address = f"http://{host}:{bound}"
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, _stop)
    box.start(address)
    try:
        click.echo(f"Motcua serves at {address}")
        for path, screen in _SCREENS.items():
            click.echo(f"  {address + path:<46} {screen}")
        yield
        sys.stdout.flush()
        server.run()
    finally:
        click.echo("Motcua stops.")
        box.close()
        server.close()


def _stop(_signal: int, _frame: object) -> None:
    raise SystemExit(0)


def _log() -> None:
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
