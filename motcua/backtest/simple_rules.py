"""Four simple rules that foretell a wait: what an estimate must beat to be worth printing.

Each is as strong as its definition allows and knows only what was known at the issue:

- `constant`: the mean wait of all who were called so far.
- `last_served`: the wait of the last visitor of the service who was called today.
- `head_of_line`: how long the one at the head of the service's line has waited by now.
- `queue_length`: (people ahead + 1) × the mean time between two calls of the service while somebody
  waited for it.

A rule that has nothing to go by says what the simpler one before it says.

SOURCE: R. Ibrahim, W. Whitt: Real-Time Delay Estimation Based on Delay History, M&SOM 11 (2009):
LES, HOL and QL; the time between calls stands for the service time over the counters at work, which
a log need not tell.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

_CALLS_USED = 200
"""The latest times between calls of a service that count."""
_OVERTAKEN = 5
"""Whom so many have overtaken is taken to have gone: a log need not tell when people leave."""


class SimpleWaits(NamedTuple):
    """What each rule foretells, in seconds."""

    constant: float
    last_served: float
    head_of_line: float
    queue_length: float


class _Line:
    """The line of one service."""

    def __init__(self) -> None:
        self.waiting: dict[int, int] = {}
        """Ticket → how many overtook it, in the order of issue."""
        self.last_wait_s: float | None = None
        self.last_call_s: float | None = None
        """While somebody has been waiting ever since."""
        self.gaps: deque[float] = deque(maxlen=_CALLS_USED)

    def leave(self, ticket: int) -> None:
        """Let a ticket wait no longer, whether it still did or not."""
        self.waiting.pop(ticket, None)
        if not self.waiting:
            self.last_call_s = None

    def overtake(self, ticket: int) -> None:
        """Count the call of `ticket` against everybody who came before it."""
        gone = []
        for earlier in self.waiting:
            if earlier == ticket:
                break
            self.waiting[earlier] += 1
            if self.waiting[earlier] >= _OVERTAKEN:
                gone.append(earlier)
        for earlier in gone:
            del self.waiting[earlier]


class SimpleRules:
    """The rules, told the same events as the estimate they are compared with."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._lines: dict[str, _Line] = {}
        self._waiting: dict[int, tuple[_Line, float]] = {}
        """Ticket → its line and issue, until it is known to be called or gone."""
        self._calls = 0
        self._waited_s = 0.0

    def issued(self, ticket: int, service: str, at_s: float) -> SimpleWaits:
        """Return what the rules foretell somebody who comes now, then let them wait."""
        line = self._lines.setdefault(service, _Line())
        waits = self._foretold(line, at_s)
        line.waiting[ticket] = 0
        self._waiting[ticket] = line, at_s
        return waits

    def called(self, ticket: int, at_s: float) -> None:
        """Learn a wait."""
        line, issued_s = self._waiting.pop(ticket)
        line.last_wait_s = at_s - issued_s
        self._waited_s += line.last_wait_s
        self._calls += 1
        if ticket in line.waiting:
            line.overtake(ticket)
        if line.last_call_s is not None:
            line.gaps.append(at_s - line.last_call_s)
        line.last_call_s = at_s
        line.leave(ticket)

    def left(self, ticket: int) -> None:
        """Learn that somebody who was waiting left."""
        line, _ = self._waiting.pop(ticket)
        line.leave(ticket)

    def day_ends(self) -> None:
        """Learn that the hall is empty; what calls take is remembered."""
        self._waiting.clear()
        for line in self._lines.values():
            line.waiting.clear()
            line.last_wait_s = line.last_call_s = None

    def _foretold(self, line: _Line, at_s: float) -> SimpleWaits:
        constant = self._waited_s / self._calls if self._calls else 0.0
        last = constant if line.last_wait_s is None else line.last_wait_s
        head = last
        for ticket in line.waiting:
            head = at_s - self._waiting[ticket][1]
            break
        gap = sum(line.gaps) / len(line.gaps) if line.gaps else None
        queue = head if gap is None else (len(line.waiting) + 1) * gap
        return SimpleWaits(constant, last, head, queue)
