"""What the office asks of whoever keeps its records; `motcua.journal` is who does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from motcua.mendable import MendableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from motcua.queue.record import Record


class JournalError(MendableError):
    """The journal could not keep the records; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Something a journal found broken, and what it did about it."""

    file: str
    line: int | None
    """The damaged line; None when the end of the file was torn."""
    cut: bool
    """True: a torn end was cut; nobody was ever told it was kept. False: a line that was kept is
    passed over, the rest serves."""
    bytes_lost: int = 0
    after: int = 0
    """Number of the last sound record before it in its day, 0 when there is none."""
    records: int = 0
    """How many numbers given may be hidden in it, at most."""


class Journal(Protocol):
    """Keeps records for good, a business day at a time."""

    damage: list[Damage]

    def append(self, records: Sequence[Record]) -> None:
        """Keep `records`, all of one day, all or none, before returning."""

    def read(self, day: str) -> Iterator[Record]:
        """Yield the sound records of a day in order."""
        ...

    def days(self) -> list[str]:
        """Return the days that have records, oldest first."""
        ...

    def mark(self, day: str) -> str:
        """Return a short name of what the journal holds of a day: other records, another mark."""
        ...

    def forget(self, day: str) -> None:
        """Remove what is held of a closed day, for good; its sums are kept elsewhere."""

    def close(self) -> None:
        """Let go of files and connections."""
