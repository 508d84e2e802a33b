"""A kiosk program takes numbers; the contract's words, to the letter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box
from motcua.clock import SetClock

Headers = Callable[[Role], dict[str, str]]
CONTRACT_FIELDS = {
    "id", "number", "service", "procedure", "priority", "state", "issued_at", "called_at",
    "started_at", "finished_at", "counter", "ahead", "wait", "follow_url",
}  # fmt: skip


@pytest.fixture
def post(browse: Callable[..., FlaskClient], bearer: Headers) -> Callable[..., Any]:
    """POST to the API as a kiosk program, or as another role."""
    client = browse()

    def post(path: str, body: object = None, role: Role = Role.KIOSK, **more: Any) -> Any:  # noqa: ANN401
        given = {"json": body} if body is not None else {}
        return client.post(f"/api/v1{path}", headers=bearer(role), **given, **more)

    return post


def error_of(response: Any) -> tuple[int, str]:  # noqa: ANN401
    """Return status and code of a refusal, after checking its shape."""
    error = response.get_json()["error"]
    assert set(response.get_json()) == {"error"}
    assert set(error) == {"code", "message", "details"}
    assert error["message"]
    return response.status_code, error["code"]


def test_a_number_for_a_birth_registration_has_every_field_of_the_contract(
    post: Callable[..., Any],
) -> None:
    response = post("/tickets", {"procedure": "1.001193", "purpose": "submit"})
    assert response.status_code == 201
    ticket = response.get_json()
    assert set(ticket) >= CONTRACT_FIELDS
    assert ticket["number"] == "A001"
    assert ticket["state"] == "waiting"
    assert ticket["issued_at"] == "2026-11-23T08:00:00.000+07:00"
    assert ticket["follow_url"].endswith(f"/t/{ticket['id']}")
    assert ticket["wait"] is None  # nobody has been served yet: nothing is known


def test_the_same_request_id_gives_the_same_ticket_and_no_other(
    post: Callable[..., Any], box: Box
) -> None:
    body = {"service": "H", "request_id": "tap-1"}
    first, second = post("/tickets", body), post("/tickets", body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.get_json() == second.get_json()
    with box.office.today() as day:
        assert len(day.tickets) == 1


def test_a_matter_of_another_office_gets_its_place_and_no_ticket(
    post: Callable[..., Any], box: Box
) -> None:
    response = post("/tickets", {"procedure": "2.000200"})
    assert error_of(response) == (409, "procedure.elsewhere")
    assert response.get_json()["error"]["details"]["place"]
    assert box.office.seq == 0


def test_at_night_the_next_opening_is_told(post: Callable[..., Any], clock: SetClock) -> None:
    clock.advance(14 * 3600)
    response = post("/tickets", {"service": "A"})
    assert error_of(response) == (409, "centre.closed")
    opening = response.get_json()["error"]["details"]["next_opening"]
    assert opening == "2026-11-24T07:30:00+07:00"


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"procedure": "9.999999"}, (404, "procedure.unknown")),
        ({"service": "Z"}, (422, "service.unknown")),
        ({"service": "A", "priority": "friend"}, (422, "priority.unknown")),
        ({"service": "A", "purpose": "fun"}, (422, "purpose.unknown")),
        ({"service": "A", "language": "xx"}, (422, "language.unknown")),
        ({"service": "A", "procedure": "1.001193"}, (422, "field.missing")),
        ({}, (422, "field.missing")),
        ({"service": "A", "name": "An"}, (422, "field.unknown")),
        ({"service": 7}, (422, "field.invalid")),
        ({"service": "A", "request_id": ""}, (422, "field.invalid")),
        ({"service": "A", "request_id": "x" * 101}, (422, "field.invalid")),
        ([], (400, "request.malformed")),
        ("A", (400, "request.malformed")),
    ],
)
def test_a_wrong_body_is_refused_and_changes_nothing(
    post: Callable[..., Any], box: Box, body: object, refusal: tuple[int, str]
) -> None:
    assert error_of(post("/tickets", body)) == refusal
    assert box.office.seq == 0


@pytest.mark.parametrize(
    ("data", "mimetype", "refusal"),
    [
        (b"{not json", "application/json", (400, "request.malformed")),
        (b"\xff\xfe", "application/json", (400, "request.malformed")),
        (b'{"service": "A"}', "text/plain", (415, "request.not_json")),
        (b"x" * 10_000_000, "application/json", (413, "request.too_large")),
    ],
)
def test_what_is_no_json_is_refused(
    post: Callable[..., Any], box: Box, data: bytes, mimetype: str, refusal: tuple[int, str]
) -> None:
    assert error_of(post("/tickets", data=data, content_type=mimetype)) == refusal
    assert box.office.seq == 0


def test_a_missed_visitor_waits_again_in_the_old_place(post: Callable[..., Any]) -> None:
    first = post("/tickets", {"service": "A"}).get_json()
    post("/tickets", {"service": "A"})
    post("/counters/1/open", role=Role.STAFF)
    post("/counters/1/call-next", role=Role.STAFF)
    post("/counters/1/miss", role=Role.STAFF)
    back = post(f"/tickets/{first['id']}/return").get_json()
    assert (back["state"], back["ahead"]) == ("waiting", 0)


def test_a_number_given_back_is_not_called(post: Callable[..., Any]) -> None:
    first = post("/tickets", {"service": "A"}).get_json()
    assert post(f"/tickets/{first['id']}/cancel").get_json()["state"] == "cancelled"
    post("/counters/1/open", role=Role.STAFF)
    refused = post("/counters/1/call-next", role=Role.STAFF)
    assert error_of(refused) == (409, "queue.empty")


def test_whoever_holds_the_link_may_look_and_nobody_may_guess(
    post: Callable[..., Any], browse: Callable[..., FlaskClient]
) -> None:
    ticket = post("/tickets", {"service": "A"}).get_json()
    visitor = browse()
    assert visitor.get(f"/api/v1/tickets/{ticket['id']}").get_json()["number"] == "A001"
    assert error_of(visitor.get("/api/v1/tickets/A001")) == (404, "ticket.unknown")


def test_a_transferred_visit_goes_on_with_its_number(post: Callable[..., Any]) -> None:
    first = post("/tickets", {"service": "A"}).get_json()
    post("/counters/1/open", role=Role.STAFF)
    post("/counters/1/call-next", role=Role.STAFF)
    sent = post("/counters/1/transfer", {"service": "M"}, role=Role.STAFF).get_json()
    assert sent["ticket"]["state"] == "transferred"
    post("/counters/3/open", role=Role.STAFF)
    called = post("/counters/3/call-next", role=Role.STAFF).get_json()["ticket"]
    assert (called["number"], called["service"]) == (first["number"], "M")
    assert called["issued_at"] == first["issued_at"]
    assert called["follow_url"] == first["follow_url"]
