"""By procedure 1.001193: from the door to the report, seen by visitor, clerk, hall and manager."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING, Any

import pytest
import zxingcpp
from PIL import Image

from motcua.access import Role
from motcua.app import Box, open_box
from motcua.home import Home
from motcua.queue.events import TicketCalled, TicketIssued
from motcua.queue.record import Record

if TYPE_CHECKING:
    from playwright.sync_api import Page

BIRTH = "1.001193"
SHOWN_MS = 10_000
pytestmark = pytest.mark.browser


class Slips:
    """Hears of the printer's changes, so that a test can wait for a slip."""

    def __init__(self, box: Box) -> None:
        self._changed = Condition()
        self._box = box
        for spooler in box.paper.spoolers():
            spooler.on_change(self._tell)

    def _tell(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def of(self, ticket_id: str, number: str) -> Path:
        """Return the picture of a printed slip, waiting for it."""

        def printed() -> bool:
            return self._box.paper.state(ticket_id) == "printed"

        with self._changed:
            assert self._changed.wait_for(printed, timeout=20)
        return next(self._box.home.slips.rglob(f"*-{number}.png"))


@pytest.fixture
def box(home: Home) -> Iterator[Box]:
    """A centre with its real journal, the real clock, and a virtual printer."""
    box = open_box(home, always_open=True)
    yield box
    box.close()


@pytest.fixture
def centre(box: Box, served: str) -> str:
    """The centre as it serves, printers included; gives the address."""
    box.start(served)
    return served


@pytest.fixture
def heard(box: Box) -> list[Record]:
    """Every record of the day, as it is made."""
    records: list[Record] = []
    box.office.react(records.append)
    return records


def ask(url: str, token: str, body: object = None) -> Any:  # noqa: ANN401
    """Ask the API and return its JSON."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(url, data, headers)  # noqa: S310 - our own server
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
        return json.load(answer)


def code_on(slip: Path) -> str:
    """Return what the QR code of a slip says."""
    with Image.open(slip) as picture:
        [found] = zxingcpp.read_barcodes(picture)
    return str(found.text)


def sign_in(page: Page, centre: str, name: str, pin: str) -> None:
    """Sign in as a member of staff."""
    page.goto(f"{centre}/signin")
    page.fill("#name", name)
    page.fill("#pin", pin)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/counter$"))


def test_a_birth_registration_from_the_door_to_the_report(
    centre: str, box: Box, heard: list[Record], open_page: Callable[..., Page]
) -> None:
    slips = Slips(box)
    token = box.access.add_token(Role.ADMIN)
    pin = box.access.add_staff("Lan", Role.STAFF)

    # A program takes the first number; the slip's code leads to the ticket.
    first = ask(f"{centre}/api/v1/tickets", token, {"procedure": BIRTH})
    assert code_on(slips.of(first["id"], first["number"])) == first["follow_url"]

    # A visitor takes the second at the kiosk, in three touches.
    kiosk = open_page(f"{centre}/kiosk")
    kiosk.get_by_role("link", name=re.compile("Hộ tịch")).click()
    kiosk.locator(f"a[href*='{BIRTH}']").click()
    kiosk.get_by_role("button", name=re.compile("Lấy số")).click()
    number = kiosk.locator(".the-number").inner_text()
    assert number == "A002"
    issued = [one for one in heard if isinstance(one.event, TicketIssued)][-1]
    assert isinstance(issued.event, TicketIssued)
    assert issued.event.procedure == BIRTH
    link = code_on(slips.of(issued.event.ticket, number))
    assert link == f"{centre}/t/{issued.event.ticket}"

    # The hall watches; the visitor's phone follows the slip's link.
    board = open_page(f"{centre}/board", 1920, 1080)
    phone = open_page(link, 390, 844)
    assert phone.get_by_text(number).first.is_visible()

    # A clerk signs in and presses the keys: open, call the next, start, finished, call the next.
    desk = open_page(f"{centre}/signin")
    sign_in(desk, centre, "Lan", pin)
    desk.goto(f"{centre}/counter/1")
    for key, state in (("m", "open"), ("n", "called"), ("b", "serving"), ("2", "finished")):
        press(desk, key, heard, state)
    board.get_by_text(first["number"]).first.wait_for(timeout=SHOWN_MS)
    press(desk, "n", heard, "called")
    board.get_by_text(number).first.wait_for(timeout=SHOWN_MS)
    phone.get_by_text(re.compile("quầy", re.IGNORECASE)).first.wait_for(timeout=SHOWN_MS)

    # The report's wait is the difference of the two events, to the microsecond.
    called = [one for one in heard if isinstance(one.event, TicketCalled)][-1]
    wait_s = called.at.mono - issued.at.mono
    rows = [leg for table in days_of(box) for leg in table.legs if leg.ticket == number]
    assert [row.wait_s for row in rows] == [pytest.approx(wait_s, abs=1e-6)]
    ticket = ask(f"{centre}/api/v1/tickets/{issued.event.ticket}", token)
    shown_s = datetime.fromisoformat(ticket["called_at"]) - datetime.fromisoformat(
        ticket["issued_at"]
    )
    assert shown_s.total_seconds() == pytest.approx(wait_s, abs=0.01)


def press(desk: Page, key: str, heard: list[Record], state: str) -> None:
    """Press a key at the desk and wait until the desk shows what came of it."""
    before = len(heard)
    desk.wait_for_selector("#main-act:not(.settling)")
    with desk.expect_response(lambda answer: answer.request.method == "POST"):
        desk.keyboard.press(key)
    assert len(heard) > before, f"{key} did nothing"
    desk.wait_for_function(
        "seq => Number(document.querySelector('#desk').dataset.seq) >= seq", arg=heard[-1].seq
    )
    expected = {"open": "CounterOpened", "called": "TicketCalled", "serving": "ServiceStarted",
                "finished": "TicketFinished"}[state]  # fmt: skip
    assert type(heard[-1].event).__name__ == expected


def days_of(box: Box) -> list[Any]:
    """Return today's table."""
    today = box.office.rules.hours.date(box.office.now().wall)
    return list(box.archive.days(today, today))
