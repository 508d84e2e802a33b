"""The calls to come, rehearsed: who is called when, if everybody takes the usual time."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from motcua.queue.occupancy import Seat

_SPARE_CALLS = 60
"""Calls of people who have not come yet that are rehearsed at most, besides those who wait."""


@dataclass(slots=True)
class Waiting:
    """One line as it stands, and as it goes on."""

    since_s: deque[float]
    """When its visitors began to wait, in the order of calling."""
    taken_s: float
    """How long one of them keeps a counter on average; those who leave uncalled keep none."""
    next_s: float | None = None
    """When the next visitor comes; None: nobody who comes later is looked at."""
    every_s: float = 0.0

    def grow(self, until_s: float) -> None:
        """Let those come who come until then."""
        while self.next_s is not None and self.next_s <= until_s:
            self.since_s.append(self.next_s)
            self.next_s += self.every_s


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Whose call is looked for."""

    service: str
    turns: float
    """People of the service who are called before."""
    at_s: float
    """Now."""


def rehearse(
    seats: Sequence[Seat],
    lines: Mapping[str, Waiting],
    newcomer: Newcomer,
    before: Callable[[str, str], bool],
) -> float | None:
    """Return the seconds until a newcomer is called; None when no end is in sight.

    Args:
        seats: the counters.
        lines: the lines as they stand, the newcomer's too.
        newcomer: who would come now.
        before: whether the first service is called from although somebody of the second has
            waited longer; asked where a counter has no order of its own.
    """
    free = [(seat.free_s, place, seat) for place, seat in enumerate(seats)]
    heapq.heapify(free)
    mine, turns, at_s = newcomer.service, newcomer.turns, newcomer.at_s
    own = lines[mine]
    growing = [line for line in lines.values() if line.next_s is not None]
    for _ in range(_SPARE_CALLS + int(turns) + sum(len(line.since_s) for line in lines.values())):
        if not free:
            return None
        now_s, place, seat = heapq.heappop(free)
        for line in growing:
            line.grow(now_s)
        heads = _heads(seat, lines, mine, own.since_s[0] if own.since_s and turns >= 1 else at_s)
        if not heads:
            continue  # nobody for this counter: it plays no part
        service = _choose(seat, heads, before)
        if service == mine:
            if turns < 1 / 2:
                return now_s - at_s
            turns -= 1
        line = lines[service]
        if line.since_s:
            line.since_s.popleft()
        heapq.heappush(free, (now_s + line.taken_s, place, seat))
    return None


def _heads(
    seat: Seat, lines: Mapping[str, Waiting], mine: str, own_since_s: float
) -> list[tuple[float, str]]:
    """Return since when the first of each line waits that a counter calls from."""
    heads = []
    for service in lines if seat.services is None else seat.services:
        line = lines.get(service)
        if service == mine:
            heads.append((own_since_s, service))
        elif line and line.since_s:
            heads.append((line.since_s[0], service))
    return heads


def _choose(
    seat: Seat, heads: Sequence[tuple[float, str]], before: Callable[[str, str], bool]
) -> str:
    """Return the service a counter calls from."""
    if seat.in_order:
        return heads[0][1]
    chosen = min(heads)[1]
    for _, service in sorted(heads)[1:]:
        if before(service, chosen):
            chosen = service
    return chosen
