"""Whoever may not come in is shown where to, and led nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box
from motcua.clock import SetClock
from tests.counter.clerk import token_of

Browse = Callable[..., FlaskClient]


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    """A browser nobody knows yet, on another machine of the network."""
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    return client


def test_a_code_that_is_too_old_is_told(stranger: FlaskClient, box: Box, clock: SetClock) -> None:
    code = box.access.add_code(Role.KIOSK)
    clock.advance(900)
    answer = stranger.post("/", data={"code": code, "csrf_token": token_of(stranger, "/")})
    assert answer.status_code == 422
    assert "đã quá 15 phút" in answer.text
    assert box.access.devices() == []


def test_a_device_that_is_not_enrolled_is_asked_for_its_code(stranger: FlaskClient) -> None:
    asked = stranger.get("/kiosk").location
    assert 'id="code"' in stranger.get(asked).text


@pytest.mark.parametrize("page", ["http://[", "", "javascript:alert(1)", "//evil.example/x", "é"])
def test_an_odd_address_of_the_page_before_leads_nowhere_else(browse: Browse, page: str) -> None:
    named = page.encode().decode("latin-1")
    answer = browse().get("/board", headers={"HX-Request": "true", "HX-Current-URL": named})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].startswith("/signin?next=")
    assert "evil" not in answer.headers["HX-Redirect"]
