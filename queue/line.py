"""Who is next: the people waiting for one service, in the order they will be called.

First come, first served by issue time less the priority group's credit. The credit is bounded, so
a ticket can be overtaken only by tickets issued less than the largest credit after it: nobody
starves. A returned or transferred ticket keeps the issue time of its visit.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Place(NamedTuple):
    """A place in a line; smaller is called earlier."""

    since_s: float
    """Issue time less credit, in seconds on the day's time line."""
    order: int
    """Order of issue: decides between equal times."""
    ticket: str


class Line:
    """The places of one service, always sorted. Adding and removing cost a binary search."""

    __slots__ = ("_places",)

    def __init__(self, places: list[Place] | None = None) -> None:
        """Start with `places` in any order."""
        self._places = sorted(places or [])

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._places)

    def __eq__(self, other: object) -> bool:
        """Return whether the same tickets wait in the same places."""
        return isinstance(other, Line) and self._places == other._places

    __hash__ = None  # type: ignore[assignment]

    def __iter__(self) -> Iterator[str]:
        """Yield ticket ids in the order of calling."""
        return (place.ticket for place in self._places)

    def first(self) -> str | None:
        """Return the ticket that is next, if any."""
        return self._places[0].ticket if self._places else None

    def add(self, place: Place) -> None:
        """Let a ticket wait."""
        insort(self._places, place)

    def remove(self, place: Place) -> None:
        """Take a ticket out; it must be in."""
        index = bisect_left(self._places, place)
        if index == len(self._places) or self._places[index] != place:
            raise KeyError(place.ticket)
        del self._places[index]

    def ahead(self, place: Place) -> int:
        """Return how many would be called before `place`, whether it is in the line or not."""
        return bisect_left(self._places, place)
