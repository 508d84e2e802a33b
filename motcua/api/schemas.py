"""What the API answers, as JSON Schema."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_NULLABLE_TEXT: Schema = {"type": ["string", "null"]}
_NULLABLE_DATE: Schema = {"type": ["string", "null"], "format": "date"}
_TIME: Schema = {"type": "string", "format": "date-time"}
_NULLABLE_TIME: Schema = {"type": ["string", "null"], "format": "date-time"}
_STATE: Schema = {
    "enum": [
        "waiting", "called", "serving", "finished", "missed", "held", "transferred", "cancelled",
        "unserved",
    ]
}  # fmt: skip


def reference(name: str) -> Schema:
    """Return a reference to a schema by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def _object(optional: dict[str, Schema] | None = None, /, **needed: Schema) -> Schema:
    properties = {**needed, **(optional or {})}
    return {"type": "object", "required": [*needed], "properties": properties}


def _list(name: str) -> Schema:
    return {"type": "array", "items": reference(name)}


SCHEMAS: dict[str, Schema] = {
    "Ticket": _object(
        {
            "outcome": _NULLABLE_TEXT,
            "visit": {**_TEXT, "description": "The same for all tickets of one stay."},
            "leg": {"type": "integer", "minimum": 1, "description": "One higher each transfer."},
            "purpose": _NULLABLE_TEXT,
            "language": _TEXT,
        },
        id={**_TEXT, "description": "Unguessable: whoever knows it holds the ticket."},
        number={**_TEXT, "examples": ["A015"]},
        service=_TEXT,
        procedure=_NULLABLE_TEXT,
        priority=_NULLABLE_TEXT,
        state=_STATE,
        issued_at=_TIME,
        called_at=_NULLABLE_TIME,
        started_at=_NULLABLE_TIME,
        finished_at=_NULLABLE_TIME,
        counter={"type": ["integer", "null"]},
        ahead=_COUNT,
        wait={"oneOf": [{"type": "null"}, reference("Wait")]},
        follow_url=_TEXT,
    ),
    "Wait": _object(low_min=_COUNT, high_min=_COUNT, basis=_TEXT),
    "Counter": _object(
        number=_COUNT,
        state={"enum": ["closed", "open", "paused"]},
        services=_TEXTS,
        ticket={**_NULLABLE_TEXT, "description": "The number at the counter."},
    ),
    "Act": _object(
        counter=reference("Counter"),
        ticket={"oneOf": [{"type": "null"}, reference("Ticket")]},
    ),
    "Service": _object(letter=_TEXT, name_vi=_TEXT, name_en=_TEXT, waiting=_COUNT),
    "Services": _object(services=_list("Service")),
    "Counters": _object(counters=_list("Counter")),
    "Procedure": _object(
        code=_TEXT,
        name_vi=_TEXT,
        name_en=_TEXT,
        field=_TEXT,
        service=_TEXT,
        where={"enum": ["here", "received_here", "elsewhere"]},
        place=_TEXT,
        address=_TEXT,
        hours=_TEXT,
        papers=_TEXTS,
        fee_vnd={"type": ["integer", "null"], "minimum": 0},
        fee_note=_TEXT,
        limit=_TEXT,
        same_day_cutoff=_TEXT,
        online={"type": ["boolean", "null"]},
        online_url=_TEXT,
        keywords=_TEXTS,
        valid_from=_NULLABLE_DATE,
        valid_to=_NULLABLE_DATE,
        source=_TEXT,
    ),
    "Procedures": _object(procedures=_list("Procedure")),
    "Queue": _object(seq=_COUNT, day=_TEXT, tickets=_list("Ticket")),
    "Call": _object(
        number=_TEXT,
        counter=_COUNT,
        service=_TEXT,
        state=_STATE,
        called_at=_TIME,
        recalls=_COUNT,
        seq=_COUNT,
    ),
    "Board": _object(seq=_COUNT, calls=_list("Call"), waiting=_list("Service")),
    "Waits": {"type": "object", "description": "The measures of a range of days."},
    "Error": _object(
        error=_object(
            code={**_TEXT, "examples": ["queue.empty"]},
            message=_TEXT,
            details={"type": "object"},
        )
    ),
}
