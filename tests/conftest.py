"""A centre to test with: a Monday morning at eight, nobody there yet."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
if (ROOT / "queue" / "__init__.py").exists():
    # Not pytest.exit, which prints a traceback from here: one sentence is all there is to say.
    raise SystemExit("queue/__init__.py hides Python's own queue: delete it (docs/decisions).")

from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from itsdangerous import URLSafeTimedSerializer

from motcua.access import Role
from motcua.app import Box, create_app, open_box
from motcua.clock import SetClock
from motcua.home import Home
from motcua.journal.memory import MemoryJournal
from motcua.server import make_server
from motcua.sessions import device_keys, person_keys

pytest_plugins = ["schemathesis.pytest.plugin"]

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HUE = timezone(timedelta(hours=7))
MONDAY_8_AM = datetime(2026, 11, 23, 8, 0, tzinfo=HUE)
_CHROMIUM_NAMES = ("chromium", "chromium-browser")
_CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
)

# The same examples every time, however slow the machine.
settings.register_profile("motcua", derandomize=True, deadline=None)
settings.load_profile("motcua")


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands at Monday, 8:00 in Huế."""
    return SetClock(MONDAY_8_AM)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with the starter files."""
    home = Home(tmp_path / "home")
    home.prepare()
    return home


@pytest.fixture
def box(home: Home, clock: SetClock) -> Iterator[Box]:
    """A centre as it starts, with a journal in memory."""
    box = open_box(home, clock=clock, journal=MemoryJournal())
    yield box
    box.close()


@pytest.fixture
def app(box: Box) -> Flask:
    """The web application of the centre."""
    return create_app(box)


@pytest.fixture
def browse(app: Flask, box: Box) -> Callable[[Role], FlaskClient]:
    """Return a browser of somebody of a role: signed in or enrolled, its POSTs carry the token.

    Visitors come from another address than the box's own, so nothing is trusted by chance.
    """

    def browse(role: Role = Role.VISITOR) -> FlaskClient:
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
        with client.session_transaction() as session:
            session["csrf_token"] = "a-session's-secret"
            if role in (Role.KIOSK, Role.BOARD):
                device = box.access.use_code(box.access.add_code(role))
                assert device is not None
                session.update(device_keys(device))
            elif role is not Role.VISITOR:
                if box.access.role_of(f"An ({role})") is None:
                    box.access.add_staff(f"An ({role})", role)
                session.update(person_keys(box.access, box.office, f"An ({role})"))
        signer = URLSafeTimedSerializer(str(app.secret_key), salt="wtf-csrf-token")
        client.environ_base["HTTP_X_CSRFTOKEN"] = signer.dumps("a-session's-secret")
        return client

    return browse


@pytest.fixture
def bearer(box: Box) -> Callable[[Role], dict[str, str]]:
    """Return the headers of a program that holds a token of a role."""

    def bearer(role: Role) -> dict[str, str]:
        return {"Authorization": f"Bearer {box.access.add_token(role)}"}

    return bearer


@pytest.fixture
def served(app: Flask, box: Box) -> Iterator[str]:
    """The centre behind its real web server; gives the address without a slash at the end."""
    server = make_server(app, box.centre.server, "127.0.0.1", 0)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{getattr(server, 'effective_port', 0)}"
    box.office.stop()
    server.close()
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, _CHROMIUM_NAMES)), None)
    if path is None:
        pytest.fail("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page of its own browser window; a script error on it fails the test."""
    contexts: list[Any] = []
    errors: list[str] = []

    def open_page(url: str, width: int = 1366, height: int = 768) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []
