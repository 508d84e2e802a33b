"""Answers a phone that has seen the last event already, ahead of everything else.

Hundreds of phones ask every few seconds, and mostly nothing has happened. Through routing, roles
and a template that answer costs as much again as the web server's own part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from motcua.web import NOTHING_NEW, SAFEGUARDS

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_PHONES = "/t/"


class Unchanged:
    """A layer around the application, for the pages of `/t/{id}` alone: they ask for no role."""

    def __init__(self, app: WSGIApplication, seq: Callable[[], int]) -> None:
        """Answer for `app`.

        Args:
            app: answers everything else.
            seq: gives the number of the last event.
        """
        self._app = app
        self._seq = seq

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as `motcua.web.nothing_new` does, or let the application answer."""
        if not environ["PATH_INFO"].startswith(_PHONES) or environ["REQUEST_METHOD"] != "GET":
            return self._app(environ, start_response)
        if environ["QUERY_STRING"] != f"seen={self._seq()}":
            return self._app(environ, start_response)
        length = ("Content-Length", "0")
        start_response("200 OK", [*NOTHING_NEW.items(), *SAFEGUARDS.items(), length])
        return []
