"""The report in a real browser: it grows by itself, loses nothing typed, and fits screen and A4."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from motcua.access import Role
from motcua.app import Box
from motcua.clock import SetClock
from motcua.queue import commands as c

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
_WAIT_MS = 15_000
_TODAY = "/reports?from=2026-11-23&to=2026-11-23"


@pytest.fixture
def manager(
    served: str, browse: Callable[[Role], FlaskClient], open_page: Callable[..., Page]
) -> Callable[..., Page]:
    """Open a page as a manager."""
    client = browse(Role.MANAGER)
    client.get("/reports")
    cookie = client.get_cookie("motcua")
    assert cookie is not None

    def opened(address: str, width: int = 1366, height: int = 768) -> Page:
        page = open_page("about:blank", width, height)
        page.context.add_cookies([{"name": "motcua", "value": cookie.value, "url": served}])
        page.goto(f"{served}{address}")
        return page

    return opened


@pytest.fixture(autouse=True)
def open_counter(box: Box) -> None:
    """Open a counter for birth registrations."""
    box.office.execute(c.OpenCounter(1))


def come_and_go(box: Box, clock: SetClock, people: int) -> None:
    """Let people come, wait seven minutes each and be served."""
    for _ in range(people):
        box.office.execute(c.IssueTicket(procedure="1.001193"))
        clock.advance(420)
        box.office.execute(c.CallNext(1))
        box.office.execute(c.StartService(1))
        clock.advance(120)
        box.office.execute(c.FinishTicket(1, "done"))


def test_todays_report_grows_and_what_is_typed_stays(
    manager: Callable[..., Page], box: Box, clock: SetClock
) -> None:
    page = manager(_TODAY)
    assert "không có lượt nào" in page.locator(".answer").inner_text()
    page.fill("input[name=from]", "2026-11-02")
    page.locator(".report-bar summary").click()
    page.fill("input[name=compare_from]", "2026-10-05")
    come_and_go(box, clock, 6)
    page.locator(".answer", has_text="6 lượt").wait_for(timeout=_WAIT_MS)
    assert "không quá 7 phút" in re.sub(r"7,0", "7", page.locator(".answer").inner_text())
    assert page.locator("svg.chart").count() == 2
    assert page.input_value("input[name=from]") == "2026-11-02"
    assert page.input_value("input[name=compare_from]") == "2026-10-05"
    assert page.evaluate("document.activeElement.name") == "compare_from"


def test_a_reader_is_not_moved_when_the_report_grows(
    manager: Callable[..., Page], box: Box, clock: SetClock
) -> None:
    come_and_go(box, clock, 6)
    page = manager(_TODAY)
    page.locator("svg.chart").first.wait_for()
    page.evaluate("window.scrollTo(0, 600)")
    before = page.evaluate("window.scrollY")
    come_and_go(box, clock, 1)
    page.locator(".answer", has_text="7 lượt").wait_for(timeout=_WAIT_MS)
    assert page.evaluate("window.scrollY") == before > 0


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1024, 768), (390, 844)])
def test_nothing_is_wider_than_the_screen(
    manager: Callable[..., Page], box: Box, clock: SetClock, width: int, height: int
) -> None:
    come_and_go(box, clock, 6)
    page = manager(_TODAY, width, height)
    page.locator("svg.chart").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for cut in page.locator("h1, h2, figcaption, .answer p, .report-bar a").all():
        assert cut.evaluate("e => e.scrollWidth <= e.clientWidth + 1 || !e.clientWidth")


def test_the_report_prints_on_a4_without_the_bar(
    manager: Callable[..., Page], box: Box, clock: SetClock
) -> None:
    come_and_go(box, clock, 6)
    page = manager(_TODAY, 794, 1123)
    page.emulate_media(media="print")
    assert not page.locator(".report-bar").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 794
    paper = page.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", paper)
    assert sizes
    assert all((round(float(w)), round(float(h))) in {(595, 842), (596, 842)} for w, h in sizes)


def test_a_folded_table_stays_open_while_the_report_grows_and_all_are_open_on_paper(
    manager: Callable[..., Page], box: Box, clock: SetClock
) -> None:
    come_and_go(box, clock, 6)
    page = manager(_TODAY)
    fold, other = page.locator("#fold-procedure"), page.locator("#fold-coverage")
    assert not fold.locator("table").is_visible()
    fold.locator("summary").click()
    fold.locator("table").wait_for()
    come_and_go(box, clock, 1)
    page.locator(".answer", has_text="7 lượt").wait_for(timeout=_WAIT_MS)
    fold.locator("table").wait_for()
    assert not other.locator("table").is_visible()
    page.emulate_media(media="print")
    for one in (fold, other, page.locator("#counted")):
        assert one.locator("table, dl").is_visible()
    assert not page.locator(".table-file").first.is_visible()
