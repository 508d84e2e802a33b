"""Clients that take their time, or never read, hold nobody up and are dropped in the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from threading import Thread
from typing import Any

import msgspec
import pytest
from flask import Flask

from motcua.access import Role
from motcua.app import Box
from motcua.clock import SetClock
from motcua.server import PATIENCE_S, make_server
from tests.faults.wire import answer_on, ask, is_over, line, until

HEAD = b"POST /api/v1/tickets HTTP/1.1\r\nHost: box\r\nContent-Type: application/json\r\n"
HALVES = {
    "head": HEAD,
    "body": HEAD + b"Content-Length: 500\r\n\r\n{",
    "chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{",
}
_MANY = 50
_LARGE = b"x" * 6_000_000
_READ = 500_000


@pytest.fixture
def box(box: Box) -> Box:
    """A centre with few threads."""
    server = msgspec.structs.replace(box.centre.server, streams=2, workers=4)
    box.centre = msgspec.structs.replace(box.centre, server=server)
    return box


@pytest.fixture
def server(app: Flask, box: Box, clock: SetClock) -> Iterator[Any]:
    """The real web server, whose patience is measured by the set clock."""
    app.add_url_rule("/large", view_func=lambda: _LARGE)
    server = make_server(app, box.centre.server, "127.0.0.1", 0, clock)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield server
    box.office.stop()
    server.close()
    thread.join(timeout=10)


@pytest.fixture
def served(server: Any) -> str:  # noqa: ANN401 - waitress's
    """Its address."""
    return f"http://127.0.0.1:{server.effective_port}"


@pytest.fixture
def token(box: Box) -> str:
    """A token of the staff."""
    return box.access.add_token(Role.STAFF)


def others_are_served(served: str, token: str) -> None:
    """Assert that a visitor and a program get what they ask for; the server has looked around."""
    for _ in range(3):
        assert ask(served, "GET", "/kiosk").status == 200
    assert ask(served, "POST", "/api/v1/tickets", {"service": "A"}, token).status == 201


@pytest.mark.parametrize("half", HALVES)
def test_fifty_that_send_a_byte_now_and_then_hold_nobody_up_and_are_dropped(
    served: str, token: str, clock: SetClock, half: str
) -> None:
    with ExitStack() as lines:
        slow = [lines.enter_context(line(served)) for _ in range(_MANY)]
        for one in slow:
            one.sendall(HALVES[half])
        others_are_served(served, token)
        for _ in range(3):
            clock.advance(PATIENCE_S / 3)
            for one in slow:
                one.sendall(b"x")
            others_are_served(served, token)
        clock.advance(1)
        assert all(is_over(one) for one in slow)
        others_are_served(served, token)


def test_one_that_is_slow_but_done_in_time_is_served(
    served: str, token: str, clock: SetClock
) -> None:
    body = b'{"service": "A"}'
    head = HEAD + f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    with line(served) as slow:
        for request in range(3):
            for part in (head[:20], head[20:], body[:5]):
                slow.sendall(part)
                others_are_served(served, token)
                clock.advance(PATIENCE_S * 0.3)
            slow.sendall(body[5:])
            assert answer_on(slow).status == 201, request


def test_a_line_that_is_kept_open_between_requests_is_not_dropped_for_it(
    served: str, clock: SetClock
) -> None:
    with line(served) as kept:
        for _ in range(3):
            kept.sendall(b"GET /kiosk HTTP/1.1\r\nHost: box\r\n\r\n")
            assert answer_on(kept).status == 200
            clock.advance(PATIENCE_S * 2)


def test_those_that_never_read_their_answer_hold_nobody_up_and_are_dropped(
    server: Any,  # noqa: ANN401 - waitress's
    served: str, token: str, clock: SetClock, box: Box,
) -> None:  # fmt: skip
    deaf_ones = 3 * (box.centre.server.streams + box.centre.server.workers)
    with ExitStack() as lines:
        for _ in range(deaf_ones):
            deaf = lines.enter_context(line(served, small=True))
            deaf.sendall(b"GET /large HTTP/1.1\r\nHost: box\r\n\r\n")
        others_are_served(served, token)
        until(lambda: sum(1 for one in _lines(server) if one.total_outbufs_len) == deaf_ones)
        others_are_served(served, token)
        clock.advance(PATIENCE_S + 1)
        until(lambda: not _lines(server))
    others_are_served(served, token)


def test_one_that_reads_slowly_gets_all_of_it(
    server: Any,  # noqa: ANN401 - waitress's
    served: str, clock: SetClock,
) -> None:  # fmt: skip
    with line(served, small=True) as slow:
        slow.sendall(b"GET /large HTTP/1.0\r\nHost: box\r\n\r\n")
        until(lambda: any(one.total_outbufs_len for one in _lines(server)))
        got = 0
        for wanted in range(0, len(_LARGE), _READ):
            clock.advance(PATIENCE_S * 0.4)
            while got < wanted:
                part = slow.recv(_READ)
                assert part, "it was dropped"
                got += len(part)
        while part := slow.recv(_READ):
            got += len(part)
        assert got > len(_LARGE)


def test_who_asks_for_everything_at_once_is_hung_up_on(served: str, token: str) -> None:
    with line(served) as greedy:
        greedy.sendall(b"GET /board HTTP/1.1\r\nHost: box\r\n\r\n" * 100)
        while not is_over(greedy):
            pass
    others_are_served(served, token)


def _lines(server: Any) -> list[Any]:  # noqa: ANN401 - waitress's
    return list(server.active_channels.values())
