"""The web server: waitress, with a thread for every stream and some for everything else.

Acts wait for the disk, looks do not. Of the threads beside the streams only half answer acts, so
that however many act while the disk is slow, somebody is left to show the board, the queue and the
phones. An act beyond them waits its turn without a thread.
"""

from __future__ import annotations

import contextlib
import logging
import sys
from collections import deque
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any

from waitress.server import BaseWSGIServer, MultiSocketServer, create_server
from waitress.task import ThreadedTaskDispatcher

from motcua.clock import SystemClock
from motcua.connection import Connection, Limits

if TYPE_CHECKING:
    from flask import Flask

    from motcua.clock import Clock
    from motcua.settings import ServerSection

_CONNECTIONS_BESIDE_STREAMS = 600
"""Phones and keep-alive connections."""
_BODY_BYTES = 32 * 1024 * 1024
"""Past this the server hangs up; smaller bodies are refused by the app, in its own shape."""
_HEAD_BYTES = 16 * 1024
PATIENCE_S = 60.0
"""For a request to arrive whole, and for an answer to go on, before the client is dropped."""
_LOOKS = ("GET", "HEAD", "OPTIONS")
_IN_MEMORY_BYTES = 32 * 1024 * 1024
"""Answers wait for their client in memory up to here: the disk may be full."""
_SWITCH_S = 0.0005
"""Threads give way this often: a slip being drawn must not hold up a visitor."""
_M_ARENA_MAX, _HEAPS = -8, 2
"""What the system's `malloc` calls the bound on its heaps, and the bound: with one for every
thread, each keeping what it once needed, memory climbs for weeks."""


class _Connection(Connection):
    """A connection whose acts give their place back."""

    @property
    def acts(self) -> bool:
        """Whether the request to be answered next may change something."""
        return getattr(self.requests[0], "command", "GET") not in _LOOKS

    def service(self) -> None:
        """Answer one request; called on a thread."""
        acts, threads = self.acts, self.server.task_dispatcher
        try:
            super().service()
        finally:
            if acts and isinstance(threads, _Threads):
                threads.acted()


class _Threads(ThreadedTaskDispatcher):
    """The threads that answer, some of which never answer acts."""

    def __init__(self, count: int, acting: int) -> None:
        """Start `count` threads, of which `acting` at once may answer acts."""
        super().__init__()
        self._free = acting
        self._waiting: deque[Any] = deque()
        self._places = Lock()
        self.set_thread_count(count)

    def add_task(self, task: Any) -> None:  # noqa: ANN401 - waitress knows them as Task
        """Answer the next request of a connection as soon as a thread may."""
        if task.acts:
            with self._places:
                if not self._free:
                    self._waiting.append(task)
                    return
                self._free -= 1
        super().add_task(task)

    def acted(self) -> None:
        """Let the next act have the place of one that was answered."""
        with self._places:
            if not self._waiting:
                self._free += 1
                return
            task = self._waiting.popleft()
        super().add_task(task)


def make_server(
    app: Flask, settings: ServerSection, host: str, port: int, clock: Clock | None = None
) -> MultiSocketServer | BaseWSGIServer:
    """Return a bound server; `.run()` serves, `.close()` ends it.

    Args:
        app: answers.
        settings: how many threads, and the largest body.
        host: where to listen.
        port: where to listen; 0 takes any.
        clock: measures how long clients take; the machine's unless given.

    Raises:
        OSError: the address is taken or not ours.
    """
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    now = (clock or SystemClock()).now
    limits = Limits(PATIENCE_S, settings.body_kb * 1024, lambda: now().mono)
    server = create_server(
        app,
        host=host,
        port=port,
        _dispatcher=_Threads(settings.streams + settings.workers, settings.workers // 2),
        connection_limit=settings.streams + _CONNECTIONS_BESIDE_STREAMS,
        channel_timeout=PATIENCE_S,
        max_request_header_size=_HEAD_BYTES,
        max_request_body_size=max(_BODY_BYTES, 2 * limits.body_bytes),
        outbuf_overflow=_IN_MEMORY_BYTES,
        ident="",
        asyncore_use_poll=True,
    )
    for listener in _listeners(server):
        listener.channel_class = partial(_Connection, limits)  # type: ignore[assignment]
    return server


def prepare_process() -> None:
    """Make this process one that serves: many threads, little memory."""
    import ctypes

    sys.setswitchinterval(_SWITCH_S)
    with contextlib.suppress(AttributeError, OSError):  # only the GNU library knows it
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _HEAPS)


def _listeners(server: MultiSocketServer | BaseWSGIServer) -> list[BaseWSGIServer]:
    """Return what accepts connections: more than one where a host has several addresses."""
    everybody: dict[int, object] = getattr(server, "map", {0: server})
    return [one for one in everybody.values() if isinstance(one, BaseWSGIServer)]
