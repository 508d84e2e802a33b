"""A slip on its way to paper: what is to be printed, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image


class JobState(StrEnum):
    """Where a slip is."""

    QUEUED = "queued"
    PRINTING = "printing"
    PRINTED = "printed"
    """The printer said so."""
    UNKNOWN = "unknown"
    """Some of it was sent, and nobody can say whether it is on paper."""
    FAILED = "failed"
    """It is not on paper, or not whole: the printer said so, or took nothing."""


UNDER_WAY = frozenset({JobState.QUEUED, JobState.PRINTING})


@dataclass(frozen=True, slots=True)
class Job:
    """A slip to print."""

    id: str
    """The same id again is the same job: it is not printed twice."""
    kind: str
    """`ticket`, `referral` or `test`."""
    draw: Callable[[JobRecord], Image.Image]
    """Called in the spooler's thread, once for each copy."""
    about: str
    """What staff read beside it, e.g. `A015`."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A person's wish for a slip, or for another copy of it."""

    request: str = ""
    """Its id: the same wish sent twice prints once. Empty: every one counts."""
    place: str = ""
    """Where it was asked for: `counter 1`, `kiosk sanh`, `admin`; empty, nobody asked."""
    again: bool = False
    """Whether an earlier copy may be on paper that this box no longer knows of."""


@dataclass(frozen=True, slots=True)
class JobRecord:
    """What became of a job."""

    job: Job
    state: JobState
    changed_at: datetime
    wishes: tuple[Wish, ...] = (Wish(),)
    """One for each copy asked for, the last one last."""
    on_paper: bool = False
    """Whether a copy may be on paper already, so that the next one says that it is another."""
    code: str = ""
    """Of the error when `FAILED`, or when `UNKNOWN` because the line broke; else empty."""
    sentence: str = ""
    """The error in an English message, for translation."""

    @property
    def copies(self) -> int:
        """1, and one more for each reprint."""
        return len(self.wishes)

    @property
    def place(self) -> str:
        """Where the last copy was asked for; empty when it was printed unasked."""
        return self.wishes[-1].place

    def knows(self, wish: Wish) -> bool:
        """Return whether this very wish was heard before."""
        return bool(wish.request) and any(wish.request == one.request for one in self.wishes)
