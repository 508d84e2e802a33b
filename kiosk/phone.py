"""The visitor's phone: a page that follows one ticket, known by its unguessable link alone."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import Blueprint, abort, g, render_template, request, session

from motcua import web
from motcua.access import Role
from motcua.kiosk.standing import Standing, standing
from motcua.queue.commands import CancelTicket, ReturnTicket
from motcua.queue.errors import QueueError
from motcua.record_keeping import JournalError

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.exceptions import HTTPException
    from werkzeug.wrappers import Response as AnyResponse

    from motcua.office import Office
    from motcua.queue.commands import Command

logger = logging.getLogger(__name__)


def phone_blueprint(office: Office) -> Blueprint:
    """Return the pages of `/t/{id}`."""
    blueprint = Blueprint("phone", __name__, url_prefix="/t")
    blueprint.after_request(_unlisted)

    @blueprint.get("/<ticket_id>")
    @web.role(Role.VISITOR)
    def ticket(ticket_id: str) -> str | Response:
        """Show how the ticket stands; a phone asks again every few seconds."""
        shown = _standing(office, ticket_id)
        return web.nothing_new(shown.seq) or web.page("phone/ticket.html", shown=shown)

    @blueprint.get("/<ticket_id>/cancel")
    @web.role(Role.VISITOR)
    def ask_cancel(ticket_id: str) -> str:
        """Ask whether the number is really to be given back."""
        return render_template("phone/cancel.html", shown=_standing(office, ticket_id))

    @blueprint.post("/<ticket_id>/cancel")
    @web.role(Role.VISITOR)
    def cancel(ticket_id: str) -> AnyResponse:
        """Give the number back."""
        if _standing(office, ticket_id).may_cancel:
            _try(office, CancelTicket(ticket_id))
        return web.see_other("phone.ticket", ticket_id=ticket_id)

    @blueprint.post("/<ticket_id>/return")
    @web.role(Role.VISITOR)
    def come_back(ticket_id: str) -> AnyResponse:
        """Line up again after a call that was missed."""
        if _standing(office, ticket_id).may_return:
            _try(office, ReturnTicket(ticket_id))
        return web.see_other("phone.ticket", ticket_id=ticket_id)

    @blueprint.errorhandler(404)
    def not_today(_: HTTPException) -> tuple[str, int]:
        """Tell the holder of an old or unknown link."""
        return render_template("phone/unknown.html"), 404

    @blueprint.errorhandler(JournalError)
    def not_recorded(error: JournalError) -> tuple[str, int]:
        """Tell that the wish was not recorded, and that the number stands."""
        logger.error("the journal could not be written: %s", error)
        ticket_id = (request.view_args or {})["ticket_id"]
        return render_template("phone/unrecorded.html", ticket_id=ticket_id), 503

    return blueprint


def _unlisted(response: Response) -> Response:
    """Keep the page out of search engines, should the centre ever stand where they come by."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _try(office: Office, command: Command) -> None:
    """Carry out a wish unless a counter was quicker; the page then tells what happened."""
    try:
        office.execute(command)
    except QueueError as error:
        if error.kind != "refused":
            raise


def _standing(office: Office, ticket_id: str) -> Standing:
    """Return how a ticket stands, told in the language its holder chose."""
    with office.today() as day:
        ticket = day.current(ticket_id)
        if ticket and "language" not in session:
            g.language = ticket.language
        shown = standing(day, ticket_id, office, web.say, web.language())
    return shown or abort(404)
