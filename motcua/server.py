"""The web server: waitress, with a thread for every stream and some for everything else."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask
    from waitress.server import BaseWSGIServer, MultiSocketServer

    from motcua.settings import ServerSection

_CONNECTIONS_BESIDE_STREAMS = 600
"""Phones and keep-alive connections."""
_BODY_BYTES = 32 * 1024 * 1024
"""Past this waitress itself hangs up; smaller bodies are refused by the app, in its own shape."""
_CHANNEL_TIMEOUT_S = 60


def make_server(
    app: Flask, settings: ServerSection, host: str, port: int
) -> MultiSocketServer | BaseWSGIServer:
    """Return a bound server; `.run()` serves, `.close()` ends it.

    Raises:
        OSError: the address is taken or not ours.
    """
    import waitress

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    return waitress.create_server(
        app,
        host=host,
        port=port,
        threads=settings.streams + settings.workers,
        connection_limit=settings.streams + _CONNECTIONS_BESIDE_STREAMS,
        channel_request_lookahead=1,
        channel_timeout=_CHANNEL_TIMEOUT_S,
        max_request_body_size=_BODY_BYTES,
        ident="",
    )
