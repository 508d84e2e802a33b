"""The composition root: everything is made and joined here, nothing is made at import."""

from __future__ import annotations

import logging
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from motcua import refusals, web
from motcua.access import Access
from motcua.admin import admin_blueprint
from motcua.admin_box import BoxMachinery
from motcua.api.routes import api_blueprint
from motcua.archive import Archive
from motcua.audit import Audit
from motcua.caretaker import Caretaker
from motcua.catalogue import Catalogue
from motcua.clock import SystemClock
from motcua.counter.screen import counter_blueprint
from motcua.counter.signin import signin_blueprint
from motcua.display.screen import display_blueprint
from motcua.display.voice import Voice, make_voice
from motcua.folders import data_folder
from motcua.foresight import Foresight
from motcua.journal.tiny import TinyJournal
from motcua.kiosk.pace import Pace
from motcua.kiosk.phone import phone_blueprint
from motcua.kiosk.touchscreen import kiosk_blueprint
from motcua.live import Streams, live_blueprint
from motcua.medium import Medium
from motcua.months import Months
from motcua.office import Office
from motcua.paper import Paper
from motcua.record_keeping import Damage
from motcua.reports.dossier_screen import dossiers_blueprint
from motcua.reports.report import waits_for_programs
from motcua.reports.screen import reports_blueprint
from motcua.reports.sums import summing
from motcua.retention import Retention
from motcua.safekeeping import Safekeeping
from motcua.settings import Centre, read_centre
from motcua.sheets import Sheets
from motcua.status import status_blueprint
from motcua.unchanged import Unchanged
from motcua.welcome import welcome_blueprint
from motcua.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motcua.clock import Clock
    from motcua.home import Home
    from motcua.record_keeping import Journal
    from motcua.status import Figure

logger = logging.getLogger(__name__)

_ID_BYTES = 16
"""128 random bits: a ticket's link cannot be guessed."""
_PATIENCE_S = 5.0
"""At the end, for a copy to be given up."""


class Box:
    """Everything one running centre consists of."""

    def __init__(
        self, home: Home, journal: Journal, clock: Clock, *, always_open: bool = False
    ) -> None:
        """Read the files of `home` and go on from the journal. Nothing moves before `start`.

        Raises:
            SettingsError, CatalogueError: a file of the centre is wrong; the sentence names the
                cure.
        """
        self.home = home
        self.journal = journal
        self.centre = read_centre(home.centre)
        self.words = Words(home.path / "translations")
        self.access = Access(home.access, clock)
        self.catalogue = Catalogue.load(home.procedures)
        self._always_open = always_open
        self._catalogue_stamp = _stamp(home.procedures)
        rules = self.centre.rules(self.catalogue.by_code, always_open=always_open)
        self.office = Office(journal, clock, rules, fresh_id)
        self.foresight = Foresight(self.office, journal)
        self.audit = Audit(home.audit, lambda: self.office.rules.hours.local(clock.now().wall))
        self.paper = Paper(self.office, self.centre, self.words, data_folder("static") / "vendor")
        self.voice = voice_of(self.centre, home)
        self.archive, self.retention = self._history(Months(home.months))
        self.streams = Streams(self.centre.server.streams)
        self._tabled = ""
        midnight = [self.office.end_day_if_over, self.keep_yesterday, self.reduce_rows]
        self._caretaker = Caretaker([*midnight, self.refresh_catalogue, self.foresight.study])
        self.safekeeping = Safekeeping(
            home, self.centre.backup, Medium(Path(self.centre.backup.folder), home.path),
            self.office.now, rules.hours.local,
        )  # fmt: skip
        # On its own: a medium that hangs keeps it, and nothing else.
        self._copier = Caretaker([self.safekeeping.look_after])

    def _history(self, months: Months) -> tuple[Archive, Retention]:
        """Return what reads past days, and what lets their rows go."""
        archive = Archive(self.journal, self.home.visits, self.office.today, months)
        keeps, sums = self.centre.privacy.rows_months, summing(lambda: self.office.rules)
        return archive, Retention(self.journal, archive, months, keeps, sums)

    def start(self, address: str) -> None:
        """Start the printers and the caretaker.

        Args:
            address: where the centre is served, for links on slips when none is configured.
        """
        self.paper.address = self.centre.public_url or address
        self.paper.start(self.home.slips)
        self._caretaker.start()
        self._copier.start()

    def close(self) -> None:
        """Stop everything and let go of the files."""
        self.foresight.stop()
        self.safekeeping.stop()
        self._copier.stop(_PATIENCE_S)
        self._caretaker.stop()
        self.paper.stop()
        self.office.stop()

    def damage(self) -> list[Damage]:
        """Return what the journal found broken."""
        return self.journal.damage

    def figures(self) -> Iterator[Figure]:
        """Yield how the disk and the copies are, for those who watch the box."""
        free = float(shutil.disk_usage(self.home.path).free)
        yield "motcua_disk_free_bytes", "gauge", "Room on the disk of the centre.", [("", free)]
        yield from self.safekeeping.figures()

    def keep_yesterday(self) -> None:
        """Make the table of the last closed day once another has begun, so that no report waits."""
        days = self.journal.days()
        if days and days[-1] != self._tabled:
            for day in days[-2:-1]:
                self.archive.table(day)
            self._tabled = days[-1]

    def reduce_rows(self) -> None:
        """Let the rows of the oldest month go when they are due; its sums stay."""
        if month := self.retention.look_after():
            self.audit.note("rows.summed", about=month)

    def refresh_catalogue(self) -> None:
        """Read the catalogue again when its file was replaced; keep the old one if it is wrong."""
        stamp = _stamp(self.home.procedures)
        if stamp == self._catalogue_stamp:
            return
        self._catalogue_stamp = stamp
        self.catalogue = Catalogue.load(self.home.procedures)
        rules = self.centre.rules(self.catalogue.by_code, always_open=self._always_open)
        self.office.change_rules(rules)


def voice_of(centre: Centre, home: Home) -> Voice:
    """Return the voice of a centre: the ward's recordings, those that came along, espeak-ng."""
    recordings = [home.path / "voices", data_folder("config") / "voices"]
    return make_voice(centre.voice.name, centre.voice.speed_wpm, recordings, home.cache / "voice")


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
    """Open a centre on its journal, by the machine's clock, unless others are given.

    Raises:
        SettingsError, CatalogueError: see `Box`.
    """
    kept = journal or TinyJournal(home.journal)
    return Box(home, kept, clock or SystemClock(), always_open=always_open)


def create_app(box: Box) -> Flask:
    """Return the web application of a box.

    Raises:
        RuntimeError: a route states no role.
    """
    templates, static = data_folder("templates"), data_folder("static")
    app = Flask("motcua", template_folder=str(templates), static_folder=str(static))
    app.secret_key = box.home.secret()
    app.config.update(
        MAX_CONTENT_LENGTH=box.centre.server.body_kb * 1024,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        SESSION_COOKIE_NAME="motcua",
    )
    app.json.ensure_ascii = app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["motcua-words"] = box.words
    guard = web.Guard(box.access, box.office, box.audit, box.centre.server.trust_loopback)
    web.install(app, guard, box.centre, box.words)
    refusals.install(app)
    _add_programs(app, box)
    _add_screens(app, box)
    web.check_roles(app)
    app.wsgi_app = Unchanged(app.wsgi_app, lambda: box.office.seq)  # type: ignore[method-assign]
    return app


def _add_programs(app: Flask, box: Box) -> None:
    """Add what programs ask for: the stream, the API, the figures."""

    def catalogue() -> Catalogue:
        return box.catalogue

    waits = waits_for_programs(box.archive, lambda: box.office.rules, box.centre)
    app.register_blueprint(live_blueprint(box.office, box.streams))
    app.register_blueprint(api_blueprint(box.office, catalogue, box.centre, waits))
    app.register_blueprint(
        status_blueprint(box.office, box.streams, box.damage, box.paper.figures, box.figures)
    )


def _add_screens(app: Flask, box: Box) -> None:
    """Add what people look at."""

    def catalogue() -> Catalogue:
        return box.catalogue

    speak = box.voice.speak if box.voice.reads_aloud else None
    pace = Pace(box.office.now)
    app.register_blueprint(
        kiosk_blueprint(box.office, catalogue, box.centre, box.paper, pace=pace, speak=speak)
    )
    app.register_blueprint(phone_blueprint(box.office))
    machinery = BoxMachinery(
        office=box.office, paper=box.paper, journal=box.journal, streams=box.streams,
        catalogue=catalogue, refresh_catalogue=box.refresh_catalogue,
        procedures=box.home.procedures, safekeeping=box.safekeeping, rows=box.retention.stand,
    )  # fmt: skip
    app.register_blueprint(admin_blueprint(box.office, box.access, machinery, pace.hurries))
    app.register_blueprint(welcome_blueprint(box.access, box.office))
    app.register_blueprint(signin_blueprint(box.access, box.office))
    app.register_blueprint(counter_blueprint(box.office, catalogue, box.paper, pace.hurries))
    app.register_blueprint(display_blueprint(box.office, box.centre.board, box.voice))
    app.register_blueprint(
        reports_blueprint(
            box.office, box.archive, box.centre, Sheets(box.home.stopwatch), box.paper.troubles
        )
    )
    app.register_blueprint(dossiers_blueprint(box.office, box.archive))


def _stamp(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_mtime_ns, state.st_ino
