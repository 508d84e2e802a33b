"""What every section of the benchmarks is given."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.quota import Quota
from benchmarks.table import Figures


@dataclass(slots=True)
class Run:
    """One run: where it may write, how thorough it is, and what it found."""

    folder: Path
    figures: Figures
    quick: bool = False
    quota: Quota | None = None
    history: Path | None = None
    """A home with a year of history, kept from run to run; None makes one."""
    tell: Callable[[str], None] = print
    _homes: itertools.count[int] = field(default_factory=itertools.count)

    def fresh(self) -> Path:
        """Return the path of a new folder."""
        return self.folder / f"home-{next(self._homes)}"

    def few(self, usual: int, quick: int) -> int:
        """Return how often to repeat: as usual, or fewer times in a quick run."""
        return quick if self.quick else usual
