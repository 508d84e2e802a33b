"""Takes the README's pictures from a make-believe morning.

Run it with `.venv/bin/python docs/take_pictures.py`.

The ward, the morning and the sizes are always the same; ids and so the codes on slips are not.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright

from motcua.access import Role
from motcua.app import Box, create_app, fresh_id, open_box
from motcua.cli.serving import open_rules
from motcua.clock import SetClock
from motcua.home import Home
from motcua.journal.tiny import TinyJournal
from motcua.server import make_server
from motcua.simulation.demand import Demand
from motcua.simulation.demo import first_morning
from motcua.simulation.past import demand_for, past_days, write_days
from motcua.simulation.ward import Ward

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURES = Path(__file__).parent / "pictures"
DAY = date(2026, 11, 24)
_COLOURS = 64
_BIRTH = "1.001193"


def main() -> None:
    """Take every picture."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, _centre(Path(folder)) as (box, address):
        pin = box.access.add_staff("Lan", Role.ADMIN)
        chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            _take_visitor(browser, box, address)
            _take_staff(browser, address, pin)
            browser.close()


@contextmanager
def _centre(folder: Path) -> Iterator[tuple[Box, str]]:
    """Open a centre at a quarter past nine, with a fortnight behind it, and serve it."""
    home = Home(folder / "home")
    home.prepare()
    rules = open_rules(home)
    demand = demand_for(rules, 7, 170, len(rules.counters))
    days = past_days(rules, DAY, 20)
    past = TinyJournal(home.journal, durable=False)
    write_days(past, rules, SetClock(first_morning(rules.hours, days[0])), days, demand, fresh_id)
    past.close()
    clock = SetClock(first_morning(rules.hours, DAY), boot="today")
    box = open_box(home, clock=clock)
    box.foresight.study()
    _live_until(box, clock, demand_for(rules, 11, 190, len(rules.counters)))
    server = make_server(create_app(box), box.centre.server, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{getattr(server, 'effective_port', 0)}"
    Thread(target=server.run, daemon=True).start()
    box.start(address)
    yield box, address
    box.close()


def _live_until(box: Box, clock: SetClock, demand: Demand) -> None:
    ward = Ward(box.office, demand, list(box.office.rules.counters))
    ward.plan(DAY)
    end = datetime(2026, 11, 24, 9, 15, tzinfo=box.office.rules.hours.zone)
    while (at := ward.next_at()) is not None and at <= end:
        clock.advance_to(at)
        ward.step()
    clock.advance_to(end)


def _take_visitor(browser: Browser, box: Box, address: str) -> None:
    kiosk = _open(browser, f"{address}/kiosk", 1366, 768)
    _keep(kiosk, "kiosk-home")
    kiosk.get_by_role("link", name=re.compile("Hộ tịch")).click()
    kiosk.locator(f"a[href*='{_BIRTH}']").click()
    _keep(kiosk, "kiosk-here")
    kiosk.get_by_role("button", name=re.compile("Lấy số")).first.click()
    kiosk.get_by_text("Mời ông/bà lấy phiếu").wait_for()
    _keep(kiosk, "kiosk-number")
    ticket = kiosk.url.rsplit("/", maxsplit=1)[1]
    slip = max(box.home.slips.rglob("*.png"), key=lambda path: path.stat().st_mtime)
    shutil.copyfile(slip, PICTURES / "slip.png")
    _keep(_open(browser, f"{address}/t/{ticket}", 390, 700), "phone")


def _take_staff(browser: Browser, address: str, pin: str) -> None:
    _keep(_open(browser, f"{address}/board", 1920, 1080), "board")
    page = _open(browser, f"{address}/signin", 1366, 768)
    page.fill("#name", "Lan")
    page.fill("#pin", pin)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "signin" not in url)
    for path, name in (
        ("/counter/1", "counter"),
        ("/reports?from=2026-11-16&to=2026-11-20", "reports"),
        ("/admin", "admin"),
    ):
        page.goto(address + path)
        _keep(page, name)


def _open(browser: Browser, url: str, width: int, height: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(url)
    return page


def _keep(page: Page, name: str) -> None:
    """Keep a picture small: few colours, which screens of paper and ink do not miss."""
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready")
    with Image.open(BytesIO(page.screenshot())) as picture:
        small = picture.convert("RGB").quantize(_COLOURS)
        small.save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
