"""The API's OpenAPI document, made from its routes and bodies, so that it cannot fall behind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

import motcua
from motcua.access import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from motcua.api.route import Route

_SCHEMA_REF = "#/components/schemas/{name}"
_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
_NULLABLE_TIME = {"type": ["string", "null"], "format": "date-time"}
_NULLABLE_TEXT = {"type": ["string", "null"]}
_TICKET: dict[str, Any] = {
    "type": "object",
    "required": ["id", "number", "service", "state", "issued_at", "ahead", "wait", "follow_url"],
    "properties": {
        "id": {"type": "string", "description": "Unguessable: whoever knows it holds the ticket."},
        "number": {"type": "string", "examples": ["A015"]},
        "service": {"type": "string"},
        "procedure": _NULLABLE_TEXT,
        "priority": _NULLABLE_TEXT,
        "state": {
            "enum": [
                "waiting", "called", "serving", "finished", "missed", "held", "transferred",
                "cancelled", "unserved",
            ]
        },
        "issued_at": {"type": "string", "format": "date-time"},
        "called_at": _NULLABLE_TIME,
        "started_at": _NULLABLE_TIME,
        "finished_at": _NULLABLE_TIME,
        "counter": {"type": ["integer", "null"]},
        "ahead": {"type": "integer", "minimum": 0},
        "wait": {
            "oneOf": [
                {"type": "null"},
                {
                    "type": "object",
                    "required": ["low_min", "high_min", "basis"],
                    "properties": {
                        "low_min": {"type": "integer", "minimum": 0},
                        "high_min": {"type": "integer", "minimum": 0},
                        "basis": {"type": "string"},
                    },
                },
            ]
        },
        "follow_url": {"type": "string"},
    },
}  # fmt: skip
_ERROR: dict[str, Any] = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "details"],
            "properties": {
                "code": {"type": "string", "examples": ["queue.empty"]},
                "message": {"type": "string"},
                "details": {"type": "object"},
            },
        }
    },
}
_COUNTER: dict[str, Any] = {
    "type": "object",
    "required": ["number", "state", "services"],
    "properties": {
        "number": {"type": "integer"},
        "state": {"enum": ["closed", "open", "paused"]},
        "services": {"type": "array", "items": {"type": "string"}},
        "ticket": _NULLABLE_TEXT,
    },
}
_ACT: dict[str, Any] = {
    "type": "object",
    "required": ["counter", "ticket"],
    "properties": {
        "counter": {"$ref": _SCHEMA_REF.format(name="Counter")},
        "ticket": {"oneOf": [{"type": "null"}, {"$ref": _SCHEMA_REF.format(name="Ticket")}]},
    },
}


def document(prefix: str, routes: Sequence[Route]) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of `routes` under `prefix`."""
    bodies = {route.body for route in routes if route.body}
    _, schemas = msgspec.json.schema_components(
        sorted(bodies, key=lambda body: body.__name__), ref_template=_SCHEMA_REF
    )
    schemas |= {"Ticket": _TICKET, "Counter": _COUNTER, "Act": _ACT, "Error": _ERROR}
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        path = prefix + _PARAMETER.sub(r"{\2}", route.path)
        paths.setdefault(path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Motcua", "version": motcua.__version__},
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    public = Role.VISITOR in route.roles
    operation: dict[str, Any] = {
        "summary": route.summary,
        "description": f"Role: {', '.join(route.roles)}.",
        "parameters": _parameters(route),
        "responses": _responses(route, public=public),
        "security": [] if public else [{"token": []}],
    }
    if route.body:
        reference = {"$ref": _SCHEMA_REF.format(name=route.body.__name__)}
        operation["requestBody"] = {"content": {"application/json": {"schema": reference}}}
    return operation


def _parameters(route: Route) -> list[dict[str, Any]]:
    in_path = [
        {
            "name": name, "in": "path", "required": True,
            "schema": {"type": "integer" if kind == "int" else "string"},
        }
        for kind, name in _PARAMETER.findall(route.path)
    ]  # fmt: skip
    in_query = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in route.query]
    return [*in_path, *in_query]


def _responses(route: Route, *, public: bool) -> dict[str, Any]:
    refusals = {400, 404, 405, 409, 413, 415, 422, 429, 503} if route.body else {404, 422, 429}
    if not public:
        refusals |= {401, 403}
    done = {"content": {"application/json": {"schema": _done(route)}}, "description": "Done"}
    error = {"application/json": {"schema": {"$ref": _SCHEMA_REF.format(name="Error")}}}
    answers: dict[str, Any] = {"200": done}
    if route.path == "/tickets":
        answers["201"] = done
    for status in sorted(refusals):
        answers[str(status)] = {"content": error, "description": "Refused"}
    return answers


def _done(route: Route) -> dict[str, Any]:
    if route.path.startswith("/tickets"):
        return {"$ref": _SCHEMA_REF.format(name="Ticket")}
    if route.path.startswith("/counters/"):
        return {"$ref": _SCHEMA_REF.format(name="Act")}
    return {"type": "object"}
