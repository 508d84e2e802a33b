"""`/admin`: the box at a glance, and what an administrator may change."""

from __future__ import annotations

import secrets
from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint, request

from motcua import web
from motcua.access import Role
from motcua.admin_audit import add_audit
from motcua.admin_catalogue import add_catalogue
from motcua.admin_desk import AdminDesk
from motcua.admin_devices import add_devices
from motcua.admin_machinery import MachineryError
from motcua.admin_people import add_staff
from motcua.office import JournalError
from motcua.queue.commands import CloseDay
from motcua.queue.errors import QueueError
from motcua.queue.ticket import State
from motcua.web import role

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from motcua.access import Access
    from motcua.admin_machinery import Machinery
    from motcua.office import Office

SECTIONS = {
    "overview": "Overview",
    "staff": "Staff",
    "devices": "Devices and programs",
    "printers": "Printers",
    "catalogue": "Catalogue",
    "journal": "Journal",
    "audit": "Audit trail",
}
"""Pages → their words, in the order of the menu."""
SLIP_STATES = {
    "printing": "printing",
    "printed": "printed",
    "sent": "sent; the printer cannot say",
    "failed": "not printed",
    "none": "no longer kept",
}
_DAYS_SHOWN = 14
_UNRECORDED = "Nothing can be recorded now, so nothing was done: look at the disk."

    "broken": "perhaps not whole",

def admin_blueprint(office: Office, access: Access, machinery: Machinery) -> Blueprint:
    """Return the administrator's pages.
PLACES = {"": "", "kiosk": "at kiosk", "counter": "at counter", "admin": "on this page"}
"""First word of the place where a slip was asked for → its words."""

_REQUEST_BYTES = 9
    Args:
        office: knows the day and closes it.
        access: staff, devices and tokens.
        machinery: printers, journal and catalogue.
    """
    blueprint = Blueprint("admin", __name__, url_prefix="/admin")
    desk = AdminDesk(office, access, machinery)

    @blueprint.context_processor
    def menu() -> dict[str, object]:
        words = {"sections": SECTIONS, "slip_states": SLIP_STATES, "places": PLACES}
        return {**words, "hurries": hurries()}

    _add_overview(blueprint, desk)
    _add_printers(blueprint, desk)
    add_staff(blueprint, desk)
    add_devices(blueprint, desk)
    add_catalogue(blueprint, desk)
    add_audit(blueprint, desk)
    return blueprint


def _add_overview(blueprint: Blueprint, desk: AdminDesk) -> None:
    @blueprint.get("")
    @role(Role.ADMIN)
    def overview() -> str:
        """Show how the box is."""
        return desk.page("overview", **_box(desk))

    @blueprint.post("/day")
    @role(Role.ADMIN)
    def close_day() -> AnyResponse:
        """Close the business day."""
        try:
            desk.office.execute(CloseDay())
        except QueueError as error:
            trouble = web.say(error.sentence, **error.details)
            return desk.refuse("overview", trouble, 409, **_box(desk))
        except JournalError:
            return desk.refuse("overview", web.say(_UNRECORDED), 503, **_box(desk))
        web.sessions().keep_over_day_close()
        return desk.done("overview", web.say("The business day is closed."))

    @blueprint.get("/journal")
    @role(Role.ADMIN)
    def journal() -> str:
        """Show what is recorded, and what was found broken."""
        days = [date.fromisoformat(day) for day in desk.machinery.journal_days()]
        shown = days[: -_DAYS_SHOWN - 1 : -1]
        return desk.page(
            "journal", days=days, shown=shown, damage=desk.machinery.damage(), seq=desk.office.seq
        )


def _add_printers(blueprint: Blueprint, desk: AdminDesk) -> None:
    @blueprint.get("/printers")
    @role(Role.ADMIN)
    def printers() -> str:
        """Show the printers and their last slips."""
        return desk.page("printers", **_paper(desk))

    @blueprint.post("/printers/test")
    @role(Role.ADMIN)
    def print_test() -> AnyResponse:
        """Print a slip that is nobody's number."""
        try:
            desk.machinery.print_test(request.form.get("printer", ""), _pressed())
        except MachineryError as error:
            return desk.refuse("printers", web.say(str(error)), 404, **_paper(desk))
        return desk.done("printers", web.say("A test slip is being printed."))

    @blueprint.post("/printers/again")
    @role(Role.ADMIN)
    def print_again() -> AnyResponse:
        """Print another copy of a slip."""
        try:
            desk.machinery.print_again(request.form.get("slip", ""), _pressed())
        except MachineryError as error:
            return desk.refuse("printers", web.say(str(error)), 404, **_paper(desk))
        return desk.done("printers", web.say("The slip is being printed again."))


def _paper(desk: AdminDesk) -> dict[str, object]:
    local = desk.office.rules.hours.local
    slips = [(slip, local(slip.changed_at)) for slip in desk.machinery.slips()]
    fresh = secrets.token_urlsafe(_REQUEST_BYTES)
    return {"printers": desk.machinery.printers(), "slips": slips, "request_id": fresh}


def _pressed() -> str:
    """Return the id of this press: the same one sent twice prints once."""
    return request.form.get("request_id", "")


def _box(desk: AdminDesk) -> dict[str, object]:
    """Return what the overview shows."""
    office, machinery = desk.office, desk.machinery
    now = office.now()
    with office.today() as day:
        visits = len(day.legs)
        waiting = sum(ticket.state is State.WAITING for ticket in day.tickets.values())
        busy = [counter.number for counter in day.counters.values() if counter.ticket]
        opened, closed, seq = day.opened, day.closed, day.seq
    streams, most_streams = machinery.streams()
    return {
        "now": office.rules.hours.local(now.wall), "opened": opened, "closed": closed, "seq": seq,
        "visits": visits, "waiting": waiting, "busy": busy, "streams": streams,
        "most_streams": most_streams, "printers": machinery.printers(),
        "days": len(machinery.journal_days()), "damage": len(machinery.damage()),
        "procedures": len(machinery.catalogue().procedures), "version": machinery.version(),
    }  # fmt: skip
