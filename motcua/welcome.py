"""`/`: which screen is this? Chosen once on each machine; kiosks and boards enter a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, make_response, redirect, request

from motcua import web
from motcua.access import Role
from motcua.attempts import Attempts
from motcua.audit import named
from motcua.web import role

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from motcua.access import Access
    from motcua.office import Office

_WRONG = (
    "This code is not valid: it may have been used already, or be older than 15 minutes. "
    "Ask the administrator for another."
)
_WAIT = "Too many wrong tries: please wait %(n)s seconds, then try again."
_SCREENS = {Role.KIOSK: "/kiosk", Role.BOARD: "/board"}
_LETTERS = 40
_ALL_FREE = 50
_ALL_LONGEST_S = 60.0
"""Wrong codes of all addresses together: a prankster with many may hold up an enrolment by a
minute, and tries some sixty of a hundred million codes while one is good."""
_ALL = "all"


def welcome_blueprint(access: Access, office: Office) -> Blueprint:
    """Return the first page and the enrolment of devices.

    Args:
        access: knows the one-time codes.
        office: tells the time, for the pause after wrong tries.
    """
    blueprint = Blueprint("welcome", __name__)
    tries, tries_of_all = Attempts(), Attempts(_ALL_FREE, _ALL_LONGEST_S)

    @blueprint.get("/")
    @role(Role.VISITOR)
    def show() -> str:
        """Ask which screen this is."""
        return web.page("welcome/show.html", trouble="")

    @blueprint.post("/")
    @role(Role.VISITOR)
    def enrol() -> AnyResponse:
        """Make this browser the kiosk or board a one-time code was made for."""
        now_s = office.now().mono
        wait_s = max(tries.wait_s(now_s, web.sender()), tries_of_all.wait_s(now_s, _ALL))
        if wait_s:
            return _refuse(web.say(_WAIT, n=wait_s), 429, wait_s)
        device = access.use_code(request.form.get("code", "")[:_LETTERS])
        if device is None:
            tries.failed(now_s, web.sender())
            tries_of_all.failed(now_s, _ALL)
            web.note("code.failed", who="")
            return _refuse(web.say(_WRONG), 422)
        tries.forget(web.sender())
        web.sessions().enrol(device)
        web.note("device.enrolled", who=device.by, about=named(device.name, device.role))
        return redirect(_SCREENS[device.role], 303)

    return blueprint


def _refuse(trouble: str, status: int, wait_s: int = 0) -> AnyResponse:
    response = make_response(web.page("welcome/show.html", trouble=trouble), status)
    if wait_s:
        response.headers["Retry-After"] = str(wait_s)
    return response
