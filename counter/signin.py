"""`/signin`: staff sign in with their name and PIN, and out."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from flask import Blueprint, g, make_response, redirect, request, session, url_for

from motcua import web
from motcua.access import Role, SignInsBusyError
from motcua.sessions import OVER
from motcua.web import role

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from motcua.access import Access, Identity
    from motcua.office import Office

_WRONG = "The name or the PIN is not right."
_WAIT = "Too many wrong tries: please wait %(n)s seconds, then try again."
_BUSY = "Many people are signing in at this moment: please try again."
_BUSY_S = 3
_HOMES = {Role.STAFF: "/counter", Role.MANAGER: "/reports", Role.ADMIN: "/admin"}
_LETTERS = 200


def signin_blueprint(access: Access, office: Office) -> Blueprint:
    """Return the pages to sign in and out.

    Args:
        access: knows staff and their PINs, and counts wrong tries.
        office: tells the time, for the pause after wrong tries.
    """
    blueprint = Blueprint("signin", __name__)

    @blueprint.get("/signin")
    @role(Role.VISITOR)
    def show() -> AnyResponse | str:
        """Ask for name and PIN; who is signed in already goes on to their own screen."""
        if g.identity.name and "next" not in request.args:
            return redirect(_HOMES[g.identity.role], 303)
        return _page()

    @blueprint.post("/signin")
    @role(Role.VISITOR)
    def enter() -> AnyResponse:
        """Sign in."""
        name = unicodedata.normalize("NFC", request.form.get("name", "").strip())[:_LETTERS]
        if wait_s := access.tries.wait_s(office.now().mono, name, web.sender()):
            return _later(429, wait_s, web.say(_WAIT, n=wait_s))
        try:
            identity = access.sign_in(name, request.form.get("pin", "").strip()[:_LETTERS])
        except SignInsBusyError:
            return _later(503, _BUSY_S, web.say(_BUSY))
        return _refuse(access, office, name) if identity is None else _welcome(access, identity)

    @blueprint.post("/signin/out")
    @role(Role.VISITOR)
    def leave() -> AnyResponse:
        """Sign out."""
        if g.identity.name:
            web.note("signin.out")
        web.sessions().end()
        return web.see_other("signin.show")

    return blueprint


def _welcome(access: Access, identity: Identity) -> AnyResponse:
    access.tries.succeeded(identity.name, web.sender())
    web.sessions().begin(identity.name)
    web.note("signin.done", who=identity.name)
    return redirect(_after(identity.role), 303)


def _refuse(access: Access, office: Office, name: str) -> Response:
    """Count and note a wrong try. An unknown name is noted as such: it may be somebody's PIN."""
    access.tries.failed(office.now().mono, name, web.sender())
    known = name if access.role_of(name) else ""
    web.note("signin.failed" if known else "signin.unknown", who="", about=known)
    if wait_s := access.tries.wait_s(office.now().mono, name, web.sender()):
        web.note("signin.delayed", who="", about=f"{known} {wait_s} s".strip())
    return make_response(_page(web.say(_WRONG)), 422)


def local_path(address: str) -> str:
    """Return `address` when it is a path of this server, else an empty string."""
    local = address.startswith("/") and not address.startswith("//")
    return address if local and address.isprintable() and "\\" not in address else ""


def _page(trouble: str = "") -> str:
    after = local_path(request.values.get("next", ""))
    device = after.startswith(("/kiosk", "/board"))
    return web.page(
        "signin/show.html", after=after, device=device, trouble=trouble,
        given=request.form.get("name", "")[:_LETTERS], signed_in=g.identity.name,
        over=OVER.get(session.get("over", ""), ""),
    )  # fmt: skip


def _later(status: int, wait_s: int, trouble: str) -> Response:
    response = make_response(_page(trouble), status)
    response.headers["Retry-After"] = str(wait_s)
    return response


def _after(staff_role: Role) -> str:
    asked = local_path(request.form.get("next", ""))
    fits = asked and not asked.startswith(url_for("signin.show"))
    return asked if fits else _HOMES[staff_role]
