"""Who may do what: roles, staff and their PINs, API tokens, enrolled devices."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
from tinydb import TinyDB, where
from tinydb.storages import Storage

from motcua.home import write_atomic

if TYPE_CHECKING:
    from pathlib import Path

_PIN_DIGITS = 6
_CODE_LETTERS = "ACDEFHJKLMNPRTUVWXY3479"
"""Letters and digits that are not mistaken for one another."""
_CODE_LENGTH = 6


class Role(StrEnum):
    """What somebody is to the centre."""

    VISITOR = "visitor"
    """Anybody; on a phone, the holder of a ticket's link."""
    KIOSK = "kiosk"
    BOARD = "board"
    STAFF = "staff"
    MANAGER = "manager"
    ADMIN = "admin"

    def may(self, needed: Role) -> bool:
        """Return whether this role includes `needed`."""
        return needed in _INCLUDES[self]


_INCLUDES: dict[Role, tuple[Role, ...]] = {
    Role.VISITOR: (Role.VISITOR,),
    Role.KIOSK: (Role.VISITOR, Role.KIOSK),
    Role.BOARD: (Role.VISITOR, Role.BOARD),
    Role.STAFF: (Role.VISITOR, Role.KIOSK, Role.BOARD, Role.STAFF),
    Role.MANAGER: (Role.VISITOR, Role.KIOSK, Role.BOARD, Role.STAFF, Role.MANAGER),
    Role.ADMIN: tuple(Role),
}
STAFF_ROLES = (Role.STAFF, Role.MANAGER, Role.ADMIN)
DEVICE_ROLES = (Role.KIOSK, Role.BOARD)


@dataclass(frozen=True, slots=True)
class Identity:
    """Whoever sends a request."""

    role: Role
    name: str = ""
    """Staff member's name; empty for devices, tokens and visitors."""


VISITOR = Identity(Role.VISITOR)


class AccessError(Exception):
    """A change of staff, tokens or devices was refused; the sentence says why."""


class AtomicJSONStorage(Storage):
    """A TinyDB storage for a small file: each write replaces it whole, atomically."""

    def __init__(self, path: Path) -> None:
        """Use the file at `path`; it need not be there."""
        self._path = path
        self._stamp: tuple[int, int] | None = None
        self._data: dict[str, dict[str, Any]] | None = None

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return the tables; read the file again only when it was replaced."""
        try:
            state = self._path.stat()
        except FileNotFoundError:
            return None
        if (stamp := (state.st_mtime_ns, state.st_ino)) != self._stamp:
            self._data = msgspec.json.decode(self._path.read_bytes())
            self._stamp = stamp
        return self._data

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the file."""
        tables = {
            name: {str(key): doc for key, doc in table.items()} for name, table in data.items()
        }
        write_atomic(self._path, msgspec.json.format(msgspec.json.encode(tables)))


class Access:
    """The people, programs and devices the centre lets in. Secrets are stored hashed."""

    def __init__(self, path: Path) -> None:
        """Use the file at `path`; it need not be there."""
        database = TinyDB(path, storage=AtomicJSONStorage)
        self._staff = database.table("staff", cache_size=0)
        self._tokens = database.table("tokens", cache_size=0)
        self._codes = database.table("codes", cache_size=0)

    def add_staff(self, name: str, role: Role) -> str:
        """Let a person sign in; return the PIN, which is kept nowhere.

        Raises:
            AccessError: no such staff role, a blank name, or the name is taken.
        """
        name = name.strip()
        if role not in STAFF_ROLES:
            message = f"The role must be one of: {', '.join(STAFF_ROLES)}."
            raise AccessError(message)
        if not name:
            message = "A staff member needs a name."
            raise AccessError(message)
        if self._staff.contains(where("name") == name):
            message = f"There is a staff member {name} already."
            raise AccessError(message)
        pin = _new_pin()
        self._staff.insert({"name": name, "role": role.value, "pin": _slow_hash(pin)})
        return pin

    def new_pin(self, name: str) -> str:
        """Give a person another PIN and return it; the old one ends.

        Raises:
            AccessError: there is nobody of that name.
        """
        self._must_know(name)
        pin = _new_pin()
        self._staff.update({"pin": _slow_hash(pin)}, where("name") == name)
        return pin

    def remove_staff(self, name: str) -> None:
        """Let a person sign in no longer.

        Raises:
            AccessError: there is nobody of that name, or it is the last administrator.
        """
        self._must_know(name)
        admins = [other for other, role in self.staff() if role is Role.ADMIN]
        if admins == [name]:
            message = f"{name} is the last administrator: add another first."
            raise AccessError(message)
        self._staff.remove(where("name") == name)

    def staff(self) -> list[tuple[str, Role]]:
        """Return names and roles, by name."""
        return sorted((doc["name"], Role(doc["role"])) for doc in self._staff.all())

    def role_of(self, name: str) -> Role | None:
        """Return the role of a staff member; None when there is nobody of that name."""
        document = self._staff.get(where("name") == name)
        return Role(document["role"]) if isinstance(document, dict) else None

    def sign_in(self, name: str, pin: str) -> Identity | None:
        """Return who it is when name and PIN belong together. Slow on purpose."""
        from werkzeug.security import check_password_hash

        document = self._staff.get(where("name") == name.strip())
        stored = document["pin"] if isinstance(document, dict) else _nobodys_hash()
        fits = check_password_hash(stored, pin)
        return Identity(Role(document["role"]), name.strip()) if fits and document else None

    def add_token(self, role: Role) -> str:
        """Return a new API token of `role`; only its hash is kept."""
        token = secrets.token_urlsafe(24)
        self._tokens.insert({"hash": _fast_hash(token), "role": role.value})
        return token

    def token_role(self, token: str) -> Role | None:
        """Return the role of an API token; None when it is not one of ours."""
        document = self._tokens.get(where("hash") == _fast_hash(token))
        return Role(document["role"]) if isinstance(document, dict) else None

    def add_code(self, role: Role) -> str:
        """Return a one-time code that makes a browser a kiosk or a board.

        Raises:
            AccessError: the role is no device's.
        """
        if role not in DEVICE_ROLES:
            message = f"A device is one of: {', '.join(DEVICE_ROLES)}."
            raise AccessError(message)
        code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))
        self._codes.insert({"hash": _fast_hash(code), "role": role.value})
        return code

    def use_code(self, code: str) -> Role | None:
        """Return the device role of a code and end the code; None when it is not valid."""
        fits = where("hash") == _fast_hash(code.strip().upper())
        document = self._codes.get(fits)
        if not isinstance(document, dict):
            return None
        self._codes.remove(fits)
        return Role(document["role"])

    def _must_know(self, name: str) -> None:
        if not self._staff.contains(where("name") == name):
            message = f"There is no staff member {name}."
            raise AccessError(message)


def _new_pin() -> str:
    return "".join(secrets.choice("0123456789") for _ in range(_PIN_DIGITS))


def _slow_hash(pin: str) -> str:
    from werkzeug.security import generate_password_hash

    return generate_password_hash(pin)


@cache
def _nobodys_hash() -> str:
    """Return what an unknown name's PIN is compared with: it takes as long as a known one."""
    return _slow_hash("nobody")


def _fast_hash(secret: str) -> str:
    """Hash a secret that is random enough to need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
