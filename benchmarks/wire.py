"""A client that costs little: one kept-alive connection, no library between it and the socket."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

_END = b"\r\n\r\n"
_LENGTH = b"content-length:"
_TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True)
class Reply:
    """A response."""

    status: int
    body: bytes

    def json(self) -> Any:  # noqa: ANN401 - whatever the API answers
        """Return the body's value."""
        return json.loads(self.body)


def request_bytes(  # noqa: PLR0913 - the parts of a request
    port: int, method: str, path: str, token: str = "", *, body: object = None, htmx: str = ""
) -> bytes:
    """Return a whole HTTP/1.1 request; `htmx` is the id of the element that asks, if one does."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    if token:
        lines.append(f"Authorization: Bearer {token}")
    if htmx:
        lines += ["HX-Request: true", f"HX-Target: {htmx}"]
    content = b"" if body is None else json.dumps(body).encode()
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
    return "\r\n".join(lines).encode() + _END + content


def head_of(data: bytes) -> tuple[int, int, int] | None:
    """Return status, place of the body and its length; None when the head is not whole yet.

    Raises:
        ConnectionError: the answer tells no length.
    """
    end = data.find(_END)
    if end < 0:
        return None
    head = data[:end].lower()
    place = head.find(_LENGTH)
    if place < 0:
        raise ConnectionError("an answer without a length")
    length = int(head[place + len(_LENGTH) :].split(b"\r\n", 1)[0])
    return int(head[9:12]), end + len(_END), length


class Client:
    """One connection to a server on this machine."""

    def __init__(self, port: int, token: str = "") -> None:
        """Connect."""
        self._port = port
        self._token = token
        self._socket = socket.create_connection(("127.0.0.1", port), _TIMEOUT_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._left = b""

    def get(self, path: str) -> Reply:
        """Ask for `path`."""
        return self.send(request_bytes(self._port, "GET", path, self._token))

    def post(self, path: str, body: object) -> Reply:
        """Post `body` as JSON."""
        return self.send(request_bytes(self._port, "POST", path, self._token, body=body))

    def send(self, request: bytes) -> Reply:
        """Send a whole request and return the answer.

        Raises:
            ConnectionError: the server hung up.
        """
        self._socket.sendall(request)
        data = self._left
        while (head := head_of(data)) is None:
            data += self._more()
        status, place, length = head
        while len(data) < place + length:
            data += self._more()
        self._left = data[place + length :]
        return Reply(status, data[place : place + length])

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _more(self) -> bytes:
        more = self._socket.recv(65536)
        if not more:
            raise ConnectionError("the server hung up")
        return more


class RefusedError(Exception):
    """The server answered a measured request with something else than success."""


def timed(ask: Callable[[], Reply]) -> float:
    """Return how long one answer took, in milliseconds.

    Raises:
        RefusedError: it was no success.
    """
    begun = perf_counter()
    reply = ask()
    passed_ms = (perf_counter() - begun) * 1000
    if not 200 <= reply.status < 300:  # noqa: PLR2004 - the range of success
        raise RefusedError(f"{reply.status}: {reply.body[:200]!r}")
    return passed_ms


def percentile(values: list[float], share: float) -> float:
    """Return the value that `share` (0 to 1) of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
