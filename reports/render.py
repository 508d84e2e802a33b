"""A report in the form asked for: what `motcua report --format` prints."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from motcua.folders import data_folder
from motcua.reports.json_form import as_json
from motcua.reports.period import ReportError
from motcua.reports.visits_csv import written
from motcua.reports.wording import Wording
from motcua.words import Words

if TYPE_CHECKING:
    from motcua.reports.report import Report


def render(
    report: Report, form: str, language: str, words: Words | None = None, *, counters: bool = False
) -> str | bytes:
    """Return the report as a file or for the terminal; only `xlsx` is bytes.

    Args:
        report: what to tell.
        form: one of `FORMS`.
        language: `vi` or `en`; CSV and JSON have none.
        words: the sentences, those of a centre's own among them; else those that came along.
        counters: True fills in the counter's column of the CSV.

    Raises:
        ReportError: `format.unknown`.
    """
    if form == "csv":
        zone = report.rules.hours.zone
        return "".join(written(report.legs(), zone, counters=counters))
    if form == "json":
        return msgspec.json.format(msgspec.json.encode(as_json(report))).decode() + "\n"
    if form not in FORMS:
        sentence = "%(value)s is no format: choose one of %(allowed)s."
        raise ReportError("format.unknown", sentence, value=form[:40], allowed=", ".join(FORMS))
    return _FORMS[form](report, Wording(words or Words(), language, report.rules))


def _text(report: Report, wording: Wording) -> str:
    from motcua.reports.text import text

    return text(report, wording)


def _workbook(report: Report, wording: Wording) -> bytes:
    from motcua.reports.workbook import workbook

    return workbook(report, wording)


def _html(report: Report, wording: Wording) -> str:
    """Return a page that stands alone: one file, nothing to load."""
    from jinja2 import Environment, FileSystemLoader

    from motcua.reports.page import page

    environment = Environment(
        loader=FileSystemLoader(data_folder("templates")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    static = data_folder("static")
    styles = "\n".join((static / name).read_text("utf-8") for name in ("motcua.css", "reports.css"))
    centre = report.centre
    return environment.get_template("reports/file.html").render(
        page=page(report, wording),
        unfolded=True,
        styles=styles[styles.index(":root") :],
        language=wording.language,
        centre_name=centre.name if wording.language == "vi" else centre.name_en,
        _=wording.say,
    )


_FORMS: dict[str, Callable[[Report, Wording], str | bytes]] = {
    "text": _text,
    "xlsx": _workbook,
    "html": _html,
}
FORMS = ("text", "json", "csv", "xlsx", "html")
"""What a report can be rendered as."""
