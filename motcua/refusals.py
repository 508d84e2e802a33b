"""One place turns every refusal into its HTTP status, its code and its sentence."""

from __future__ import annotations

import json
import logging
from errno import EDQUOT, EFBIG, EIO, ENOSPC, EROFS
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Response, current_app, g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadHost, HTTPException, MethodNotAllowed, Unauthorized

from motcua import web
from motcua.printing.printer import PrinterError
from motcua.queue.errors import QueueError
from motcua.record_keeping import JournalError

if TYPE_CHECKING:
    from flask import Flask

    from motcua.queue.errors import Detail
    from motcua.words import Words

logger = logging.getLogger(__name__)

STATUS = {"refused": 409, "not_found": 404, "invalid": 422}
"""Kind of a refusal by the rules → HTTP status."""
_RETRY_AFTER_S = 5
HTTP_REFUSALS: dict[int, tuple[str, str]] = {
    400: ("request.malformed", "The request cannot be understood."),
    401: ("access.sign_in", "Please sign in first."),
    403: ("access.denied", "This is not allowed here."),
    404: ("address.unknown", "There is nothing at this address."),
    405: ("method.not_allowed", "This address does not take that method."),
    408: ("request.timeout", "The request took too long."),
    413: ("request.too_large", "The request is too large."),
    415: ("request.not_json", "The request must be JSON (Content-Type: application/json)."),
    422: ("value.invalid", "A value is not valid."),
    429: ("request.too_many", "Too many requests; please wait a little."),
    503: ("server.busy", "The server is busy; please try again."),
}
"""Status → code and sentence of refusals that no rule of the queue made."""
_UNKNOWN = ("request.refused", "The request was refused.")
_DEFECT = ("server.defect", "Something went wrong here; the staff can see it.")
_NO_ROOM = (
    "disk.unavailable",
    "The disk is full or cannot be written, so nothing was changed. Please make room.",
)
_OUR_FAULTS = {500: _DEFECT, 503: _NO_ROOM}
"""Status the web server gives → code and sentence of what is not the client's fault."""
_OF_THE_SERVER = {431: 413, 501: 400}
"""Status the web server gives → status of the contract."""
_DISK_ERRORS = (ENOSPC, EDQUOT, EFBIG, EROFS, EIO)
"""What a disk says that is full, broken, or mounted to be read only."""


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault
    """A request refused by a screen or the API, with a stable code and an HTTP status."""

    def __init__(self, status: int, code: str, sentence: str, **details: Detail) -> None:
        """Keep what to answer; `sentence` is English with `%(name)s` places from `details`."""
        super().__init__(sentence % details)
        self.status = status
        self.code = code
        self.sentence = sentence
        self.details = details


def install(app: Flask) -> None:
    """Let `app` answer every refusal in the one shape."""
    app.register_error_handler(QueueError, _queue_error)
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(JournalError, _journal_error)
    app.register_error_handler(OSError, _disk_error)
    app.register_error_handler(PrinterError, _printer_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _defect)


def unreadable(status: int) -> tuple[str, bytes]:
    """Return status line and JSON of the answer to a request that never reaches the app."""
    told = HTTPStatus(_OF_THE_SERVER.get(status, status))
    code, message = _OUR_FAULTS.get(told) or HTTP_REFUSALS.get(told, _UNKNOWN)
    body = {"error": {"code": code, "message": message, "details": {}}}
    return f"{told.value} {told.phrase}", json.dumps(body).encode()


def _queue_error(error: QueueError) -> Response:
    return _answer(STATUS[error.kind], error.code, error.sentence, error.details)


def _refusal(error: Refusal) -> Response:
    return _answer(error.status, error.code, error.sentence, error.details)


def _journal_error(error: JournalError) -> Response:
    logger.error("the journal could not be written: %s", error)
    sentence = "Nothing can be recorded now, so nothing was done. Please tell the staff."
    return _answer(503, "journal.unavailable", sentence, {})


def _disk_error(error: OSError) -> Response:
    """Tell of a disk that keeps nothing: what is not in the journal is written whole or not."""
    if error.errno not in _DISK_ERRORS:
        return _defect(error)
    logger.error("nothing can be written: %s", error)
    return _answer(503, *_NO_ROOM, {})


def _printer_error(error: PrinterError) -> Response:
    return _answer(409, error.code, error.sentence, {})


def _csrf_error(_: CSRFError) -> Response:
    sentence = "This page is too old to act on; please load it again."
    return _answer(403, "request.csrf", sentence, {})


def _http_error(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:  # noqa: PLR2004 - a redirect is no refusal
        return make_response(error.get_response())
    if isinstance(error, BadHost):  # a page needs addresses, and without a host there are none
        return Response(unreadable(error.code)[1], error.code, mimetype="application/json")
    code, sentence = HTTP_REFUSALS.get(error.code, _UNKNOWN)
    response = _answer(error.code, code, sentence, {})
    if isinstance(error, MethodNotAllowed):
        response.allow.update(error.valid_methods or ())
    if isinstance(error, Unauthorized):
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _defect(error: Exception) -> Response:
    """Tell of a defect of ours; the log has the trace."""
    logger.error("a request failed", exc_info=error)
    return _answer(500, *_DEFECT, {})


def _answer(status: int, code: str, sentence: str, details: dict[str, Detail]) -> Response:
    words: Words = current_app.extensions["motcua-words"]
    language = g.get("language", "vi")
    message = words.say(language, sentence, **details)
    if web.wants_json():
        body: dict[str, Any] = {"code": code, "message": message, "details": details}
        response = jsonify({"error": body})
    else:
        page = render_template("refusal.html", code=code, message=message, back=_sent_from())
        response = make_response(page)
    response.status_code = status
    if status in (429, 503):
        response.headers["Retry-After"] = str(_RETRY_AFTER_S)
    return response


def _sent_from() -> str:
    """Return the page whose form was refused; empty when no form of ours was."""
    page, ours = request.referrer or "", request.host_url
    if request.method != "POST" or not page.startswith(ours):
        return ""
    return "/" + page.removeprefix(ours).lstrip("/")
