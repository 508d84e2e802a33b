"""The pace: a kiosk from which number after number is taken slows down, so that nobody hoards them.

Each kiosk may give some numbers at once, then one every few seconds; while nobody takes any it
comes back to rest as quickly. What is known of it lives in memory: a restart forgives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from math import ceil
from threading import Lock
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from motcua.queue.moment import Moment

_TOLD_S = 600.0
"""How long after its last number staff are told of a hurry."""
_CLOCK_DIGITS = 6
"""What the clock tells of a second: less than that is no waiting."""


class Paced(Protocol):
    """A kiosk, as far as its pace goes."""

    @property
    def name(self) -> str:
        """How it is told from the others."""
        ...

    @property
    def burst(self) -> int:
        """Numbers it may give at once."""
        ...

    @property
    def pace_s(self) -> int:
        """Seconds between two numbers after those; 0 never makes anybody wait."""
        ...


@dataclass(frozen=True, slots=True)
class Hurry:
    """A kiosk that gave numbers faster than people come."""

    kiosk: str
    numbers: tuple[str, ...]
    """In the order in which they were given."""
    minutes: int
    """From the first to the last, rounded up."""
    sentence = (
        "Kiosk %(kiosk)s gave numbers unusually fast: %(n)s within %(minutes)s min (%(series)s). "
        "Please cancel those nobody stands for."
    )
    """English, for translation, with places filled from `details`."""

    @property
    def details(self) -> Mapping[str, object]:
        """What the sentence is about."""
        series = spans(self.numbers)
        told = {"kiosk": self.kiosk, "n": len(self.numbers), "minutes": self.minutes}
        return {**told, "series": series}


@dataclass(slots=True, eq=False)
class _Run:
    """Numbers a kiosk gave since it was last at rest."""

    kiosk: str
    begun: Moment
    last: Moment
    rest_s: float
    """When it will be at rest again, on the monotonic clock."""
    numbers: list[str] = field(default_factory=list)

    def hurry(self) -> Hurry:
        """Return what staff are told."""
        minutes = ceil((self.last.mono - self.begun.mono) / 60)
        return Hurry(self.kiosk, tuple(self.numbers), max(1, minutes))


class Pace:
    """The pace of every kiosk. Threads may share it.

    A place is asked for before a number is given and counted after it: presses that come at the
    very same moment may all be let through, and the next ones wait the longer for it.
    """

    def __init__(self, now: Callable[[], Moment]) -> None:
        """Go by the clock `now`; every kiosk is at rest."""
        self._now = now
        self._runs: dict[str, _Run] = {}
        self._hurries: list[_Run] = []
        """Runs in which somebody was asked to wait, oldest first."""
        self._lock = Lock()

    def ask(self, kiosk: Paced) -> float:
        """Return how many seconds the next number of a kiosk must wait; 0 is none.

        Once somebody has to wait, staff are told of all that was given since it was at rest.
        """
        with self._lock:
            now = self._now()
            run = self._run(kiosk.name, now)
            if run is None:
                return 0.0
            all_s = (kiosk.burst - 1) * kiosk.pace_s
            left_s = round(run.rest_s - now.mono - all_s, _CLOCK_DIGITS)
            wait_s = max(0.0, ceil(left_s * 1000) / 1000)
            if wait_s and run not in self._recent(now):
                self._hurries.append(run)
            return wait_s

    def note(self, kiosk: Paced, number: str) -> None:
        """Count a number that a kiosk gave."""
        with self._lock:
            now = self._now()
            run = self._run(kiosk.name, now)
            if run is None:
                run = self._runs[kiosk.name] = _Run(kiosk.name, now, now, now.mono)
            run.last = now
            run.rest_s += kiosk.pace_s
            run.numbers.append(number)

    def hurries(self) -> list[Hurry]:
        """Return what staff should look at: who gave numbers too fast in the last minutes."""
        with self._lock:
            return [run.hurry() for run in self._recent(self._now())]

    def _recent(self, now: Moment) -> list[_Run]:
        """Forget the hurries of long ago; return the others."""
        self._hurries = [
            run
            for run in self._hurries
            if run.last.boot == now.boot and now.mono - run.last.mono < _TOLD_S
        ]
        return self._hurries

    def _run(self, kiosk: str, now: Moment) -> _Run | None:
        """Return what a kiosk is at; None when it is at rest."""
        run = self._runs.get(kiosk)
        rests = run is None or run.last.boot != now.boot or run.rest_s <= now.mono
        return None if rests else run


def spans(numbers: tuple[str, ...]) -> str:
    """Return numbers in few words: `A001–A003, A007, H002`."""
    ordered = sorted((number[:1], int(number[1:]), number) for number in numbers)
    places = enumerate(ordered)
    grouped = groupby(places, key=lambda one: (one[1][0], one[1][1] - one[0]))
    ends = [[number for _, (*_, number) in group] for _, group in grouped]
    return ", ".join(one[0] if len(one) == 1 else f"{one[0]}–{one[-1]}" for one in ends)
