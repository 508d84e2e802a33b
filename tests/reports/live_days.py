"""Live days to look at: a story as it stands, usual days made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from motcua.day_table import DayTable, Leg, from_day
from motcua.queue.hours import Hours
from motcua.reports.live_day import LiveDay, live_day
from motcua.reports.live_hall import hall
from motcua.reports.live_usual import Usual, usual
from motcua.reports.wording import Wording
from motcua.words import Words
from tests.queue.queue_story import RULES, Story, moment
from tests.reports.report_days import MONDAY, TARGET_S, at, leg, opened

MORNING = """
    07:30 counter 1 opens A
    08:00 Lan takes A
    08:05 Minh takes A
    08:06 Hoa takes H
    08:10 counter 1 calls next
    08:11 counter 1 starts
    08:20 counter 1 finishes done
    08:25 counter 1 calls next
    08:26 counter 1 misses
    08:30 Tam takes A
    08:32 Hoa cancels
    08:40 Vy takes K
"""
ENGLISH = Wording(Words(), "en", RULES)


def seen(story: Story, clock: str, usually: Usual | None = None) -> LiveDay:
    """Return a story's day as a manager sees it at `clock`."""
    here = hall(story.day, story.rules, moment(clock))
    return live_day(here, from_day(story.day), usually or Usual(), TARGET_S, story.rules.hours)


def came(*clocks: str, day: date = MONDAY, wait_min: float = 5, service: str = "A") -> list[Leg]:
    """Return people who took a number at these times, waited, and were served for ten minutes."""
    return [
        leg(
            clock, day, ticket=f"{service}{n:03}", service=service, wait_s=60 * wait_min,
            called_at=at(clock, day) + timedelta(minutes=wait_min),
            finished_at=at(clock, day) + timedelta(minutes=wait_min + 10), service_s=600.0,
        )
        for n, clock in enumerate(clocks, 1)
    ]  # fmt: skip


def worked(day: date, legs: Sequence[Leg], **facts: object) -> DayTable:
    """Return a closed day with one counter open from half past seven until half past eleven."""
    spans = tuple(opened(1, "07:30", "11:30", day=day))
    return DayTable(day.isoformat(), tuple(legs), spans=spans, **facts)  # type: ignore[arg-type]


def mondays(*tables: DayTable, hours: Hours = RULES.hours) -> Usual:
    """Return what is usual on `MONDAY` by these days."""
    by_day = {date.fromisoformat(table.day): table for table in tables}
    return usual(by_day.get, MONDAY, hours)


def ago(weeks: int) -> date:
    """Return the Monday so many weeks before `MONDAY`."""
    return MONDAY - timedelta(weeks=weeks)


def local(clock: str) -> datetime:
    """Return a time of `MONDAY`."""
    return at(clock)
