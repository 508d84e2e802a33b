"""`/reports`: what the manager sees, and takes home as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, current_app, request

from motcua import web
from motcua.access import Role
from motcua.archive import Archive
from motcua.office import Office
from motcua.reports.choice import Question, choice, question
from motcua.reports.kept import sums
from motcua.reports.live_screen import LiveScreen, names_a_range
from motcua.reports.page import page
from motcua.reports.render import render
from motcua.reports.report import legs_of, report
from motcua.reports.stopwatch_screen import StopwatchScreen, add_stopwatch
from motcua.reports.stopwatch_shelf import Shelf
from motcua.reports.table_csv import table_csv
from motcua.reports.visits_csv import written
from motcua.reports.wording import Wording
from motcua.web import role
from motcua.words import Words

if TYPE_CHECKING:
    from motcua.settings import Centre
    from motcua.sheets import Sheets

_LONG_DAYS = 400
"""Reports of more days come in a second piece, and do not grow while one looks."""
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def reports_blueprint(
    office: Office,
    archive: Archive,
    centre: Centre,
    sheets: Sheets,
    machines: Callable[[], Sequence[str]] = list,
) -> Blueprint:
    """Return the report and its files.

    Args:
        office: knows today and the rules, the catalogue's procedures among them.
        archive: has the days.
        centre: its name and target.
        sheets: keeps stopwatch sheets to compare with.
        machines: tells what is wrong with the printers, one English sentence each.
    """
    blueprint = Blueprint("reports", __name__)
    shelf = Shelf(sheets)
    add_stopwatch(blueprint, StopwatchScreen(office, shelf, lambda: _wording(office)))
    live_day = LiveScreen(office, archive, centre, machines)

    @blueprint.get("/reports/now")
    @role(Role.MANAGER)
    def now() -> str | Response:
        """Show the hall at this moment and the day so far."""
        return live_day.show(_wording(office))

    @blueprint.get("/reports")
    @role(Role.MANAGER)
    def show() -> str | Response:
        """Show the report asked for, the live day when it names no days; today's grows."""
        if not names_a_range():
            return live_day.show(_wording(office))
        today, seq = _today(office)
        asked_for = question(request.args, today)
        is_long = asked_for.period.length > _LONG_DAYS
        live = asked_for.period.holds(today) and not is_long
        if live and (known := web.nothing_new(seq)):
            return known
        wording = _wording(office)
        other = shelf.other(asked_for, office.rules, today)
        if is_long and not web.is_htmx() and "whole" not in request.args:
            sums(archive, asked_for.period)  # refuses at once what it would refuse in the end
            return web.page(
                "reports/reckoning.html", period=wording.period(asked_for.period),
                choice=choice(asked_for, today, wording, shelf.names()),
            )  # fmt: skip
        made = report(archive, asked_for.period, office.rules, centre, other)
        return web.page(
            "reports/show.html", page=page(made, wording), live=live, seq=seq,
            choice=choice(asked_for, today, wording, shelf.names()), table_files=True,
        )  # fmt: skip

    @blueprint.get("/reports/waits.<form>")
    @role(Role.MANAGER)
    def file(form: str) -> Response:
        """Give the report as a file; CSV is the visits, or with `table=` one table.

        The visits name no counters unless `counters=yes` asks for them.
        """
        if form not in _MEDIA:
            abort(404)
        today, _ = _today(office)
        asked_for = question(request.args, today)
        body: Iterator[str] | str | bytes
        table = request.args.get("table")
        if form == "csv" and table is None:
            counters = request.args.get("counters") == "yes"
            legs = legs_of(archive, asked_for.period)
            body = written(legs, office.rules.hours.zone, counters=counters)
        else:
            other = shelf.other(asked_for, office.rules, today)
            made = report(archive, asked_for.period, office.rules, centre, other)
            wording = _wording(office)
            body = (
                table_csv(made, table, wording)
                if form == "csv" and table is not None
                else render(made, form, wording.language, wording.words)
            )
        return _file(body, form, asked_for, table)

    return blueprint


def _today(office: Office) -> tuple[date, int]:
    """Return today's date and the number of the last event."""
    with office.today() as day:
        return date.fromisoformat(day.latest_date), day.seq


def _wording(office: Office) -> Wording:
    return Wording(_words(), web.language(), office.rules)


def _words() -> Words:
    words: Words = current_app.extensions["motcua-words"]
    return words


def _file(
    body: Iterator[str] | str | bytes, form: str, asked_for: Question, table: str | None
) -> Response:
    period = asked_for.period
    named = f"-{table}" if form == "csv" and table else ""
    name = f"motcua-{period.first}-{period.last}{named}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, mimetype=None, headers=headers, content_type=_MEDIA[form])
