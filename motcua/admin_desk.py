"""What the administrator's pages share: the parts they look after, and how they answer."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

from flask import make_response, render_template, session

from motcua import web
from motcua.access import Role

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from motcua.access import Access
    from motcua.admin_machinery import Machinery
    from motcua.office import Office

ROLES = {
    Role.KIOSK: "Kiosk",
    Role.BOARD: "Board",
    Role.STAFF: "Counter staff",
    Role.MANAGER: "Manager",
    Role.ADMIN: "Administrator",
}
"""Role → what it is called."""

_TOLD = "told"
_KEPT = 20


@dataclass(frozen=True, slots=True)
class Told:
    """What an administrator is told about the last press."""

    text: str
    secret: str = ""
    """A PIN, code or token: shown this once and kept nowhere."""


class OnceShown:
    """Keeps what the next page shall show, in memory, until it was shown once."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._kept: dict[str, Told] = {}
        self._lock = Lock()

    def keep(self, told: Told) -> str:
        """Keep `told`; return the key to it."""
        key = secrets.token_urlsafe(9)
        with self._lock:
            while len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = told
        return key

    def take(self, key: str) -> Told | None:
        """Return what was kept under `key`, the first time it is asked for."""
        with self._lock:
            return self._kept.pop(key, None)


@dataclass(frozen=True, slots=True)
class AdminDesk:
    """The parts an administrator looks after."""

    office: Office
    access: Access
    machinery: Machinery
    shown: OnceShown = field(default_factory=OnceShown)

    def page(self, section: str, **values: Any) -> str:  # noqa: ANN401 - templates take anything
        """Render a section with what is to be told of the last press."""
        told = self.shown.take(session.pop(_TOLD)) if _TOLD in session else None
        return render_template(f"admin/{section}.html", section=section, told=told, **values)

    def refuse(self, section: str, trouble: str, status: int, **values: Any) -> Response:  # noqa: ANN401
        """Render a section with the reason why nothing was done."""
        return make_response(self.page(section, trouble=trouble, **values), status)

    def done(self, endpoint: str, text: str, secret: str = "", **values: str) -> AnyResponse:
        """Go on to a page that tells once what was done."""
        session[_TOLD] = self.shown.keep(Told(text, secret))
        return web.see_other(f"admin.{endpoint}", **values)
