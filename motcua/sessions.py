"""Who a browser is, as its signed cookie says: somebody signed in, or an enrolled device.

The cookie names the person, the business day and a stamp of their PIN and role; whether that still
holds is asked at every request, so a session ends at once with any of them.
"""

from __future__ import annotations

import logging
import secrets
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING, Any

from flask import session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature

from motcua.access import Identity, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask, Request
    from flask.sessions import SessionMixin

    from motcua.access import Access
    from motcua.office import Office
    from motcua.passes import Pass

logger = logging.getLogger(__name__)

OVER = {
    "day": "The business day has ended, so everybody signs in again. Nothing recorded is lost; "
    "a button pressed after that did nothing.",
    "changed": "The PIN or the role of this name was changed. Please sign in again.",
    "idle": "Nobody used the administration for 30 minutes. Please sign in again.",
}
"""Why a session ended by itself → what its person is told."""
ADMIN_IDLE_S = 1800.0
_KEPT_KEYS = ("language", "device", "_permanent")
"""What outlives signing in and out: nothing an intruder could have planted to any use."""
_ID_BYTES = 12
_IDLE_KEPT = 500
_FAR = datetime(2999, 1, 1, tzinfo=UTC)


def business_day(office: Office) -> str:
    """Return what a session of now belongs to: the day, and whether it has been closed."""
    with office.today() as day:
        return f"{day.date} closed" if day.closed else day.date


def person_keys(access: Access, office: Office, name: str) -> dict[str, str]:
    """Return what the session of somebody signed in holds."""
    return {
        "staff": name,
        "stamp": access.stamp(name),
        "day": business_day(office),
        "id": secrets.token_urlsafe(_ID_BYTES),
    }


def device_keys(device: Pass) -> dict[str, Any]:
    """Return what the session of an enrolled device holds. It outlives the browser's restart."""
    return {"device": device.id, "_permanent": True}


class Sessions:
    """Begins, looks at and ends the sessions of browsers."""

    def __init__(self, access: Access, office: Office) -> None:
        """Ask `access` who may come in, and `office` which day it is."""
        self._access = access
        self._office = office
        self._used: dict[str, float] = {}
        self._lock = Lock()

    def begin(self, name: str) -> None:
        """Begin the session of somebody who proved who they are."""
        _renew()
        session.update(person_keys(self._access, self._office, name))

    def enrol(self, device: Pass) -> None:
        """Make this browser a device."""
        _renew()
        session.update(device_keys(device))

    def keep_over_day_close(self) -> None:
        """Let the person who closed the day stay."""
        session["day"] = business_day(self._office)

    def end(self) -> None:
        """Sign out; a copy of the cookie is good for nothing either."""
        session_id = str(session.get("id", ""))
        try:
            if session_id:
                self._access.end_session(session_id, str(session.get("day", "")))
        except OSError as error:
            logger.warning("a copy of the cookie, if any, holds until the day closes: %s", error)
        _renew()

    def person(self) -> Identity | None:
        """Return who is signed in; None when nobody is (any more)."""
        name = str(session.get("staff", ""))
        if not name:
            return None
        role = self._access.role_of(name)
        reason = self._why_over(name, role)
        if reason is None and role is not None:
            return Identity(role, name)
        _renew()
        session["over"] = reason
        return None

    def device(self) -> Identity | None:
        """Return the enrolled device this browser is; None when it is none (any more)."""
        device = self._access.device(str(session.get("device", "")))
        if device is None:
            return None
        month = f"{self._office.now().wall:%Y-%m}"
        if session.get("kept") != month:  # sends the cookie again: browsers keep one 400 days
            session["kept"] = month
        return Identity(device.role, device=device.id)

    def _why_over(self, name: str, role: Role | None) -> str | None:
        """Return the reason why the session of `name` is over; None while it holds."""
        session_id = str(session.get("id", ""))
        if role is None or session.get("stamp") != self._access.stamp(name):
            return "changed"
        if session.get("day") != business_day(self._office):
            return "day"
        if not session_id or self._access.has_ended(session_id):
            return "out"
        return "idle" if role is Role.ADMIN and self._is_idle(session_id) else None

    def _is_idle(self, session_id: str) -> bool:
        """Return whether a session rested too long; if not, it rests from now on."""
        now_s = self._office.now().mono
        with self._lock:
            before_s = self._used.pop(session_id, now_s)
            if now_s - before_s > ADMIN_IDLE_S:
                self._used[session_id] = before_s
                return True
            while len(self._used) >= _IDLE_KEPT:
                del self._used[next(iter(self._used))]
            self._used[session_id] = now_s
            return False


class CookieSessions(SecureCookieSessionInterface):
    """Flask's signed cookie, except that no clock decides whether it holds.

    A box without a clock battery may start years back: by the clock, every cookie would come from
    the future and be refused, or be thrown away by the browser, and the kiosks would stand still.
    """

    def __init__(self, secure: Callable[[], bool]) -> None:
        """Ask `secure` whether the answer to the current request goes over HTTPS."""
        self._secure = secure

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the session of a request; an empty one when its cookie is not ours."""
        serializer = self.get_signing_serializer(app)
        cookie = request.cookies.get(self.get_cookie_name(app))
        if serializer is None or not cookie:
            return None if serializer is None else self.session_class()
        try:
            return self.session_class(serializer.loads(cookie))
        except BadSignature:
            return self.session_class()

    def get_expiration_time(self, app: Flask, session: SessionMixin) -> datetime | None:  # noqa: ARG002 - Flask's signature
        """Return a time far off for devices: a browser keeps it as long as it may."""
        return _FAR if session.permanent else None

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 - Flask's signature
        """Return whether the cookie may travel over HTTPS only."""
        return self._secure()


def _renew() -> None:
    """Begin an empty session, so that nobody goes on with one that was planted or overheard."""
    kept = {key: session[key] for key in _KEPT_KEYS if key in session}
    session.clear()
    session.update(kept)
