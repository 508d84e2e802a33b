"""How fast a line moves: the time from one visitor who leaves it to the next, while people wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

_DAY_S = 86400.0
_SLOT_S = 1800.0
"""Half hours of the day are told apart: counters open, pause and close by the clock."""
_SLOTS = 96
"""How many half hours are looked ahead."""
_LONG = 0.995
_SHORT = 0.85
"""What is kept of the past at each visitor: some 200 visitors count, or some 7."""
_SLOT_WEIGHT = 6.0
"""The usual pace counts as so many visitors of a half hour."""
_CARRIED = 3.0
"""Visitors for which the usual pace stands when a new day begins."""
_FEWEST = 3.0
Rate = Callable[[int], float]
"""Half hour of the day → work done a second."""


@dataclass(slots=True)
class Pace:
    """Seconds waited by somebody, and visitors who left the line meanwhile; the past fades."""

    keep: float
    busy_s: float = 0.0
    left: float = 0.0

    def note(self, busy_s: float) -> None:
        """Let one more visitor leave after `busy_s` seconds."""
        self.busy_s = self.busy_s * self.keep + busy_s
        self.left = self.left * self.keep + 1.0


@dataclass(slots=True)
class Tempo:
    """How fast a line moves, lately, usually, and at each time of the day."""

    usual: Pace = field(default_factory=lambda: Pace(_LONG))
    lately: Pace = field(default_factory=lambda: Pace(_SHORT))
    slots: dict[int, tuple[float, float]] = field(default_factory=dict)
    """Half hour of the day → (seconds somebody waited, visitors who left the line)."""
    since_s: float | None = None
    """Since when somebody waits and nobody left; None while nobody waits."""

    def begin(self, at_s: float) -> None:
        """Somebody waits from now on."""
        if self.since_s is None:
            self.since_s = at_s

    def leave(self, at_s: float, *, last: bool) -> None:
        """A visitor left the line; `last`: nobody waits any more."""
        if self.since_s is not None:
            for slot, seconds in _slots(self.since_s, at_s):
                busy_s, left = self.slots.get(slot, (0.0, 0.0))
                self.slots[slot] = busy_s + seconds, left
            slot = slot_of(at_s)
            busy_s, left = self.slots.get(slot, (0.0, 0.0))
            self.slots[slot] = busy_s, left + 1.0
            self.usual.note(at_s - self.since_s)
            self.lately.note(at_s - self.since_s)
        self.since_s = None if last else at_s

    def rest(self) -> None:
        """The day is over: nobody waits, and the next one begins at the usual pace."""
        self.since_s = None
        if self.usual.left:
            self.lately = Pace(_SHORT, self.usual_s(0.0) * _CARRIED, _CARRIED)

    @property
    def known(self) -> bool:
        """Return whether enough visitors left to speak of a pace."""
        return self.usual.left > _FEWEST

    def usual_s(self, at_s: float) -> float:
        """Return the usual seconds from one who leaves to the next; `known` must hold."""
        return max(1e-6, (self.usual.busy_s + self._waited_s(at_s)) / self.usual.left)

    def lately_s(self, at_s: float) -> float:
        """Return the same of the last few visitors, the time nobody has left now among it."""
        waited_s = self._waited_s(at_s)
        return (self.lately.busy_s + waited_s) / (self.lately.left + (waited_s > 0))

    def ahead_s(self, at_s: float, turns: float) -> float:
        """Return the seconds until `turns` visitors have left, at the pace of each half hour."""
        usual_s = self.usual_s(at_s)

        def rate(slot: int) -> float:
            busy_s, left = self.slots.get(slot, (0.0, 0.0))
            return (left + _SLOT_WEIGHT) / (busy_s + _SLOT_WEIGHT * usual_s)

        return walk(at_s, turns, rate)

    def share(self, slot: int, weight: float) -> float:
        """Return the rate in a half hour over the usual one, drawn to 1 by `weight` visitors."""
        busy_s, left = self.slots.get(slot, (0.0, 0.0))
        return (left + weight) / (busy_s / self.usual_s(0.0) + weight)

    def _waited_s(self, at_s: float) -> float:
        return 0.0 if self.since_s is None else max(0.0, at_s - self.since_s)


def walk(at_s: float, work: float, rate: Rate) -> float:
    """Return the seconds until `work` is done when each half hour does it at its own rate."""
    start_s = at_s
    for _ in range(_SLOTS):
        until_s = _end(at_s)
        now = rate(slot_of(at_s))
        if now * (until_s - at_s) >= work:
            return at_s + work / now - start_s
        work -= now * (until_s - at_s)
        at_s = until_s
    return at_s - start_s


def slot_of(at_s: float) -> int:
    """Return the half hour of the day: 0 … 47."""
    return int(at_s % _DAY_S // _SLOT_S)


def _end(at_s: float) -> float:
    return at_s - at_s % _SLOT_S + _SLOT_S


def _slots(start_s: float, end_s: float) -> Iterator[tuple[int, float]]:
    """Yield the half hours between two times with the seconds in each."""
    while start_s < end_s:
        until_s = min(end_s, _end(start_s))
        yield slot_of(start_s), until_s - start_s
        start_s = until_s
