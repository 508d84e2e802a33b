"""One client's connection to the web server: what it may take in time and in size.

waitress leaves open what a public network must not be given:

- Its time limit begins again at every byte, so a client that sends one now and then stays for
  ever; so does one that never reads its answer, for waitress hangs up when it can write. Here a
  request has `patience_s` from its first byte to its last, an answer as long without progress.
- It keeps a body of up to its own limit, on disk if need be, before anybody looks at it. Here what
  is beyond the centre's limit is read past; the application then refuses it, in its own shape.
- It answers what it cannot read in its own words. Here every refusal has the one shape.

waitress finds out that the client of a stream has gone only while it reads ahead on that
connection. Reading ahead on all of them makes its two threads of a request fight for the
interpreter: three times the processor time, and one answer in ten late by milliseconds. So only
streams are read ahead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.receiver import ChunkedReceiver
from waitress.task import ErrorTask
from waitress.utilities import BadRequest, Error

from motcua.refusals import unreadable
from motcua.web import SAFEGUARDS

_STREAM_PATH = "/live"
_UPLOAD_PATHS = ("/admin/catalogue", "/reports/dossiers")
_UPLOAD_BYTES = 17 * 1024 * 1024
"""The largest file these take, and the form around it."""
_BETWEEN_CHUNKS_BYTES = 4096
_MOST_AHEAD = 4
"""Requests sent before the answer to the first; browsers send none."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the clients of a server may take."""

    patience_s: float
    """For a request to arrive whole, and for an answer to go on."""
    body_bytes: int
    """Of a body, what is kept; files for the catalogue and of dossiers may be larger."""
    now_s: Callable[[], float]
    """Monotonic seconds."""


class _NoRoomError(Error):
    """The disk is full."""

    code = 503


class _Body(OverflowableBuffer):
    """A body as far as it is kept; its length counts all of it."""

    def __init__(self, most: int, in_memory: int) -> None:
        super().__init__(in_memory)
        self._most = most
        self._received = 0
        self.refused = False
        """Whether the disk had no room for it."""

    def __len__(self) -> int:
        return self._received

    def append(self, s: bytes) -> None:
        self._received += len(s)
        if self._received > self._most or self.refused:
            return
        try:
            super().append(s)
        except OSError:
            self.refused = True


class _Request(HTTPRequestParser):
    """A request whose body is kept up to a limit and read past beyond it."""

    path = ""
    most_bytes = 0
    """Of its body, what is kept."""

    def received(self, data: bytes) -> int:
        consumed = super().received(data)
        body = self.body_rcv
        if isinstance(body, ChunkedReceiver) and _between_chunks(body) > _BETWEEN_CHUNKS_BYTES:
            self.error, self.completed = BadRequest("too much between the chunks"), True
        kept = body.buf if body is not None and self.completed else None
        if isinstance(kept, _Body) and kept.refused:
            self.error = _NoRoomError("")
        return consumed

    def parse_header(self, header_plus: bytes) -> None:
        try:
            super().parse_header(header_plus)
        except ValueError as error:  # waitress forgets lengths and addresses no number can hold
            raise ParsingError(str(error)) from error
        if self.body_rcv is not None:  # it has a length: an empty one is false
            most = _UPLOAD_BYTES if self.path in _UPLOAD_PATHS else self.most_bytes
            self.body_rcv.buf = _Body(most, self.adj.inbuf_overflow)


def _between_chunks(body: ChunkedReceiver) -> int:
    """Return the size of what waitress joins and searches anew with every packet."""
    return max(len(body.control_line), len(body.trailer))


class _Unreadable(ErrorTask):
    """Answers what never reaches the application."""

    def execute(self) -> None:
        request: Any = self.request
        self.status, body = unreadable(request.error.code)
        headers = {"Content-Type": "application/json", **SAFEGUARDS}
        self.response_headers = list(headers.items())
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Connection(HTTPChannel):
    """A connection that keeps to its limits, and notices the hang-up of a stream's client."""

    error_task_class = _Unreadable

    def __init__(self, limits: Limits, *args: Any, **more: Any) -> None:  # noqa: ANN401
        """Wait for the first request; what follows `limits` is waitress's own."""
        self._limits = limits
        self._half_done: object = None
        self._since_s = 0.0
        self._dropped = False
        self.parser_class = type("Request", (_Request,), {"most_bytes": limits.body_bytes})
        super().__init__(*args, **more)

    def readable(self) -> bool:
        """Return whether to read from the client now; asked of every connection at every turn."""
        if self._is_overdue():
            self._drop()
        if self._dropped or self.will_close or self.close_when_flushed:
            return False
        waiting = self.requests[:1]  # a copy: the thread that answers it may take it away
        if not waiting:
            return not self.total_outbufs_len
        return len(self.requests) == 1 and getattr(waiting[0], "path", "") == _STREAM_PATH

    def writable(self) -> bool:
        """Return whether there is something to write, or a connection to close."""
        return not self._dropped and super().writable()

    def received(self, data: bytes) -> bool:
        """Take what the client sent; whoever asks for everything at once is hung up on."""
        taken = super().received(data)
        if len(self.requests) > _MOST_AHEAD:
            self._drop()
        return taken

    def _is_overdue(self) -> bool:
        """Return whether a request, or an answer, has stayed half done for too long."""
        half_done: object = None
        if self.request and not self.requests:
            half_done = self.request
        elif self.total_outbufs_len:
            half_done = self.last_activity  # moves with every byte that the client takes
        if half_done is None or half_done != self._half_done:
            self._half_done = half_done
            self._since_s = self._limits.now_s() if half_done else 0.0
            return False
        return self._limits.now_s() - self._since_s > self._limits.patience_s

    def _drop(self) -> None:
        """Hang up at once: waitress's own way waits until the client reads."""
        self._dropped = True
        self.handle_close()
