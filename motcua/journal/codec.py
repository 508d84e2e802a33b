"""Records as JSON documents, and back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

import msgspec

from motcua.queue.events import EVENTS
from motcua.queue.moment import Moment
from motcua.queue.record import Record

VERSION = 1
"""Form of a document; a reader meets only forms up to its own."""


def to_document(record: Record) -> dict[str, Any]:
    """Return the record as plain JSON types, short keys first."""
    data = asdict(record.event)
    document: dict[str, Any] = {
        "v": VERSION,
        "seq": record.seq,
        "day": record.day,
        "at": record.at.wall.isoformat(timespec="microseconds"),
        "boot": record.at.boot,
        "mono": record.at.mono,
        "event": type(record.event).__name__,
        "data": {name: value for name, value in data.items() if value not in (None, "", ())},
        "command": record.command,
    }
    if record.request is not None:
        document["request"] = record.request
    if record.left:
        document["left"] = record.left
    return document


def to_record(document: dict[str, Any]) -> Record:
    """Return the record a document holds.

    Raises:
        ValueError: it is not a record of a form this version knows.
    """
    try:
        if document["v"] > VERSION:
            message = f"written by a newer version (form {document['v']})"
            raise ValueError(message)
        at = Moment(datetime.fromisoformat(document["at"]), document["boot"], document["mono"])
        event = msgspec.convert(document["data"], EVENTS[document["event"]])
    except (KeyError, TypeError, msgspec.ValidationError) as error:
        message = f"not a record: {error}"
        raise ValueError(message) from error
    return Record(
        document["seq"], document["day"], at, event, document.get("command", ""),
        document.get("request"), document.get("left", 0),
    )  # fmt: skip
