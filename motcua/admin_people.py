"""Staff and their PINs; codes for kiosks and boards; tokens for programs."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from flask import request

from motcua import web
from motcua.access import DEVICE_ROLES, STAFF_ROLES, AccessError, Role
from motcua.web import role

if TYPE_CHECKING:
    from flask import Blueprint
    from werkzeug.wrappers import Response as AnyResponse

    from motcua.admin_desk import AdminDesk

ROLES = {
    Role.KIOSK: "Kiosk",
    Role.BOARD: "Board",
    Role.STAFF: "Counter staff",
    Role.MANAGER: "Manager",
    Role.ADMIN: "Administrator",
}
"""Role → what it is called."""

_NAME_LETTERS = 60
_UNKNOWN = "There is nobody of that name: load the page again."
_NAME_WRONG = "A name has 1 to 60 letters."
_NAME_TAKEN = "There is somebody of that name already: add a second name or a department."
_LAST_ADMIN = "This is the last administrator: add another one first."
_NO_ROLE = "Choose a role from the list."


def add_staff(blueprint: Blueprint, desk: AdminDesk) -> None:
    """Add the page of the staff."""

    @blueprint.get("/staff")
    @role(Role.ADMIN)
    def staff() -> str:
        """List who may sign in."""
        return desk.page("staff", **_staff(desk))

    @blueprint.post("/staff")
    @role(Role.ADMIN)
    def hire() -> AnyResponse:
        """Let somebody sign in; their PIN is shown once."""
        name = _name()
        wanted = _role(STAFF_ROLES)
        trouble = _name_trouble(desk, name) or ("" if wanted else _NO_ROLE)
        if trouble or wanted is None:
            return desk.refuse("staff", web.say(trouble), 422, **_staff(desk))
        pin = desk.access.add_staff(name, wanted)
        return desk.done(
            "staff", web.say("%(name)s may sign in now with this PIN:", name=name), pin
        )

    @blueprint.post("/staff/pin")
    @role(Role.ADMIN)
    def new_pin() -> AnyResponse:
        """Give somebody another PIN, shown once."""
        name = _name()
        if desk.access.role_of(name) is None:
            return desk.refuse("staff", web.say(_UNKNOWN), 404, **_staff(desk))
        told = web.say("The new PIN of %(name)s; the old one is over:", name=name)
        return desk.done("staff", told, desk.access.new_pin(name))

    @blueprint.post("/staff/remove")
    @role(Role.ADMIN)
    def remove() -> AnyResponse:
        """Let somebody sign in no longer."""
        name = _name()
        if desk.access.role_of(name) is None:
            return desk.refuse("staff", web.say(_UNKNOWN), 404, **_staff(desk))
        try:
            desk.access.remove_staff(name)
        except AccessError:
            return desk.refuse("staff", web.say(_LAST_ADMIN), 409, **_staff(desk))
        return desk.done("staff", web.say("%(name)s can no longer sign in.", name=name))


def add_devices(blueprint: Blueprint, desk: AdminDesk) -> None:
    """Add the page of devices and programs."""

    @blueprint.get("/devices")
    @role(Role.ADMIN)
    def devices() -> str:
        """Offer codes for devices and tokens for programs."""
        return desk.page("devices", **_devices())

    @blueprint.post("/devices")
    @role(Role.ADMIN)
    def make_code() -> AnyResponse:
        """Make a one-time code, shown once."""
        wanted = _role(DEVICE_ROLES)
        if wanted is None:
            return desk.refuse("devices", web.say(_NO_ROLE), 422, **_devices())
        told = web.say("Code for one device (%(role)s):", role=web.say(ROLES[wanted]))
        return desk.done("devices", told, desk.access.add_code(wanted))

    @blueprint.post("/tokens")
    @role(Role.ADMIN)
    def make_token() -> AnyResponse:
        """Make a token for a program, shown once."""
        wanted = _role(tuple(ROLES))
        if wanted is None:
            return desk.refuse("devices", web.say(_NO_ROLE), 422, **_devices())
        told = web.say("Token for a program (%(role)s):", role=web.say(ROLES[wanted]))
        return desk.done("devices", told, desk.access.add_token(wanted))


def _staff(desk: AdminDesk) -> dict[str, object]:
    people = [(name, ROLES[its_role]) for name, its_role in desk.access.staff()]
    return {"people": people, "roles": {one: ROLES[one] for one in STAFF_ROLES}}


def _devices() -> dict[str, object]:
    return {"roles": ROLES, "device_roles": {one: ROLES[one] for one in DEVICE_ROLES}}


def _name() -> str:
    return unicodedata.normalize("NFC", " ".join(request.form.get("name", "").split()))


def _name_trouble(desk: AdminDesk, name: str) -> str:
    if not name.isprintable() or not 1 <= len(name) <= _NAME_LETTERS:
        return _NAME_WRONG
    taken = {known.casefold() for known, _ in desk.access.staff()}
    return _NAME_TAKEN if name.casefold() in taken else ""


def _role(allowed: tuple[Role, ...]) -> Role | None:
    chosen = request.form.get("role", "")
    return next((one for one in allowed if one.value == chosen), None)
