"""What a decision is taken in: the day so far, the rules, the time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from motcua.queue.forecast import Foretell, silent

if TYPE_CHECKING:
    from motcua.queue.day import Day
    from motcua.queue.moment import Moment
    from motcua.queue.rules import Rules


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything a decision may look at."""

    day: Day
    rules: Rules
    at: Moment
    fresh_id: str
    """An unguessable id nobody has used: becomes the ticket's, if one is issued."""
    foretell: Foretell = silent
    """Tells how long somebody will wait."""
