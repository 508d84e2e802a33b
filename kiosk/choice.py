"""Pages on which a visitor chooses: what for, which procedure, or by typing some letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, abort, render_template, request, url_for

from motcua import web
from motcua.access import Role
from motcua.kiosk import visitor
from motcua.kiosk.matter import first_fitting, general_service, list_page, matters
from motcua.kiosk.naming import Name, field_name, procedure_name
from motcua.kiosk.opening import shifts_today
from motcua.kiosk.panel import unchanged

if TYPE_CHECKING:
    from flask import Blueprint

    from motcua.kiosk.matter import Matter
    from motcua.kiosk.panel import Panel
    from motcua.queue.procedure import Procedure
    from motcua.queue.rules import Service

_FOUND = 6
_LONGEST_QUERY = 60
KEYS = ("ABCDEFGHIJ", "KLMNOPQRST", "UVWXYZ")
"""Rows of the keyboard on the screen, in the order learnt at school; marks do not matter."""
_DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to press: where it leads and what it is called."""

    url: str
    name: Name
    elsewhere: bool = False
    """Whether it is not done at this centre."""


def add_choice(blueprint: Blueprint, panel: Panel) -> None:
    """Add the pages of choosing to `blueprint`."""

    @blueprint.get("")
    @web.role(Role.KIOSK)
    def home() -> str | Response:
        """Show what one may come for; the notice about opening hours is asked for again."""
        notice = panel.opening().sentence(web.say)
        if web.is_htmx():
            return unchanged(notice) or render_template("kiosk/_home.html", notice=notice)
        tiles = [_field_choice(matter) for matter in _matters(panel)]
        hours = shifts_today(panel.office.rules.hours, panel.office.now().wall)
        idle_s = panel.device.idle_s if visitor.has_wishes(panel.centre.languages[0]) else 0
        said = [notice, web.say("What do you need today?"), *(tile.name.title for tile in tiles)]
        return panel.page("home.html", said, tiles=tiles, notice=notice, hours=hours, idle_s=idle_s)

    @blueprint.get("/field/<slug>")
    @web.role(Role.KIOSK)
    def field(slug: str) -> str:
        """Show the procedures of a field, a page at a time."""
        matter = next((matter for matter in _matters(panel) if matter.slug == slug), None)
        if matter is None:
            abort(404)
        number = request.args.get("page", default=1, type=int)
        page = list_page(matter.procedures, number, larger=visitor.wants_larger_text())
        tiles = [_procedure_choice(procedure) for procedure in page.procedures]
        name = field_name(matter.name, web.say)
        said = [web.say("Which of these?"), *(tile.name.title for tile in tiles)]
        return panel.page(
            "field.html", said, name=name, tiles=tiles, page=page, slug=slug,
            back=url_for("kiosk.home"),
        )  # fmt: skip

    @blueprint.get("/search")
    @web.role(Role.KIOSK)
    def search() -> str:
        """Find procedures by some letters; without a script each key sends the form."""
        typed = _typed()
        found = panel.catalogue().search(typed, _FOUND, panel.today) if typed.strip() else []
        fitting = first_fitting(found, larger=visitor.wants_larger_text())
        tiles = [_procedure_choice(procedure, typed) for procedure in fitting]
        if web.is_htmx():
            return render_template("kiosk/_search.html", typed=typed, tiles=tiles)
        said = [web.say("What are you looking for?"), *(tile.name.title for tile in tiles)]
        return panel.page(
            "search.html", said, typed=typed, tiles=tiles, keys=KEYS, back=url_for("kiosk.home")
        )

    @blueprint.get("/collect")
    @web.role(Role.KIOSK)
    def collect() -> str:
        """Ask what the result is about that the visitor comes to collect."""
        services = panel.office.rules.services.values()
        tiles = [_service_choice(service) for service in services]
        said = [web.say("What is the result about?"), *(tile.name.title for tile in tiles)]
        return panel.page("collect.html", said, tiles=tiles, back=url_for("kiosk.home"))

    @blueprint.get("/help")
    @web.role(Role.KIOSK)
    def guidance() -> str:
        """Ask how somebody can be helped who does not know what to choose."""
        letter = general_service(panel.office.rules.services)
        told = ("How can we help you?", "I have a question", "Help me send papers online")
        said = [web.say(sentence) for sentence in told]
        return panel.page("help.html", said, letter=letter, back=url_for("kiosk.home"))


def _matters(panel: Panel) -> tuple[Matter, ...]:
    return matters(panel.catalogue(), panel.office.rules.services, panel.today)


def _field_choice(matter: Matter) -> Choice:
    return Choice(url_for("kiosk.field", slug=matter.slug), field_name(matter.name, web.say))


def _service_choice(service: Service) -> Choice:
    url = url_for("kiosk.service", letter=service.letter, purpose="collect")
    return Choice(url, field_name(service.name_vi, web.say))


def _procedure_choice(procedure: Procedure, typed: str | None = None) -> Choice:
    url = url_for("kiosk.procedure", code=procedure.code, q=typed)
    return Choice(url, procedure_name(procedure, web.language()), procedure.elsewhere)


def _typed() -> str:
    """Return what stands in the search box after the key that was pressed."""
    typed, key = request.args.get("q", "")[:_LONGEST_QUERY], request.args.get("key", "")
    return typed[:-1] if key == _DELETE else (typed + key)[:_LONGEST_QUERY]
