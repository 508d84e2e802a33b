"""The page that answers "is it done here?": a number to take, or the way to another office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, abort, render_template, request, url_for

from motcua import web
from motcua.access import Role
from motcua.kiosk import visitor
from motcua.kiosk.advice import Advice, advise
from motcua.kiosk.line import ServiceLine, read_line
from motcua.kiosk.matter import matters
from motcua.kiosk.panel import unchanged
from motcua.kiosk.paper import NO_SLIP, UNKNOWN_SLIPS
from motcua.kiosk.qr import qr_address
from motcua.kiosk.taking import offer
from motcua.queue.commands import GiveReferral

if TYPE_CHECKING:
    from flask import Blueprint
    from werkzeug.wrappers import Response as AnyResponse

    from motcua.kiosk.panel import Panel
    from motcua.queue.procedure import Procedure


def add_answer(blueprint: Blueprint, panel: Panel) -> None:
    """Add the page of a procedure to `blueprint`."""

    @blueprint.get("/procedure/<code>")
    @web.role(Role.KIOSK)
    def procedure(code: str) -> str:
        """Answer whether it is done here; taking a number or going elsewhere follows from it."""
        found = _find(panel, code)
        advice = _advise(panel, found)
        shown = {"advice": advice, "back": _back(panel, found), "code": _online_code(advice)}
        wish = {"procedure": found.code, "purpose": "submit"}
        if not advice.elsewhere:
            return panel.page("here.html", advice.spoken(), **shown, **offer(panel, **wish))
        return panel.page("elsewhere.html", advice.spoken(), **shown, **_slip(panel, code))

    @blueprint.post("/procedure/<code>/referral")
    @web.role(Role.KIOSK)
    def refer(code: str) -> AnyResponse:
        """Record that the visitor was told to go elsewhere; once, however often it is shown."""
        _record(panel, _find(panel, code))
        if web.is_htmx():
            return Response("", headers=web.NOTHING_NEW)
        return web.see_other("kiosk.procedure", code=code)

    @blueprint.get("/procedure/<code>/slip")
    @web.role(Role.KIOSK)
    def referral_slip(code: str) -> str | AnyResponse:
        """Tell what became of the slip with the way."""
        shown = _slip(panel, code)
        if not web.is_htmx():
            return web.see_other("kiosk.procedure", code=code, slip=shown["slip"])
        return unchanged(shown["state"]) or render_template("kiosk/_slip.html", **shown)

    @blueprint.post("/procedure/<code>/slip")
    @web.role(Role.KIOSK)
    def print_referral(code: str) -> AnyResponse:
        """Print the way to the other office, or again; the same form sent twice prints one."""
        found, kiosk = _find(panel, code), panel.device.name
        _record(panel, found)
        slip: str | None = request.form.get("slip", "")
        pressed = request.form.get("request_id", "")
        if slip and panel.paper.state(slip) not in UNKNOWN_SLIPS:
            panel.paper.reprint(slip, pressed, f"kiosk {kiosk}")
        else:
            slip = panel.paper.print_referral(found, web.language(), kiosk, pressed)
        return web.see_other("kiosk.procedure", code=code, slip=slip)


def _find(panel: Panel, code: str) -> Procedure:
    found = panel.catalogue().get(code)
    if found is None or not found.in_force(panel.today):
        abort(404)
    return found


def _advise(panel: Panel, procedure: Procedure) -> Advice:
    line = ServiceLine() if procedure.elsewhere else read_line(panel.office, procedure.service)
    return advise(procedure, line, panel.opening(), web.say, web.language())


def _record(panel: Panel, procedure: Procedure) -> None:
    """Record that this visitor was told to go elsewhere, once.

    Raises:
        QueueError: `procedure.here`.
    """
    panel.office.execute(
        GiveReferral(procedure.code), visitor.visit_request(f"referral:{procedure.code}")
    )


def _back(panel: Panel, procedure: Procedure) -> str:
    """Return the address of the list this procedure was chosen from."""
    typed = request.args.get("q")
    if typed is not None:
        return url_for("kiosk.search", q=typed)
    groups = matters(panel.catalogue(), panel.office.rules.services, panel.today)
    found = next((group for group in groups if procedure in group.procedures), None)
    return url_for("kiosk.field", slug=found.slug) if found else url_for("kiosk.home")


def _slip(panel: Panel, code: str) -> dict[str, Any]:
    slip = request.args.get("slip", "")
    return {
        "slip": slip,
        "state": panel.paper.state(slip) if slip else NO_SLIP,
        "reason": panel.paper.reason(slip),
        "request_id": visitor.fresh_request(),
        "slip_url": url_for("kiosk.referral_slip", code=code),
        "for_referral": True,
    }


def _online_code(advice: Advice) -> str:
    return qr_address(advice.online_url) if advice.online_url and advice.elsewhere else ""
