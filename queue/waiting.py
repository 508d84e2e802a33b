"""The people who wait for one service, and what is remembered of those who did."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import islice

from motcua.queue.tempo import Tempo

ARRIVALS = 5
"""The latest visitors who tell how often somebody comes."""
_KEPT = 0.99
_PRIOR = 4.0
_MOST_TURNS = 3.0
_WAITS = 200
_STAYING = 5


@dataclass(slots=True)
class Turns:
    """How many leave a line before a newcomer, for each who was ahead; the past fades.

    More than one where others overtake, fewer where the newcomer overtakes.
    """

    left: float = _PRIOR
    ahead: float = _PRIOR

    def note(self, left: int, ahead: int) -> None:
        """Learn from somebody who was called now."""
        self.left = self.left * _KEPT + left
        self.ahead = self.ahead * _KEPT + ahead

    def of(self, ahead: int) -> float:
        """Return how many will leave before somebody with so many ahead."""
        return min(_MOST_TURNS, self.left / self.ahead) * ahead


@dataclass(slots=True)
class Line:
    """The people who wait for one service."""

    waiting: dict[str, float] = field(default_factory=dict)
    """Ticket → since when, in the order of issue."""
    overtaken: dict[str, int] = field(default_factory=dict)
    """Ticket → how many of its group came later and were called."""
    tempo: Tempo = field(default_factory=Tempo)
    waits_s: deque[float] = field(default_factory=lambda: deque(maxlen=_WAITS))
    arrivals_s: deque[float] = field(default_factory=lambda: deque(maxlen=ARRIVALS))
    gaps_s: deque[float] = field(default_factory=lambda: deque(maxlen=_WAITS))
    """Times between two calls while somebody waited."""
    call_s: float | None = None
    """When the last one was called, while somebody has been waiting ever since."""
    last: tuple[float, int] | None = None
    """Wait of the last one called, and how many were ahead then."""
    called: int = 0
    left: int = 0

    def first(self, most: int) -> deque[float]:
        """Return since when the first of the line wait, at most so many."""
        return deque(islice(self.waiting.values(), most))

    @property
    def staying(self) -> float:
        """Return the share that is called, not gone before."""
        return (self.called + _STAYING) / (self.called + self.left + _STAYING)
