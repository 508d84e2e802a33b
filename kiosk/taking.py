"""Taking a number: for a procedure or for a service, with or without a priority group."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from flask import Response, abort, request, url_for

from motcua import web
from motcua.access import Role
from motcua.kiosk import visitor
from motcua.kiosk.line import line_sentence, read_line
from motcua.kiosk.naming import field_name, own_name
from motcua.queue.commands import IssueTicket
from motcua.queue.errors import QueueError
from motcua.request_ids import concealed

if TYPE_CHECKING:
    from flask import Blueprint
    from werkzeug.wrappers import Response as AnyResponse

    from motcua.kiosk.panel import Panel

_PURPOSES = {
    "collect": ("Collect a result", "kiosk.collect"),
    "ask": ("I have a question", "kiosk.guidance"),
    "assist": ("Help me send papers online", "kiosk.guidance"),
}
"""Purpose for which a service is chosen → what it is called, the page it is chosen on."""
_HINTED = 2
_WISHES = ("procedure", "service", "purpose")
_BESIDE = ("priority", "request_id")
_TOLD_BY_THE_PAGE = ("centre.closed", "day.closed", "procedure.elsewhere")
"""Refusals that the page on which the number was asked for tells by itself when shown again."""


def add_taking(blueprint: Blueprint, panel: Panel) -> None:
    """Add the pages on which a number is taken to `blueprint`."""

    @blueprint.get("/service/<letter>/<purpose>")
    @web.role(Role.KIOSK)
    def service(letter: str, purpose: str) -> str:
        """Offer a number for a service: to collect a result, to ask, to be helped."""
        chosen = panel.office.rules.services.get(letter)
        if chosen is None or purpose not in _PURPOSES:
            abort(404)
        title, chosen_on = _PURPOSES[purpose]
        under = field_name(chosen.name_vi, web.say).title if purpose == "collect" else ""
        line = line_sentence(read_line(panel.office, letter), web.say, web.language())
        return panel.page(
            "service.html", [web.say(title), under, f"{web.say('Waiting now')}: {line}"],
            title=web.say(title), under=under, line=line, back=url_for(chosen_on),
            **offer(panel, service=letter, purpose=purpose),
        )  # fmt: skip

    @blueprint.get("/priority")
    @web.role(Role.KIOSK)
    def priority() -> str:
        """Ask for the priority group; the answer takes the number."""
        wish = {name: request.args[name] for name in _WISHES if request.args.get(name)}
        offered = offer(panel, **wish)
        said = [web.say("Which group are you in?"), *(name for _, name in offered["groups"])]
        endpoint, values = _asked_on(wish)
        back = url_for(endpoint, **values)
        return panel.page("priority.html", said, back=back, **offered)

    @blueprint.post("/take")
    @web.role(Role.KIOSK)
    def take() -> AnyResponse:
        """Issue a ticket; the same form sent twice gives one. Its slip follows from its issue."""
        wish = {name: request.form[name] for name in _WISHES if request.form.get(name)}
        priority, request_id = (request.form.get(name) or None for name in _BESIDE)
        request_id = concealed(request_id)
        kiosk = panel.device
        command = IssueTicket(**wish, priority=priority, language=web.language(), kiosk=kiosk.name)
        if not _answered(panel, request_id) and (wait_s := panel.pace.ask(kiosk)):
            return _one_moment(panel, ceil(wait_s))
        try:
            answer = panel.office.execute(command, request_id)
        except QueueError as error:
            if error.code not in _TOLD_BY_THE_PAGE:
                raise
            endpoint, values = _asked_on(wish)
            return web.see_other(endpoint, **values)
        ticket = answer.ticket or abort(404)
        if not answer.repeated:
            panel.pace.note(kiosk, ticket.number)
        return web.see_other("kiosk.number", ticket_id=ticket.id)


def offer(panel: Panel, **wish: str) -> dict[str, Any]:
    """Return what a page takes that offers a number for `wish`."""
    priorities = panel.office.rules.priorities.values()
    groups = [(group.code, own_name(group, web.language())) for group in priorities]
    opening = panel.opening()
    return {
        "wish": wish,
        "request_id": visitor.fresh_request(),
        "groups": groups,
        "group_hint": _hint([name for _, name in groups]),
        "is_open": opening.is_open,
        "notice": opening.sentence(web.say),
    }


def _answered(panel: Panel, request_id: str | None) -> bool:
    """Return whether this wish has its number already."""
    with panel.office.today() as day:
        return request_id in day.answers


def _one_moment(panel: Panel, seconds: int) -> Response:
    """Ask for patience; the same wish is sent again by the page, or by a press."""
    kept = {name: request.form[name] for name in (*_WISHES, *_BESIDE) if request.form.get(name)}
    said = [web.say("One moment, please"), web.say("Your number comes by itself in a few seconds.")]
    shown = panel.page("pause.html", said, kept=kept, seconds=seconds)
    return Response(shown, 429, headers={"Retry-After": str(seconds)})


def _hint(names: list[str]) -> str:
    """Return the first groups, so that people see whom the other button is for."""
    first, *more = names[:_HINTED] or [""]
    rest = "".join(f", {name[:1].lower()}{name[1:]}" for name in more)
    return f"{first}{rest} …" if len(names) > _HINTED else first + rest


def _asked_on(wish: dict[str, str]) -> tuple[str, dict[str, Any]]:
    """Return endpoint and values of the page on which a number for `wish` is offered."""
    if "procedure" in wish:
        return "kiosk.procedure", {"code": wish["procedure"]}
    if wish.get("purpose") in _PURPOSES and "service" in wish:
        return "kiosk.service", {"letter": wish["service"], "purpose": wish["purpose"]}
    return "kiosk.home", {}
