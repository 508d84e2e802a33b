"""What is done in an office whose clock is wrong, and what its journal says of it."""

from __future__ import annotations

from datetime import date, timedelta

from motcua.archive import Archive
from motcua.journal.memory import MemoryJournal
from motcua.office import Office
from motcua.queue import commands as c
from motcua.queue.events import DayDated
from motcua.queue.hours import Hours, Shift
from tests.journal.journal_days import EIGHT, RULES

YEAR = timedelta(days=365)
LAST_YEAR = (EIGHT - YEAR).date().isoformat()
WORKDAYS = Hours(
    ((Shift(EIGHT.time().replace(hour=7), EIGHT.time().replace(hour=17)),),) * 5 + ((), ()),
    RULES.hours.zone,
)


def take(office: Office) -> str:
    """Let a visitor take a number; return it."""
    answer = office.execute(c.IssueTicket(service="A"))
    assert answer.ticket
    return answer.ticket.number


def call(office: Office) -> str:
    """Let counter 1 call and serve the next visitor; return the number."""
    answer = office.execute(c.CallNext(1))
    office.execute(c.StartService(1))
    office.execute(c.FinishTicket(1, "done"))
    assert answer.ticket
    return answer.ticket.number


def dates(journal: MemoryJournal) -> list[str]:
    """Return the dates that were recorded, in their order."""
    return [
        record.event.date
        for day in journal.days()
        for record in journal.read(day)
        if isinstance(record.event, DayDated)
    ]


def reported(journal: MemoryJournal) -> dict[str, list[tuple[str, float | None]]]:
    """Return date → (number, wait) of everybody, as reports have them."""
    rows: dict[str, list[tuple[str, float | None]]] = {}
    for table in Archive(journal).days(date(2020, 1, 1), date(2035, 12, 31)):
        rows.setdefault(table.day, []).extend((leg.ticket, leg.wait_s) for leg in table.legs)
    return rows
