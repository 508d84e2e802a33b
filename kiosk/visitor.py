"""The visitor in front of the kiosk, as the browser's session knows them: nothing personal.

Only what must last from page to page: which visit this is, the size of text, the language. All of
it is forgotten when the visitor leaves. Which kiosk this is stays.
"""

from __future__ import annotations

import secrets

from flask import request, session

_VISIT = "kiosk_visit"
_LARGER = "kiosk_larger"
_SCREEN = "kiosk_screen"
_LANGUAGE = "language"
_ID_BYTES = 12
_LONGEST_NAME = 60


def note_wishes() -> None:
    """Keep what the address asks for: the size of text, the name of the screen."""
    text = request.args.get("text")
    if text in ("larger", "normal"):
        session[_LARGER] = text == "larger"
    if "screen" in request.args:
        session[_SCREEN] = request.args["screen"][:_LONGEST_NAME]


def wants_larger_text() -> bool:
    """Return whether this visitor asked for larger text."""
    return bool(session.get(_LARGER))


def has_wishes(usual_language: str) -> bool:
    """Return whether anything differs from how the next visitor should find the screen."""
    return wants_larger_text() or session.get(_LANGUAGE, usual_language) != usual_language


def screen_name() -> str:
    """Return the name this screen was opened with; empty when none was given."""
    return str(session.get(_SCREEN, ""))


def visit_request(about: str) -> str:
    """Return a request id that is the same for one visitor and one matter, however often asked."""
    if _VISIT not in session:
        session[_VISIT] = fresh_request()
    return f"{session[_VISIT]}:{about}"


def fresh_request() -> str:
    """Return an id for one wish, to be written into the form that carries it."""
    return secrets.token_urlsafe(_ID_BYTES)


def forget() -> None:
    """Let the next visitor begin afresh."""
    for key in (_VISIT, _LARGER, _LANGUAGE):
        session.pop(key, None)
