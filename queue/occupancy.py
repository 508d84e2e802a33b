"""Who is at which counter since when, how long visitors keep a counter, and who calls whom.

What the centre does not tell is learnt: a log of visits may lack the counters, their services and
the order in which they call.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

_OWN = 60
"""The latest visitors of a service whose time at the counter counts."""
_ALL = 100
_PRIOR = 4
"""The pace of all services counts as so many visitors of one."""
_FEWEST_LATER = 8
_LATER_PRIOR = 3
_RESIDUAL_SHARE = 0.6
"""What is left of a visit that is under way, as a share of a whole one, before more is known."""
_FORGOTTEN = 8.0
"""Somebody at a counter for so many times the usual has left it unrecorded."""
_RARE = 0.02
"""A service that fewer of a counter's calls are for is not one of its services."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A counter that will call."""

    free_s: float
    """When it calls next."""
    services: tuple[str, ...] | None
    """What it calls from; None: from every service."""
    in_order: bool = False
    """It calls from its first service that has somebody, not whoever came first."""


@dataclass(slots=True)
class Occupancy:
    """The counters."""

    _at: dict[str, tuple[str, int | None, float]] = field(default_factory=dict)
    """Ticket → (service, counter, since)."""
    _open: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """What the centre tells: counter → its services in order of preference."""
    told: bool = False
    """Whether the centre tells which counters are open."""
    _own: dict[str, deque[float]] = field(default_factory=dict)
    _all: deque[float] = field(default_factory=lambda: deque(maxlen=_ALL))
    _calls: dict[int, Counter[str]] = field(default_factory=dict)
    _ends: int = 0

    def open(self, counter: int, services: tuple[str, ...]) -> None:
        """A counter takes visitors."""
        self.told = True
        self._open[counter] = services

    def close(self, counter: int) -> None:
        """A counter takes no more visitors."""
        self._open.pop(counter, None)

    def come(self, ticket: str, service: str, counter: int | None, at_s: float) -> None:
        """A visitor was called to a counter, so whoever was there has gone."""
        if counter is None and not self._ends:
            return  # neither where nor how long is known: nothing can be learnt
        if counter is not None:
            self._calls.setdefault(counter, Counter())[service] += 1
            for other in [one for one, where in self._at.items() if where[1] == counter]:
                self.go(other, at_s)
        self._at[ticket] = (service, counter, at_s)

    def go(self, ticket: str, at_s: float, *, served: bool = True) -> None:
        """A visitor left the counter."""
        there = self._at.pop(ticket, None)
        self._ends += served
        if there and served:
            taken_s = at_s - there[2]
            self._own.setdefault(there[0], deque(maxlen=_OWN)).append(taken_s)
            self._all.append(taken_s)

    def rest(self) -> None:
        """The day is over: the counters are empty and closed."""
        self._at.clear()
        self._open.clear()

    @property
    def known(self) -> bool:
        """Return whether anybody's time at a counter is known."""
        return bool(self._all)

    @property
    def busy(self) -> int:
        """Return how many visitors are at counters."""
        return len(self._at)

    def pace_s(self, service: str) -> float:
        """Return how long a visitor of a service keeps a counter; `known` must hold."""
        own = self._own.get(service, ())
        usual_s = sum(self._all) / len(self._all)
        return (sum(own) + _PRIOR * usual_s) / (len(own) + _PRIOR)

    def serves(self, counter: int | None, service: str) -> bool:
        """Return whether a counter calls from a service, as far as its calls tell."""
        calls = self._calls.get(counter) if counter is not None else None
        return not calls or calls[service] > _RARE * calls.total()

    def prefers(self, first: str, second: str) -> bool | None:
        """Return whether a counter calls from the first before the second; None: not told."""
        if not self.told:
            return None
        return any(
            first in services and second in services
            and services.index(first) < services.index(second)
            for services in self._open.values()
        )  # fmt: skip

    def seats(self, at_s: float) -> Iterator[Seat]:
        """Yield the counters that will call, with when they are free."""
        taken = set()
        for service, counter, since_s in self._at.values():
            if at_s - since_s > _FORGOTTEN * self.pace_s(service):
                continue
            taken.add(counter)
            free_s = at_s + self._left_s(service, at_s - since_s)
            if not self.told:
                yield Seat(free_s, self._learnt(counter))
            elif counter in self._open:
                yield Seat(free_s, self._open[counter], in_order=True)
        for counter, services in self._open.items():
            if counter not in taken:
                yield Seat(at_s, services, in_order=True)

    def _learnt(self, counter: int | None) -> tuple[str, ...] | None:
        calls = self._calls.get(counter) if counter is not None else None
        if not calls:
            return None
        return tuple(service for service in calls if self.serves(counter, service))

    def _left_s(self, service: str, passed_s: float) -> float:
        """Return how long a visit that is under way will go on."""
        usual_s = _RESIDUAL_SHARE * self.pace_s(service)
        own = self._own.get(service, ())
        later = [taken_s - passed_s for taken_s in own if taken_s > passed_s]
        if len(own) < _FEWEST_LATER:
            return usual_s
        return (sum(later) + _LATER_PRIOR * usual_s) / (len(later) + _LATER_PRIOR)
