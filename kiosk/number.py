"""The number: it stays on the screen until somebody takes it away with a press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, render_template, request, url_for

from motcua import web
from motcua.access import Role
from motcua.kiosk import visitor
from motcua.kiosk.panel import unchanged
from motcua.kiosk.qr import qr_address
from motcua.kiosk.standing import Standing, standing

if TYPE_CHECKING:
    from flask import Blueprint, Response
    from werkzeug.wrappers import Response as AnyResponse

    from motcua.kiosk.panel import Panel


def add_number(blueprint: Blueprint, panel: Panel) -> None:
    """Add the number's page, and the telling of its slip, to `blueprint`."""

    @blueprint.get("/number/<ticket_id>")
    @web.role(Role.KIOSK)
    def number(ticket_id: str) -> str | Response:
        """Show the number; how it stands is asked for again when something happened."""
        shown = _standing(panel, ticket_id)
        if web.is_htmx():
            return web.nothing_new(shown.seq) or render_template("kiosk/_number.html", shown=shown)
        said = [web.say("Your number is"), " ".join(shown.number), shown.headline, shown.wait]
        return panel.page(
            "number.html", said, shown=shown, idle_s=0, **_slip(panel, shown.ticket_id),
            code=qr_address(panel.follow_url(shown.ticket_id)), request_id=visitor.fresh_request(),
        )  # fmt: skip

    @blueprint.get("/number/<ticket_id>/slip")
    @web.role(Role.KIOSK)
    def slip(ticket_id: str) -> str | AnyResponse:
        """Tell what became of the slip."""
        if not web.is_htmx():
            return web.see_other("kiosk.number", ticket_id=ticket_id)
        shown = _slip(panel, ticket_id)
        return unchanged(shown["state"]) or render_template("kiosk/_slip.html", **shown)

    @blueprint.post("/number/<ticket_id>/slip")
    @web.role(Role.KIOSK)
    def print_again(ticket_id: str) -> AnyResponse:
        """Print the slip again; the same form sent twice prints one."""
        ticket = _standing(panel, ticket_id).ticket_id
        pressed = request.form.get("request_id", "")
        panel.paper.reprint(ticket, pressed, f"kiosk {panel.device.name}")
        return web.see_other("kiosk.number", ticket_id=ticket_id)


def _standing(panel: Panel, ticket_id: str) -> Standing:
    with panel.office.today() as day:
        shown = standing(day, ticket_id, panel.office, web.say, web.language())
    return shown or abort(404)


def _slip(panel: Panel, ticket_id: str) -> dict[str, str]:
    return {
        "state": panel.paper.state(ticket_id),
        "reason": panel.paper.reason(ticket_id),
        "slip_url": url_for("kiosk.slip", ticket_id=ticket_id),
    }
