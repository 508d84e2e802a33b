"""What programs may send: JSON bodies, checked field by field."""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeVar

import msgspec
from flask import request
from msgspec import Meta, Struct
from msgspec.json import Decoder

from motcua.refusals import Refusal

_RequestId = Annotated[
    str, Meta(min_length=1, max_length=100, description="Your id for this wish: safe to repeat.")
]
_Word = Annotated[str, Meta(min_length=1, max_length=64)]
_Text = Annotated[str, Meta(max_length=200)]


class Body(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Any body: every one may carry a `request_id`."""

    request_id: _RequestId | None = None


class NewTicket(Body, frozen=True):
    """Take a number: by procedure or by service, one of the two."""

    procedure: _Word | None = None
    service: _Word | None = None
    priority: _Word | None = None
    purpose: _Word | None = None
    language: _Word | None = None


class Opening(Body, frozen=True):
    """Open a counter."""

    services: Annotated[tuple[_Word, ...], Meta(max_length=40)] | None = None


class Choice(Body, frozen=True):
    """Call a chosen ticket."""

    ticket: _Word


class Finish(Body, frozen=True):
    """End a visit."""

    outcome: _Word
    papers: Annotated[tuple[_Text, ...], Meta(max_length=40)] = ()


class Hold(Body, frozen=True):
    """Set a ticket aside."""

    reason: _Text = ""


class Transfer(Body, frozen=True):
    """Send a visitor on."""

    service: _Word


_READERS: dict[type[Body], Decoder[Any]] = {
    kind: Decoder(kind) for kind in (Body, NewTicket, Opening, Choice, Finish, Hold, Transfer)
}
"""Made before any request: two threads that make the first one at once crash the process."""
AnyBody = TypeVar("AnyBody", bound=Body)


def read_body(kind: type[AnyBody]) -> AnyBody:
    """Return the request's body as `kind`; an empty body is an empty object.

    Raises:
        Refusal: 415 not declared as JSON, 400 not a JSON object, 422 an unknown or wrong field.
    """
    data = request.get_data()
    if data and request.mimetype != "application/json":
        raise Refusal(
            415, "request.not_json",
            "The request must be JSON (Content-Type: application/json).",
        )  # fmt: skip
    try:
        body: AnyBody = _READERS[kind].decode(data or b"{}")
    except msgspec.ValidationError as error:
        raise _wrong_field(str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refusal(400, "request.malformed", "The request cannot be understood.") from error
    return body


def _wrong_field(error: str) -> Refusal:
    unknown = re.search(r"unknown field `([^`]*)`", error)
    if unknown:
        return Refusal(422, "field.unknown", "There is no field %(field)s here.", field=unknown[1])
    missing = re.search(r"missing required field `([^`]*)`", error)
    if missing:
        return Refusal(422, "field.missing", "The field %(field)s is missing.", field=missing[1])
    if error.startswith("Expected `object`") and " - at " not in error:
        return Refusal(400, "request.malformed", "The request cannot be understood.")
    where = re.search(r"at `\$\.?([^`]*)`", error)
    return Refusal(
        422, "field.invalid", "The field %(field)s is not valid: %(reason)s.",
        field=where[1] if where else "?", reason=error.split(" - at ", maxsplit=1)[0],
    )  # fmt: skip
