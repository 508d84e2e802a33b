"""Devices and programs: codes to enrol the ones, tokens for the others, and the end of both."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import g, request

from motcua import formats, web
from motcua.access import DEVICE_ROLES, AccessError, Role
from motcua.admin_desk import ROLES
from motcua.admin_people import chosen_role
from motcua.audit import named
from motcua.passes import CODE_MINUTES
from motcua.web import role

if TYPE_CHECKING:
    from flask import Blueprint
    from werkzeug.wrappers import Response as AnyResponse

    from motcua.admin_desk import AdminDesk
    from motcua.passes import Pass

_NAME_LETTERS = 60
_NAME_WRONG = "A name has 1 to 60 letters."
_NO_ROLE = "Choose a role from the list."
_GONE = "It was ended already: load the page again."


def add_devices(blueprint: Blueprint, desk: AdminDesk) -> None:
    """Add the page of devices and programs."""

    @blueprint.get("/devices")
    @role(Role.ADMIN)
    def devices() -> str:
        """List devices and programs; offer codes and tokens."""
        return desk.page("devices", **_devices(desk))

    @blueprint.post("/devices")
    @role(Role.ADMIN)
    def make_code() -> AnyResponse:
        """Make a one-time code, shown once."""
        wanted, name = chosen_role(DEVICE_ROLES), _name()
        if wanted is None or name is None:
            return _refuse(desk, _NO_ROLE if wanted is None else _NAME_WRONG)
        told = web.say(
            "Code for one device (%(role)s), good for %(n)s minutes:",
            role=web.say(ROLES[wanted]), n=CODE_MINUTES,
        )  # fmt: skip
        code = desk.access.add_code(wanted, name, g.identity.name)
        return desk.done("devices", told, code)

    @blueprint.post("/tokens")
    @role(Role.ADMIN)
    def make_token() -> AnyResponse:
        """Make a token for a program, shown once."""
        wanted, name = chosen_role(tuple(ROLES)), _name()
        if wanted is None or name is None:
            return _refuse(desk, _NO_ROLE if wanted is None else _NAME_WRONG)
        told = web.say("Token for a program (%(role)s):", role=web.say(ROLES[wanted]))
        return desk.done("devices", told, desk.access.add_token(wanted, name, g.identity.name))

    _add_ends(blueprint, desk)


def _add_ends(blueprint: Blueprint, desk: AdminDesk) -> None:
    @blueprint.post("/devices/end")
    @role(Role.ADMIN)
    def end_device() -> AnyResponse:
        """Let a device be a stranger again."""
        try:
            ended = desk.access.end_device(request.form.get("id", ""))
        except AccessError:
            return _refuse(desk, _GONE, 404)
        g.about = named(ended.name, ended.role)
        told = "%(name)s is no device of the centre any more; it asks for a code."
        return desk.done("devices", web.say(told, name=ended.name))

    @blueprint.post("/tokens/end")
    @role(Role.ADMIN)
    def end_token() -> AnyResponse:
        """Let a token open nothing any more."""
        try:
            ended = desk.access.end_token(request.form.get("id", ""))
        except AccessError:
            return _refuse(desk, _GONE, 404)
        g.about = named(ended.name or ended.id, ended.role)
        told = "The token %(name)s opens nothing any more."
        return desk.done("devices", web.say(told, name=ended.name or ended.id))


def _refuse(desk: AdminDesk, trouble: str, status: int = 422) -> AnyResponse:
    return desk.refuse("devices", web.say(trouble), status, **_devices(desk))


def _devices(desk: AdminDesk) -> dict[str, object]:
    access = desk.access
    return {
        "roles": ROLES,
        "device_roles": {one: ROLES[one] for one in DEVICE_ROLES},
        "devices": [(one, _day(one.since), _seen(desk, one)) for one in access.devices()],
        "tokens": [(one, _day(one.since), _seen(desk, one)) for one in access.tokens()],
        "minutes": CODE_MINUTES,
    }


def _seen(desk: AdminDesk, one: Pass) -> str:
    """Return when it last came: to the minute since the start, to the day before."""
    if one.seen_at is None:
        return _day(one.seen_day)
    at = desk.office.rules.hours.local(one.seen_at)
    return f"{formats.clock(at)} {formats.day(at.date())}"


def _day(day: str) -> str:
    return formats.day(date.fromisoformat(day)) if day else "–"


def _name() -> str | None:
    """Return the name of a device or program, possibly empty; None when it is none."""
    name = " ".join(request.form.get("name", "").split())
    return name if name.isprintable() and len(name) <= _NAME_LETTERS else None
