"""What the hall may see of a day: the calls that still stand. Boards and programs ask here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.queue.ticket import State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from motcua.queue.day import Call, Day

_GONE = frozenset({State.WAITING, State.CANCELLED, State.UNSERVED})
"""A visitor who waits again must not walk to the old counter; one who left is called no more."""


def standing_calls(day: Day, services: Collection[str] = ()) -> Iterator[Call]:
    """Yield the calls that still stand, newest first, at most one a visit.

    A call stands until it is taken back, or its visitor waits again (returned, transferred) or has
    left.

    Args:
        day: the business day.
        services: letters to show; empty shows all.
    """
    seen = set()
    for call in reversed(day.calls):
        carried_on = day.current(call.ticket)
        if carried_on is None or carried_on.visit in seen or carried_on.state in _GONE:
            continue
        seen.add(carried_on.visit)
        if not services or call.service in services:
            yield call
