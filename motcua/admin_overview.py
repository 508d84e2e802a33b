"""The box at a glance, its journal, and the presses that belong to them."""

from __future__ import annotations

import platform
from datetime import date
from typing import TYPE_CHECKING

from motcua import web
from motcua.access import Role
from motcua.admin_machinery import MachineryError
from motcua.queue.commands import CloseDay, ConfirmClock
from motcua.queue.errors import QueueError
from motcua.queue.ticket import State
from motcua.record_keeping import JournalError
from motcua.web import role

if TYPE_CHECKING:
    from flask import Blueprint
    from werkzeug.wrappers import Response as AnyResponse

    from motcua.admin_desk import AdminDesk
    from motcua.queue.commands import Command

_DAYS_SHOWN = 14
_UNRECORDED = "Nothing can be recorded now, so nothing was done: look at the disk."


def add_overview(blueprint: Blueprint, desk: AdminDesk) -> None:
    """Add the page one comes to first, the journal's page, and their presses."""
    _add_pages(blueprint, desk)

    @blueprint.post("/day")
    @role(Role.ADMIN)
    def close_day() -> AnyResponse:
        """Close the business day."""
        refused = _refused(desk, CloseDay())
        if refused is None:
            web.sessions().keep_over_day_close()
        return refused or desk.done("overview", web.say("The business day is closed."))

    @blueprint.post("/clock")
    @role(Role.ADMIN)
    def confirm_clock() -> AnyResponse:
        """Say that the clock is right."""
        told = web.say("The clock is taken to be right.")
        return _refused(desk, ConfirmClock()) or desk.done("overview", told)

    @blueprint.post("/backup")
    @role(Role.ADMIN)
    def back_up() -> AnyResponse:
        """Make a copy on the second medium now."""
        try:
            seq = desk.machinery.copy_now()
        except MachineryError as error:
            return desk.refuse("overview", web.say(str(error)), 409, **_box(desk))
        told = web.say("A whole copy was made, up to event %(n)s.", n=seq)
        return desk.done("overview", told)


def _add_pages(blueprint: Blueprint, desk: AdminDesk) -> None:
    @blueprint.get("")
    @role(Role.ADMIN)
    def overview() -> str:
        """Show how the box is."""
        return desk.page("overview", **_box(desk))

    @blueprint.get("/journal")
    @role(Role.ADMIN)
    def journal() -> str:
        """Show what is recorded, and what was found broken."""
        days = [date.fromisoformat(day) for day in desk.machinery.journal_days()]
        shown = days[: -_DAYS_SHOWN - 1 : -1]
        return desk.page(
            "journal", days=days, shown=shown, damage=desk.machinery.damage(), seq=desk.office.seq,
            rows=desk.machinery.rows(),
        )  # fmt: skip


def _refused(desk: AdminDesk, command: Command) -> AnyResponse | None:
    """Do what was pressed; return the page that tells why not, None when it was done."""
    try:
        desk.office.execute(command)
    except QueueError as error:
        trouble = web.say(error.sentence, **error.details)
        return desk.refuse("overview", trouble, 409, **_box(desk))
    except JournalError:
        return desk.refuse("overview", web.say(_UNRECORDED), 503, **_box(desk))
    return None


def _box(desk: AdminDesk) -> dict[str, object]:
    """Return what the overview shows."""
    office, machinery = desk.office, desk.machinery
    now = office.now()
    with office.today() as day:
        visits = len(day.legs)
        waiting = sum(ticket.state is State.WAITING for ticket in day.tickets.values())
        busy = [counter.number for counter in day.counters.values() if counter.ticket]
        opened, closed, seq, name, dated = day.opened, day.closed, day.seq, day.date, day.dated
    streams, most_streams = machinery.streams()
    return {
        "now": office.rules.hours.local(now.wall), "opened": opened, "closed": closed, "seq": seq,
        "visits": visits, "waiting": waiting, "busy": busy, "streams": streams,
        "most_streams": most_streams, "printers": machinery.printers(),
        "days": len(machinery.journal_days()),
        "damage": sum(not place.cut for place in machinery.damage()),
        "procedures": len(machinery.catalogue().procedures), "version": machinery.version(),
        "python": platform.python_version(), "copies": machinery.copies(), "disk": machinery.disk(),
        "dated": dated, "steps": machinery.clock_steps(name),
    }  # fmt: skip
