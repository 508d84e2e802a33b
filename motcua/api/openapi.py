"""The API's OpenAPI document, made from its routes and bodies, so that it cannot fall behind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

import motcua
from motcua.access import Role
from motcua.api.schemas import SCHEMAS, reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from motcua.api.route import Route

_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


def document(prefix: str, routes: Sequence[Route]) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of `routes` under `prefix`."""
    bodies = {route.body for route in routes if route.body}
    _, schemas = msgspec.json.schema_components(
        sorted(bodies, key=lambda body: body.__name__),
        ref_template=reference("{name}")["$ref"],
    )
    schemas |= SCHEMAS
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
        schema = reference(route.body.__name__)
        operation["requestBody"] = {"content": {"application/json": {"schema": schema}}}
    return operation


def _parameters(route: Route) -> list[dict[str, Any]]:
    in_path = [
        {
            "name": name, "in": "path", "required": True,
            "schema": {"type": "integer", "minimum": 0} if kind == "int" else {"type": "string"},
        }
        for kind, name in _PARAMETER.findall(route.path)
    ]  # fmt: skip
    in_query = [{"name": name, "in": "query", "schema": kind} for name, kind in route.query.items()]
    return [*in_path, *in_query]


def _responses(route: Route, *, public: bool) -> dict[str, Any]:
    refusals = {400, 404, 405, 409, 413, 415, 422, 429, 503} if route.body else {404, 422, 429}
    if not public:
        refusals |= {401, 403}
    schema = reference(route.answer)
    done = {"content": {"application/json": {"schema": schema}}, "description": "Done"}
    error = {"application/json": {"schema": reference("Error")}}
    answers: dict[str, Any] = {"200": done}
    if route.path == "/tickets":
        answers["201"] = done
    for status in sorted(refusals):
        answers[str(status)] = {"content": error, "description": "Refused"}
    return answers
