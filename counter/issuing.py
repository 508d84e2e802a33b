"""`/counter/N/issue`: staff give a number to somebody who cannot use the kiosk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import make_response, request

from motcua import web
from motcua.access import Role
from motcua.counter import acts
from motcua.counter.notice import UNRECORDED, Notice, request_id
from motcua.queue.commands import IssueTicket
from motcua.queue.errors import QueueError
from motcua.record_keeping import JournalError
from motcua.web import role

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Blueprint
    from werkzeug.wrappers import Response as AnyResponse

    from motcua.catalogue import Catalogue
    from motcua.office import Office

_FOUND_SHOWN = 12
_QUESTION_LETTERS = 200


def add_issuing(blueprint: Blueprint, office: Office, catalogue: Callable[[], Catalogue]) -> None:
    """Add the page to the counter's screens."""

    @blueprint.get("/counter/<int:number>/issue")
    @role(Role.STAFF)
    def issue(number: int) -> str:
        """Show what a number can be given for, and the number just given."""
        return _page(office, catalogue, number)

    @blueprint.post("/counter/<int:number>/issue")
    @role(Role.STAFF)
    def give(number: int) -> AnyResponse:
        """Give a number."""
        try:
            ticket = office.execute(_wish(), request_id(request.form.get("give", ""))).ticket
        except QueueError as error:
            notice = Notice.of(error)
        except JournalError:
            notice = Notice(web.say(UNRECORDED), 503)
        else:
            return web.see_other("counter.issue", number=number, given=ticket and ticket.id)
        return make_response(_page(office, catalogue, number, notice), notice.status)


def _page(
    office: Office, catalogue: Callable[[], Catalogue], number: int, notice: Notice | None = None
) -> str:
    question = request.values.get("q", "")[:_QUESTION_LETTERS]
    day = office.rules.hours.date(office.now().wall)
    with office.today() as today:
        given = today.current(request.args.get("given", ""))
        seq = today.seq
    return web.page(
        "counter/issue.html",
        number=number, seq=seq, given=given, notice=notice, question=question, acts=acts,
        found=[p for p in catalogue().search(question, _FOUND_SHOWN, day) if not p.elsewhere],
        services=tuple(office.rules.services.values()),
        priorities=tuple(office.rules.priorities.values()),
    )  # fmt: skip


def _wish() -> IssueTicket:
    """Return the number asked for: `procedure:1.001193` or `service:A`."""
    form = request.form
    kind, _, code = form.get("give", "").partition(":")
    return IssueTicket(
        procedure=code if kind == "procedure" else None,
        service=code if kind == "service" else None,
        priority=form.get("priority") or None,
        purpose=form.get("purpose") or None,
        language=form.get("language", "vi"),
    )
