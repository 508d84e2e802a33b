"""The desk in a real browser while the hall goes on around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from motcua.app import Box
from motcua.queue.commands import CallNext, OpenCounter
from tests.counter.clerk import BIRTH
from tests.counter.window import number, press_main, ready

if TYPE_CHECKING:
    from playwright.sync_api import Page

Take = Callable[..., str]
pytestmark = pytest.mark.browser

NEWER = "seen => Number(document.getElementById('desk').dataset.seq) > Number(seen)"
SIZES = [(1366, 768), (1366, 640), (1024, 768)]


def test_a_second_window_follows_without_reload(desk: Callable[..., Page], take: Take) -> None:
    take()
    mine, theirs = desk(), desk()
    theirs.evaluate("window.loadedOnce = true")
    mine.keyboard.press("m")
    expect(theirs.locator(".state.open")).to_be_visible()
    mine.wait_for_selector("#main-act[data-act='call-next']")
    mine.keyboard.press("n")
    expect(theirs.locator(".visitor.called")).to_be_visible()
    expect(number(theirs)).to_have_text("A001")
    assert theirs.evaluate("window.loadedOnce")


def test_what_happens_in_the_hall_takes_nothing_from_the_clerk(
    desk: Callable[..., Page], take: Take
) -> None:
    for _ in range(30):
        take()
    page = desk()
    page.keyboard.press("m")
    page.wait_for_selector("#main-act[data-act='call-next']")
    page.keyboard.press("n")
    page.wait_for_selector("#main-act[data-act='start']")
    page.locator("label", has_text="Giấy chứng sinh").click()
    page.evaluate("document.getElementById('rows-waiting').scrollTop = 200")
    page.keyboard.press("Shift+V")  # is nothing
    page.keyboard.press("h")
    expect(page.locator("[id='act-hold:copy']")).to_be_focused()
    seen = page.get_attribute("#desk", "data-seq")
    take()
    page.wait_for_function(NEWER, arg=seen)
    expect(page.locator("#panel-hold")).to_have_attribute("open", "")
    expect(page.locator("[id='act-hold:copy']")).to_be_focused()
    expect(page.locator("label", has_text="Giấy chứng sinh").locator("input")).to_be_checked()
    assert page.evaluate("document.getElementById('rows-waiting').scrollTop") == 200


def test_a_refusal_stays_until_the_next_press(
    desk: Callable[..., Page], take: Take, box: Box
) -> None:
    take()
    page = desk()
    page.keyboard.press("m")
    page.wait_for_selector("#main-act[data-act='call-next']")
    page.evaluate("document.querySelector('[name=act][value=call-next]').value = 'start'")
    page.keyboard.press("n")
    notice = page.locator("#notice")
    expect(notice).to_have_text("Quầy 1 chưa gọi số nào.")
    seen = box.office.seq
    take()
    page.wait_for_function(NEWER, arg=seen)
    expect(notice).to_have_text("Quầy 1 chưa gọi số nào.")
    page.keyboard.press("n")
    expect(number(page)).to_have_text("A001")
    expect(notice).to_have_text("")


def test_a_press_is_not_lost_when_the_hall_moves_under_it(
    desk: Callable[..., Page], take: Take
) -> None:
    take()
    page = desk()
    page.keyboard.press("m")
    page.wait_for_selector("#main-act[data-act='call-next']")
    ready(page)
    page.locator("#main-act").hover()
    page.mouse.down()
    with page.expect_response(re.compile(r"\?seen=")):
        take()
    page.mouse.up()
    expect(number(page)).to_have_text("A001")
    expect(page.locator(".visitor.called")).to_be_visible()
    expect(page.locator("#rows-waiting .number")).to_have_text(["A002"])


def test_the_undo_goes_by_itself_when_its_time_is_over(
    desk: Callable[..., Page], take: Take
) -> None:
    take()
    page = desk()
    page.keyboard.press("m")
    page.wait_for_selector("#main-act[data-act='call-next']")
    page.keyboard.press("n")
    undo = page.locator("#act-undo")
    expect(undo).to_have_text(re.compile("Hoàn tác: gọi số A001"))
    page.evaluate("document.getElementById('act-undo').dataset.left = 1")
    expect(undo).to_be_disabled(timeout=10_000)
    expect(undo.locator(".label")).to_have_text("Hoàn tác")


def test_the_minutes_go_on_while_nothing_happens(desk: Callable[..., Page], take: Take) -> None:
    ticket = take()
    page = desk()
    waited = page.locator(f"[id='row-{ticket}'] [data-since]")
    expect(waited).to_have_text("0")
    waited.evaluate("element => { element.dataset.since = 7 * 60; }")
    expect(waited).to_have_text("7")


def test_a_clerk_whose_session_ended_is_led_to_sign_in(desk: Callable[..., Page], box: Box) -> None:
    page = desk()
    box.access.remove_staff("Nguyễn Thị Hồng An")
    page.keyboard.press("m")
    expect(page).to_have_url(re.compile("/signin"))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_everything_has_its_place_on_the_screen(
    desk: Callable[..., Page], box: Box, take: Take, width: int, height: int
) -> None:
    box.office.execute(OpenCounter(1))
    for wishes in ({}, {"priority": "pregnant"}, {"language": "en", "purpose": "assist"}):
        for procedure in (BIRTH, "2.000815", "1.000894", "1.004859"):
            take(procedure, **wishes)
    page = desk(width, height)
    places = []
    for step in range(3):
        box_of = page.locator("#main-act").bounding_box()
        assert box_of is not None
        assert box_of["y"] + box_of["height"] < height
        places.append(box_of)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert cut_words(page) == []
        if step == 0:
            box.office.execute(CallNext(1))
            page.wait_for_selector("#main-act[data-act='start']")
            ready(page)
        elif step == 1:
            press_main(page, "finish")
    assert places[0] == places[1] == places[2]


def cut_words(page: Page) -> list[str]:
    """Return the labels that do not fit into their buttons."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('button, summary.act, .plate .times, .bar p')]
        .filter(e => e.offsetParent && !e.closest('.row summary')
                     && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 2))
        .map(e => e.innerText)"""
    )
    return found
