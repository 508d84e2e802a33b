"""Where a ticket stands, for the visitor who holds it: on the kiosk and on a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from motcua import formats
from motcua.kiosk.line import wait_sentence
from motcua.kiosk.naming import own_name, procedure_name
from motcua.queue.ticket import State

if TYPE_CHECKING:
    from motcua.kiosk.naming import Name
    from motcua.kiosk.opening import Say
    from motcua.office import Office
    from motcua.queue.day import Day
    from motcua.queue.ticket import Ticket

_OUTCOMES = {
    "done": "Finished: the result has been handed over.",
    "received": "Finished: your papers were taken in. Please keep the receipt.",
    "advised": "Finished: you have been given guidance.",
    "papers_missing": "Finished: some papers are still missing.",
    "wrong_place": "Finished: this is done at another office.",
    "not_possible": "Finished: this was not possible today.",
}
_STATES = {
    State.MISSED: "Your number was called, but nobody came.",
    State.HELD: "Your number is kept: the counter will call you again.",
    State.TRANSFERRED: "You are being sent on to another counter.",
    State.CANCELLED: "This number has been given back.",
    State.UNSERVED: "The day ended before your turn. We are sorry.",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A ticket as its holder sees it."""

    seq: int
    """Number of the last event it was read at."""
    ticket_id: str
    """The visit's first ticket: what its link names."""
    number: str
    state: State
    service: str
    name: Name | None
    """Of the procedure, when one was chosen."""
    headline: str
    """Where it stands, in one sentence."""
    wait: str
    """The expected wait in a sentence; empty when unknown or over."""
    counter: int | None
    papers: tuple[str, ...]
    """To bring; or, when papers were found missing, those."""
    language: str
    """The visitor's choice when the number was taken."""

    @property
    def is_called(self) -> bool:
        """Return whether a counter is waiting for the visitor."""
        return self.state is State.CALLED

    @property
    def may_cancel(self) -> bool:
        """Return whether the number can be given back."""
        return self.state is State.WAITING

    @property
    def may_return(self) -> bool:
        """Return whether the visitor may line up again."""
        return self.state is State.MISSED

    @property
    def is_over(self) -> bool:
        """Return whether nothing more will happen to it."""
        return self.state in (State.FINISHED, State.CANCELLED, State.UNSERVED)


def standing(day: Day, ticket_id: str, office: Office, say: Say, language: str) -> Standing | None:
    """Return how the visit of a ticket stands; None when there is no such ticket today."""
    ticket = day.current(ticket_id)
    if ticket is None:
        return None
    rules = office.rules
    procedure = rules.procedures.get(ticket.procedure or "")
    service = rules.services.get(ticket.service)
    missing = ticket.papers if ticket.outcome == "papers_missing" else ()
    return Standing(
        seq=day.seq,
        ticket_id=ticket.visit,
        number=ticket.number,
        state=ticket.state,
        service=own_name(service, language) if service else ticket.service,
        name=procedure_name(procedure, language) if procedure else None,
        headline=_headline(day, ticket, say, language),
        wait=_wait(day, ticket, office, say, language),
        counter=ticket.counter if ticket.at_counter else None,
        papers=missing or (procedure.papers if procedure else ()),
        language=ticket.language,
    )


def ahead_sentence(people: int, say: Say, language: str) -> str:
    """Return how many people are called first."""
    if people == 0:
        return say("You are next")
    if people == 1:
        return say("1 person ahead of you")
    return say("%(n)s people ahead of you", n=formats.number(people, language))


def _headline(day: Day, ticket: Ticket, say: Say, language: str) -> str:
    if ticket.state is State.WAITING:
        return ahead_sentence(day.ahead(ticket), say, language)
    if ticket.state is State.CALLED:
        return say("Please go to counter %(counter)s now", counter=ticket.counter)
    if ticket.state is State.SERVING:
        return say("You are being served at counter %(counter)s", counter=ticket.counter)
    if ticket.state is State.FINISHED:
        return say(_OUTCOMES.get(ticket.outcome or "", "Finished."))
    return say(_STATES[ticket.state])


def _wait(day: Day, ticket: Ticket, office: Office, say: Say, language: str) -> str:
    if ticket.state is not State.WAITING:
        return ""
    ahead = day.ahead(ticket)
    expected = office.foretell(day, ticket.service, office.now(), ticket.priority, ahead)
    return wait_sentence(expected.low_s, expected.high_s, say, language) if expected else ""
