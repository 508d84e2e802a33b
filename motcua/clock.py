"""The only file that reads the clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from motcua.queue.moment import Moment

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> Moment:
        """Return the present moment."""
        ...


class SystemClock:
    """The machine's clock. Its boot id outlives a restart of the program, not of the machine."""

    def __init__(self) -> None:
        """Learn the machine's boot id; without one, this process is its own boot."""
        self._boot = _boot_id()

    def now(self) -> Moment:
        """Return the present moment."""
        return Moment(datetime.now(UTC), self._boot, round(_since_boot(), 6))


class FastClock:
    """A clock for demonstrations: starts at a given time and runs `speed` times as fast."""

    def __init__(self, start: datetime, speed: float) -> None:
        """Start at `start` (aware)."""
        self._start = start.astimezone(UTC)
        self._speed = speed
        self._boot = uuid4().hex
        self._begun = time.monotonic()
        self._skipped_s = 0.0

    def now(self) -> Moment:
        """Return the simulated moment."""
        passed = (time.monotonic() - self._begun) * self._speed + self._skipped_s
        return Moment(self._start + timedelta(seconds=passed), self._boot, round(passed, 6))

    def skip_to(self, wall: datetime) -> None:
        """Let the time until `wall` pass at once; do nothing when it has passed already."""
        self._skipped_s += max(0.0, (wall - self.now().wall).total_seconds())

    def real_seconds_until(self, wall: datetime) -> float:
        """Return how long a thread must sleep until `wall` is reached."""
        return max(0.0, (wall - self.now().wall).total_seconds()) / self._speed


class SetClock:
    """A clock that stands still until it is set: for tests and for writing past days."""

    def __init__(self, wall: datetime, boot: str = "set", mono: float = 0.0) -> None:
        """Stand at `wall` (aware)."""
        self.wall = wall.astimezone(UTC)
        self.boot = boot
        self.mono = mono

    def now(self) -> Moment:
        """Return the moment it was set to."""
        return Moment(self.wall, self.boot, self.mono)

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.wall += timedelta(seconds=seconds)
        self.mono = round(self.mono + seconds, 6)

    def advance_to(self, wall: datetime) -> None:
        """Let time pass until `wall`; never back."""
        self.advance(max(0.0, (wall - self.wall).total_seconds()))

    def step(self, seconds: float) -> None:
        """Move the wall clock alone, as network time does."""
        self.wall += timedelta(seconds=seconds)

    def reboot(self, boot: str, off_s: float) -> None:
        """Switch the machine off for `off_s` seconds."""
        self.wall += timedelta(seconds=off_s)
        self.boot = boot
        self.mono = 0.0


def _boot_id() -> str:
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return uuid4().hex


def _since_boot() -> float:
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()
