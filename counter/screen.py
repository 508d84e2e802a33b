"""`/counter`: choose a counter; `/counter/N`: the clerk's desk."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask import Blueprint, Response, make_response, request

from motcua import web
from motcua.access import Role
from motcua.counter import acts
from motcua.counter.acts import Pressed
from motcua.counter.desk import choices, desk
from motcua.counter.issuing import add_issuing
from motcua.counter.notice import UNRECORDED, Notice, Told, request_id, seen
from motcua.queue.desk import known_ticket
from motcua.queue.errors import QueueError
from motcua.record_keeping import JournalError
from motcua.web import role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from werkzeug.wrappers import Response as AnyResponse

    from motcua.catalogue import Catalogue
    from motcua.counter.paper import Paper
    from motcua.office import Office

_REQUEST_BYTES = 9


def counter_blueprint(
    office: Office,
    catalogue: Callable[[], Catalogue],
    paper: Paper,
    hurries: Callable[[], Sequence[Told]] = list,
) -> Blueprint:
    """Return the screens of the counters.

    Args:
        office: executes what is pressed and lends the day.
        catalogue: returns the catalogue as it is now, for numbers that staff give themselves.
        paper: the slips and printers.
        hurries: returns the kiosks that gave numbers too fast.
    """
    blueprint = Blueprint("counter", __name__)

    @blueprint.get("/counter")
    @role(Role.STAFF)
    def home() -> str | Response:
        """Show the counters to choose from."""
        return web.nothing_new(office.seq) or _home(office)

    @blueprint.get("/counter/<int:number>")
    @role(Role.STAFF)
    def show(number: int) -> str | Response:
        """Show the desk of a counter."""
        return web.nothing_new(office.seq) or _desk(office, number)

    @blueprint.post("/counter/<int:number>")
    @role(Role.STAFF)
    def press(number: int) -> AnyResponse | str:
        """Do what the clerk pressed, then show the desk as it is now."""
        notice = _press(office, paper, number)
        if web.is_htmx():
            return _desk(office, number, notice)
        if notice is None or notice.good:
            return web.see_other("counter.show", number=number)
        return make_response(_desk(office, number, notice), notice.status)

    @blueprint.get("/counter/paper", endpoint="paper")
    @role(Role.STAFF)
    def troubles() -> str:
        """Tell what is wrong with the printers, and which kiosk gives numbers too fast."""
        return web.page("counter/paper.html")

    @blueprint.context_processor
    def machines() -> dict[str, object]:
        return {
            "troubles": paper.troubles(), "unprinted": paper.unprinted(), "hurries": hurries(),
            "slip_request": secrets.token_urlsafe(_REQUEST_BYTES),
        }  # fmt: skip

    add_issuing(blueprint, office, catalogue)
    return blueprint


def _home(office: Office) -> str:
    with office.today() as day:
        shown = choices(day, office.rules)
        seq = day.seq
    return web.page("counter/home.html", choices=shown, seq=seq, acts=acts)


def _desk(office: Office, number: int, notice: Notice | None = None) -> str:
    at = office.now()
    with office.today() as day:
        shown = desk(day, office.rules, number, at)
    return web.page(
        "counter/desk.html",
        desk=shown, keyboard=shown.keyboard, notice=notice, acts=acts, undo_s=office.rules.undo_s,
    )  # fmt: skip


def _press(office: Office, paper: Paper, number: int) -> Notice | None:
    """Do what was pressed; return what to tell the clerk, None when the desk itself says it."""
    pressed = _pressed(office, number)
    try:
        if pressed.act == "reprint":
            return _reprint(office, paper, pressed.choice, number)
        office.execute(acts.command(pressed, number), request_id(request.form["act"]))
    except QueueError as error:
        return Notice.of(error)
    except JournalError:
        return Notice(web.say(UNRECORDED), 503)
    return None


def _reprint(office: Office, paper: Paper, ticket_id: str, counter: int) -> Notice:
    with office.today() as day:
        ticket = known_ticket(day, ticket_id)
    # No event follows, so the page's picture stays: its own mark tells a second press from a retry.
    paper.reprint(ticket.id, request.form.get("slip_request", ""), f"counter {counter}")
    if paper.state(ticket.id) == "none":
        return Notice(web.say("No printer is set up here."), 409)
    said = web.say("The slip of %(number)s is being printed again.", number=ticket.number)
    return Notice(said, 200, good=True)


def _pressed(office: Office, number: int) -> Pressed:
    form = request.form
    act, _, choice = form.get("act", "").partition(":")
    ticked = tuple(letter for letter in form.getlist("services") if letter)
    services = ticked if act == "open" and "services" in form else None
    papers = _papers(office, number, form.getlist("papers"))
    return Pressed(act, choice, services, papers, seen())


def _papers(office: Office, number: int, ticked: list[str]) -> tuple[str, ...]:
    """Return those ticked papers that the visitor's procedure asks for: no free text is kept."""
    with office.today() as day:
        ticket = day.at_counter(number)
    procedure = office.rules.procedures.get(ticket.procedure or "") if ticket else None
    return tuple(paper for paper in procedure.papers if paper in ticked) if procedure else ()
