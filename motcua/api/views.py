"""What the API does for each address: read the request, ask the office, answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from flask import request

from motcua.api import bodies as b
from motcua.api.answers import Answers, Json, procedure_json
from motcua.queue import commands as c
from motcua.queue.decide import find_procedure
from motcua.queue.errors import QueueError
from motcua.queue.hall import standing_calls
from motcua.queue.ticket import HOLD_REASONS
from motcua.refusals import Refusal
from motcua.request_ids import concealed

if TYPE_CHECKING:
    from collections.abc import Callable

    from motcua.catalogue import Catalogue
    from motcua.office import Office
    from motcua.queue.day import Answer
    from motcua.settings import Centre

USUAL_PROCEDURES = 20
MOST_PROCEDURES = 1000
_COUNT = re.compile(r"[1-9][0-9]{0,3}")
_CALLS = 10


@dataclass(frozen=True, slots=True)
class Api:
    """The views of the API."""

    office: Office
    catalogue: Callable[[], Catalogue]
    centre: Centre
    waits: Callable[[str, str], Json]
    """Gives the report of a range of days; both `YYYY-MM-DD`."""

    @property
    def answers(self) -> Answers:
        """What turns a day into JSON."""
        return Answers(self.office, self.centre)

    def services(self) -> Json:
        """List the services."""
        with self.office.today() as day:
            return {"services": self.answers.services(day)}

    def counters(self) -> Json:
        """List the counters."""
        with self.office.today() as day:
            numbers = self.office.rules.counters
            return {"counters": [self.answers.counter(day, day.counter(n)) for n in numbers]}

    def procedures(self) -> Json:
        """Search the catalogue; without words, list it."""
        limit = _count("limit", USUAL_PROCEDURES)
        day = self.office.rules.hours.date(self.office.now().wall)
        words = request.args.get("q", "").strip()
        found = (
            self.catalogue().search(words, limit, day)
            if words
            else [one for one in self.catalogue().procedures if one.in_force(day)][:limit]
        )
        return {"procedures": [procedure_json(one) for one in found]}

    def procedure(self, code: str) -> Json:
        """Show one procedure."""
        return procedure_json(find_procedure(self.office.rules, code, self.office.now()))

    def issue(self) -> tuple[Json, int]:
        """Take a number."""
        body = b.read_body(b.NewTicket)
        if (body.procedure is None) == (body.service is None):
            sentence = "Name a procedure or a service: one of the two."
            raise Refusal(422, "field.missing", sentence)
        command = c.IssueTicket(
            body.procedure, body.service, body.priority, body.purpose,
            body.language or self.centre.languages[0],
        )  # fmt: skip
        answer = self.office.execute(command, concealed(body.request_id))
        with self.office.today() as day:
            ticket = self.answers.ticket(day, _ticket(answer), issued_now=True)
        return ticket, 200 if answer.repeated else 201

    def ticket(self, ticket_id: str) -> Json:
        """Show one ticket as it stands."""
        with self.office.today() as day:
            ticket = day.tickets.get(ticket_id)
            if ticket is None:
                sentence = "There is no such ticket today."
                raise QueueError("ticket.unknown", sentence, "not_found")
            return self.answers.ticket(day, ticket)

    def return_ticket(self, ticket_id: str) -> Json:
        """Let a missed or held ticket wait again."""
        body = b.read_body(b.Body)
        return self._visitor(c.ReturnTicket(ticket_id), body)

    def cancel_ticket(self, ticket_id: str) -> Json:
        """Give a number back."""
        body = b.read_body(b.Body)
        return self._visitor(c.CancelTicket(ticket_id), body)

    def open(self, number: int) -> Json:
        """Open a counter."""
        body = b.read_body(b.Opening)
        return self._act(c.OpenCounter(number, body.services), body)

    def call(self, number: int) -> Json:
        """Call a chosen ticket."""
        body = b.read_body(b.Choice)
        return self._act(c.CallTicket(number, body.ticket), body)

    def finish(self, number: int) -> Json:
        """End the visit at this counter."""
        body = b.read_body(b.Finish)
        papers = self._asked_papers(number, body.papers)
        return self._act(c.FinishTicket(number, body.outcome, papers), body)

    def hold(self, number: int) -> Json:
        """Set the ticket aside; a reason in words of the program's own is kept as `other`."""
        body = b.read_body(b.Hold)
        reason = "other" if body.reason and body.reason not in HOLD_REASONS else body.reason
        return self._act(c.HoldTicket(number, reason), body)

    def transfer(self, number: int) -> Json:
        """Send the visitor on to another service."""
        body = b.read_body(b.Transfer)
        return self._act(c.TransferTicket(number, body.service), body)

    def simple(self, command: type[c.CounterCommand]) -> Callable[[int], Json]:
        """Return the view of an act that needs nothing but the counter."""

        def view(number: int) -> Json:
            return self._act(command(number), b.read_body(b.Body))

        return view

    def queue(self) -> Json:
        """List everybody who waits, is called, served or held."""
        with self.office.today() as day:
            return {"seq": day.seq, "day": day.date, "tickets": self.answers.queue(day)}

    def board(self) -> Json:
        """Show the calls of the hall, newest first, and how many wait."""
        with self.office.today() as day:
            shown = islice(standing_calls(day), _CALLS)
            return {
                "seq": day.seq,
                "calls": [self.answers.call(day, call) for call in shown],
                "waiting": self.answers.services(day),
            }

    def report(self) -> Json:
        """Report the waits of a range of days."""
        today = self.office.rules.hours.date(self.office.now().wall).isoformat()
        first = request.args.get("from", today)
        return self.waits(first, request.args.get("to", first))

    def _asked_papers(self, number: int, named: tuple[str, ...]) -> tuple[str, ...]:
        """Return those papers that the procedure at a counter asks for: no free text is kept."""
        with self.office.today() as day:
            ticket = day.at_counter(number)
        procedure = self.office.rules.procedures.get(ticket.procedure or "") if ticket else None
        return tuple(paper for paper in procedure.papers if paper in named) if procedure else ()

    def _visitor(self, command: c.Command, body: b.Body) -> Json:
        answer = self.office.execute(command, concealed(body.request_id))
        with self.office.today() as day:
            return self.answers.ticket(day, _ticket(answer))

    def _act(self, command: c.CounterCommand, body: b.Body) -> Json:
        answer = self.office.execute(command, concealed(body.request_id))
        with self.office.today() as day:
            counter = answer.counter or day.counter(command.counter)
            ticket = answer.ticket and self.answers.ticket(day, answer.ticket)
            shown = self.answers.counter(day, counter, answer.ticket)
            return {"counter": shown, "ticket": ticket}


def _ticket(answer: Answer) -> Any:  # noqa: ANN401
    return answer.ticket


def _count(name: str, default: int) -> int:
    text = request.args.get(name, str(default))
    if not _COUNT.fullmatch(text) or int(text) > MOST_PROCEDURES:
        sentence = "%(field)s must be a number from 1 to %(most)s."
        raise Refusal(422, "field.invalid", sentence, field=name, most=MOST_PROCEDURES)
    return int(text)
