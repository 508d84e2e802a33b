"""Trips: made, made in vain, and spared, as far as they show without asking who somebody is.

Of visits, by the end of their last leg:
  served   = ended at a counter with an outcome
  finished = `done` or `received`: the matter came to an end for the visitor
  reached  = finished or `advised`: got what they came for
  in vain  = served − reached: papers missing, wrong place, not possible
Nobody's identity is kept: somebody who comes again is a new visit, and what ends at another office
or online is not seen. Whoever is told at the kiosk that the matter is done elsewhere has come
already: spared is the queueing, not the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from motcua.reports.bounds import Bounds, total
from motcua.reports.columns import NOT_SERVED, Columns
from motcua.reports.spread import FEWEST, quantile

_REACHED = ("done", "received", "advised")
_FINISHED = ("done", "received")


@dataclass(frozen=True, slots=True)
class Trips:
    """Visits by how they ended."""

    papers_missing: int
    """Served visits that must be made again for want of papers."""
    wrong_place: int
    """Served visits that turned out, at the counter, to belong elsewhere."""
    not_possible: int
    """Served visits in vain because a person or system was missing."""
    served: int
    """Visits that ended at a counter with an outcome."""
    finished: int
    """Visits that ended `done` or `received`."""
    reached: int
    """Visits that ended `done`, `received` or `advised`."""

    @property
    def in_vain(self) -> int:
        """Served visits that did not reach what they came for."""
        return self.served - self.reached

    @property
    def visits_per_finished_case(self) -> float | None:
        """Served visits ÷ finished cases."""
        return self.served / self.finished if self.finished else None

    @property
    def resolved_share(self) -> float | None:
        """Reached ÷ served: visits that need not be made again. 0 … 1.

        It is the share of *persons* resolved on their first visit if nobody who came in vain came
        again in the period.
        """
        return self.reached / self.served if self.served else None

    @property
    def resolved_share_if_all_return(self) -> float | None:
        """(reached − in vain) ÷ reached, at least 0: persons resolved on their first visit. 0 … 1.

        It holds if everybody who came in vain came back once and then succeeded: so many of the
        reached visits were second ones. As long as nobody comes in vain twice, the share of persons
        lies between this and `resolved_share`.
        """
        return max(0, self.reached - self.in_vain) / self.reached if self.reached else None


@dataclass(frozen=True, slots=True)
class Queueing:
    """Waiting that people told at the kiosk were spared, as if they had queued once that day.

    Their own wait cannot be known: they never queued, and the hour is not kept. So each is given
    the middle half of the waits of their day: low and high are the sums of its lower and upper
    quartiles, value is the sum of its medians.
    """

    people: int
    """Those reckoned."""
    left_out: int
    """Those told on days with fewer than five measured waits: not reckoned."""
    days: int
    """Days reckoned."""
    seconds: Bounds | None
    """None: nobody was reckoned."""


@dataclass(frozen=True, slots=True)
class Travel:
    """Trips of a period."""

    trips: Trips
    by_procedure: Mapping[str, Trips]
    """Code → its trips, whatever their number: hide the small ones where they are told. The empty
    code holds visits that stated no procedure."""
    referrals: int
    """People told at the kiosk that the matter is done elsewhere: no queueing for nothing."""
    queueing: Queueing


def travel(columns: Columns) -> Travel:
    """Return the trips of a period."""
    return Travel(
        trips=_trips(columns.visit_ends),
        by_procedure={
            str(code): _trips(part.ends())  # a visit's other legs ended `transferred`
            for code, part in columns.parts("procedure", columns.procedures).items()
        },
        referrals=columns.referrals.total(),
        queueing=_queueing(columns),
    )


def _trips(ends: Mapping[str, int]) -> Trips:
    """Return the trips of visits that ended as `ends` says (outcome → visits)."""
    return Trips(
        papers_missing=ends.get("papers_missing", 0),
        wrong_place=ends.get("wrong_place", 0),
        not_possible=ends.get("not_possible", 0),
        served=sum(visits for end, visits in ends.items() if end not in NOT_SERVED),
        finished=sum(ends.get(end, 0) for end in _FINISHED),
        reached=sum(ends.get(end, 0) for end in _REACHED),
    )


def _queueing(columns: Columns) -> Queueing:
    days = list(_referred_days(columns))
    people = sum(referred for referred, _ in days)
    seconds = total(quartiles.times(referred) for referred, quartiles in days) if days else None
    return Queueing(people, columns.referrals.total() - people, len(days), seconds)


def _referred_days(columns: Columns) -> Iterator[tuple[int, Bounds]]:
    """Yield (people told, quartiles of the waits) of each day that has both."""
    parts = columns.parts("day", columns.by_day)
    for day, people in columns.referred.items():
        waits = parts[day].spent("wait") if people and day in parts else ()
        if len(waits) >= FEWEST:
            yield people, Bounds(*(quantile(waits, p) for p in (0.25, 0.5, 0.75)))
