"""The load of a counter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Load:
    """What a counter had to do: never how well somebody worked."""

    counter: int
    legs: int = 0
    busy_s: float = 0.0
    """Sum of service times."""
    open_s: float = 0.0
    """Seconds open on days that are over."""
    open_legs: int = 0
    """Legs on those days."""
    open_busy_s: float = 0.0
    """Service time on those days."""
