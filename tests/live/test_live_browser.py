"""A screen in a real browser whose server goes away, and comes back."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Iterator
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from motcua.app import Box
from motcua.live import Streams
from motcua.queue.commands import CallNext, IssueTicket, OpenCounter, RecallTicket

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser

_PATIENCE_MS = 30_000


class Cable:
    """The wire between a browser and the server: it can be cut, or swallow everything."""

    def __init__(self, server: str) -> None:
        place = urlsplit(server)
        self._server = (place.hostname, place.port)
        self._ends: list[socket.socket] = []
        self._is_silent = False
        self._port = 0
        self._listener = self._listen()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def cut(self) -> None:
        """Refuse new connections and break those that are open."""
        self._shut(self._listener)
        self._break()

    def mend(self) -> None:
        """Carry again, after a cut or a silence."""
        self._is_silent = False
        self._break()
        if self._listener.fileno() == -1:
            self._listener = self._listen()

    def fall_silent(self) -> None:
        """Keep every connection and carry nothing, as a pulled plug does."""
        self._is_silent = True

    def _listen(self) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", self._port))
        self._port = listener.getsockname()[1]
        Thread(target=self._accept, args=(listener,), daemon=True).start()
        return listener

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                browser, _ = listener.accept()
                server = socket.create_connection(self._server)
                self._ends += [browser, server]
                for source, sink in ((browser, server), (server, browser)):
                    Thread(target=self._carry, args=(source, sink), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if not self._is_silent:
                    sink.sendall(data)
        self._shut(source)
        self._shut(sink)

    def _break(self) -> None:
        while self._ends:
            self._shut(self._ends.pop())

    @staticmethod
    def _shut(end: socket.socket) -> None:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


@pytest.fixture
def cable(served: str) -> Iterator[Cable]:
    cable = Cable(served)
    yield cable
    cable.cut()


@pytest.fixture
def hall(box: Box) -> Box:
    """A ward with three people waiting at counter 1."""
    box.office.execute(OpenCounter(1))
    for _ in range(3):
        box.office.execute(IssueTicket(service="A"))
    return box


def _shows(page: Page, number: str) -> None:
    page.locator(".newest", has_text=number).wait_for(timeout=_PATIENCE_MS)


def _tells_of_loss(page: Page, *, is_lost: bool) -> None:
    page.locator("#lost").wait_for(state="visible" if is_lost else "hidden", timeout=_PATIENCE_MS)


def test_a_lost_server_is_said_and_the_screen_catches_up_by_itself(
    hall: Box, cable: Cable, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{cable.address}/board")
    hall.office.execute(CallNext(1))
    _shows(page, "A001")
    _tells_of_loss(page, is_lost=False)

    cable.cut()
    _tells_of_loss(page, is_lost=True)
    hall.office.execute(OpenCounter(2, ("A",)))
    hall.office.execute(CallNext(2))
    cable.mend()

    _shows(page, "A002")
    _tells_of_loss(page, is_lost=False)


def test_a_pulled_plug_that_closes_nothing_is_noticed_too(
    hall: Box, cable: Cable, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{cable.address}/board")
    page.locator("#board").wait_for()

    cable.fall_silent()
    _tells_of_loss(page, is_lost=True)
    hall.office.execute(CallNext(1))
    cable.mend()

    _shows(page, "A001")
    _tells_of_loss(page, is_lost=False)


@pytest.fixture
def crowded(hall: Box) -> Box:
    """The same ward with no place for a single stream."""
    hall.streams = Streams(0)
    return hall


def test_a_screen_that_gets_no_stream_asks_by_itself_and_says_nothing_of_a_loss(
    crowded: Box, served: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{served}/board")
    page.locator(".notice").wait_for()

    crowded.office.execute(CallNext(1))

    _shows(page, "A001")
    _tells_of_loss(page, is_lost=False)


def test_what_happens_while_a_screen_is_asking_is_not_missed(
    hall: Box, served: str, open_page: Callable[..., Page]
) -> None:
    """Given a page without its own clock, so that only the stream can tell it of anything."""
    page = open_page("about:blank")
    page.add_init_script("window.setInterval = () => 0")
    hall.office.execute(CallNext(1))
    page.goto(f"{served}/board")
    late: list[int] = []

    def answer_late(route: Route) -> None:
        answer = route.fetch()
        if not late:
            hall.office.execute(RecallTicket(1))
            late.append(hall.office.seq)
            page.evaluate("() => new Promise(done => setTimeout(done, 200))")  # the stream tells
        route.fulfill(response=answer)

    page.route("**/board?*", answer_late)
    hall.office.execute(RecallTicket(1))

    page.locator("[data-call]").wait_for()
    while not late:
        page.wait_for_event("response", timeout=_PATIENCE_MS)
    page.locator(f'[data-call="{late[0]}"]').wait_for(timeout=_PATIENCE_MS)
