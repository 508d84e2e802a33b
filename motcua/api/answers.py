"""What programs get: tickets, counters, procedures and the board as JSON."""

from __future__ import annotations

from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any

from flask import request

from motcua.queue.forecast import BASIS
from motcua.queue.ticket import State

if TYPE_CHECKING:
    from datetime import datetime

    from motcua.office import Office
    from motcua.queue.day import Call, Counter, Day
    from motcua.queue.moment import Moment
    from motcua.queue.procedure import Procedure
    from motcua.queue.ticket import Ticket
    from motcua.settings import Centre

Json = dict[str, Any]
_AS_IT_IS = (
    "id", "number", "service", "procedure", "priority", "counter", "visit", "leg", "purpose",
    "language", "outcome",
)  # fmt: skip
"""Fields of a ticket that programs get unchanged."""


class Answers:
    """Turns what the day knows into JSON, with the centre's time zone and address."""

    def __init__(self, office: Office, centre: Centre) -> None:
        """Answer for a centre."""
        self._office = office
        self._rules = office.rules
        self._centre = centre

    def time(self, day: Day, moment: Moment | None) -> str | None:
        """Return a moment as ISO 8601 with the centre's offset."""
        return self.iso(day.true_time(moment)) if moment else None

    def iso(self, at: datetime) -> str:
        """Return an aware time as ISO 8601 with the centre's offset."""
        return self._rules.hours.local(at).isoformat(timespec="milliseconds")

    def ticket(self, day: Day, ticket: Ticket, *, issued_now: bool = False) -> Json:
        """Return a ticket; just issued, with what the visitor was told, else as things stand."""
        ahead = ticket.ahead if issued_now else day.ahead(ticket)
        waits = ticket.state is State.WAITING
        told = _told(ticket) if issued_now else self._expected(day, ticket, ahead)
        return {
            **{name: getattr(ticket, name) for name in _AS_IT_IS},
            "state": ticket.state.value,
            "issued_at": self.time(day, ticket.first_issued),
            "called_at": self.time(day, ticket.called),
            "started_at": self.time(day, ticket.started),
            "finished_at": self.time(day, ticket.ended),
            "ahead": ahead,
            "wait": _wait(*told) if waits and told else None,
            "follow_url": self.follow_url(ticket),
        }

    def _expected(self, day: Day, ticket: Ticket, ahead: int) -> tuple[float, float] | None:
        if ticket.state is not State.WAITING:
            return None
        at = self._office.now()
        told = self._office.foretell(day, ticket.service, at, ticket.priority, ahead)
        return (told.low_s, told.high_s) if told else None

    def follow_url(self, ticket: Ticket) -> str:
        """Return the address a phone follows the visit at."""
        base = self._centre.public_url or request.host_url
        return f"{base.rstrip('/')}/t/{ticket.visit}"

    def counter(self, day: Day, counter: Counter, acted_on: Ticket | None = None) -> Json:
        """Return a counter, with its usual services while it was not opened today.

        An earlier answer is given again when `day` may no longer know the ticket `acted_on`.
        """
        mine = acted_on is not None and acted_on.id == counter.ticket
        ticket = acted_on if mine else day.tickets.get(counter.ticket or "")
        return {
            "number": counter.number,
            "state": counter.state.value,
            "services": list(counter.services or self._rules.counters.get(counter.number, ())),
            "ticket": ticket.number if ticket else None,
        }

    def services(self, day: Day) -> list[Json]:
        """Return the services with how many wait for each."""
        return [
            {
                "letter": service.letter,
                "name_vi": service.name_vi,
                "name_en": service.name_en,
                "waiting": len(day.line(service.letter)),
            }
            for service in self._rules.services.values()
        ]

    def queue(self, day: Day) -> list[Json]:
        """Return every waiting, called, serving and held ticket, a service after the other.

        Within a service: those at a counter first, then the waiting in the order of calling, then
        the held.
        """
        at_counters = [day.tickets[c.ticket] for c in day.counters.values() if c.ticket]
        held = day.set_aside(State.HELD)
        return [
            self.ticket(day, ticket)
            for letter in self._rules.services
            for ticket in (
                *(one for one in at_counters if one.service == letter),
                *day.waiting(letter),
                *(one for one in held if one.service == letter),
            )
        ]

    def call(self, day: Day, call: Call) -> Json:
        """Return a call as the hall sees it."""
        return {
            "number": call.number,
            "counter": call.counter,
            "service": call.service,
            "state": day.tickets[call.ticket].state.value,
            "called_at": self.time(day, call.at),
            "recalls": call.recalls,
            "seq": call.seq,
        }


def procedure_json(procedure: Procedure) -> Json:
    """Return a procedure with every field of the catalogue; unverified ones are null or empty."""
    fields = {name: getattr(procedure, name) for name in procedure.__slots__}
    return {name: _plain(value) for name, value in fields.items()}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value


def _told(ticket: Ticket) -> tuple[float, float] | None:
    if ticket.low_s is None or ticket.high_s is None:
        return None
    return ticket.low_s, ticket.high_s


def _wait(low_s: float, high_s: float) -> Json:
    return {"low_min": int(low_s // 60), "high_min": ceil(high_s / 60), "basis": BASIS}
