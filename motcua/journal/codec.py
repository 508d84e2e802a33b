"""Records as JSON documents, and back.

A document leaves out what stands at its default, so a default never changes either.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import datetime
from sys import intern
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from motcua.queue.events import EVENTS, Event
from motcua.queue.moment import Moment
from motcua.queue.record import Record

VERSION = 1
"""Form of a document; a reader meets only forms up to its own."""


class _Form(msgspec.Struct):
    """What a document must hold; what else it holds, a newer version put there."""

    v: Annotated[int, Meta(ge=1)]
    seq: Annotated[int, Meta(ge=1)]
    day: Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
    at: Annotated[datetime, Meta(tz=True)]
    boot: str
    mono: float
    event: str
    data: dict[str, Any]
    command: str = ""
    request: str | None = None
    left: Annotated[int, Meta(ge=0)] = 0


# msgspec learns a type when it first meets it, and two threads that let it learn at once crash the
# process: so it meets them here.
for _kind in (_Form, *EVENTS.values()):
    msgspec.json.Decoder(_kind)

_DEFAULTS = {
    kind: {field.name: field.default for field in fields(kind)} for kind in EVENTS.values()
}


def to_document(record: Record) -> dict[str, Any]:
    """Return the record as plain JSON types."""
    document: dict[str, Any] = {
        "v": VERSION,
        "seq": record.seq,
        "day": record.day,
        "at": record.at.wall.isoformat(timespec="microseconds"),
        "boot": record.at.boot,
        "mono": record.at.mono,
        "event": type(record.event).__name__,
        "data": _data(record.event),
        "command": record.command,
    }
    if record.request is not None:
        document["request"] = record.request
    if record.left:
        document["left"] = record.left
    return document


def _data(event: Event) -> dict[str, Any]:
    data = {}
    for name, default in _DEFAULTS[type(event)].items():
        value = getattr(event, name)
        if default is MISSING or value != default:
            data[name] = value
    return data


def to_record(document: dict[str, Any]) -> Record:
    """Return the record a document holds.

    Raises:
        ValueError: it is not a record of a form this version knows.
    """
    try:
        form = msgspec.convert(document, _Form)
        if form.v > VERSION:
            raise ValueError(f"written by a newer version (form {form.v})")
        if form.event not in EVENTS:
            raise ValueError(f"an event of a newer version: {form.event}")
        event = msgspec.convert(form.data, EVENTS[form.event])
    except msgspec.ValidationError as error:
        raise ValueError(f"not a record: {error}") from error
    # A day has many records of few boots: one string for all saves a megabyte.
    at = Moment(form.at, intern(form.boot), form.mono)
    return Record(form.seq, form.day, at, event, form.command, form.request, form.left)
