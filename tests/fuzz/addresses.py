"""The addresses of the house, read off the route table, with values real and not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from flask import Flask

from motcua.app import Box
from motcua.queue.ticket import State

_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
NOBODYS: Mapping[str, str] = {
    "ticket_id": "x", "number": "99", "code": "9.999999", "filename": "none.css", "seq": "999999",
    "slug": "không-có", "letter": "Z", "purpose": "fun", "form": "doc",
}  # fmt: skip
"""Values that fit their places and belong to nothing."""


def keys(app: Flask) -> Iterator[str]:
    """Yield `METHOD /path/{place}` for everything that can be asked for."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield _key(method, rule.rule)


def key_of(app: Flask, method: str, path: str) -> str:
    """Return the key of an address as it is asked for."""
    rule, _ = app.url_map.bind("localhost").match(path, method, return_rule=True)
    return _key(method, rule.rule)


def filled(key: str, values: Mapping[str, str] = NOBODYS) -> tuple[str, str]:
    """Return method and path of a key."""
    method, _, path = key.partition(" ")
    return method, re.sub(r"{(\w+)}", lambda place: values[place[1]], path)


def real(box: Box) -> dict[str, str]:
    """Return values that belong to something."""
    with box.office.today() as day:
        waiting = next(one for one in day.tickets.values() if one.state is State.WAITING)
        call = day.calls[-1]
    return {
        "ticket_id": waiting.id, "number": "1", "code": "1.001193", "filename": "motcua.css",
        "seq": str(call.seq), "slug": "ho-tich", "letter": "A", "purpose": "collect",
        "form": "csv",
    }  # fmt: skip


def standing(box: Box) -> list[dict[str, str]]:
    """Return values for every ticket of the day and every counter, to look at each."""
    with box.office.today() as day:
        tickets = [{"ticket_id": ticket.id} for ticket in day.tickets.values()]
    counters = [{"number": str(number)} for number in box.office.rules.counters]
    procedures = box.office.rules.procedures.values()
    elsewhere = [{"code": one.code} for one in procedures if one.elsewhere]
    return [*tickets, *counters, *elsewhere[:2]]


def _key(method: str, rule: str) -> str:
    path = _PLACE.sub(r"{\1}", rule)
    return f"{method} {path}"
