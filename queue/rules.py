"""What the centre has decided: its services, counters, priority groups, procedures and hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motcua.queue.hours import Hours
    from motcua.queue.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Service:
    """A queue that procedures wait in."""

    letter: str
    """Starts its numbers: `A` gives `A001`."""
    name_vi: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class PriorityGroup:
    """People the centre calls earlier."""

    code: str
    name_vi: str
    name_en: str
    credit_s: int
    """Seconds their tickets are treated as issued earlier."""
    ground: str = ""
    """The rule the centre bases it on, in its own words."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything a decision may depend on besides the day itself."""

    services: Mapping[str, Service]
    counters: Mapping[int, tuple[str, ...]]
    """Counter number → letters of its usual services, in order of preference."""
    hours: Hours
    priorities: Mapping[str, PriorityGroup] = field(default_factory=dict)
    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    undo_s: int = 10
    """How long a clerk may take an act back."""
