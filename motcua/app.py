"""The composition root: everything is made and joined here, nothing is made at import."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask

from motcua import refusals, web
from motcua.access import Access
from motcua.catalogue import Catalogue
from motcua.clock import SystemClock
from motcua.folders import data_folder
from motcua.journal.tiny import TinyJournal
from motcua.live import Streams, live_blueprint
from motcua.office import Office
from motcua.settings import Centre, read_centre
from motcua.words import Words

if TYPE_CHECKING:
    from motcua.clock import Clock
    from motcua.home import Home
    from motcua.office import Journal

logger = logging.getLogger(__name__)

_ID_BYTES = 12
"""96 random bits: a ticket's link cannot be guessed."""


@dataclass(slots=True)
class Box:
    """Everything one running centre consists of."""

    home: Home
    centre: Centre
    words: Words
    access: Access
    office: Office
    catalogue: Catalogue
    streams: Streams

    def close(self) -> None:
        """Stop the office and let go of its files."""
        self.office.stop()


def fresh_id() -> str:
    """Return an id nobody can guess: letters, digits, `-` and `_`."""
    return secrets.token_urlsafe(_ID_BYTES)


def open_box(
    home: Home,
    *,
    clock: Clock | None = None,
    journal: Journal | None = None,
    always_open: bool = False,
) -> Box:
    """Read a home and start its office.

    Raises:
        SettingsError, CatalogueError: a file of the centre is wrong; the sentence names the cure.
    """
    centre = read_centre(home.centre)
    catalogue = Catalogue.load(home.procedures)
    rules = centre.rules(
        {procedure.code: procedure for procedure in catalogue.procedures}, always_open=always_open
    )
    office = Office(journal or TinyJournal(home.journal), clock or SystemClock(), rules, fresh_id)
    return Box(
        home, centre, Words(home.path / "translations"), Access(home.access), office, catalogue,
        Streams(centre.server.streams),
    )  # fmt: skip


def create_app(box: Box) -> Flask:
    """Return the web application of a box.

    Raises:
        RuntimeError: a route states no role.
    """
    app = Flask(
        "motcua", template_folder=str(data_folder("templates")),
        static_folder=str(data_folder("static")),
    )  # fmt: skip
    app.secret_key = box.home.secret()
    app.config.update(
        MAX_CONTENT_LENGTH=box.centre.server.body_kb * 1024,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="motcua",
    )
    app.extensions["motcua-words"] = box.words
    web.install(
        app, web.Guard(box.access, box.centre.server.trust_loopback), box.centre, box.words
    )
    refusals.install(app)
    app.register_blueprint(live_blueprint(box.office, box.streams))
    web.check_roles(app)
    return app
