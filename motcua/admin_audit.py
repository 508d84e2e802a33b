"""The audit trail: every act of an administrator is noted here, and the page that shows it."""

from __future__ import annotations

import csv
import io
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from flask import Response, current_app, g, request

from motcua import web
from motcua.access import Role
from motcua.admin_desk import ROLES
from motcua.audit import ACTS, BETWEEN, named
from motcua.web import role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Blueprint

    from motcua.admin_desk import AdminDesk
    from motcua.audit import Audit, Entry

ACT_OF = {
    "admin.hire": "staff.added",
    "admin.new_pin": "staff.pin",
    "admin.change_role": "staff.role",
    "admin.remove": "staff.removed",
    "admin.lift": "staff.lifted",
    "admin.make_code": "code.made",
    "admin.end_device": "device.ended",
    "admin.make_token": "token.made",
    "admin.end_token": "token.ended",
    "admin.close_day": "day.closed",
    "admin.confirm_clock": "clock.confirmed",
    "admin.back_up": "backup.taken",
    "admin.apply_plan": "catalogue.imported",
    "admin.print_test": "printer.tested",
    "admin.print_again": "slip.reprinted",
}
"""Endpoint of a press → the act it is noted as."""
CHANGE_NOTHING = ("admin.read_catalogue",)
"""Endpoints of presses that need no line."""
_TOLD_FIELDS = ("name", "role", "printer")
"""What of a form may stand in the trail: never a secret."""
_SHOWN = 300
_DONE = 303
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins like this is a formula to a spreadsheet."""


def add_audit(blueprint: Blueprint, desk: AdminDesk) -> None:
    """Add the page of the trail, and note every press of the administrator's pages."""
    blueprint.after_request(_note_act)

    @blueprint.get("/audit")
    @role(Role.ADMIN)
    def audit() -> str:
        """Show the trail, newest first."""
        day = _asked_day()
        found = list(islice(_trail().entries(day), _SHOWN + 1))
        rows = [(ACTS.get(one.act, one.act), _about(one), one) for one in found[:_SHOWN]]
        return desk.page(
            "audit", rows=rows, day=day, more=len(found) > _SHOWN, shown=_SHOWN, lost=_trail().lost
        )

    @blueprint.get("/audit.csv")
    @role(Role.ADMIN)
    def audit_csv() -> Response:
        """Give the trail as CSV, newest first."""
        day = _asked_day()
        name = f"audit-{day}.csv" if day else "audit.csv"
        return Response(
            _csv(_trail().entries(day)), mimetype="text/csv",
            headers={"Content-Disposition": f"attachment; filename={name}"},
        )  # fmt: skip


def _note_act(response: Response) -> Response:
    """Note what was done, once it was done."""
    endpoint = request.endpoint or ""
    if request.method == "POST" and response.status_code == _DONE and g.identity.role is Role.ADMIN:
        told = [request.form[field] for field in _TOLD_FIELDS if request.form.get(field)]
        if endpoint not in CHANGE_NOTHING:
            web.note(ACT_OF.get(endpoint, endpoint), about=g.get("about", named(*told)))
    return response


def _about(entry: Entry) -> str:
    """Return whom or what it was done to, roles in the words of the screen."""
    words: dict[str, str] = {one.value: label for one, label in ROLES.items()}
    parts = entry.about.split(BETWEEN)
    return BETWEEN.join(web.say(words[part]) if part in words else part for part in parts)


def _trail() -> Audit:
    guard: web.Guard = current_app.extensions["motcua-guard"]
    return guard.audit


def _asked_day() -> str:
    """Return the day asked for, `YYYY-MM-DD`; empty for all."""
    try:
        return date.fromisoformat(request.args.get("day", "")).isoformat()
    except ValueError:
        return ""


def _csv(entries: Iterable[Entry]) -> str:
    sheet = io.StringIO()
    sheet.write("\ufeff")  # so that spreadsheets read the letters right
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(("at", "act", "who", "address", "about"))
    for entry in entries:
        cells = (entry.at.isoformat(), entry.act, entry.who, entry.address, entry.about)
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return sheet.getvalue()
