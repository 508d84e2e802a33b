"""`motcua dossiers`: the report of a period's dossiers, in the shape the centre publishes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from motcua.cli import InputError
from motcua.cli.options import existing, home_option, open_rules, told
from motcua.clock import SystemClock

if TYPE_CHECKING:
    from datetime import date

    from motcua.home import Home
    from motcua.queue.rules import Rules
    from motcua.reports.dossier_report import DossierReport
    from motcua.reports.period import Period

FORMS = ("text", "json", "csv", "xlsx")
"""What `reports.dossier_forms` knows; repeated here so that --help loads no report."""


@click.command()
@home_option
@click.option("--from", "first", required=True, metavar="DAY", help="First day, 2026-11-23.")
@click.option("--to", "last", required=True, metavar="DAY", help="Last day, included.")
@click.option(
    "--file", "export", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Export of the national system, .csv or .xlsx; else what the counters saw.",
)  # fmt: skip
@click.option("--as-of", metavar="DAY", help="Look at the dossiers at the end of this day.")
@click.option("--format", "form", default="text", show_default=True, type=click.Choice(FORMS))
@click.option("--language", default="vi", show_default=True, type=click.Choice(["vi", "en"]))
def dossiers(  # noqa: PLR0913, PLR0917 - an argument an option
    home: Home,
    first: str,
    last: str,
    export: Path | None,
    as_of: str | None,
    form: str,
    language: str,
) -> None:
    """Print dossiers received, online, settled on time, overdue and in process."""
    from motcua.reports.dossier_forms import rendered
    from motcua.reports.dossier_report import as_of_day
    from motcua.reports.period import asked
    from motcua.reports.wording import Wording
    from motcua.words import Words

    with told():
        period = asked(first, last)
        rules = open_rules(existing(home))
        day = as_of_day(period, rules.hours.date(SystemClock().now().wall), as_of or "")
        words = Words(home.path / "translations")
        report = _from_file(export, period, day, rules) if export else None
        report = report or _from_counters(home, period, day, rules)
        made = rendered(report, form, Wording(words, language, rules))
    click.echo(made, nl=False)


def _from_counters(home: Home, period: Period, day: date, rules: Rules) -> DossierReport:
    from motcua.archive import Archive
    from motcua.journal.tiny import TinyJournal
    from motcua.months import Months
    from motcua.reports.dossier_report import from_counters

    return from_counters(
        Archive(TinyJournal(home.journal), home.visits, months=Months(home.months)),
        period,
        day,
        rules,
    )


def _from_file(export: Path, period: Period, day: date, rules: Rules) -> DossierReport:
    from motcua.reports.dossier_file import DossiersError
    from motcua.reports.dossier_report import from_file

    try:
        with export.open("rb") as file:
            return from_file(file, export.name, period, day, rules)
    except DossiersError as error:
        shown = [str(problem) for problem in error.problems]
        more = error.count - len(shown)
        shown += [f"And {more} rows more."] if more else []
        raise InputError("\n".join([*shown, "Nothing was counted: correct these rows."])) from error
