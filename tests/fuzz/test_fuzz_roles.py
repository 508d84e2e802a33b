"""Nothing is reachable above one's role: every address, every role, however one comes in.

What each role may stands in `contract_roles`, written by hand; the route table only says which
addresses there are.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from motcua.access import Role
from motcua.app import Box
from tests.fuzz.addresses import filled, keys, real
from tests.fuzz.contract_roles import API, MAY, SCREENS
from tests.fuzz.home_files import kept

Browse = Callable[..., FlaskClient]
Headers = Callable[[Role], dict[str, str]]
Send = Callable[..., TestResponse]
HTMX = {"HX-Request": "true"}


@pytest.fixture(params=["session", "token"])
def send_as(
    request: pytest.FixtureRequest, browse: Browse, bearer: Headers
) -> Callable[[Role], Send]:
    """Send requests as somebody of a role, from one browser or with one token."""

    def send_as(role: Role) -> Send:
        token = bearer(role) if request.param == "token" and role is not Role.VISITOR else None
        client = browse(Role.VISITOR if token else role)

        def send(method: str, path: str, headers: dict[str, str] | None = None) -> TestResponse:
            with_token = {**(headers or {}), **(token or {})}
            return client.open(path, method=method, headers=with_token)

        return send

    return send_as


def turned_away(key: str, role: Role, send: Send, path: str) -> None:
    """Check that a request is refused as it should be where it should not get through."""
    method = key.partition(" ")[0]
    response = send(method, path)
    if key in API:
        assert response.status_code == (401 if role is Role.VISITOR else 403), key
        assert response.get_json()["error"]["message"], key
    elif method == "GET":
        assert response.status_code == 303, key
        assert response.location.startswith("/signin?next="), key
    else:
        assert response.status_code == 403, key
    if key in SCREENS:
        part = send(method, path, HTMX)
        assert (part.status_code, part.get_data()) == (401, b""), key
        assert part.headers["HX-Redirect"].startswith("/signin?"), key


def test_every_address_has_its_line_in_the_table(app: Flask) -> None:
    assert set(keys(app)) == set(MAY)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_reaches_what_is_above_their_role(
    app: Flask, box: Box, send_as: Callable[[Role], Send], role: Role
) -> None:
    send = send_as(role)
    before = box.office.seq, kept(box)
    for key in keys(app):
        if role not in MAY[key]:
            for values in (real(box), None):
                turned_away(key, role, send, filled(key, values)[1] if values else filled(key)[1])
    assert (box.office.seq, kept(box)) == before


@pytest.mark.parametrize("role", list(Role))
def test_everybody_reaches_what_is_theirs(
    app: Flask, box: Box, send_as: Callable[[Role], Send], role: Role
) -> None:
    for key in keys(app):
        if role in MAY[key]:
            method, path = filled(key, real(box))
            response = send_as(role)(method, path)
            response.close()
            assert response.status_code not in (401, 403), key
            assert not (response.location or "").startswith("/signin?"), key


def test_who_was_removed_is_a_visitor_at_once(app: Flask, box: Box, browse: Browse) -> None:
    clerk = browse(Role.MANAGER)
    assert clerk.get("/reports").status_code == 200
    box.access.remove_staff(f"An ({Role.MANAGER})")
    for key in keys(app):
        method, path = filled(key, real(box))
        if Role.VISITOR not in MAY[key]:
            response = clerk.open(path, method=method)
            assert response.status_code in (303, 401, 403), key
            assert response.status_code != 303 or response.location.startswith("/signin?"), key


@pytest.mark.parametrize("cookie", ["", "x", "eyJzdGFmZiI6IkFuIn0.x.y", "\x00", "é", "a" * 5000])
def test_a_cookie_nobody_signed_opens_nothing(
    app: Flask, box: Box, browse: Browse, cookie: str
) -> None:
    browse(Role.ADMIN)
    for key in keys(app):
        method, path = filled(key, real(box))
        if Role.VISITOR not in MAY[key]:
            client = app.test_client(use_cookies=False)
            sent = {"Cookie": f"motcua={cookie}"}
            remote = {"REMOTE_ADDR": "192.0.2.7"}
            response = client.open(path, method=method, headers=sent, environ_base=remote)
            assert response.status_code in (303, 401, 403), key


@pytest.mark.parametrize("token", ["", "x", "Bearer", "\x7f", "é", "null", "a" * 5000])
def test_a_token_that_is_none_opens_nothing_not_even_what_is_open(
    app: Flask, box: Box, browse: Browse, token: str
) -> None:
    client = browse()
    for key in keys(app):
        method, path = filled(key, real(box))
        if not path.startswith("/static/"):
            sent = {"Authorization": f"Bearer {token}"}
            assert client.open(path, method=method, headers=sent).status_code == 401, key
