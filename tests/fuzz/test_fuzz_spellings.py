"""Other ways to write a request lead nowhere else: methods, slashes, cases, escapes, headers."""

from __future__ import annotations

from collections.abc import Callable
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box
from tests.fuzz.addresses import filled, keys, real
from tests.fuzz.contract_roles import MAY
from tests.fuzz.home_files import kept

Browse = Callable[..., FlaskClient]
OVERRIDES = {
    "X-HTTP-Method-Override": "POST",
    "X-HTTP-Method": "POST",
    "X-Method-Override": "POST",
}
REWRITES = {
    "X-Original-URL": "/admin",
    "X-Rewrite-URL": "/admin",
    "X-Forwarded-For": "127.0.0.1",
    "X-Forwarded-Host": "127.0.0.1",
    "X-Forwarded-Prefix": "/admin",
    "X-Real-IP": "127.0.0.1",
    "X-Remote-User": "admin",
    "Forwarded": "for=127.0.0.1",
    "Client-IP": "127.0.0.1",
}
ODD_METHODS = ("PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "X")
SPELLINGS: tuple[Callable[[str], str], ...] = (
    lambda path: f"{path}/",
    lambda path: f"/{path}",
    lambda path: path.replace("/", "//"),
    lambda path: path.upper(),
    lambda path: f"/.{path}",
    lambda path: f"/t/..{path}",
    lambda path: f"/static/..{path}",
    lambda path: f"{path}/.",
    lambda path: f"{path}/../{path.rpartition('/')[2]}",
    lambda path: f"{path};a=b",
    lambda path: f"{path}\x00",
    lambda path: f"{path}\x00.css",
    lambda path: f"{path} ",
    lambda path: path.replace("/", "\\"),
    lambda path: path.replace("a", "ａ"),
    lambda path: path.encode().hex("%"),
    lambda path: f"{path}?x=/signin",
    lambda path: "//evil.example" + path,
    lambda path: "http://evil.example" + path,
)
OUTSIDE = (
    "../centre.toml", "..\\centre.toml", "....//centre.toml", "./../../etc/passwd", "/etc/passwd",
    "//etc/passwd", "../motcua/app.py", "..", ".", "", "vendor/../../pyproject.toml", "\x00",
    "motcua.css\x00", "%2e%2e/pyproject.toml", "..%2fpyproject.toml", "..;/pyproject.toml",
    "../../../../../../../etc/passwd", "C:\\windows\\win.ini", "~root/.profile",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.VISITOR, Role.KIOSK, Role.BOARD, Role.STAFF])
def test_no_spelling_of_an_address_gets_past_its_role(
    app: Flask, box: Box, browse: Browse, role: Role
) -> None:
    client = browse(role)
    before = box.office.seq, kept(box)
    for key in keys(app):
        method, path = filled(key, real(box))
        for spell in SPELLINGS if role not in MAY[key] else ():
            written = {"PATH_INFO": spell(path).encode().decode("latin-1")}
            response = client.open("/", method=method, environ_overrides=written)
            response.close()
            assert 300 <= response.status_code < 500, (key, written)
            assert not urlsplit(response.location or "").netloc.endswith("evil.example"), written
            if response.status_code == 308:
                there = client.open(response.location, method=method)
                assert there.status_code in (303, 401, 403, 404), (key, response.location)
    assert (box.office.seq, kept(box)) == before


def test_methods_nobody_offers_are_refused_and_do_nothing(
    app: Flask, box: Box, browse: Browse
) -> None:
    client = browse(Role.ADMIN)
    before = box.office.seq, kept(box)
    for key in keys(app):
        path = filled(key, real(box))[1]
        for method in ODD_METHODS:
            assert client.open(path, method=method).status_code == 405, (method, key)
    assert (box.office.seq, kept(box)) == before


@pytest.mark.parametrize("role", list(Role))
def test_asking_for_the_head_or_the_methods_gives_away_nothing(
    app: Flask, box: Box, browse: Browse, role: Role
) -> None:
    client = browse(role)
    before = box.office.seq, kept(box)
    for key in keys(app):
        path = filled(key, real(box))[1]
        head, options = client.head(path), client.options(path)
        assert head.get_data() == b"", key
        assert options.get_data() == b"" or options.status_code >= 400, key
        head.close()
        if role not in MAY.get(f"GET {key.partition(' ')[2]}", Role):
            assert head.status_code in (303, 401, 403), key
    assert (box.office.seq, kept(box)) == before


def test_no_header_and_no_field_makes_a_get_a_post(app: Flask, box: Box, browse: Browse) -> None:
    client = browse(Role.ADMIN)
    before = box.office.seq, kept(box)
    for key in keys(app):
        method, path = filled(key, real(box))
        if method == "POST":
            asked = client.get(path, headers=OVERRIDES, query_string={"_method": "POST"})
            assert asked.status_code in (200, 303, 404, 405), key
    assert (box.office.seq, kept(box)) == before


def test_no_header_makes_a_stranger_somebody(app: Flask, box: Box, browse: Browse) -> None:
    client = browse()
    for key in keys(app):
        method, path = filled(key, real(box))
        if Role.VISITOR not in MAY[key]:
            response = client.open(path, method=method, headers=REWRITES)
            assert response.status_code in (303, 401, 403), key
    assert client.get("/", headers=REWRITES).get_data() == client.get("/").get_data()


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_outside_the_static_files_is_served(browse: Browse, path: str) -> None:
    written = {"PATH_INFO": f"/static/{path}"}
    response = browse().open("/", environ_overrides=written)
    assert response.status_code in (308, 404)
    assert b"[project]" not in response.get_data()


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_outside_is_served_by_the_real_server_either(served: str, path: str) -> None:
    address = urlsplit(served)
    connection = HTTPConnection(address.hostname or "", address.port, timeout=30)
    written = f"/static/{path}".replace("\x00", "%00").replace("\\", "%5c").replace(" ", "%20")
    connection.putrequest("GET", written, skip_host=True)
    connection.putheader("Host", "127.0.0.1")
    connection.endheaders()
    response = connection.getresponse()
    assert response.status in (308, 400, 404)
    assert b"root:" not in response.read()
    connection.close()
