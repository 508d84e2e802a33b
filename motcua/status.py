"""`/healthz` and `/metrics`: how the box is, for those who watch it.

The exposition format of Prometheus is a line a figure; a client library for it would cost more
memory than the rest of this file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, g, jsonify

from motcua.access import Role
from motcua.loopback import from_this_box
from motcua.queue.day import CounterState
from motcua.queue.ticket import State
from motcua.web import role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from motcua.live import Streams
    from motcua.office import Office
    from motcua.queue.day import Day
    from motcua.record_keeping import Damage

Figure = tuple[str, str, str, list[tuple[str, float]]]
"""Name, kind, help, and (labels, value) pairs."""


def status_blueprint(
    office: Office,
    streams: Streams,
    damage: Callable[[], list[Damage]],
    *more: Callable[[], Iterable[Figure]],
) -> Blueprint:
    """Return the routes; open to anyone on the box itself, elsewhere to any token.

    Args:
        office: knows the day.
        streams: the screens that listen.
        damage: returns what the journal found broken.
        more: each returns further figures, of parts this one does not know.
    """
    blueprint = Blueprint("status", __name__)

    @blueprint.get("/healthz")
    @role(Role.VISITOR)
    def healthz() -> Response:
        """Say that the box serves."""
        _must_be_near()
        with office.today() as day:
            return jsonify(status="ok", seq=day.seq, day=day.date, damage=_damaged(damage()))

    @blueprint.get("/metrics")
    @role(Role.VISITOR)
    def metrics() -> Response:
        """Give the figures in Prometheus' text form."""
        _must_be_near()
        with office.today() as day:
            figures = list(_figures(office, day, streams, damage()))
        figures += [figure for one in more for figure in one()]
        text = "".join(map(_exposed, figures))
        return Response(text, content_type="text/plain; version=0.0.4; charset=utf-8")

    return blueprint


def _must_be_near() -> None:
    if not from_this_box() and g.identity.role is Role.VISITOR:
        abort(401)


def _damaged(damage: list[Damage]) -> int:
    """Return how many places were lost; a torn end was never told to be kept."""
    return sum(not place.cut for place in damage)


def _figures(office: Office, day: Day, streams: Streams, damage: list[Damage]) -> Iterator[Figure]:
    states = dict.fromkeys(State, 0)
    for ticket in day.tickets.values():
        states[ticket.state] += 1
    waiting = [
        (f'service="{letter}"', float(len(day.line(letter)))) for letter in office.rules.services
    ]
    open_counters = sum(counter.state is CounterState.OPEN for counter in day.counters.values())
    tickets = [(f'state="{state}"', float(count)) for state, count in states.items()]
    yield "motcua_last_event", "counter", "Number of the last event.", [("", day.seq)]
    yield "motcua_tickets", "gauge", "Today's tickets by state.", tickets
    yield "motcua_waiting", "gauge", "People waiting now.", waiting
    yield "motcua_counters_open", "gauge", "Counters open now.", [("", open_counters)]
    referrals = sum(day.referrals.values())
    yield "motcua_referrals", "gauge", "Referrals given today.", [("", referrals)]
    yield "motcua_streams_open", "gauge", "Live streams open now.", [("", streams.open)]
    yield "motcua_streams_bound", "gauge", "Live streams allowed.", [("", streams.bound)]
    yield (
        "motcua_journal_damage",
        "gauge",
        "Damaged places found at start.",
        [("", _damaged(damage))],
    )


def _exposed(figure: Figure) -> str:
    name, kind, about, values = figure
    lines = [f"# HELP {name} {about}", f"# TYPE {name} {kind}"]
    lines += [
        f"{name}{{{labels}}} {value:g}" if labels else f"{name} {value:.0f}"
        for labels, value in values
    ]
    return "\n".join(lines) + "\n"
