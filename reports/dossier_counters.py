"""Dossiers as the counters saw them: what a centre's own record tells without the national system.

Known: a dossier was taken, when, for which procedure, and whether its result was in the
applicant's hand in the same visit. Not known: when any other dossier was settled. Nobody's identity
is kept, and results also go out by post and online, so receipts and results are not matched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.day_table import DayTable, Leg
from motcua.queue.hours import Hours
from motcua.reports.dossier_due import DueDays
from motcua.reports.dossiers import Channel, Dossier, Tally, tally
from motcua.reports.period import Period

LOOK_BACK = timedelta(days=60)
"""Dossiers taken so long before a period are looked at for those that fall due in it."""


@dataclass(frozen=True, slots=True)
class Counters:
    """What the counters did about dossiers in a period."""

    taken: int
    """A receipt was given."""
    at_once: int
    """Taken and settled in one visit."""
    handed_out: int
    """Results handed to people who came to collect one."""
    due: int
    """Of those taken in the period or up to `LOOK_BACK` before it: fall due in the period."""


def counted(
    days: Iterable[DayTable], period: Period, as_of: date, dues: DueDays, hours: Hours
) -> tuple[Tally, Counters]:
    """Count the dossiers the counters saw.

    Args:
        days: from `LOOK_BACK` before the period to its end.
        period: whose report this is.
        as_of: the day at whose end they are looked at.
        dues: know when a dossier is due.
        hours: give the local time.
    """
    sums = {"taken": 0, "at_once": 0, "handed_out": 0, "due": 0}

    def seen() -> Iterator[Dossier]:
        for leg in (leg for day in days for leg in day.legs):
            inside = period.first.isoformat() <= leg.day <= period.last.isoformat()
            sums["handed_out"] += inside and _collected(leg)
            dossier = dossier_of(leg, dues, hours)
            if dossier is None:
                continue
            sums["taken"] += inside and dossier.settled is None
            sums["at_once"] += inside and dossier.settled is not None
            open_and_due = dossier.settled is None and dossier.due is not None
            sums["due"] += open_and_due and dossier.due is not None and period.holds(dossier.due)
            yield dossier

    counts = tally(seen(), period, as_of)
    return counts, Counters(**sums)


def dossier_of(leg: Leg, dues: DueDays, hours: Hours) -> Dossier | None:
    """Return the dossier a leg is about; None when it is about none.

    `received`: taken. `done` for a visit to submit, to file online with help, or whose purpose
    nobody stated: taken and settled at once. `done` for collecting is a result handed out, for
    asking an answer: no dossier was taken.
    """
    at_once = leg.outcome == "done" and leg.purpose in ("submit", "assist", None)
    if leg.outcome != "received" and not at_once:
        return None
    day, procedure = date.fromisoformat(leg.day), leg.procedure or ""
    taken_at = leg.finished_at or leg.started_at or leg.issued_at
    due = dues.due(procedure, day, hours.local(taken_at).time())
    channel = Channel.ASSISTED if leg.purpose == "assist" else Channel.IN_PERSON
    if at_once:
        return Dossier(procedure, day, channel, due or day, day)
    return Dossier(procedure, day, channel, due, recorded=False)


def _collected(leg: Leg) -> bool:
    return leg.outcome == "done" and leg.purpose == "collect"
