"""Talking to the real web server: whole requests, and bytes that are none."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.faults.disks import PATIENCE_S


@dataclass(frozen=True)
class Told:
    """An answer."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - any JSON
        """The answer as JSON."""
        return json.loads(self.text)


def told(response: HTTPResponse) -> Told:
    """Read an answer to its end."""
    return Told(response.status, dict(response.headers), response.read().decode(errors="replace"))


def ask(
    served: str, method: str, path: str, body: object = None, token: str = "", **more: str
) -> Told:
    """Send one request on a connection of its own; a body is sent as JSON."""
    connection = HTTPConnection(urlsplit(served).netloc, timeout=PATIENCE_S)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    data = None if body is None else json.dumps(body)
    if data:
        headers["Content-Type"] = "application/json"
    try:
        connection.request(method, path, data, headers | more)
        return told(connection.getresponse())
    finally:
        connection.close()


@contextmanager
def line(served: str, *, small: bool = False) -> Iterator[socket.socket]:
    """Open a connection; a small one takes little that is not read."""
    place = urlsplit(served)
    with socket.socket() as connection:
        connection.settimeout(PATIENCE_S)
        if small:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect((place.hostname, place.port))
        yield connection


def answer_on(connection: socket.socket) -> Told:
    """Read the answer that comes on a connection."""
    response = HTTPResponse(connection)
    response.begin()
    return told(response)


def is_over(connection: socket.socket) -> bool:
    """Wait until the server says something on a connection; return whether it hung up instead."""
    try:
        return connection.recv(1) == b""
    except ConnectionError:
        return True


def until(true: Callable[[], bool]) -> None:
    """Wait until something has come true."""
    tick = Event()
    for _ in range(int(PATIENCE_S * 50)):
        if true():
            return
        tick.wait(0.02)
    pytest.fail("it did not come to pass")
