"""A fact as the journal keeps it: the event, its number and when it happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motcua.queue.events import Event
    from motcua.queue.moment import Moment


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of the journal."""

    seq: int
    """1, 2, 3, … over all days; the number screens compare."""
    day: str
    """Business day it belongs to, `YYYY-MM-DD`."""
    at: Moment
    event: Event
    command: str = ""
    """Name of the command that caused it."""
    request: str | None = None
    """The caller's id for the request; the same id again gets the first answer."""
    left: int = 0
    """Records of the same command that follow; a command is kept whole or not at all."""
