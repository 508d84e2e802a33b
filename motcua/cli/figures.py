"""`motcua report` and `motcua simulate`: the measures, and days to measure."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from motcua.cli.options import home_option, told
from motcua.clock import SetClock, SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import date

    from motcua.home import Home

_MORE_THAN_ENOUGH_COUNTERS = 99


@click.command()
@home_option
@click.option("--days", required=True, type=click.IntRange(1, 3650), help="Working days to write.")
@click.option("--tickets-per-day", required=True, type=click.IntRange(1, 100_000))
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same days.")
@click.option(
    "--counters", type=click.IntRange(1, _MORE_THAN_ENOUGH_COUNTERS), help="Counters that work."
)
def simulate(home: Home, days: int, tickets_per_day: int, seed: int, counters: int | None) -> None:
    """Write whole simulated past days, for trials, load and reports."""
    from motcua.app import fresh_id
    from motcua.cli.serving import open_rules
    from motcua.journal.tiny import TinyJournal
    from motcua.simulation.demo import first_morning
    from motcua.simulation.past import demand_for, past_days, staffed, write_days

    with told(), home.owned():
        home.prepare()
        rules = staffed(open_rules(home), counters)
        planned = past_days(rules, rules.hours.date(SystemClock().now().wall), days)
        demand = demand_for(rules, seed, tickets_per_day, len(rules.counters))
        journal = TinyJournal(home.journal, durable=False)
        clock = SetClock(first_morning(rules.hours, planned[0]))
        with _progress(len(planned)) as tick:
            seq = write_days(journal, rules, clock, planned, demand, fresh_id, tick)
        journal.close()
    click.echo(f"{planned[0]} to {planned[-1]}: {days} days, last event {seq}, in {home.path}")


def _progress(length: int) -> AbstractContextManager[Callable[[date], None]]:
    """Show progress on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return nullcontext(lambda _: None)
    return _Bar(length)


class _Bar:
    """A bar on stderr that moves on with each day."""

    def __init__(self, length: int) -> None:
        self._bar = click.progressbar(length=length, label="Days", file=sys.stderr)

    def __enter__(self) -> Callable[[date], None]:
        self._bar.__enter__()
        return lambda _: self._bar.update(1)

    def __exit__(self, *error: object) -> None:
        self._bar.__exit__(None, None, None)
