"""What stands above a request, however odd, is no defect and opens nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from motcua.access import Role
from motcua.app import Box
from tests.fuzz.addresses import filled, keys, real
from tests.fuzz.home_files import kept
from tests.fuzz.odd_values import STEADY, as_bytes, odd_text

Browse = Callable[..., FlaskClient]
ODD: dict[str, tuple[str, ...]] = {
    "Host": (
        "", "[", "[::1", "[::1]:x", "::1", ":", "a b", "127.0.0.1:99999", "evil.example", "é", "/",
        "localhost:x", "127.0.0.1@evil.example", "a" * 300, "%00", "localhost.", "[127.0.0.1]",
    ),
    "Accept-Language": ("vi;q=x", ";,;", "*", "vi;q=1e999", "en" * 500, "vi;q=-1", "-", ";q="),
    "Authorization": ("Bearer", "Bearer ", "bearer x", "Basic x", "Basic Og==", "Digest a=", "x"),
    "Cookie": ("motcua", "motcua=", "=;=;", ";" * 500, "motcua=\x7f", "motcua=a; motcua=b"),
    "Referer": ("", "x", "//", "http://[", "https://evil.example/", "javascript:x", "http://a:b/"),
    "Origin": ("null", "x", "http://[", "https://evil.example"),
    "HX-Current-URL": ("", "http://[", "//evil.example/x", "http://a:b/", "/\\evil", "x" * 5000),
    "HX-Request": ("false", "", "x"),
    "HX-Boosted": ("true", ""),
    "HX-Current-URL-URI-AutoEncoded": ("true", "x"),
    "HX-Target-URI-AutoEncoded": ("true",),
    "HX-Prompt": ("%ff", "é"),
    "Content-Type": ("", "x", "/", "application/json; charset=x", "multipart/form-data; boundary="),
    "Content-Length": ("-1", "x", "1e3", "99999999999999999999", " 5", "0x5"),
    "Range": ("bytes=0-", "bytes=5-1", "x", "bytes=-99999999999999999999", "bytes=0-0,1-1"),
    "If-Range": ("x", '"x"'),
    "If-None-Match": ("*", '"', "W/", "x" * 2000),
    "If-Modified-Since": ("x", "Thu, 99 Foo 0000 00:00:00 GMT", "0", "Sat, 01 Jan 99999 00:00:00"),
    "Forwarded": ("for=;;", "for=[::1"),
    "X-Forwarded-For": ("127.0.0.1", ",,,"),
    "X-CSRFToken": ("", "x", "é", "." * 500),
    "Expect": ("100-continue", "x"),
    "Transfer-Encoding": ("chunked", "x"),
    "User-Agent": ("", "\x7f"),
}  # fmt: skip
SENDERS = ("192.0.2.7", "127.0.0.1", "::1")


@st.composite
def headers(draw: st.DrawFn) -> dict[str, str]:
    """Return one to three headers with values somebody or chance thought of; half for htmx."""
    htmx = draw(st.sampled_from([{}, {"HX-Request": "true"}]))
    names = draw(st.lists(st.sampled_from(sorted(ODD)), min_size=1, max_size=3, unique=True))
    values = {name: draw(st.sampled_from(ODD[name]) | odd_text()) for name in names}
    return htmx | {name: as_bytes(value).decode("latin-1") for name, value in values.items()}


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.VISITOR, Role.KIOSK, Role.ADMIN])
def test_no_header_however_odd_is_a_defect(
    app: Flask, box: Box, browse: Browse, role: Role
) -> None:
    client = browse(role)
    asked = [filled(key, real(box)) for key in keys(app) if key != "GET /live"]
    reading = [pair for pair in asked if pair[0] == "GET"]
    pressing = [("POST", "/signin"), ("POST", "/"), ("POST", "/api/v1/tickets")]
    before = box.office.seq, kept(box)

    @STEADY
    @given(st.sampled_from(reading + pressing), headers(), st.sampled_from(SENDERS))
    def ask(address: tuple[str, str], sent: dict[str, str], sender: str) -> None:
        environ = {"REMOTE_ADDR": sender} | {
            name if name.startswith("CONTENT") else f"HTTP_{name}": value
            for name, value in ((key.upper().replace("-", "_"), sent[key]) for key in sent)
        }
        response = client.open(address[1], method=address[0], environ_overrides=environ)
        assert response.status_code < 500, (address, sent)
        response.close()

    ask()
    assert box.office.seq == before[0]
    assert {**kept(box), **audited(box)} == {**before[1], **audited(box)}


def audited(box: Box) -> dict[str, str]:
    """Return the files of the audit trail: wrong tries to sign in are noted."""
    return {name: hashed for name, hashed in kept(box).items() if name.startswith("audit/")}
