"""`motcua report` and `motcua simulate`: the measures, and days to measure."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from datetime import date
from typing import TYPE_CHECKING

import click

from motcua.cli.options import existing, home_option, open_rules, told
from motcua.clock import SetClock, SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from motcua.home import Home
    from motcua.words import Words

FORMS = ("text", "json", "csv", "xlsx", "html")
"""What `reports.render` knows; repeated here so that --help loads no report."""
_SPOKEN = ("text", "xlsx", "html")
"""Those of them that are written in a language."""
_MORE_THAN_ENOUGH_COUNTERS = 99
_FEW_DAYS = 31


@click.command()
@home_option
@click.option("--from", "first", required=True, metavar="DAY", help="First day, 2026-11-23.")
@click.option("--to", "last", required=True, metavar="DAY", help="Last day, included.")
@click.option("--compare-from", "before_first", metavar="DAY", help="Compare with days from here")
@click.option("--compare-to", "before_last", metavar="DAY", help="to here.")
@click.option("--compare-sheet", "sheet", metavar="FILE", help="Compare with waits noted by hand.")
@click.option("--keep-sheet", is_flag=True, help="Keep that sheet for the screen too.")
@click.option(
    "--format", "form", default="text", show_default=True, type=click.Choice(FORMS),
    help="csv gives the visits, the others the measures.",
)  # fmt: skip
@click.option("--counters", is_flag=True, help="Name the counters in the csv, for replays.")
@click.option("--language", default="vi", show_default=True, type=click.Choice(["vi", "en"]))
def report(  # noqa: PLR0913, PLR0917 - an argument an option
    home: Home,
    first: str,
    last: str,
    before_first: str | None,
    before_last: str | None,
    sheet: str | None,
    form: str,
    language: str,
    *,
    keep_sheet: bool,
    counters: bool,
) -> None:
    """Print the measures of a range of days, compared with another range if wanted."""
    from motcua.archive import Archive
    from motcua.catalogue import Catalogue
    from motcua.cli.comparing import other_time
    from motcua.journal.tiny import TinyJournal
    from motcua.months import Months
    from motcua.reports.period import Period, asked
    from motcua.reports.render import render
    from motcua.reports.report import report as measured
    from motcua.settings import read_centre

    with told():
        period = asked(first, last)
        centre = read_centre(existing(home).centre)
        rules = centre.rules(Catalogue.load(home.procedures).by_code)
        other = other_time(home, rules, (before_first, before_last), sheet, keep=keep_sheet)
        journal = TinyJournal(home.journal)
        periods = [period, *([other] if isinstance(other, Period) else [])]
        dates = [date.fromisoformat(day) for day in journal.days()]
        with _progress(sum(one.holds(day) for one in periods for day in dates)) as tick:
            months = Months(home.months)
            archive = Archive(journal, home.visits, months=months, progress=tick)
            answer = measured(archive, period, rules, centre, other)
        made = render(answer, form, language, _words(home, form), counters=counters)
    click.echo(made, nl=False)


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


def _words(home: Home, form: str) -> Words | None:
    """Return the sentences of a home, where the form needs any: reading them takes its time."""
    from motcua.words import Words

    return Words(home.path / "translations") if form in _SPOKEN else None


def _progress(length: int) -> AbstractContextManager[Callable[..., None]]:
    """Show progress through so many days on a terminal, unless they are few; nothing elsewhere."""
    if not sys.stderr.isatty() or length <= _FEW_DAYS:
        return nullcontext(lambda *_: None)
    return _Bar(length)


class _Bar:
    """A bar on stderr that moves on with each day."""

    def __init__(self, length: int) -> None:
        self._bar = click.progressbar(length=length, label="Days", file=sys.stderr)

    def __enter__(self) -> Callable[..., None]:
        self._bar.__enter__()
        return lambda *_: self._bar.update(1)

    def __exit__(self, *error: object) -> None:
        self._bar.__exit__(None, None, None)
