"""Who may do what: staff and their PINs here, programs and devices in `passes`."""

from __future__ import annotations

import secrets
from threading import BoundedSemaphore, Semaphore
from typing import TYPE_CHECKING, Any

from tinydb import where

from motcua.access_file import AccessError, AccessFile
from motcua.attempts import SignInTries
from motcua.clock import SystemClock
from motcua.passes import Passes, fast_hash
from motcua.roles import DEVICE_ROLES, STAFF_ROLES, VISITOR, Identity, Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from motcua.clock import Clock

__all__ = [
    "DEVICE_ROLES",
    "STAFF_ROLES",
    "VISITOR",
    "Access",
    "AccessError",
    "Identity",
    "Role",
    "SignInsBusyError",
]

_PIN_DIGITS = 6
_HASH = "scrypt:32768:8:1"
"""32 MB and a tenth of a second on a desktop machine: slow for who guesses, bearable on a box."""
_HASHED_AT_ONCE = 2
"""PINs looked at side by side: 64 MB at most, and a core is left for the kiosks."""
_HASHED_OR_IN_LINE = 6
"""Requests that may hold a thread of the server for it."""
_STAMP = 16


class SignInsBusyError(Exception):
    """Too many people sign in at this moment: nothing was looked at."""


class Access(Passes):
    """The people, programs and devices the centre lets in. Secrets are stored hashed."""

    def __init__(self, path: Path, clock: Clock | None = None) -> None:
        """Use the file at `path`; it need not be there.

        Args:
            path: the access file.
            clock: tells when codes end; the machine's, unless another is given.
        """
        super().__init__(AccessFile(path), clock or SystemClock())
        self.tries = SignInTries()
        self._hashing = Semaphore(_HASHED_AT_ONCE)
        self._in_line = BoundedSemaphore(_HASHED_OR_IN_LINE)

    def add_staff(self, name: str, role: Role) -> str:
        """Let a person sign in; return the PIN, which is kept nowhere.

        Raises:
            AccessError: no such staff role, a blank name, the name is taken.
            OSError: the disk refused.
        """
        name = name.strip()
        _must_be_staff(role)
        if not name:
            message = "A staff member needs a name."
            raise AccessError(message)
        pin = _new_pin()
        person = {"name": name, "role": role.value, "pin": _slow_hash(pin)}
        with self._file.changing():
            if self._person(name):
                message = f"There is a staff member {name} already."
                raise AccessError(message)
            self._file.table("staff").insert(person)
        return pin

    def new_pin(self, name: str) -> str:
        """Give a person another PIN and return it; the old one and every open session end.

        Raises:
            AccessError: there is nobody of that name.
            OSError: the disk refused.
        """
        pin = _new_pin()
        stored = _slow_hash(pin)
        with self._file.changing():
            self._must_know(name)
            self._file.table("staff").update({"pin": stored}, where("name") == name)
        return pin

    def change_role(self, name: str, role: Role) -> None:
        """Give a person another role; every open session of theirs ends.

        Raises:
            AccessError: no such person or staff role, the last administrator.
            OSError: the disk refused.
        """
        _must_be_staff(role)
        with self._file.changing():
            self._must_know(name)
            if role is not Role.ADMIN:
                self._must_not_be_last_admin(name)
            self._file.table("staff").update({"role": role.value}, where("name") == name)

    def remove_staff(self, name: str) -> None:
        """Let a person sign in no longer; every open session of theirs ends.

        Raises:
            AccessError: no such person, the last administrator.
            OSError: the disk refused.
        """
        with self._file.changing():
            self._must_know(name)
            self._must_not_be_last_admin(name)
            self._file.table("staff").remove(where("name") == name)

    def staff(self) -> list[tuple[str, Role]]:
        """Return names and roles, by name."""
        return sorted((doc["name"], Role(doc["role"])) for doc in self._file.table("staff").all())

    def role_of(self, name: str) -> Role | None:
        """Return the role of a staff member; None when there is nobody of that name."""
        document = self._person(name)
        return Role(document["role"]) if document else None

    def sign_in(self, name: str, pin: str) -> Identity | None:
        """Return who it is when name and PIN belong together. Slow on purpose.

        Raises:
            SignInsBusyError: too many PINs are being looked at already.
        """
        from werkzeug.security import check_password_hash

        if not self._in_line.acquire(blocking=False):
            raise SignInsBusyError
        try:
            with self._hashing:
                document = self._person(name.strip())
                if document is None:
                    _slow_hash(pin)  # so that an unknown name takes as long as a known one
                    return None
                if not check_password_hash(document["pin"], pin):
                    return None
                return Identity(Role(document["role"]), document["name"])
        finally:
            self._in_line.release()

    def stamp(self, name: str) -> str:
        """Return what stands for a person's PIN and role, without telling either; "" for nobody.

        Another PIN or role, or being removed and added again, gives another stamp.
        """
        document = self._person(name)
        if document is None:
            return ""
        return fast_hash(f"{document['role']} {document['pin']}")[:_STAMP]

    def end_session(self, session_id: str, day: str) -> None:
        """Remember until another day begins that a session was signed out.

        A session lies in the browser's cookie, and a copy of it must not outlive the sign-out.

        Raises:
            OSError: the disk refused.
        """
        with self._file.changing():
            ended = self._file.table("ended")
            ended.remove(where("day") != day)
            ended.insert({"session": session_id, "day": day})

    def has_ended(self, session_id: str) -> bool:
        """Return whether a session was signed out."""
        return self._one("ended", "session", session_id) is not None

    def _person(self, name: str) -> Mapping[str, Any] | None:
        return self._one("staff", "name", name)

    def _must_know(self, name: str) -> None:
        if self._person(name) is None:
            message = f"There is no staff member {name}."
            raise AccessError(message)

    def _must_not_be_last_admin(self, name: str) -> None:
        if [other for other, role in self.staff() if role is Role.ADMIN] == [name]:
            message = f"{name} is the last administrator: add another first."
            raise AccessError(message)


def _must_be_staff(role: Role) -> None:
    if role not in STAFF_ROLES:
        message = f"The role must be one of: {', '.join(STAFF_ROLES)}."
        raise AccessError(message)


def _new_pin() -> str:
    return "".join(secrets.choice("0123456789") for _ in range(_PIN_DIGITS))


def _slow_hash(pin: str) -> str:
    from werkzeug.security import generate_password_hash

    return generate_password_hash(pin, _HASH)
