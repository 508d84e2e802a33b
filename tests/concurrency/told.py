"""What somebody who acted was told: by the office, by the API, or by the model."""

from __future__ import annotations

from typing import Any, NamedTuple

from motcua.queue import commands as c
from motcua.queue.day import Answer, Day
from motcua.queue.ticket import Ticket


class TicketTold(NamedTuple):
    """A ticket as the act left it."""

    id: str
    number: str
    service: str
    state: str
    counter: int | None
    leg: int
    outcome: str | None


class CounterTold(NamedTuple):
    """A counter as the act left it."""

    number: int
    state: str
    services: tuple[str, ...]
    ticket: str | None
    """Number of the ticket at it."""


_COUNTER = CounterTold._fields


class Told(NamedTuple):
    """An answer. A refusal has a code and nothing else."""

    ticket: TicketTold | None = None
    counter: CounterTold | None = None
    code: str = ""
    repeated: bool | None = None
    """Whether it was said to be an earlier answer; None when it was not said."""

    @property
    def said(self) -> tuple[TicketTold | None, CounterTold | None, str]:
        """What must be the same at every repetition."""
        return self.ticket, self.counter, self.code


def told_of(ticket: Ticket) -> TicketTold:
    """Return what is told of a ticket as it stands."""
    return TicketTold(*(getattr(ticket, name) for name in TicketTold._fields))


def told_by_office(answer: Answer, day: Day) -> Told:
    """Return what an answer of the office tells; `day` knows the number of a ticket."""
    counter = None
    if answer.counter:
        number, state, services, ticket = (getattr(answer.counter, name) for name in _COUNTER)
        mine = answer.ticket if answer.ticket and answer.ticket.id == ticket else None
        at_it = (mine or day.tickets[ticket]).number if ticket else None
        counter = CounterTold(number, state, services, at_it)
    ticket_told = told_of(answer.ticket) if answer.ticket else None
    return Told(ticket_told, counter, repeated=answer.repeated)


def told_by_api(command: c.Command, status: int, body: dict[str, Any]) -> Told:
    """Return what an answer of the API tells; anything but an answer or a refusal fails."""
    if "error" in body:
        assert 400 <= status < 500, body
        return Told(code=body["error"]["code"])
    issuing = isinstance(command, c.IssueTicket)
    assert status in (200, 201 if issuing else 200)
    act = body if isinstance(command, c.CounterCommand) else {"ticket": body, "counter": None}
    ticket = {name: act["ticket"][name] for name in TicketTold._fields} if act["ticket"] else None
    counter = act["counter"] and act["counter"] | {"services": tuple(act["counter"]["services"])}
    return Told(
        TicketTold(**ticket) if ticket else None,
        CounterTold(**counter) if counter else None,
        repeated=status == 200 if issuing else None,
    )
