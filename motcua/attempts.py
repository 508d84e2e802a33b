"""Guessing is slowed down: after some wrong tries a name or an address has to wait, ever longer.

All of it is kept in memory: starting again forgets it, which takes longer than the pause it saves.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

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

    def __init__(self, free: int = 5, longest_s: float = _LONGEST_WAIT_S) -> None:
        """Remember nobody.

        Args:
            free: wrong tries before the first pause.
            longest_s: seconds; no pause is longer.
        """
        self._free = free
        self._longest_s = longest_s
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

    def forget(self, *who: str) -> None:
        """Forget the wrong tries of `who`."""
        with self._lock:
            for one in who:
                self._failures.pop(one, None)

    def waiting(self, now_s: float) -> dict[str, int]:
        """Return who has to wait at this moment, and how many whole seconds."""
        with self._lock:
            known = list(self._failures)
        waits = {one: self.wait_s(now_s, one) for one in known}
        return {one: wait for one, wait in waits.items() if wait}

    def _count(self, now_s: float, one: str) -> None:
        before = self._failures.pop(one, None)
        recent = before is not None and now_s - before.last_s < _FORGOTTEN_S
        count = before.count + 1 if before and recent else 1
        wait_s = self._wait_after(count)
        while len(self._failures) >= _KEPT:
            del self._failures[next(iter(self._failures))]
        self._failures[one] = _Failures(count, now_s + wait_s, now_s)

    def _wait_after(self, count: int) -> float:
        over = count - self._free
        if over < 0:
            return 0.0
        return float(min(self._longest_s, _FIRST_WAIT_S * 2.0 ** min(over, 10)))


class SignInTries:
    """Wrong PINs, counted for the address they came from and for the name they were tried on.

    Whoever types wrong PINs for a clerk's name on another machine must not keep the clerk out: at
    an address where a name has signed in before, only that address's own wrong tries count.
    """

    def __init__(self) -> None:
        """Remember nobody."""
        self.names = Attempts()
        self.addresses = Attempts()
        self._usual: dict[tuple[str, str], None] = {}
        self._lock = Lock()

    def wait_s(self, now_s: float, name: str, address: str) -> int:
        """Return the whole seconds until a try is looked at; 0 is none."""
        with self._lock:
            usual = (name.casefold(), address) in self._usual
        by_name = 0 if usual else self.names.wait_s(now_s, name.casefold())
        return max(by_name, self.addresses.wait_s(now_s, address))

    def failed(self, now_s: float, name: str, address: str) -> None:
        """Count a wrong try."""
        self.names.failed(now_s, name.casefold())
        self.addresses.failed(now_s, address)

    def succeeded(self, name: str, address: str) -> None:
        """Forget the wrong tries, and know the address as one of that name's."""
        self.lift(name, address)
        with self._lock:
            self._usual.pop((name.casefold(), address), None)
            while len(self._usual) >= _KEPT:
                del self._usual[next(iter(self._usual))]
            self._usual[name.casefold(), address] = None

    def lift(self, name: str = "", address: str = "") -> None:
        """Let a name or an address try again at once."""
        self.names.forget(name.casefold())
        self.addresses.forget(address)
