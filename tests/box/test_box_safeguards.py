"""Over the whole table of routes: forged presses, foreign scripts, other methods, odd hosts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from motcua import web
from motcua.access import DEVICE_ROLES, Role
from motcua.app import Box
from motcua.queue.commands import CallNext, IssueTicket, OpenCounter

Browse = Callable[..., FlaskClient]
SAMPLE = {
    "ticket_id": "x", "number": 1, "code": "1.001193", "filename": "motcua.css", "name": "sanh",
    "seq": 1, "day": "2026-11-23", "field": "A", "job_id": "x", "service": "A",
}  # fmt: skip
_READING = {"GET", "HEAD", "OPTIONS"}
_ADDRESSES = ("href", "src", "action", "formaction", "hx-get", "hx-post")


class Inline(HTMLParser):
    """Gathers what a content policy without inline script and style would stop."""

    def __init__(self) -> None:
        """Have found nothing yet."""
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag."""
        named = {name: value or "" for name, value in attrs}
        if tag == "style" or (tag == "script" and not named.get("src")):
            self.found.append(f"<{tag}>")
        self.found += [
            f"<{tag} {name}>" for name in named
            if name == "style" or name.startswith(("on", "hx-on"))
        ]  # fmt: skip
        self.found += [
            f"<{tag} {name}={named[name]}>" for name in _ADDRESSES
            if named.get(name, "").split(":")[0].strip().lower() in ("javascript", "vbscript")
        ]  # fmt: skip
        self.found += [f"<{tag} hx-vals>" for _ in "j" if named.get("hx-vals", "")[:1] == "j"]
        foreign = [name for name in _ADDRESSES if "//" in named.get(name, "")[:8]]
        self.found += [f"<{tag} {name}={named[name]}>" for name in foreign if tag != "a"]


def rules(app: Flask, *methods: str) -> Iterator[tuple[Rule, str, str]]:
    """Yield each route with a method of it, and an address."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        values = {name: SAMPLE.get(name, "x") for name in rule.arguments}
        for method in sorted((rule.methods or set()) & set(methods)):
            yield rule, method, adapter.build(rule.endpoint, values)


@pytest.fixture
def busy(box: Box) -> Box:
    """A centre with somebody at a counter, somebody waiting and somebody's wrong PINs."""
    box.office.execute(OpenCounter(1))
    for _ in range(3):
        box.office.execute(IssueTicket(service="A"))
    box.office.execute(CallNext(1))
    box.access.add_staff("<b>Lan</b>", Role.STAFF)
    box.audit.note("staff.added", "An", "192.0.2.7", "<script>alert(1)</script>")
    for _ in range(5):
        box.access.tries.failed(0.0, "<b>Lan</b>", "192.0.2.9")
    box.access.add_token(Role.BOARD, "<style>")
    return box


@pytest.mark.parametrize("role", list(Role))
def test_no_page_holds_script_or_style_of_its_own(
    app: Flask, browse: Browse, busy: Box, role: Role
) -> None:
    client, pages = browse(role), 0
    for rule, _, address in rules(app, "GET"):
        if rule.rule == "/live":
            continue
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.get(address, headers=headers)
            text = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
            answer.close()
            assert "script-src 'self'" in answer.headers["Content-Security-Policy"], address
            assert "unsafe" not in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            looked = Inline()
            looked.feed(text)
            assert looked.found == [], address
            pages += bool(text) and answer.status_code == 200
    assert pages >= 3
    assert busy.office.seq


@pytest.mark.parametrize("role", list(Role))
def test_a_press_without_the_page_s_token_is_refused_everywhere(
    app: Flask, browse: Browse, busy: Box, role: Role
) -> None:
    client = browse(role)
    del client.environ_base["HTTP_X_CSRFTOKEN"]
    before, people = busy.office.seq, busy.access.staff()
    pressed = 0
    for rule, method, address in rules(app, "POST", "PUT", "PATCH", "DELETE"):
        answer = client.open(address, method=method, data={"csrf_token": "forged"})
        may = any(role.may(needed) for needed in web.needed_roles(app, rule.endpoint))
        if may or not rule.rule.startswith("/api/"):
            assert answer.status_code == 403, f"{method} {address}"
        pressed += may
    assert pressed
    assert (busy.office.seq, busy.access.staff()) == (before, people)
    assert len(busy.access.devices()) == (role in DEVICE_ROLES)


def test_a_program_needs_no_token_against_forgery(
    browse: Browse, bearer: Callable[[Role], dict[str, str]]
) -> None:
    client = browse()
    del client.environ_base["HTTP_X_CSRFTOKEN"]
    answer = client.post("/api/v1/counters/1/open", headers=bearer(Role.STAFF))
    assert answer.status_code == 200


def test_a_cookie_beside_a_program_s_token_lends_it_nothing(
    browse: Browse, bearer: Callable[[Role], dict[str, str]]
) -> None:
    admin = browse(Role.ADMIN)
    assert admin.get("/api/v1/queue", headers=bearer(Role.BOARD)).status_code == 403
    assert admin.get("/admin", headers={"Authorization": "Bearer x"}).status_code == 401


@pytest.mark.parametrize("role", [Role.VISITOR, Role.KIOSK, Role.BOARD, Role.STAFF, Role.MANAGER])
def test_the_other_methods_open_no_more_than_get_and_post(
    app: Flask, browse: Browse, role: Role
) -> None:
    client, closed = browse(role), 0
    for rule, method, address in rules(app, "HEAD", "OPTIONS"):
        if rule.endpoint == "static":
            continue
        may = any(role.may(needed) for needed in web.needed_roles(app, rule.endpoint))
        answer = client.open(address, method=method)
        answer.close()
        assert may or answer.status_code in (303, 401, 403), f"{method} {address}"
        closed += not may
    assert closed


def test_the_static_files_are_only_those_of_the_folder(browse: Browse) -> None:
    client = browse()
    with client.get("/static/motcua.css") as sheet:
        assert sheet.status_code == 200
    assert client.post("/static/motcua.css").status_code == 405
    for path in ("../motcua/app.py", "..%2fmotcua%2fapp.py", "%2e%2e/pyproject.toml", "/etc/passwd",
                 "vendor/../../pyproject.toml", "", "vendor"):  # fmt: skip
        assert client.get(f"/static/{path}").status_code in (308, 404), path


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:80@box", "[::1", "a b", "", "\u00e9.example", "x" * 3000,
     "127.0.0.1.evil.example", "evil.example#localhost", "[::ffff:1.2.3.4]"],
)  # fmt: skip
def test_an_odd_host_leads_nowhere_and_opens_nothing(app: Flask, box: Box, host: str) -> None:
    near = app.test_client()
    headers = {"Host": host.encode().decode("latin-1")}
    for address in ("/", "/signin", "/signin?next=//evil.example", "/admin", "/counter"):
        answer = near.get(address, headers=headers)
        assert answer.status_code in (200, 303, 400), address
        assert "evil" not in (answer.location or "").partition("?")[0]
    if "." in host:
        assert near.get("/kiosk", headers=headers).status_code in (303, 400)
        assert near.get("/metrics", headers=headers).status_code in (400, 401)
    assert box.office.seq == 0


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "box:8080"])
def test_the_box_s_own_names_are_its_own(app: Flask, host: str) -> None:
    near = app.test_client()
    for address in ("127.0.0.1", "::1"):
        near.environ_base["REMOTE_ADDR"] = address
        assert near.get("/kiosk", headers={"Host": host}).status_code == 200


def test_no_other_page_may_frame_ours_or_read_it(browse: Browse) -> None:
    headers = browse().get("/signin").headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
