"""Spared and repeated trips, as far as they can be known without asking who somebody is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.reports.columns import NOT_SERVED

_REACHED = ("done", "received", "advised")
_FINISHED = ("done", "received")


@dataclass(frozen=True, slots=True)
class Travel:
    """Trips of a period.

    Assumptions, to be printed beside the figures: nobody's identity is kept, so a person who comes
    again is a new visit; a case that ends at another office or online is not seen.
    """

    referrals: int
    """People told at the kiosk that the matter is done elsewhere: no queueing for nothing."""
    papers_missing: int
    """Served visits that must be made again for want of papers."""
    wrong_place: int
    """Served visits that turned out, at the counter, to belong elsewhere."""
    served: int
    """Visits that ended at a counter with an outcome."""
    finished: int
    """Cases that came to an end for the visitor: outcome `done` or `received`."""
    reached: int
    """Served visits that reached what they came for: `done`, `received` or `advised`."""

    @property
    def visits_per_finished_case(self) -> float | None:
        """Served visits ÷ finished cases."""
        return self.served / self.finished if self.finished else None

    @property
    def resolved_share(self) -> float | None:
        """Reached ÷ served: visits that need not be made again. 0 … 1."""
        return self.reached / self.served if self.served else None


def travel(ends: Mapping[str, int], referrals: int) -> Travel:
    """Return the trips of visits that ended as `ends` says (outcome → visits)."""
    return Travel(
        referrals=referrals,
        papers_missing=ends.get("papers_missing", 0),
        wrong_place=ends.get("wrong_place", 0),
        served=sum(visits for end, visits in ends.items() if end not in NOT_SERVED),
        finished=sum(ends.get(end, 0) for end in _FINISHED),
        reached=sum(ends.get(end, 0) for end in _REACHED),
    )
