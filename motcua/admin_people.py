"""Staff: who may sign in, as what, and who has to wait after wrong PINs."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from flask import g, request

from motcua import web
from motcua.access import STAFF_ROLES, AccessError, Role
from motcua.admin_desk import ROLES
from motcua.web import role

if TYPE_CHECKING:
    from flask import Blueprint
    from werkzeug.wrappers import Response as AnyResponse

    from motcua.admin_desk import AdminDesk
_NAME_LETTERS = 60
_UNKNOWN = "There is nobody of that name: load the page again."
_NAME_WRONG = "A name has 1 to 60 letters."
_NAME_TAKEN = "There is somebody of that name already: add a second name or a department."
_LAST_ADMIN = "This is the last administrator: add another one first."
_NO_ROLE = "Choose a role from the list."
_NOT_HELD = "Nobody of that name has to wait (any more)."


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
        wanted = chosen_role(STAFF_ROLES)
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

    _add_changes(blueprint, desk)


def _add_changes(blueprint: Blueprint, desk: AdminDesk) -> None:
    @blueprint.post("/staff/role")
    @role(Role.ADMIN)
    def change_role() -> AnyResponse:
        """Give somebody another role."""
        name = _name()
        wanted = chosen_role(STAFF_ROLES)
        if wanted is None:
            return desk.refuse("staff", web.say(_NO_ROLE), 422, **_staff(desk))
        if desk.access.role_of(name) is None:
            return desk.refuse("staff", web.say(_UNKNOWN), 404, **_staff(desk))
        try:
            desk.access.change_role(name, wanted)
        except AccessError:
            return desk.refuse("staff", web.say(_LAST_ADMIN), 409, **_staff(desk))
        told = "%(name)s has another role now and signs in again."
        return desk.done("staff", web.say(told, name=name))

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

    @blueprint.post("/staff/lift")
    @role(Role.ADMIN)
    def lift() -> AnyResponse:
        """Let a name or an address try again at once."""
        g.about = request.form.get("who", "")[:_NAME_LETTERS]
        if g.about not in dict(_held(desk)):
            return desk.refuse("staff", web.say(_NOT_HELD), 409, **_staff(desk))
        desk.access.tries.lift(g.about, g.about)
        return desk.done("staff", web.say("%(name)s may try again now.", name=g.about))


def _staff(desk: AdminDesk) -> dict[str, object]:
    people = [(name, its_role, ROLES[its_role]) for name, its_role in desk.access.staff()]
    return {
        "people": people, "roles": {one: ROLES[one] for one in STAFF_ROLES}, "held": _held(desk)
    }  # fmt: skip


def _held(desk: AdminDesk) -> list[tuple[str, int]]:
    """Return the staff and the addresses that have to wait, and how many seconds.

    Names that nobody has are left out: somebody may have typed a PIN there.
    """
    now_s = desk.office.now().mono
    names = desk.access.tries.names.waiting(now_s)
    known = [name for name, _ in desk.access.staff() if name.casefold() in names]
    addresses = desk.access.tries.addresses.waiting(now_s)
    return [(name, names[name.casefold()]) for name in known] + sorted(addresses.items())


def _name() -> str:
    return unicodedata.normalize("NFC", " ".join(request.form.get("name", "").split()))


def _name_trouble(desk: AdminDesk, name: str) -> str:
    if not name.isprintable() or not 1 <= len(name) <= _NAME_LETTERS:
        return _NAME_WRONG
    taken = {known.casefold() for known, _ in desk.access.staff()}
    return _NAME_TAKEN if name.casefold() in taken else ""


def chosen_role(allowed: tuple[Role, ...]) -> Role | None:
    """Return the role chosen in a form; None when it is not one of `allowed`."""
    chosen = request.form.get("role", "")
    return next((one for one in allowed if one.value == chosen), None)
