"""`/signin`: staff sign in with their name and PIN, and out."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from flask import Blueprint, g, make_response, redirect, request, session, url_for

from motcua import web
from motcua.access import Role
from motcua.attempts import Attempts
from motcua.web import role

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from motcua.access import Access
    from motcua.office import Office

_WRONG = "The name or the PIN is not right."
_WAIT = "Too many wrong tries: please wait %(n)s seconds, then try again."
_KEPT_KEYS = ("language", "device")
"""What outlives signing in and out: nothing an intruder could have planted to any use."""
_HOMES = {Role.STAFF: "/counter", Role.MANAGER: "/reports", Role.ADMIN: "/admin"}
_LETTERS = 200


def signin_blueprint(access: Access, office: Office, attempts: Attempts | None = None) -> Blueprint:
    """Return the pages to sign in and out.

    Args:
        access: knows staff and their PINs.
        office: tells the time, for the pause after wrong tries.
        attempts: counts wrong tries; kept in memory.
    """
    blueprint = Blueprint("signin", __name__)
    tries = attempts or Attempts()

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
        who = (f"name {name.casefold()}", f"address {request.remote_addr}")
        now_s = office.now().mono
        if wait_s := tries.wait_s(now_s, *who):
            return _slow_down(wait_s)
        identity = access.sign_in(name, request.form.get("pin", "").strip()[:_LETTERS])
        if identity is None:
            tries.failed(now_s, *who)
            return make_response(_page(web.say(_WRONG)), 422)
        tries.succeeded(*who)
        _renew_session()
        session["staff"] = identity.name
        return redirect(_after(identity.role), 303)

    @blueprint.post("/signin/out")
    @role(Role.VISITOR)
    def leave() -> AnyResponse:
        """Sign out."""
        _renew_session()
        return web.see_other("signin.show")

    return blueprint


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
    )  # fmt: skip


def _slow_down(wait_s: int) -> Response:
    response = make_response(_page(web.say(_WAIT, n=wait_s)), 429)
    response.headers["Retry-After"] = str(wait_s)
    return response


def _renew_session() -> None:
    """Begin an empty session, so that nobody goes on with one that was planted or overheard."""
    kept = {key: session[key] for key in _KEPT_KEYS if key in session}
    session.clear()
    session.update(kept)


def _after(staff_role: Role) -> str:
    asked = local_path(request.form.get("next", ""))
    fits = asked and not asked.startswith(url_for("signin.show"))
    return asked if fits else _HOMES[staff_role]
