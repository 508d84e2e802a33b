"""`/reports/dossiers`: the period's dossiers as the centre publishes them, and as files.

An export of the national system is read once, in the request that brings it. What is counted then
stays in memory under a key, so that it can be printed and saved; the file itself is not kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from threading import Lock
from typing import TYPE_CHECKING, Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    make_response,
    render_template,
    request,
)

from motcua import web
from motcua.access import Role
from motcua.archive import Archive
from motcua.catalogue.spelling import tidy
from motcua.office import Office
from motcua.queue.errors import QueueError
from motcua.reports.choice import Question, choice, question
from motcua.reports.dossier_chart import standing_chart
from motcua.reports.dossier_file import DossiersError
from motcua.reports.dossier_forms import rendered
from motcua.reports.dossier_report import DossierReport, as_of_day, from_counters, from_file
from motcua.reports.dossier_tables import dossier_tables
from motcua.reports.dossier_words import dossier_answer, dossier_definitions
from motcua.reports.page import shown_table
from motcua.reports.period import ReportError, around
from motcua.reports.wording import Wording
from motcua.web import role
from motcua.words import Words

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

MOST_BYTES = 16 * 1024 * 1024
"""Largest file taken: some hundred thousand dossiers. Larger ones: `motcua dossiers --file`."""
_KEPT = 5
_NAME_CHARS = 80
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Readings:
    """What the last files said, counted; forgotten when others come, and with the process."""

    def __init__(self) -> None:
        """Keep none yet."""
        self._kept: dict[str, DossierReport] = {}
        self._lock = Lock()

    def keep(self, report: DossierReport) -> str:
        """Keep a report; return its key."""
        key = secrets.token_urlsafe(9)
        with self._lock:
            while len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = report
        return key

    def get(self, key: str) -> DossierReport:
        """Return the report of `key`.

        Raises:
            QueueError: `dossiers.forgotten`.
        """
        with self._lock:
            found = self._kept.get(key)
        if found is None:
            sentence = "What this file said is no longer kept: read the file again."
            raise QueueError("dossiers.forgotten", sentence, "not_found")
        return found


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the views share."""

    office: Office
    archive: Archive
    readings: Readings

    def today(self) -> date:
        with self.office.today() as day:
            return date.fromisoformat(day.latest_date)

    def wording(self) -> Wording:
        words: Words = current_app.extensions["motcua-words"]
        return Wording(words, web.language(), self.office.rules)

    def asked(self) -> DossierReport:
        """Return the report the current address asks for."""
        if key := request.args.get("reading"):
            return self.readings.get(key)
        today = self.today()
        period = _question(request.args, today).period
        as_of = as_of_day(period, today, request.args.get("as_of", ""))
        return from_counters(self.archive, period, as_of, self.office.rules)

    def page(self, report: DossierReport | None, **values: Any) -> str:  # noqa: ANN401
        """Render the page: a report, or only the forms and what was wrong."""
        wording, today = self.wording(), self.today()
        about = Question(report.tally.period) if report else _question(request.form, today)
        query = dict(about.query)
        if report and report.tally.as_of != as_of_day(about.period, today):
            query["as_of"] = report.tally.as_of.isoformat()
        make = web.page if report else render_template  # what was wrong stands above the part
        return make(
            "reports/dossiers.html", report=report, query=query,
            choice=choice(about, today, wording), most_mb=MOST_BYTES // (1024 * 1024),
            shown=_shown(report, wording) if report else {}, **values,
        )  # fmt: skip


def dossiers_blueprint(office: Office, archive: Archive) -> Blueprint:
    """Return the report of dossiers, its files, and the reading of an export.

    Args:
        office: knows today, the catalogue and the calendar.
        archive: has the days.
    """
    blueprint = Blueprint("dossiers", __name__)
    desk = _Desk(office, archive, Readings())

    @blueprint.url_value_preprocessor
    def allow_files(endpoint: str | None, _: dict[str, Any] | None) -> None:
        """Let this one address take a file; the guard still looks at who sends it first."""
        if endpoint == "dossiers.read":
            request.max_content_length = MOST_BYTES

    @blueprint.get("/reports/dossiers")
    @role(Role.MANAGER)
    def show() -> str:
        """Show what the counters saw, or what a file that was read said."""
        return desk.page(desk.asked(), reading=request.args.get("reading", ""))

    @blueprint.post("/reports/dossiers")
    @role(Role.MANAGER)
    def read() -> AnyResponse:
        """Read an export for one report."""
        try:
            key = desk.readings.keep(_read(desk))
        except DossiersError as error:
            return _refused(desk, error, error.count)
        except ReportError as error:
            return _refused(desk, error)
        finally:
            request.close()  # the file, which may lie in the folder for passing files
        return web.see_other("dossiers.show", reading=key)

    @blueprint.get("/reports/dossiers.<form>")
    @role(Role.MANAGER)
    def file(form: str) -> Response:
        """Give the report as a file."""
        if form not in _MEDIA:
            abort(404)
        report = desk.asked()
        period = report.tally.period
        name = f"motcua-dossiers-{period.first}-{period.last}.{form}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        body = rendered(report, form, desk.wording())
        return Response(body, headers=headers, content_type=_MEDIA[form])

    return blueprint


def _question(args: Any, today: date) -> Question:  # noqa: ANN401 - werkzeug's own mapping
    """Return the period an address or a form names; this month when it names none."""
    if args.get("from") or args.get("to"):
        return question({name: args.get(name, "") for name in ("from", "to")}, today)
    return Question(around(today, "month"))


def _read(desk: _Desk) -> DossierReport:
    """Return what the file in the current request says.

    Raises:
        ReportError: it says nothing, or something that cannot be.
    """
    today = desk.today()
    period = _question(request.form, today).period
    as_of = as_of_day(period, today, request.form.get("as_of", ""))
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise ReportError("dossiers.unreadable", "Choose a file first.")
    name = tidy(PurePath(sent.filename.replace("\\", "/")).name)[:_NAME_CHARS] or "CSV"
    return from_file(sent.stream, name, period, as_of, desk.office.rules)


def _refused(desk: _Desk, error: ReportError, rows: int = 0) -> AnyResponse:
    """Show the forms again, with what is wrong and in which rows."""
    told: Sequence[str] = [web.say(error.sentence, **error.details)]
    if isinstance(error, DossiersError):
        told = [web.say(one.sentence, **one.details) for one in error.problems]
    try:
        page = desk.page(None, troubles=told, more=max(0, rows - len(told)), code=error.code)
    except ReportError:  # the days of the form are wrong themselves
        raise error from None
    return make_response(page, 422)


def _shown(report: DossierReport, wording: Wording) -> dict[str, object]:
    some = bool(report.tally.received or report.tally.carried or report.file)
    made = dossier_tables(report, wording) if some else []
    return {
        "answer": dossier_answer(report, wording),
        "few": not report.tally.received,
        "chart": standing_chart(report, wording) if report.file else "",
        "tables": [shown_table(table, wording) for table in made],
        "definitions": dossier_definitions(report, wording),
        "period": wording.period(report.tally.period),
        "file": report.file.name if report.file else "",
    }
