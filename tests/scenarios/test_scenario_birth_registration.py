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
from motcua.queue.events import TicketIssued
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


def sign_in(page: Page, name: str, pin: str) -> None:
    """Sign in as a member of staff."""
    page.fill("#name", name)
    page.fill("#pin", pin)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/counter$"))


def test_a_birth_registration_from_the_door_to_the_report(
    centre: str, box: Box, heard: list[Record], open_page: Callable[..., Page]
) -> None:
    slips = Slips(box)
    token = box.access.add_token(Role.ADMIN)

    # A program takes the first number, a visitor at the kiosk the second.
    first = ask(f"{centre}/api/v1/tickets", token, {"procedure": BIRTH})
    assert code_on(slips.of(first["id"], first["number"])) == first["follow_url"]
    issued, number = take_number(open_page(f"{centre}/kiosk"), heard)
    link = code_on(slips.of(issued.event.ticket, number))
    assert (number, link) == ("A002", f"{centre}/t/{issued.event.ticket}")

    # The hall watches, the visitor follows the slip's link, a clerk presses the keys.
    board, phone = open_page(f"{centre}/board", 1920, 1080), open_page(link, 390, 844)
    desk = open_page(f"{centre}/signin")
    sign_in(desk, "Lan", box.access.add_staff("Lan", Role.STAFF))
    desk.goto(f"{centre}/counter/1")
    press(desk, heard, ("m", "CounterOpened"), ("n", "TicketCalled"))
    board.get_by_text(first["number"]).first.wait_for(timeout=SHOWN_MS)
    press(desk, heard, ("b", "ServiceStarted"), ("2", "TicketFinished"), ("n", "TicketCalled"))
    board.get_by_text(number).first.wait_for(timeout=SHOWN_MS)
    phone.get_by_text(re.compile("quầy", re.IGNORECASE)).first.wait_for(timeout=SHOWN_MS)

    # The report's wait is the difference of the two events.
    wait_s = heard[-1].at.mono - issued.at.mono
    assert waits_of(box, number) == [pytest.approx(wait_s, abs=1e-6)]
    assert shown_wait_s(centre, token, issued) == pytest.approx(wait_s, abs=0.01)


def shown_wait_s(centre: str, token: str, issued: Any) -> float:  # noqa: ANN401
    """Return the seconds between the two times programs are shown."""
    ticket = ask(f"{centre}/api/v1/tickets/{issued.event.ticket}", token)
    called, taken = (datetime.fromisoformat(ticket[at]) for at in ("called_at", "issued_at"))
    return (called - taken).total_seconds()


def take_number(kiosk: Page, heard: list[Record]) -> tuple[Any, str]:
    """Take a number for a birth registration in three touches; return its record and it."""
    kiosk.get_by_role("link", name=re.compile("Hộ tịch")).click()
    kiosk.locator(f"a[href*='{BIRTH}']").click()
    kiosk.get_by_role("button", name=re.compile("Lấy số")).first.click()
    number = kiosk.locator(".the-number").inner_text()
    issued = [one for one in heard if isinstance(one.event, TicketIssued)][-1]
    assert isinstance(issued.event, TicketIssued)
    assert issued.event.procedure == BIRTH
    return issued, number


def press(desk: Page, heard: list[Record], *acts: tuple[str, str]) -> None:
    """Press keys at the desk; after each its event must follow, and the desk must show it."""
    for key, event in acts:
        before = len(heard)
        desk.wait_for_selector("#main-act:not(.settling)")
        with desk.expect_response(lambda answer: answer.request.method == "POST"):
            desk.keyboard.press(key)
        assert [type(one.event).__name__ for one in heard[before:]] == [event]
        desk.wait_for_function(
            "seq => Number(document.querySelector('#desk').dataset.seq) >= seq", arg=heard[-1].seq
        )


def waits_of(box: Box, number: str) -> list[float | None]:
    """Return the waits the reports know of a number of today."""
    today = box.office.rules.hours.date(box.office.now().wall)
    tables = box.archive.days(today, today)
    return [leg.wait_s for table in tables for leg in table.legs if leg.ticket == number]
