"""Who is next: the people waiting for one service, in the order they will be called.

First come, first served by issue time less the priority group's credit. The credit is bounded, so
a ticket can be overtaken only by tickets issued less than the largest credit after it: nobody
starves. A returned or transferred ticket keeps the issue time of its visit.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class Line:
    """The places of one service. Finding a place costs a binary search, however many wait."""

    places: list[Place] = field(default_factory=list)
    """Always sorted."""

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self.places)

    def __iter__(self) -> Iterator[str]:
        """Yield ticket ids in the order of calling."""
        return (place.ticket for place in self.places)

    def first(self) -> str | None:
        """Return the ticket that is next, if any."""
        return self.places[0].ticket if self.places else None

    def add(self, place: Place) -> None:
        """Let a ticket wait."""
        insort(self.places, place)

    def remove(self, place: Place) -> None:
        """Take a ticket out; it must be in."""
        index = bisect_left(self.places, place)
        if self.places[index : index + 1] != [place]:
            raise KeyError(place.ticket)
        del self.places[index]

    def ahead(self, place: Place) -> int:
        """Return how many would be called before `place`, whether it is in the line or not."""
        return bisect_left(self.places, place)
