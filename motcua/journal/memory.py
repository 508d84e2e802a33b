"""A journal that forgets when the process ends: for tests and for trying things out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from motcua.queue.record import Record
from motcua.record_keeping import Damage


class MemoryJournal:
    """Keeps records in a list a day."""

    def __init__(self) -> None:
        """Start empty."""
        self._days: dict[str, list[Record]] = {}
        self.damage: list[Damage] = []

    def append(self, records: Sequence[Record]) -> None:
        """Keep `records`, all of one day."""
        self._days.setdefault(records[0].day, []).extend(records)

    def read(self, day: str) -> Iterator[Record]:
        """Yield the records of a day in order."""
        return iter(tuple(self._days.get(day, ())))

    def days(self) -> list[str]:
        """Return the days that have records, oldest first."""
        return sorted(self._days)

    def mark(self, day: str) -> str:
        """Return how many records the day has and the number of the last."""
        records = self._days.get(day, [])
        return f"{len(records)}-{records[-1].seq}" if records else ""

    def forget(self, day: str) -> None:
        """Remove the records of a day."""
        self._days.pop(day, None)

    def close(self) -> None:
        """Do nothing: there is nothing to let go of."""
