"""The web server: waitress, with a thread for every stream and some for everything else.

waitress finds out that the client of a stream has gone only while it reads ahead on that
connection. Reading ahead on all of them makes its two threads of a request fight for the
interpreter: three times the processor time, and one answer in ten late by milliseconds. So only
streams are read ahead.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

if TYPE_CHECKING:
    from flask import Flask

    from motcua.settings import ServerSection

_CONNECTIONS_BESIDE_STREAMS = 600
"""Phones and keep-alive connections."""
_BODY_BYTES = 32 * 1024 * 1024
"""Past this waitress itself hangs up; smaller bodies are refused by the app, in its own shape."""
_CHANNEL_TIMEOUT_S = 60
_STREAM_PATH = "/live"


class _Channel(HTTPChannel):
    """A connection that notices the hang-up of a stream's client."""

    def readable(self) -> bool:
        """Return whether to read from the client now; asked of every connection at every turn."""
        if self.will_close or self.close_when_flushed:
            return False
        waiting = self.requests[:1]  # a copy: the thread that answers it may take it away
        if not waiting:
            return not self.total_outbufs_len
        return len(self.requests) == 1 and getattr(waiting[0], "path", "") == _STREAM_PATH


def make_server(
    app: Flask, settings: ServerSection, host: str, port: int
) -> MultiSocketServer | BaseWSGIServer:
    """Return a bound server; `.run()` serves, `.close()` ends it.

    Raises:
        OSError: the address is taken or not ours.
    """
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(
        app,
        host=host,
        port=port,
        threads=settings.streams + settings.workers,
        connection_limit=settings.streams + _CONNECTIONS_BESIDE_STREAMS,
        channel_timeout=_CHANNEL_TIMEOUT_S,
        max_request_body_size=_BODY_BYTES,
        ident="",
        asyncore_use_poll=True,
    )
    for listener in _listeners(server):
        listener.channel_class = _Channel
    return server


def _listeners(server: MultiSocketServer | BaseWSGIServer) -> list[BaseWSGIServer]:
    """Return what accepts connections: more than one where a host has several addresses."""
    everybody: dict[int, object] = getattr(server, "map", {0: server})
    return [one for one in everybody.values() if isinstance(one, BaseWSGIServer)]
