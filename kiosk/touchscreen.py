"""The touch screen in the hall: from the first question to a number, or to the right office."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, request
from werkzeug.exceptions import HTTPException

from motcua import refusals, web
from motcua.access import Role
from motcua.kiosk import visitor
from motcua.kiosk.answer import add_answer
from motcua.kiosk.choice import add_choice
from motcua.kiosk.device import Centre, find_device, size_sheet
from motcua.kiosk.number import add_number
from motcua.kiosk.pace import Pace
from motcua.kiosk.panel import Panel
from motcua.kiosk.reading import Speak, text_of
from motcua.kiosk.taking import add_taking
from motcua.office import Office
from motcua.queue.errors import QueueError
from motcua.record_keeping import JournalError

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from motcua.catalogue import Catalogue
    from motcua.kiosk.paper import Paper

logger = logging.getLogger(__name__)

_SORRY = "Sorry, this machine cannot record anything right now."
_UNDONE = "No number was given, nothing was printed. Please tell the staff, or try again shortly."


def kiosk_blueprint(  # noqa: PLR0913 - a screen needs its parts
    office: Office,
    catalogue: Callable[[], Catalogue],
    centre: Centre,
    paper: Paper,
    *,
    pace: Pace | None = None,
    speak: Speak | None = None,
) -> Blueprint:
    """Return the pages of `/kiosk`.

    Args:
        office: issues tickets and records referrals.
        catalogue: returns the catalogue as it is now.
        centre: tells of the touch screens and languages.
        paper: prints slips.
        pace: keeps numbers from being hoarded; one of its own unless given.
        speak: reads text aloud; without it there is no such button.
    """
    panel = Panel(office, catalogue, centre, paper, pace or Pace(office.now), speak)
    blueprint = Blueprint("kiosk", __name__, url_prefix="/kiosk")
    blueprint.before_request(visitor.note_wishes)
    add_choice(blueprint, panel)
    add_answer(blueprint, panel)
    add_taking(blueprint, panel)
    add_number(blueprint, panel)
    _add_surroundings(blueprint, panel)
    _add_refusals(blueprint, panel)
    return blueprint


def _add_surroundings(blueprint: Blueprint, panel: Panel) -> None:
    @blueprint.get("/size.css")
    @web.role(Role.KIOSK)
    def size() -> Response:
        """Give the sizes in real millimetres of the screen that asks."""
        device = find_device(panel.centre.kiosk, request.args.get("screen", ""))
        sheet = size_sheet(device, larger=request.args.get("text") == "larger")
        return Response(sheet, mimetype="text/css")

    @blueprint.get("/voice")
    @web.role(Role.KIOSK)
    def voice() -> Response:
        """Speak the text of a page."""
        told = text_of(request.args.get("of", ""))
        sound = panel.speak(*told) if told and panel.speak else None
        if sound is None:
            abort(404)
        return Response(sound, mimetype="audio/wav")

    @blueprint.post("/leave")
    @web.role(Role.KIOSK)
    def leave() -> AnyResponse:
        """Forget this visitor's wishes: the next one begins."""
        visitor.forget()
        return web.see_other("kiosk.home")


def _add_refusals(blueprint: Blueprint, panel: Panel) -> None:
    """Tell what cannot be done on a page of the touch screen, with a way on."""

    def page(sentence: str, status: int) -> tuple[str, int]:
        return panel.page("refused.html", [sentence], sentence=sentence), status

    @blueprint.errorhandler(404)
    def nothing_here(_: HTTPException) -> tuple[str, int]:
        return page(web.say("There is no such page (any more)."), 404)

    @blueprint.errorhandler(QueueError)
    def refused(error: QueueError) -> tuple[str, int]:
        return page(web.say(error.sentence, **error.details), refusals.STATUS[error.kind])

    @blueprint.errorhandler(JournalError)
    def not_recorded(error: JournalError) -> tuple[str, int]:
        logger.error("the journal could not be written: %s", error)
        told = [web.say(_SORRY), web.say(_UNDONE)]
        kept = {name: text for name, text in request.form.items() if name != "csrf_token"}
        return panel.page("unrecorded.html", told, told=told, kept=kept), 503
