"""What devices and programs are let in with: one-time codes, enrolled devices, API tokens."""

from __future__ import annotations

import hashlib
import logging
import secrets
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from tinydb import where

from motcua.access_file import AccessError
from motcua.roles import DEVICE_ROLES, Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from motcua.access_file import AccessFile
    from motcua.clock import Clock

logger = logging.getLogger(__name__)

CODE_MINUTES = 15
"""How long a one-time code is good for."""
_CODE_LETTERS = "ACDEFHJKLMNPRTUVWXY3479"
"""Letters and digits that are not mistaken for one another."""
_CODE_LENGTH = 6
_ID_BYTES = 12
_SHORT = 12
"""Letters of a token's hash that name it: enough to tell it from the others, too few to use it."""


@dataclass(frozen=True, slots=True)
class Pass:
    """An enrolled device or a program's token, as lists show it."""

    id: str
    role: Role
    name: str
    """What people call it; empty where nobody said."""
    by: str
    """Who let it in; empty when it is not known."""
    since: str
    """Day it was let in, `YYYY-MM-DD`; empty when it is not known."""
    seen_day: str
    """Last day it came, `YYYY-MM-DD`; empty when it never did."""
    seen_at: datetime | None = None
    """When it last came since the centre was started, aware; None when it has not yet."""


class Passes:
    """The devices and programs of a centre."""

    def __init__(self, file: AccessFile, clock: Clock) -> None:
        """Keep them in `file` and go by `clock`."""
        self._file = file
        self._clock = clock
        self._seen: dict[str, datetime] = {}

    def add_token(self, role: Role, name: str = "", by: str = "") -> str:
        """Return a new API token of `role`; only its hash is kept.

        Args:
            role: what its holder may do.
            name: what people call it.
            by: who lets it in.

        Raises:
            OSError: the disk refused.
        """
        token = secrets.token_urlsafe(24)
        document = {"hash": fast_hash(token), "role": role.value, **self._let_in(name, by)}
        with self._file.changing():
            self._file.table("tokens").insert(document)
        return token

    def token_role(self, token: str) -> Role | None:
        """Return the role of an API token; None when it is not one of ours."""
        document = self._one("tokens", "hash", fast_hash(token))
        if document is None:
            return None
        self._note_seen("tokens", "hash", document)
        return Role(document["role"])

    def tokens(self) -> list[Pass]:
        """Return the tokens in the order in which they were made."""
        return [
            self._pass(document, document["hash"][:_SHORT], document["hash"])
            for document in self._file.table("tokens").all()
        ]

    def end_token(self, token_id: str) -> Pass:
        """Let a token open nothing any more; return which it was.

        Raises:
            AccessError: there is no such token.
            OSError: the disk refused.
        """
        ended = _find(self.tokens(), token_id, "token")
        with self._file.changing():
            self._file.table("tokens").remove(
                where("hash").test(lambda value: value[:_SHORT] == token_id)
            )
        return ended

    def add_code(self, role: Role, name: str = "", by: str = "") -> str:
        """Return a one-time code that makes a browser a kiosk or a board within `CODE_MINUTES`.

        Args:
            role: `kiosk` or `board`.
            name: what people call the device; without one it is numbered.
            by: who lets it in.

        Raises:
            AccessError: the role is no device's.
            OSError: the disk refused.
        """
        if role not in DEVICE_ROLES:
            message = f"A device is one of: {', '.join(DEVICE_ROLES)}."
            raise AccessError(message)
        code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))
        now = self._clock.now()
        document = {
            "hash": fast_hash(code), "role": role.value, "name": name, "by": by,
            "boot": now.boot, "mono": now.mono,
        }  # fmt: skip
        with self._file.changing():
            codes = self._file.table("codes")
            codes.remove(cond=lambda kept: not self._is_good(kept))
            codes.insert(document)
        return code

    def use_code(self, code: str) -> Pass | None:
        """Enrol a device with a code, which ends; None when the code is not valid (any more).

        Raises:
            OSError: the disk refused; the code is as good as before.
        """
        digest = fast_hash(code.strip().upper())
        if self._one("codes", "hash", digest) is None:
            return None
        with self._file.changing():
            found = self._one("codes", "hash", digest)
            if found is None or not self._is_good(found):
                return None
            self._file.table("codes").remove(where("hash") == digest)
            device = self._enrolled(found)
            self._file.table("devices").insert(device)
        return self._pass(device, device["id"], device["id"])

    def device(self, device_id: str) -> Pass | None:
        """Return the enrolled device of that id, which came just now; None when it was ended."""
        document = self._one("devices", "id", device_id)
        if document is None:
            return None
        self._note_seen("devices", "id", document)
        return self._pass(document, device_id, device_id)

    def devices(self) -> list[Pass]:
        """Return the devices in the order in which they were enrolled."""
        return [
            self._pass(document, document["id"], document["id"])
            for document in self._file.table("devices").all()
        ]

    def end_device(self, device_id: str) -> Pass:
        """Let a device be a stranger again; return which it was.

        Raises:
            AccessError: there is no such device.
            OSError: the disk refused.
        """
        ended = _find(self.devices(), device_id, "device")
        with self._file.changing():
            self._file.table("devices").remove(where("id") == device_id)
        return ended

    def _enrolled(self, code: Mapping[str, Any]) -> dict[str, Any]:
        """Return the record of the device a code was made for."""
        role = code["role"]
        taken = {device.name for device in self.devices()}
        numbered = (f"{role} {n}" for n in count(1))
        name = code["name"] or next(name for name in numbered if name not in taken)
        return {
            "id": secrets.token_urlsafe(_ID_BYTES), "role": role, **self._let_in(name, code["by"])
        }  # fmt: skip

    def _is_good(self, code: Mapping[str, Any]) -> bool:
        """Return whether a code may still be used; one of another boot may not."""
        now = self._clock.now()
        age_s = now.mono - code.get("mono", 0.0)
        return bool(code.get("boot") == now.boot and 0 <= age_s < CODE_MINUTES * 60)

    def _let_in(self, name: str, by: str) -> dict[str, str]:
        return {"name": name, "by": by, "since": self._clock.now().wall.date().isoformat()}

    def _one(self, table: str, key: str, value: str) -> Mapping[str, Any] | None:
        found = self._file.table(table).get(where(key) == value)
        return found if isinstance(found, dict) else None

    def _note_seen(self, table: str, key: str, document: Mapping[str, Any]) -> None:
        """Remember that it came: to the second in memory, to the day in the file."""
        value = document[key]
        now = self._clock.now().wall
        before = self._seen.get(value)
        self._seen[value] = now
        today = now.date().isoformat()
        if document.get("seen") == today or (before and before.date() == now.date()):
            return
        try:
            with self._file.changing():
                self._file.table(table).update({"seen": today}, where(key) == value)
        except OSError as error:
            logger.warning("who came today is not kept: %s", error)

    def _pass(self, document: Mapping[str, Any], pass_id: str, key: str) -> Pass:
        return Pass(
            pass_id, Role(document["role"]), document.get("name", ""), document.get("by", ""),
            document.get("since", ""), document.get("seen", ""), self._seen.get(key),
        )  # fmt: skip


def _find(passes: list[Pass], pass_id: str, kind: str) -> Pass:
    found = next((one for one in passes if one.id == pass_id), None)
    if found is None:
        message = f"There is no {kind} {pass_id}: look at the list."
        raise AccessError(message)
    return found


def fast_hash(secret: str) -> str:
    """Hash a secret that is random enough to need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
