"""Decisions: a command either gives the events that follow from it, or is refused.

`decide` changes nothing; a `QueueError` means that nothing happened.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Any

from motcua.queue import commands as c
from motcua.queue import desk
from motcua.queue import events as e
from motcua.queue.dating import NO_DATE, stand
from motcua.queue.doors import gives_numbers
from motcua.queue.errors import QueueError, check_text
from motcua.queue.forecast import BASIS, Foretell, silent
from motcua.queue.line import Place
from motcua.queue.situation import Situation
from motcua.queue.ticket import LANGUAGES, PURPOSES, TRANSITIONS, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from motcua.queue.day import Answer, Day
    from motcua.queue.moment import Moment
    from motcua.queue.procedure import Procedure
    from motcua.queue.rules import Rules

_AFTER_THE_CLOSE = (c.GiveFeedback, c.GiveReferral, c.ConfirmClock)
_RATINGS = (1, 2, 3)
_KIOSK_CHARS = 40


def decide(  # noqa: PLR0913, PLR0917 - all that a decision depends on
    day: Day,
    command: c.Command,
    at: Moment,
    rules: Rules,
    fresh_id: str,
    foretell: Foretell = silent,
) -> list[e.Event]:
    """Return what follows from `command`.

    Args:
        day: the business day so far.
        command: what is wanted.
        at: now.
        rules: what the centre has decided.
        fresh_id: an unguessable id nobody has used: becomes the ticket's, if one is issued.
        foretell: tells how long somebody will wait, if that is known.

    Raises:
        QueueError: the rules refuse it; nothing has changed.
    """
    if day.closed and not isinstance(command, _AFTER_THE_CLOSE):
        raise QueueError("day.closed", "This business day is closed.")
    return _DECIDE[type(command)](Situation(day, rules, at, fresh_id, foretell), command)


def repeat(first: Answer, command: c.Command) -> Answer:
    """Return the first answer to a request that comes again.

    Raises:
        QueueError: `request.reused`: it is another command this time.
    """
    counter = first.counter and first.counter.number
    if (first.command, counter) != (type(command).__name__, getattr(command, "counter", None)):
        sentence = "This request id was used for another command."
        raise QueueError("request.reused", sentence, "invalid")
    return replace(first, repeated=True)


def find_procedure(rules: Rules, code: str, at: Moment) -> Procedure:
    """Return a procedure of the catalogue that is in force.

    Raises:
        QueueError: `procedure.unknown` or `procedure.expired`.
    """
    procedure = rules.procedures.get(code)
    if procedure is None:
        sentence = "There is no procedure %(procedure)s in the catalogue."
        raise QueueError("procedure.unknown", sentence, "not_found", procedure=code)
    if not procedure.in_force(rules.hours.date(at.wall)):
        sentence = "The procedure %(procedure)s is not in force today."
        raise QueueError("procedure.expired", sentence, procedure=code)
    return procedure


def _issue(given: Situation, command: c.IssueTicket) -> list[e.Event]:
    service = _service_of(given, command)
    _one_of("purpose", command.purpose, PURPOSES)
    _one_of("language", command.language, LANGUAGES)
    check_text("kiosk", command.kiosk, _KIOSK_CHARS)
    credit_s = _credit(given, command.priority)
    _open_for_visitors(given)
    day = given.day
    place = Place(day.line_s(given.at) - credit_s, len(day.legs), given.fresh_id)
    ahead = day.line(service).ahead(place)
    issued = e.TicketIssued(
        ticket=given.fresh_id, number=day.next_number(service), service=service,
        procedure=command.procedure, priority=command.priority, credit_s=credit_s,
        purpose=command.purpose, language=command.language, ahead=ahead, kiosk=command.kiosk,
    )  # fmt: skip
    told = given.foretell(day, service, given.at, command.priority, ahead)
    if told:
        low_s, high_s = int(told.low_s), ceil(told.high_s)
        issued = replace(issued, low_s=low_s, high_s=high_s, basis=BASIS)
    return [issued]


def _service_of(given: Situation, command: c.IssueTicket) -> str:
    if command.procedure is None:
        return desk.known_service(given.rules, command.service or "")
    procedure = find_procedure(given.rules, command.procedure, given.at)
    if procedure.elsewhere:
        raise QueueError(
            "procedure.elsewhere",
            "This is not done here but at: %(place)s.",
            procedure=procedure.code, name=procedure.name_vi, place=procedure.place,
            address=procedure.address, hours=procedure.hours, online_url=procedure.online_url,
        )  # fmt: skip
    return desk.known_service(given.rules, procedure.service)


def _credit(given: Situation, priority: str | None) -> int:
    if priority is None:
        return 0
    _one_of("priority", priority, tuple(given.rules.priorities))
    return given.rules.priorities[priority].credit_s


def _one_of(name: str, value: str | None, allowed: tuple[str, ...]) -> None:
    if value is not None and value not in allowed:
        sentence = "%(value)s is no %(name)s; choose one of: %(allowed)s."
        raise QueueError(
            f"{name}.unknown", sentence, "invalid", name=name, value=value,
            allowed=", ".join(allowed),
        )  # fmt: skip


def _open_for_visitors(given: Situation) -> None:
    hours = given.rules.hours
    if not gives_numbers(given.day, hours, given.at):
        opening = hours.next_opening(given.at.wall)
        raise QueueError(
            "centre.closed",
            "The centre gives no numbers now.",
            next_opening=opening.isoformat() if opening else None,
        )


def _return(given: Situation, command: c.ReturnTicket) -> list[e.Event]:
    ticket = desk.known_ticket(given.day, command.ticket)
    if ticket.state is State.WAITING:
        raise QueueError("ticket.waiting", "%(number)s is waiting already.", number=ticket.number)
    return [desk.moved(ticket, e.TicketReturned(ticket.id))]


def _cancel(given: Situation, command: c.CancelTicket) -> list[e.Event]:
    ticket = desk.known_ticket(given.day, command.ticket)
    return [desk.moved(ticket, e.TicketCancelled(ticket.id))]


def _refer(given: Situation, command: c.GiveReferral) -> list[e.Event]:
    procedure = find_procedure(given.rules, command.procedure, given.at)
    if not procedure.elsewhere:
        raise QueueError("procedure.here", "%(procedure)s is done here.", procedure=procedure.code)
    return [e.ReferralGiven(procedure.code, procedure.place)]


def _rate(_: Situation, command: c.GiveFeedback) -> list[e.Event]:
    if command.rating not in _RATINGS:
        raise QueueError("rating.unknown", "A rating is 1, 2 or 3.", "invalid")
    return [e.FeedbackGiven(command.rating)]


def _close_day(given: Situation, _: c.CloseDay) -> list[e.Event]:
    if any(counter.ticket for counter in given.day.counters.values()):
        raise QueueError("day.busy", "A counter is still serving; finish there first.")
    return closing(given.day)


def _confirm(given: Situation, _: c.ConfirmClock) -> list[e.Event]:
    hours = given.rules.hours
    if stand(given.day, given.at, hours).date != NO_DATE:
        raise QueueError("clock.known", "Nothing speaks against the clock.")
    return [e.DayDated(hours.date(given.at.wall).isoformat())]


def closing(day: Day) -> list[e.Event]:
    """Return the events that end a day, whatever is still open.

    Whoever was called and never came is missed; whoever waits, is held or missed stays unserved. A
    ticket still being served keeps that state: when it was finished, nobody knows.
    """
    missed = [
        e.TicketMissed(ticket.id, ticket.counter or 0)
        for ticket in day.tickets.values()
        if ticket.state is State.CALLED
    ]
    leaves = (*TRANSITIONS[e.TicketUnserved], State.CALLED)
    unserved = [
        e.TicketUnserved(ticket.id) for ticket in day.tickets.values() if ticket.state in leaves
    ]
    return [*missed, *unserved, e.DayClosed()]


_DECIDE: dict[type[c.Command], Callable[[Situation, Any], list[e.Event]]] = {
    c.IssueTicket: _issue,
    c.ReturnTicket: _return,
    c.CancelTicket: _cancel,
    c.GiveReferral: _refer,
    c.GiveFeedback: _rate,
    c.CloseDay: _close_day,
    c.ConfirmClock: _confirm,
    **desk.DECIDE,
}
