"""What a refusal brings beside its code: what HTTP says belongs to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from motcua.access import Role

Headers = Callable[[Role], dict[str, str]]


@pytest.mark.parametrize(
    "limit", ["0", "1001", "-1", "1.5", "", "ten", "２", "000000001" + "9" * 5000, "0" * 5000 + "7"]
)
def test_a_limit_outside_its_range_is_refused_however_it_is_written(
    browse: Callable[..., FlaskClient], bearer: Headers, limit: str
) -> None:
    response = browse().get(f"/api/v1/procedures?limit={limit}", headers=bearer(Role.KIOSK))
    assert response.status_code == 422
    assert response.get_json()["error"]["code"] == "field.invalid"


def test_a_method_not_taken_is_refused_with_those_that_are(
    browse: Callable[..., FlaskClient],
) -> None:
    response = browse().delete("/api/v1/tickets")
    assert response.status_code == 405
    assert set(response.allow) == {"OPTIONS", "POST"}


def test_who_must_sign_in_first_is_told_how(browse: Callable[..., FlaskClient]) -> None:
    response = browse().get("/api/v1/queue")
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
