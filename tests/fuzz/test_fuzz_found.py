"""What the fuzz has found, once each, in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box

_PART = b"--b\r\nContent-Disposition: form-data"


@pytest.mark.parametrize("named", [b"", b'; name="\r"', b"; name", b'; filename="x.csv"'])
@pytest.mark.parametrize("path", ["/signin", "/kiosk/take", "/admin/staff", "/api/v1/tickets"])
def test_a_part_without_a_name_is_refused_where_the_page_token_is_looked_for(
    box: Box, browse: Callable[..., FlaskClient], named: bytes, path: str
) -> None:
    body = _PART + named + b"\r\n\r\nx\r\n--b--\r\n"
    admin, before = browse(Role.ADMIN), box.office.seq
    response = admin.post(path, data=body, content_type="multipart/form-data; boundary=b")
    assert 400 <= response.status_code < 500
    assert box.office.seq == before
