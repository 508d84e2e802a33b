"""Guessing is slowed down: after some wrong tries a name or an address has to wait, ever longer."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

_FREE_TRIES = 5
_FIRST_WAIT_S = 10.0
_LONGEST_WAIT_S = 900.0
_FORGOTTEN_S = 3600.0
_KEPT = 2000
"""Names and addresses remembered; the oldest are forgotten first."""


@dataclass(slots=True)
class _Failures:
    count: int
    until_s: float
    """Monotonic seconds before which no try is looked at."""
    last_s: float


class Attempts:
    """Counts wrong tries for each of several things that tried: a name, an address."""

    def __init__(self) -> None:
        """Remember nobody."""
        self._failures: dict[str, _Failures] = {}
        self._lock = Lock()

    def wait_s(self, now_s: float, *who: str) -> int:
        """Return the whole seconds `who` must wait before another try is looked at; 0 is none."""
        with self._lock:
            waits = [self._failures[one].until_s - now_s for one in who if one in self._failures]
        return max(0, *(int(wait) + 1 if wait > 0 else 0 for wait in (0.0, *waits)))

    def failed(self, now_s: float, *who: str) -> None:
        """Count a wrong try of `who`."""
        with self._lock:
            for one in who:
                self._count(now_s, one)

    def succeeded(self, *who: str) -> None:
        """Forget the wrong tries of `who`."""
        with self._lock:
            for one in who:
                self._failures.pop(one, None)

    def _count(self, now_s: float, one: str) -> None:
        before = self._failures.pop(one, None)
        recent = before is not None and now_s - before.last_s < _FORGOTTEN_S
        count = before.count + 1 if before and recent else 1
        wait_s = _wait_after(count)
        while len(self._failures) >= _KEPT:
            del self._failures[next(iter(self._failures))]
        self._failures[one] = _Failures(count, now_s + wait_s, now_s)


def _wait_after(count: int) -> float:
    over = count - _FREE_TRIES
    if over < 0:
        return 0.0
    return float(min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2.0 ** min(over, 10)))
