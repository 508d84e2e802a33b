"""Roles: what somebody is to the centre, and what that lets them do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
    device: str = ""
    """Id of the enrolled device; empty for everybody else and for the box's own screens."""


VISITOR = Identity(Role.VISITOR)
