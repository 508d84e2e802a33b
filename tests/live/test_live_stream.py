"""The stream of `/live` behind the real web server: at once, alive, bounded, and given back."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from threading import Event
from typing import BinaryIO
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box
from motcua.live import Streams
from motcua.queue.commands import IssueTicket, OpenCounter

_BOUND = 3
_PATIENCE_S = 20


@pytest.fixture
def box(box: Box) -> Box:
    """A centre with room for three streams, which say often that they live."""
    box.streams = Streams(_BOUND, heartbeat_s=0.05)
    return box


@dataclass
class Stream:
    """A client of the stream."""

    status: int
    headers: dict[str, str]
    body: BinaryIO

    def line(self) -> str:
        """Return the next line that says something; an empty one when the server ended it."""
        while raw := self.body.readline():
            text = raw.decode().strip()
            if text and not all(sign in "0123456789abcdefABCDEF" for sign in text):
                return text
        return ""

    def data(self) -> int:
        """Return the number of the next message."""
        while not (line := self.line()).startswith("data:"):
            assert line == ":", "nothing but messages and comments"
        return int(line.removeprefix("data:"))


Listen = Callable[[], AbstractContextManager[Stream]]


@pytest.fixture
def listen(served: str) -> Listen:
    """Open streams at the running centre."""
    place = urlsplit(served)

    @contextmanager
    def listen() -> Iterator[Stream]:
        with _asked(place.hostname, place.port) as connection, connection.makefile("rb") as body:
            status = int(body.readline().split()[1])
            headers = {}
            while line := body.readline().decode().strip():
                name, _, value = line.partition(": ")
                headers[name] = value
            yield Stream(status, headers, body)

    return listen


def _asked(host: str | None, port: int | None) -> socket.socket:
    connection = socket.create_connection((host, port), timeout=_PATIENCE_S)
    connection.sendall(b"GET /live HTTP/1.1\r\nHost: box\r\nAccept: text/event-stream\r\n\r\n")
    return connection


def _until(true: Callable[[], bool]) -> None:
    tick = Event()
    for _ in range(_PATIENCE_S * 50):
        if true():
            return
        tick.wait(0.02)
    pytest.fail("it did not come to pass")


def test_the_first_message_comes_at_once_and_then_one_for_each_event(
    box: Box, listen: Listen
) -> None:
    box.office.execute(OpenCounter(1))
    with listen() as stream:
        assert stream.status == 200
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        assert stream.headers["Cache-Control"] == "no-store"
        assert stream.data() == box.office.seq

        box.office.execute(IssueTicket(service="A"))

        assert stream.data() == box.office.seq


def test_a_quiet_stream_says_that_it_lives(listen: Listen) -> None:
    with listen() as stream:
        assert stream.data() == 0
        assert stream.line() == ":"
        assert stream.line() == ":"


def test_by_itself_it_says_so_at_least_every_fifteen_seconds() -> None:
    assert Streams(1).heartbeat_s <= 14


def test_beyond_the_bound_it_says_when_to_try_again(box: Box, listen: Listen) -> None:
    with listen() as one, listen() as two, listen() as three:
        assert [stream.data() for stream in (one, two, three)] == [0, 0, 0]

        with listen() as fourth:
            assert fourth.status == 503
            assert int(fourth.headers["Retry-After"]) > 0
            refusal = json.loads(fourth.body.read(int(fourth.headers["Content-Length"])))
            assert refusal["error"]["code"] == "server.busy"

        assert box.streams.open == _BOUND


def test_a_place_is_free_again_when_its_client_has_left(box: Box, listen: Listen) -> None:
    with listen() as one, listen() as two:
        one.data()
        two.data()
        with listen() as three:
            three.data()
        _until(lambda: box.streams.open == 2)

        with listen() as fourth:
            assert fourth.status == 200
            assert fourth.data() == 0


def test_a_client_gone_before_the_first_byte_leaves_no_place_taken(box: Box, served: str) -> None:
    place = urlsplit(served)
    for _ in range(20):
        connection = _asked(place.hostname, place.port)
        reset_at_once = struct.pack("ii", 1, 0)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset_at_once)
        connection.close()

    _until(lambda: box.streams.open == 0)


def test_a_client_that_asks_for_the_next_page_on_the_same_line_is_let_go_too(
    box: Box, served: str
) -> None:
    """Waitress reads no further then, and cannot see the client leave; the heartbeat finds out."""
    place = urlsplit(served)
    connection = _asked(place.hostname, place.port)
    for _ in range(3):
        connection.sendall(b"GET /live HTTP/1.1\r\nHost: box\r\n\r\n")
    _until(lambda: box.streams.open == 1)
    connection.close()

    _until(lambda: box.streams.open == 0)


def test_the_closing_office_ends_every_stream(box: Box, listen: Listen) -> None:
    with listen() as stream:
        stream.data()

        box.office.stop()

        while (line := stream.line()) == ":":
            pass
        assert line == ""
        _until(lambda: box.streams.open == 0)


def test_asking_for_the_head_alone_takes_no_place(
    box: Box, browse: Callable[[Role], FlaskClient]
) -> None:
    answer = browse(Role.BOARD).head("/live")

    assert answer.status_code == 200
    assert answer.mimetype == "text/event-stream"
    assert box.streams.open == 0


@pytest.mark.parametrize("role", [Role.KIOSK, Role.BOARD, Role.STAFF, Role.MANAGER, Role.ADMIN])
def test_every_screen_of_the_house_may_listen(
    box: Box, browse: Callable[[Role], FlaskClient], role: Role
) -> None:
    with browse(role).get("/live", buffered=False) as answer:
        assert answer.status_code == 200
        assert next(iter(answer.response)) == b"data: 0\n\n"

    assert box.streams.open == 0


def test_a_stranger_may_not_listen(browse: Callable[[Role], FlaskClient]) -> None:
    answer = browse(Role.VISITOR).get("/live")

    assert answer.status_code == 401
    assert answer.json
    assert answer.json["error"]["code"] == "access.sign_in"


def test_a_program_with_a_token_may_listen(
    box: Box,
    bearer: Callable[[Role], dict[str, str]],
    browse: Callable[..., FlaskClient],
) -> None:
    with browse().get("/live", headers=bearer(Role.BOARD), buffered=False) as answer:
        assert answer.status_code == 200

    assert box.streams.open == 0
