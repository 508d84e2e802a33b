"""Sessions, tokens and the box itself: how a request to the API is let in."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box

Headers = Callable[[Role], dict[str, str]]


def test_a_false_token_is_refused_even_where_anybody_may_look(
    browse: Callable[..., FlaskClient],
) -> None:
    response = browse().get("/api/v1/openapi.json", headers={"Authorization": "Bearer nothing"})
    assert response.status_code == 401


def test_a_session_needs_its_csrf_token_to_change_anything(
    browse: Callable[..., FlaskClient], box: Box
) -> None:
    clerk = browse(Role.STAFF)
    assert clerk.post("/api/v1/counters/1/open").status_code == 200
    del clerk.environ_base["HTTP_X_CSRFTOKEN"]
    refused = clerk.post("/api/v1/counters/2/open")
    assert refused.status_code == 403
    assert refused.get_json()["error"]["code"] == "request.csrf"
    with box.office.today() as day:
        assert list(day.counters) == [1]


def test_unknown_addresses_and_methods_are_refused_in_the_same_shape(
    browse: Callable[..., FlaskClient],
) -> None:
    client = browse()
    lost = client.get("/api/v1/nothing").get_json()["error"]
    wrong = client.delete("/api/v1/tickets").get_json()["error"]
    assert (lost["code"], wrong["code"]) == ("address.unknown", "method.not_allowed")


def test_figures_are_open_on_the_box_and_to_tokens_elsewhere(
    app: Flask, browse: Callable[..., FlaskClient], bearer: Headers
) -> None:
    near = app.test_client()
    assert near.get("/healthz").get_json()["status"] == "ok"
    far = browse()
    for path in ("/healthz", "/metrics"):
        assert far.get(path).status_code == 401
        assert far.get(path, headers=bearer(Role.BOARD)).status_code == 200
    assert near.get("/healthz", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 401


def test_the_document_names_every_route_and_body(app: Flask) -> None:
    document = app.test_client().get("/api/v1/openapi.json").get_json()
    told = {(method.upper(), path) for path, one in document["paths"].items() for method in one}
    real = {
        (method, rule.rule.replace("<int:", "<").replace("<", "{").replace(">", "}"))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1") and not rule.rule.endswith("openapi.json")
        for method in (rule.methods or set()) & {"GET", "POST"}
    }
    assert told == real
    assert {"NewTicket", "Finish", "Ticket", "Error"} <= set(document["components"]["schemas"])
