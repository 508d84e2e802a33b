"""`/live`: a stream of the last event's number. Screens then fetch what they show.

A stream holds a thread of the web server as long as it lasts, so their number is bounded. A place
is taken when the stream is asked for and given back exactly once, whoever ends it: the client that
leaves, the office that closes, or a client that was gone before the first byte.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, request

from motcua.access import Role
from motcua.web import role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from motcua.office import Office

_MIMETYPE = "text/event-stream"
_HEARTBEAT_S = 10.0
_TURN_S = 0.5
"""How often a stream looks whether its client is still there."""


class Streams:
    """Counts open streams against their bound."""

    def __init__(self, bound: int, heartbeat_s: float = _HEARTBEAT_S) -> None:
        """Allow `bound` streams at once; a quiet one says it lives every `heartbeat_s` seconds."""
        self.bound = bound
        self.heartbeat_s = heartbeat_s
        self._open = 0
        self._lock = Lock()

    @property
    def open(self) -> int:
        """How many streams are open."""
        return self._open

    def enter(self) -> bool:
        """Take a place; return False when all are taken."""
        with self._lock:
            if self._open >= self.bound:
                return False
            self._open += 1
            return True

    def leave(self) -> None:
        """Give the place back."""
        with self._lock:
            self._open -= 1


def live_blueprint(office: Office, streams: Streams) -> Blueprint:
    """Return the route of the stream."""
    blueprint = Blueprint("live", __name__)

    @blueprint.get("/live")
    @role(Role.KIOSK, Role.BOARD)
    def stream() -> Response:
        """Stream the number of the last event, at once and at every change."""
        if request.method == "HEAD":  # its body is never read, so nobody would end it
            return Response(mimetype=_MIMETYPE)
        if not streams.enter():
            abort(503)
        gone: Callable[[], bool] = request.environ.get("waitress.client_disconnected", bool)
        # A proxy that gathers the stream before it passes it on would keep it for ever.
        unbuffered = {"X-Accel-Buffering": "no"}
        return Response(_Stream(office, streams, gone), mimetype=_MIMETYPE, headers=unbuffered)

    return blueprint


class _Stream:
    """One open stream, as the web server reads and closes it."""

    def __init__(self, office: Office, streams: Streams, gone: Callable[[], bool]) -> None:
        self._office = office
        self._streams = streams
        self._gone = gone
        self._messages = self._run()
        self._left = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return next(self._messages)

    def close(self) -> None:
        if not self._left:
            self._left = True
            self._streams.leave()

    def _run(self) -> Iterator[str]:
        heartbeat_s = self._streams.heartbeat_s
        turn_s = min(_TURN_S, heartbeat_s)
        seen = self._office.seq
        yield f"data: {seen}\n\n"
        quiet_s = 0.0
        while not self._gone() and not self._office.stopped:
            seq = self._office.wait(seen, turn_s)
            quiet_s += turn_s
            if seq != seen:
                seen, quiet_s = seq, 0.0
                yield f"data: {seq}\n\n"
            elif quiet_s >= heartbeat_s:
                quiet_s = 0.0
                yield ":\n\n"
