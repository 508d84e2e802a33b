"""What all routes share: a role for each, trust only on the box, refusals in one shape."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from motcua import web
from motcua.access import Role
from motcua.printing.printer import PrinterError


def test_a_route_without_a_role_keeps_the_app_from_starting(app: Flask) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "hello")
    with pytest.raises(RuntimeError, match="/forgotten"):
        web.check_roles(app)


def test_pages_let_no_foreign_script_in(browse: Callable[..., FlaskClient]) -> None:
    headers = browse().get("/signin").headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_only_the_box_itself_is_trusted_as_a_kiosk(app: Flask) -> None:
    near, far, proxied = app.test_client(), app.test_client(), app.test_client()
    far.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert near.get("/kiosk").status_code == 200
    assert far.get("/kiosk").status_code == 303
    assert proxied.get("/kiosk", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 303


def test_a_slip_the_printer_no_longer_knows_is_a_refusal_not_a_defect(app: Flask) -> None:
    @web.role(Role.VISITOR)
    def reprint() -> str:
        raise PrinterError("printer.job_unknown", "referral-1")

    app.add_url_rule("/api/v1/reprint", "reprint", reprint)
    response = app.test_client().get("/api/v1/reprint")
    assert response.status_code == 409
    assert response.get_json()["error"]["code"] == "printer.job_unknown"
