"""What every screen shares: roles on routes, language, refusals, and answers to htmx."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from flask import (
    Response,
    abort,
    current_app,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_htmx import HTMX
from flask_wtf.csrf import CSRFProtect, generate_csrf

from motcua import formats
from motcua.access import VISITOR, Access, Identity, Role
from motcua.loopback import from_this_box
from motcua.sessions import CookieSessions, Sessions

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from werkzeug.wrappers import Response as AnyResponse

    from motcua.audit import Audit
    from motcua.office import Office
    from motcua.settings import Centre
    from motcua.words import Words

_ROLE = "_motcua_role"
_BEARER = "Bearer "
_PROGRAM_PATHS = ("/live", "/metrics", "/healthz")
SAFEGUARDS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Headers of every answer that does not bring its own."""
NOTHING_NEW = {"Content-Type": "text/html; charset=utf-8", "HX-Reswap": "none"}
"""Headers of the empty answer to a screen that is up to date."""
View = TypeVar("View", bound="Callable[..., Any]")


def role(*needed: Role) -> Callable[[View], View]:
    """Declare who may use a view: any of `needed`. Without it the app does not start."""

    def mark(view: View) -> View:
        setattr(view, _ROLE, needed)
        return view

    return mark


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets requests through, or not."""

    access: Access
    office: Office
    audit: Audit
    trust_loopback: bool
    sessions: Sessions = field(init=False)

    def __post_init__(self) -> None:
        """Look after the sessions of those it lets in."""
        object.__setattr__(self, "sessions", Sessions(self.access, self.office))

    def identify(self) -> Identity:
        """Return who sends the current request."""
        header = request.headers.get("Authorization", "")
        if header.startswith(_BEARER):
            token_role = self.access.token_role(header.removeprefix(_BEARER).strip())
            if token_role is None:
                abort(401)
            g.by_token = True
            return Identity(token_role)
        return self.sessions.person() or self.sessions.device() or self._screen_of_the_box()

    def _screen_of_the_box(self) -> Identity:
        """Return what is trusted to be a kiosk or board on this very box."""
        if self.trust_loopback and not is_api() and from_this_box():
            return Identity(Role.BOARD if request.path.startswith("/board") else Role.KIOSK)
        return VISITOR


def install(app: Flask, guard: Guard, centre: Centre, words: Words) -> None:
    """Give `app` its guard, languages, formats and htmx."""
    HTMX(app)
    app.extensions["motcua-guard"] = guard
    app.session_interface = CookieSessions(functools.partial(_travels_by_https, centre))
    csrf = CSRFProtect()
    app.config.update(
        WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False
    )
    csrf.init_app(app)
    app.before_request(functools.partial(_admit, guard, csrf, centre))
    app.after_request(_secure)
    app.context_processor(functools.partial(_context, centre, words))
    app.jinja_env.filters.update(
        number=formats.number, dong=formats.dong, clock=formats.clock, day=formats.day,
        minutes=formats.minutes,
    )  # fmt: skip
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def check_roles(app: Flask) -> None:
    """Refuse to start with a route nobody decided about.

    Raises:
        RuntimeError: names the routes without a role.
    """
    bare = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if not hasattr(app.view_functions[rule.endpoint], _ROLE) and rule.endpoint != "static"
    ]
    if bare:
        message = f"routes without a role: {', '.join(sorted(bare))}"
        raise RuntimeError(message)


def needed_roles(app: Flask, endpoint: str) -> tuple[Role, ...]:
    """Return the roles of which a route asks for one."""
    needed: tuple[Role, ...] = getattr(app.view_functions[endpoint], _ROLE, (Role.VISITOR,))
    return needed


def sessions() -> Sessions:
    """Return what begins and ends the sessions of browsers."""
    guard: Guard = current_app.extensions["motcua-guard"]
    return guard.sessions


def note(act: str, *, who: str | None = None, about: str = "") -> None:
    """Add a line to the audit trail about the current request.

    Args:
        act: a name of `motcua.audit.ACTS`.
        who: a staff member; whoever is signed in, unless it is given.
        about: whom or what it was done to. No secret.
    """
    guard: Guard = current_app.extensions["motcua-guard"]
    guard.audit.note(act, g.identity.name if who is None else who, sender(), about)


def sender() -> str:
    """Return the network address the current request came from."""
    return request.remote_addr or ""


def nothing_new(seq: int) -> Response | None:
    """Return the answer to a screen that has seen event `seq` already; None when it has not.

    A tiny 200 that htmx does not swap: the server closes the connection after a 304 or a 204.
    """
    if request.args.get("seen") != str(seq):
        return None
    return Response("", headers=NOTHING_NEW)


def page(name: str, /, **values: Any) -> str:  # noqa: ANN401
    """Render the page `a/b.html`, or for htmx its partial `a/_b.html`."""
    if is_htmx():
        folder, _, file = name.rpartition("/")
        name = f"{folder}/_{file}"
    return render_template(name, **values)


def is_htmx() -> bool:
    """Return whether htmx asks for a part of a page, rather than a browser for a page."""
    return "HX-Request" in request.headers and "HX-Boosted" not in request.headers


def see_other(endpoint: str, /, **values: Any) -> AnyResponse:  # noqa: ANN401
    """Return a 303 to a page: what a POST answers."""
    return redirect(url_for(endpoint, **values), 303)


def say(sentence: str, /, **values: object) -> str:
    """Return a sentence in the language of the current request."""
    words: Words = current_app.extensions["motcua-words"]
    return words.say(g.language, sentence, **values)


def language() -> str:
    """Return the language of the current request."""
    chosen: str = g.language
    return chosen


def is_api() -> bool:
    """Return whether the request is a program's, not a screen's."""
    return request.path.startswith("/api/")


def wants_json() -> bool:
    """Return whether a refusal is told as JSON."""
    return is_api() or request.path in _PROGRAM_PATHS


def _admit(guard: Guard, csrf: CSRFProtect, centre: Centre) -> AnyResponse | None:
    g.language = _language(centre)
    g.identity = VISITOR
    if request.endpoint in (None, "static"):
        return None
    g.identity = guard.identify()
    needed = needed_roles(current_app, request.endpoint or "")
    if not any(g.identity.role.may(one) for one in needed):
        return _turn_away(g.identity)
    if request.method not in ("GET", "HEAD", "OPTIONS") and not g.get("by_token"):
        if None in request.form:  # a part without a name: the check would trip over it
            abort(400)
        csrf.protect()
    return None


def _turn_away(identity: Identity) -> AnyResponse:
    """Lead to the sign-in, and from there back; who is signed in and acts is refused."""
    if wants_json():
        abort(401 if identity.role is Role.VISITOR else 403)
    target = url_for("signin.show", next=_shown_page())
    if is_htmx():
        return Response("", 401, headers={"HX-Redirect": target})
    was_let_in = identity.role is Role.VISITOR and bool({"over", "device"} & set(session))
    if request.method not in ("GET", "HEAD") and not was_let_in:
        abort(403)
    return redirect(target, 303)


def _shown_page() -> str:
    """Return the path of the page on which something was asked for."""
    if request.method in ("GET", "HEAD") and not is_htmx():
        return request.path
    try:
        return urlsplit(request.headers.get("HX-Current-URL") or request.referrer or "").path or "/"
    except ValueError:
        return "/"


def _travels_by_https(centre: Centre) -> bool:
    """Return whether the answer is for a browser that reaches the centre over HTTPS."""
    return centre.public_url.startswith("https:") and not from_this_box()


def _language(centre: Centre) -> str:
    asked = request.args.get("lang")
    if asked in centre.languages:
        session["language"] = asked
    chosen = session.get("language")
    if chosen in centre.languages:
        return str(chosen)
    if is_api():
        return request.accept_languages.best_match(centre.languages) or centre.languages[0]
    return centre.languages[0]


def _context(centre: Centre, words: Words) -> dict[str, Any]:
    return {
        "_": functools.partial(words.say, g.language),
        "language": g.language,
        "identity": g.identity,
        "centre": centre,
        "centre_name": centre.name if g.language == "vi" else centre.name_en,
        "csrf_token": generate_csrf,
    }


def _secure(response: Response) -> Response:
    for name, value in SAFEGUARDS.items():
        if name != "Cache-Control" or request.endpoint != "static":
            response.headers.setdefault(name, value)
    return response
