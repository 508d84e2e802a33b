"""Sixteen clerks and four kiosks who press at once, and fingers that tap twice."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from threading import Barrier, BrokenBarrierError
from typing import TypeVar

from motcua.office import Office
from motcua.queue import commands as c
from motcua.queue.moment import Moment
from tests.concurrency.audit import Asked
from tests.concurrency.centre import START
from tests.concurrency.doors import ApiDoor, Door
from tests.concurrency.told import Told
from tests.concurrency.wishes import wish

T = TypeVar("T")
CLERKS, KIOSKS, FINGERS = 16, 4, 4
_SERVICES = ("AHK", "HA", "KAH", "AK")
COUNTERS = {n: tuple(_SERVICES[n % len(_SERVICES)]) for n in range(1, CLERKS + 1)}
_SHARED = 12
"""In a rush clerks press at fewer counters than there are clerks: at some of them, two."""
_PATIENCE_S = 120.0
_TICK_S = 1 / 16
_RETRIES, _HANG_UPS = 0.06, 0.02


class TickingClock:
    """Moves on a little whenever somebody looks, so that time passes as fast as people press."""

    def __init__(self, start: datetime = START, tick_s: float = _TICK_S) -> None:
        self._start, self._tick_s = start.astimezone(UTC), tick_s
        self._ticks = count()

    def now(self) -> Moment:
        passed_s = next(self._ticks) * self._tick_s
        return Moment(self._start + timedelta(seconds=passed_s), "ticking", passed_s)


@dataclass
class Hand:
    """Somebody who presses at one counter, or at a kiosk, and notes what they are told."""

    name: str
    office: Office
    """Looked at, before a press and after it."""
    door: Door
    counter: int | None = None
    asked: list[Asked] = field(default_factory=list)
    next: tuple[c.Command, str] = (c.CloseDay(), "")
    """What it presses in this round, and under which id."""

    def __post_init__(self) -> None:
        self._chance = Random(self.name)  # noqa: S311 - the same wishes each time
        self._wishes = count(1)
        self._pressed: deque[tuple[c.Command, str]] = deque(maxlen=15)

    def choose(self) -> None:
        """Look, and choose what to press next."""
        with self.office.today() as day:
            command = wish(day, self._chance, self.counter)
        self.next = command, f"{self.name}-{next(self._wishes)}"

    def press(self, command: c.Command, request: str) -> None:
        """Press, and note what is told."""
        began = self.office.seq
        told = self.door.press(command, request)
        self._note(command, request, began, told)

    def act(self) -> None:
        """Press what was chosen; seldom, lose the answer and ask again, or ask for an old one."""
        command, request = self.next
        self._pressed.append(self.next)
        if isinstance(self.door, ApiDoor) and self._chance.random() < _HANG_UPS:
            began = self.office.seq
            self.door.press_and_hang_up(command, request)
            self._note(command, request, began, None)
        self.press(command, request)
        if self._chance.random() < _RETRIES:
            self.press(*self._chance.choice(self._pressed))

    def _note(self, command: c.Command, request: str, began: int, told: Told | None) -> None:
        ended, ended_s = self.office.seq, self.office.now().mono
        kept = self.door.kept_as(request)
        self.asked.append(Asked(command, kept, began, ended, ended_s, told))


def all_at_once(*hands: Callable[[Barrier], None]) -> None:
    """Let every hand work in a thread of its own; each passes the barrier before it presses.

    Whoever fails lets go of the others, and the failure comes out here.
    """
    barrier = Barrier(len(hands))

    def work(hand: Callable[[Barrier], None]) -> None:
        try:
            hand(barrier)
        except BaseException:
            barrier.abort()
            raise

    with ThreadPoolExecutor(len(hands)) as pool:
        failures = [done.exception() for done in [pool.submit(work, hand) for hand in hands]]
    for failure in sorted(filter(None, failures), key=_is_a_consequence):
        raise failure


def at_once(presses: Sequence[Callable[[], T]]) -> list[T]:
    """Press all at the same moment; return the answers, first come first."""
    answers: list[T] = []

    def hand(press: Callable[[], T]) -> Callable[[Barrier], None]:
        def work(barrier: Barrier) -> None:
            together(barrier)
            answers.append(press())

        return work

    all_at_once(*map(hand, presses))
    return answers


def together(barrier: Barrier) -> None:
    """Wait until all hands are ready."""
    barrier.wait(_PATIENCE_S)


def rush(office: Office, door: Callable[[], Door], rounds: int) -> list[Asked]:
    """Let clerks and kiosks press `rounds` times, all at once each time; return every press."""
    clerks = [Hand(f"clerk {n}", office, door(), 1 + n % _SHARED) for n in range(CLERKS)]
    hands = clerks + [Hand(f"kiosk {n}", office, door()) for n in range(KIOSKS)]
    fingers = [Hand(f"finger {n}", office, door()) for n in range(FINGERS)]

    def presses(hand: Hand) -> Callable[[Barrier], None]:
        def work(barrier: Barrier) -> None:
            for _ in range(rounds):
                hand.choose()
                together(barrier)
                hand.act()

        return work

    def taps_again(finger: Hand, which: int) -> Callable[[Barrier], None]:
        def work(barrier: Barrier) -> None:
            for turn in range(rounds):
                together(barrier)
                finger.press(*hands[(turn * FINGERS + which) % len(hands)].next)

        return work

    taps = [taps_again(finger, which) for which, finger in enumerate(fingers)]
    with ExitStack() as doors:
        for hand in (*hands, *fingers):
            doors.callback(hand.door.close)
        all_at_once(*map(presses, hands), *taps)
    return [one for hand in (*hands, *fingers) for one in hand.asked]


def _is_a_consequence(failure: BaseException) -> bool:
    return isinstance(failure, BrokenBarrierError)
