"""`/reports/stopwatch`: a manager brings sheets of hand-noted waits, or takes an empty one."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Response, make_response, render_template, request

from motcua import web
from motcua.access import Role
from motcua.reports.compare_words import covered
from motcua.reports.period import ReportError
from motcua.reports.stopwatch import MOST_BYTES, SheetError, read_sheet
from motcua.web import role

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Blueprint
    from werkzeug.wrappers import Response as AnyResponse

    from motcua.office import Office
    from motcua.reports.stopwatch_shelf import Shelf
    from motcua.reports.wording import Wording

_FORM_BYTES = 16 * 1024
"""What a form adds around its file."""
_HEADS = ("day", "came at", "called at", "left uncalled at", "service", "finished at")
"""Of the empty sheet, in English; each is a heading that is read."""
_LINES = 28


def add_stopwatch(blueprint: Blueprint, screen: StopwatchScreen) -> None:
    """Add the pages of stopwatch sheets."""

    @blueprint.url_value_preprocessor
    def allow_files(endpoint: str | None, _: dict[str, Any] | None) -> None:
        """Let this one address take a file; the guard still looks at who sends it first."""
        if endpoint == "reports.bring_sheet":
            request.max_content_length = MOST_BYTES + _FORM_BYTES

    @blueprint.get("/reports/stopwatch")
    @role(Role.MANAGER)
    def stopwatch() -> str:
        """Show the sheets that are kept, and how to bring one."""
        return screen.page()

    @blueprint.post("/reports/stopwatch")
    @role(Role.MANAGER)
    def bring_sheet() -> AnyResponse:
        """Keep a sheet, or tell what is wrong with it: nothing is half kept."""
        return screen.bring()

    @blueprint.post("/reports/stopwatch/remove")
    @role(Role.MANAGER)
    def remove_sheet() -> AnyResponse:
        """Remove a sheet; one that is not there is none already."""
        return screen.remove(request.form.get("name", ""))

    @blueprint.get("/reports/stopwatch/sheet.csv")
    @role(Role.MANAGER)
    def empty_sheet() -> Response:
        """Give the empty sheet, in the form the office's spreadsheet opens."""
        separator = ";" if web.language() == "vi" else ","
        text = "\ufeff" + separator.join(web.say(head) for head in _HEADS) + "\r\n"
        headers = {"Content-Disposition": 'attachment; filename="motcua-stopwatch.csv"'}
        return Response(text, headers=headers, content_type="text/csv; charset=utf-8")

    @blueprint.get("/reports/stopwatch/paper")
    @role(Role.MANAGER)
    def paper_sheet() -> str:
        """Show the empty sheet to be printed on A4."""
        return render_template("reports/paper_sheet.html", heads=_HEADS[1:], lines=_LINES)


class StopwatchScreen:
    """Shows, takes in and removes sheets."""

    def __init__(self, office: Office, shelf: Shelf, wording: Callable[[], Wording]) -> None:
        """Show the sheets of a shelf.

        Args:
            office: knows today and the rules.
            shelf: keeps the sheets.
            wording: gives the language of the current request.
        """
        self._office = office
        self._shelf = shelf
        self._wording = wording

    def page(self, **values: object) -> str:
        """Return the page."""
        wording, rules = self._wording(), self._office.rules
        kept = [
            (one.name, one.sheet, covered(one.sheet.scope, wording) if one.sheet else "")
            for one in self._shelf.all(rules, self._today())
        ]
        return render_template(
            "reports/stopwatch.html", kept=kept, heads=_HEADS, most_kb=MOST_BYTES // 1024,
            services=rules.services.values(), **values,
        )  # fmt: skip

    def bring(self) -> AnyResponse:
        """Keep the file of the current request."""
        file = request.files.get("file")
        if file is None or not file.filename:
            return self._refused(web.say("Choose a file first."))
        with closing(file):
            data = file.read()
        try:
            sheet = read_sheet(data, file.filename, self._office.rules, self._today())
            name = self._shelf.keep(sheet)
        except SheetError as error:
            told = [web.say(one.sentence, **one.details) for one in error.problems]
            return self._refused(*told, unshown=error.count - len(told))
        except ReportError as error:
            return self._refused(web.say(error.sentence, **error.details))
        web.note("sheet.kept", about=name)
        return web.see_other("reports.stopwatch")

    def remove(self, name: str) -> AnyResponse:
        """Remove a sheet."""
        if self._shelf.remove(name):
            web.note("sheet.removed", about=name)
        return web.see_other("reports.stopwatch")

    def _refused(self, *problems: str, unshown: int = 0) -> Response:
        return make_response(self.page(problems=problems, unshown=unshown), 422)

    def _today(self) -> date:
        with self._office.today() as day:
            return date.fromisoformat(day.latest_date)
