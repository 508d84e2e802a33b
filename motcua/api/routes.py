"""The routes of `/api/v1`: one line each; the OpenAPI document is made of the same lines."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify

from motcua.access import Role
from motcua.api import bodies as b
from motcua.api.openapi import document
from motcua.api.route import Route
from motcua.api.schemas import Schema
from motcua.api.views import MOST_PROCEDURES, USUAL_PROCEDURES, Api
from motcua.queue import commands as c
from motcua.web import role

if TYPE_CHECKING:
    from collections.abc import Callable

    from motcua.api.answers import Json
    from motcua.catalogue import Catalogue
    from motcua.office import Office
    from motcua.settings import Centre

PREFIX = "/api/v1"

_ANYBODY, _KIOSK, _BOARD = (Role.VISITOR,), (Role.KIOSK,), (Role.BOARD,)
_STAFF, _MANAGER = (Role.STAFF,), (Role.MANAGER,)
_TICKET, _DESK = "/tickets/<ticket_id>", "/counters/<int:number>"
_SIMPLE_ACTS: dict[str, type[c.CounterCommand]] = {
    "pause": c.PauseCounter,
    "close": c.CloseCounter,
    "call-next": c.CallNext,
    "recall": c.RecallTicket,
    "start": c.StartService,
    "miss": c.MissTicket,
    "undo": c.UndoAct,
}
"""Acts that need nothing but the counter, by the last word of their address."""


_QUESTION: dict[str, Schema] = {
    "q": {"type": "string"},
    "limit": {
        "type": "integer",
        "minimum": 1,
        "maximum": MOST_PROCEDURES,
        "default": USUAL_PROCEDURES,
    },
}
_RANGE: dict[str, Schema] = {name: {"type": "string", "format": "date"} for name in ("from", "to")}


def routes(api: Api) -> list[Route]:
    """Return every route: the visitor's, then the staff's."""
    return [*_visitor_routes(api), *_staff_routes(api)]


def _visitor_routes(api: Api) -> list[Route]:
    return [
        Route("GET", "/services", _KIOSK, api.services, "The services", "Services"),
        Route("GET", "/counters", _KIOSK, api.counters, "The counters", "Counters"),
        Route(
            "GET", "/procedures", _KIOSK, api.procedures, "Search", "Procedures", query=_QUESTION
        ),
        Route("GET", "/procedures/<code>", _KIOSK, api.procedure, "One procedure", "Procedure"),
        Route("POST", "/tickets", _KIOSK, api.issue, "Take a number", "Ticket", b.NewTicket),
        Route("GET", _TICKET, _ANYBODY, api.ticket, "One ticket: its id is the key", "Ticket"),
        Route(
            "POST", f"{_TICKET}/return", _KIOSK, api.return_ticket, "Wait again", "Ticket", b.Body
        ),
        Route(
            "POST", f"{_TICKET}/cancel", _KIOSK, api.cancel_ticket, "Give back", "Ticket", b.Body
        ),
    ]


def _staff_routes(api: Api) -> list[Route]:
    chosen: list[tuple[str, Callable[[int], Json], str, type[b.Body]]] = [
        ("open", api.open, "Open a counter", b.Opening),
        ("call", api.call, "Call a chosen ticket", b.Choice),
        ("finish", api.finish, "End the visit", b.Finish),
        ("hold", api.hold, "Set the ticket aside", b.Hold),
        ("transfer", api.transfer, "Send on", b.Transfer),
        *(
            (word, api.simple(act), f"Counter: {word}", b.Body)
            for word, act in _SIMPLE_ACTS.items()
        ),
    ]
    return [
        *(
            Route("POST", f"{_DESK}/{word}", _STAFF, view, summary, "Act", body)
            for word, view, summary, body in chosen
        ),
        Route("GET", "/queue", _STAFF, api.queue, "Everybody in the queue", "Queue"),
        Route("GET", "/board", _BOARD, api.board, "What the hall sees", "Board"),
        Route("GET", "/reports/waits", _MANAGER, api.report, "Waits", "Waits", query=_RANGE),
    ]


def api_blueprint(
    office: Office,
    catalogue: Callable[[], Catalogue],
    centre: Centre,
    waits: Callable[[str, str], Json],
) -> Blueprint:
    """Return the API with its document."""
    blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
    api = Api(office, catalogue, centre, waits)
    every = routes(api)
    for route in every:
        view = role(*route.roles)(_jsonified(route.view))
        name = f"{route.method} {route.path}".replace(".", "")
        blueprint.add_url_rule(route.path, name, view, methods=[route.method])

    @blueprint.get("/openapi.json")
    @role(Role.VISITOR)
    def openapi() -> Response:
        """Show this API as an OpenAPI document."""
        return jsonify(document(PREFIX, every))

    return blueprint


def _jsonified(view: Callable[..., Any]) -> Callable[..., Response | tuple[Response, int]]:
    @wraps(view)
    def jsonified(**values: Any) -> Response | tuple[Response, int]:  # noqa: ANN401
        result = view(**values)
        if isinstance(result, tuple):
            return jsonify(result[0]), result[1]
        return jsonify(result)

    return jsonified
