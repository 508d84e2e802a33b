"""When something happened: wall time for people, monotonic time for measuring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """One reading of the clock.

    A box without a real-time clock starts with a wrong wall time and is corrected later, so
    durations are taken from `mono` as long as both ends carry the same `boot`.
    """

    wall: datetime
    """Aware UTC."""
    boot: str
    """Names one uninterrupted run of the monotonic clock (the machine's boot)."""
    mono: float
    """Seconds on the monotonic clock of that boot."""

    def __post_init__(self) -> None:
        """Refuse a wall time without a time zone."""
        if self.wall.tzinfo is None:
            message = "a moment's wall time must be aware"
            raise ValueError(message)

    @property
    def offset_s(self) -> float:
        """Seconds to add to `mono` to get the wall time as it was believed then."""
        return self.wall.timestamp() - self.mono


@dataclass(frozen=True, slots=True)
class Span:
    """A measured duration in seconds, never negative."""

    seconds: float
    certain: bool
    """False when the ends lie in different boots: shown, but kept out of statistics."""

    def __add__(self, other: Span) -> Span:
        """Return the sum; certain only when both are."""
        return Span(self.seconds + other.seconds, self.certain and other.certain)


NO_TIME = Span(0.0, certain=True)


def between(start: Moment, end: Moment) -> Span:
    """Return the time from `start` to `end`; by the monotonic clock when that is possible."""
    if start.boot == end.boot:
        return Span(max(0.0, end.mono - start.mono), certain=True)
    return Span(max(0.0, (end.wall - start.wall).total_seconds()), certain=False)


def wall_at(seconds: float) -> datetime:
    """Return the aware UTC time `seconds` after the epoch."""
    return datetime.fromtimestamp(seconds, UTC)
