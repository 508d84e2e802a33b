"""`/admin`: the box at a glance, and what an administrator may change."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask import Blueprint, request

from motcua import web
from motcua.access import Role
from motcua.admin_audit import add_audit
from motcua.admin_catalogue import add_catalogue
from motcua.admin_desk import AdminDesk
from motcua.admin_devices import add_devices
from motcua.admin_machinery import MachineryError
from motcua.admin_overview import add_overview
from motcua.admin_people import add_staff
from motcua.web import role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
    "broken": "perhaps not whole",
    "failed": "not printed",
    "forgotten": "no longer kept",
}
PLACES = {"": "", "kiosk": "at kiosk", "counter": "at counter", "admin": "on this page"}
"""First word of the place where a slip was asked for → its words."""
_REQUEST_BYTES = 9


def admin_blueprint(
    office: Office,
    access: Access,
    machinery: Machinery,
    hurries: Callable[[], Sequence[object]] = list,
) -> Blueprint:
    """Return the administrator's pages.

    Args:
        office: knows the day and closes it.
        access: staff, devices and tokens.
        machinery: printers, journal and catalogue.
        hurries: returns the kiosks that gave numbers too fast, each with `sentence` and `details`.
    """
    blueprint = Blueprint("admin", __name__, url_prefix="/admin")
    desk = AdminDesk(office, access, machinery)

    @blueprint.context_processor
    def menu() -> dict[str, object]:
        words = {"sections": SECTIONS, "slip_states": SLIP_STATES, "places": PLACES}
        return {**words, "hurries": hurries()}

    add_overview(blueprint, desk)
    _add_printers(blueprint, desk)
    add_staff(blueprint, desk)
    add_devices(blueprint, desk)
    add_catalogue(blueprint, desk)
    add_audit(blueprint, desk)
    return blueprint


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
