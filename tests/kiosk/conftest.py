"""The hall: a touch screen with its printer, and a phone that holds a link."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient

from motcua import refusals, web
from motcua.access import Role
from motcua.app import Box, open_box
from motcua.clock import SetClock
from motcua.folders import data_folder
from motcua.home import Home
from motcua.journal.memory import MemoryJournal
from motcua.kiosk.phone import phone_blueprint
from motcua.kiosk.touchscreen import kiosk_blueprint
from motcua.queue.procedure import Procedure
from tests.kiosk.touch import Touch


@dataclass
class TalkingPaper:
    """A printer's line that says what it is told to say, and remembers what it was asked."""

    says: str = "printed"
    referrals: list[tuple[str, str, str | None]] = field(default_factory=list)
    reprints: list[str] = field(default_factory=list)
    why: str = "The printer is out of order."

    def print_referral(
        self, procedure: Procedure, language: str, kiosk: str | None = None, request: str = ""
    ) -> str | None:
        """Remember it."""
        self.referrals.append((procedure.code, language, kiosk))
        return None if self.says == "none" else f"referral-{len(self.referrals)}"

    def reprint(self, job_id: str, request: str, place: str) -> None:
        """Remember it."""
        self.reprints.append(job_id)

    def state(self, job_id: str) -> str:
        """Say it."""
        return self.says

    def reason(self, job_id: str) -> str:
        """Tell why it failed."""
        return self.why if self.says == "failed" else ""


@pytest.fixture
def wishes() -> dict[str, int]:
    """What is not as usual about the touch screen: `idle_s`, `screen_width_mm`."""
    return {}


@pytest.fixture
def box(home: Home, clock: SetClock, wishes: dict[str, int]) -> Iterator[Box]:
    """A centre with that touch screen and a journal in memory."""
    box = open_box(home, clock=clock, journal=MemoryJournal())
    kiosk = msgspec.structs.replace(box.centre.kiosk[0], **wishes)
    box.centre = msgspec.structs.replace(box.centre, kiosk=(kiosk,))
    yield box
    box.close()


@pytest.fixture
def kiosk(browse: Callable[[Role], FlaskClient]) -> Touch:
    """The touch screen, at its start page."""
    return Touch(browse(Role.KIOSK)).open("/kiosk")


@pytest.fixture
def phone(browse: Callable[[Role], FlaskClient]) -> Touch:
    """A phone with nothing but a link."""
    return Touch(browse(Role.VISITOR))


@pytest.fixture
def paper() -> TalkingPaper:
    """A printer that prints."""
    return TalkingPaper()


@pytest.fixture
def beside_paper(box: Box, paper: TalkingPaper) -> Touch:
    """A touch screen beside that printer, which reads aloud, too: it says the text's length."""
    app = Flask("motcua", template_folder=str(data_folder("templates")))
    app.secret_key = "a-secret"
    app.extensions["motcua-words"] = box.words
    guard = web.Guard(box.access, box.office, box.audit, trust_loopback=True)
    web.install(app, guard, box.centre, box.words)
    app.config["WTF_CSRF_METHODS"] = []
    refusals.install(app)
    app.register_blueprint(
        kiosk_blueprint(box.office, lambda: box.catalogue, box.centre, paper, speak=_speak)
    )
    app.register_blueprint(phone_blueprint(box.office))
    return Touch(app.test_client()).open("/kiosk")


def _speak(text: str, language: str) -> bytes | None:
    return f"RIFF {language} {text}".encode() if "Căn cước" not in text else None
