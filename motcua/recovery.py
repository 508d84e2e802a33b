"""Where the office goes on after it was stopped, or after the plug was pulled."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from motcua.queue.day import Day
from motcua.queue.events import DayOpened
from motcua.queue.fold import fold, lose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from motcua.record_keeping import Damage, Journal


def last_day(journal: Journal) -> Day:
    """Return the last day that has records, as far as they can be read.

    No number of an event or a ticket is used twice, whatever is damaged:

    1. Lost records before a sound one show as a gap in the numbers of the events.
    2. Those at the start of the day show against the last event of the day before.
    3. Those at the end show in nothing but the size of the damage: the day passes over as many
       numbers as may be hidden in it.
    """
    *earlier, date = journal.days() or [""]
    day = Day(date)
    if date:
        records = journal.read(date)
        first = next(records, None)
        opens = first is not None and isinstance(first.event, DayOpened)
        day.seq = first.seq - 1 if first and opens else _last_seq(journal, earlier)
        fold(day, chain([first] if first else [], records))
        _pass_over(day, [damage for damage in journal.damage if not damage.cut], opens=opens)
    return day


def _last_seq(journal: Journal, days: Sequence[str]) -> int:
    for day in reversed(days):
        seqs = [record.seq for record in journal.read(day)]
        if seqs:
            return seqs[-1]
    return 0


def _pass_over(day: Day, damage: list[Damage], *, opens: bool) -> None:
    """Pass over the numbers that may have been given in damage no gap tells of."""
    at_start = [one for one in damage if one.after == 0 and one.file.startswith(day.date)]
    at_end = [one for one in damage if one.after >= day.seq or (not day.opened and one in at_start)]
    if opens:
        # The day was opened below damaged lines, when nothing sound was found in its file.
        day.lost += sum(one.records for one in at_start)
    lose(day, sum(one.records for one in at_end))
