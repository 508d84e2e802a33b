"""The live day in a real browser: what happens at a counter shows by itself, and nothing jumps."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from motcua.access import Role
from motcua.app import Box
from motcua.clock import SetClock
from motcua.queue import commands as c

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
_WAIT_MS = 15_000
_CUT = """parts => [...document.querySelectorAll(parts)]
    .filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.textContent)"""
_SIZES = [(1366, 768), (1920, 1080), (390, 844)]


@pytest.fixture(autouse=True)
def two_wait(box: Box, clock: SetClock) -> None:
    """Let two people wait, for twenty and for eleven minutes, with counter 1 open."""
    box.office.execute(c.OpenCounter(1, ("A",)))
    box.office.execute(c.IssueTicket(procedure="1.001193"))
    clock.advance(9 * 60)
    box.office.execute(c.IssueTicket(procedure="1.001193"))
    clock.advance(11 * 60)


@pytest.fixture
def manager(
    served: str, browse: Callable[[Role], FlaskClient], open_page: Callable[..., Page]
) -> Callable[..., Page]:
    """Open the live day as a manager."""
    client = browse(Role.MANAGER)
    client.get("/reports/now")
    cookie = client.get_cookie("motcua")
    assert cookie is not None

    def opened(width: int = 1366, height: int = 768) -> Page:
        page = open_page("about:blank", width, height)
        page.context.add_cookies([{"name": "motcua", "value": cookie.value, "url": served}])
        page.goto(f"{served}/reports")
        return page

    return opened


def test_a_call_at_the_counter_shows_without_reload(manager: Callable[..., Page], box: Box) -> None:
    page = manager()
    page.evaluate("window.loadedOnce = true")
    expect(page.locator(".answer")).to_contain_text("số A001, từ 08:00")
    box.office.execute(c.CallNext(1))
    expect(page.locator("#posts tr.open")).to_contain_text("A001", timeout=_WAIT_MS)
    expect(page.locator(".answer")).to_contain_text("số A002, từ 08:09")
    box.office.execute(c.StartService(1))
    expect(page.locator("#posts tr.open")).to_contain_text("đang phục vụ", timeout=_WAIT_MS)
    assert page.evaluate("window.loadedOnce")


def test_minutes_go_on_counting_between_two_pictures(manager: Callable[..., Page]) -> None:
    page = manager()
    waited = page.locator("#lines tfoot .running")
    expect(waited).to_have_text("20")
    assert "late" in (waited.get_attribute("class") or "")
    page.evaluate("""() => {
        const others = [...document.querySelectorAll("#lines .running")];
        others.forEach((one) => { one.dataset.since = 14 * 60 + 59; one.dataset.late = 15 * 60; });
    }""")
    expect(waited).to_have_text("14", timeout=_WAIT_MS)
    expect(waited).to_have_text("15", timeout=_WAIT_MS)
    expect(waited).to_have_class(re.compile("late"), timeout=_WAIT_MS)


def test_what_a_reader_looks_at_stays_where_it_is_when_somebody_comes(
    manager: Callable[..., Page], box: Box
) -> None:
    page = manager()
    page.evaluate("window.scrollTo(0, 500)")
    before = page.evaluate("[scrollY, document.getElementById('so-far').offsetTop]")
    box.office.execute(c.IssueTicket(procedure="1.001193"))
    expect(page.locator("#lines tfoot tr")).to_contain_text("A001")
    expect(page.locator("#lines tfoot strong")).to_have_text("3", timeout=_WAIT_MS)
    assert page.evaluate("[scrollY, document.getElementById('so-far').offsetTop]") == before


@pytest.mark.parametrize(("width", "height"), _SIZES)
def test_nothing_is_wider_than_the_screen_and_no_word_is_cut(
    manager: Callable[..., Page], width: int, height: int
) -> None:
    page = manager(width, height)
    page.locator("svg.chart").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(_CUT, "h1, h2, figcaption, .answer p, .report-bar a, td, th") == []


def test_a_picture_scrolled_aside_on_a_phone_stays_so(
    manager: Callable[..., Page], box: Box
) -> None:
    page = manager(390, 844)
    page.evaluate("document.getElementById('course').scrollLeft = 120")
    box.office.execute(c.IssueTicket(procedure="1.001193"))
    expect(page.locator("#lines tfoot strong")).to_have_text("3", timeout=_WAIT_MS)
    assert page.evaluate("document.getElementById('course').scrollLeft") == 120


def test_the_live_day_prints_on_a4(manager: Callable[..., Page]) -> None:
    page = manager(794, 1123)
    page.emulate_media(media="print")
    assert not page.locator(".report-bar").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 794
    paper = page.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", paper)
    assert sizes
    assert all((round(float(w)), round(float(h))) in {(595, 842), (596, 842)} for w, h in sizes)
