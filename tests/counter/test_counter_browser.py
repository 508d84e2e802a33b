"""The desk in a real browser: by keys alone, in two windows, under a live hall."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from motcua.access import Role
from motcua.app import Box
from motcua.queue.commands import CallNext, OpenCounter
from motcua.queue.ticket import State
from tests.counter.clerk import BIRTH

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

Take = Callable[..., str]
pytestmark = pytest.mark.browser

NEWER = "seen => Number(document.getElementById('desk').dataset.seq) > Number(seen)"
SIZES = [(1366, 768), (1366, 640), (1024, 768)]


@pytest.fixture
def desk(box: Box, served: str, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Open the desk of counter 1 in a window of its own, signed in by name and PIN."""
    name = "Nguyễn Thị Hồng An"
    pin = box.access.add_staff(name, Role.STAFF)

    def desk(width: int = 1366, height: int = 768) -> Page:
        page = open_page(f"{served}/counter/1", width, height)
        page.fill("#name", name)
        page.fill("#pin", pin)
        page.keyboard.press("Enter")
        expect(page).to_have_title(re.compile("· Quầy 1$"))  # its script has run
        return page

    return desk


def number(page: Page) -> Locator:
    return page.locator("#visitor-number")


def ready(page: Page) -> None:
    """Wait until the big button takes a press again."""
    page.wait_for_selector("#main-act:not(.settling)")


def press_main(page: Page, then: str) -> None:
    """Press the space bar and wait for the act the big button shows next."""
    ready(page)
    page.keyboard.press("Space")
    page.wait_for_selector(f"#main-act[data-act='{then}']")


def test_a_clerk_works_with_the_space_bar_alone(
    desk: Callable[..., Page], take: Take, box: Box
) -> None:
    ticket = take(purpose="submit")
    page = desk()
    press_main(page, "call-next")
    press_main(page, "start")
    expect(number(page)).to_have_text("A001")
    press_main(page, "finish")
    ready(page)
    page.keyboard.press("Space")
    expect(page.locator("[id='act-finish:received']")).to_be_focused()
    ready(page)
    page.keyboard.press("Space")
    page.wait_for_selector("#main-act[data-act='call-next']")
    with box.office.today() as day:
        assert day.tickets[ticket].outcome == "received"


def test_every_letter_is_its_act(desk: Callable[..., Page], take: Take) -> None:
    for _ in range(3):
        take()
    page = desk()
    plate = page.locator(".visitor .word")
    for key, number_then, word in (
        ("m", "A001", "Người tiếp theo"), ("n", "A001", "Đang gọi"), ("g", "A001", "Đang gọi"),
        ("v", "A002", "Người tiếp theo"), ("z", "A001", "Đang gọi"), ("b", "A001", "Đang phục vụ"),
    ):  # fmt: skip
        with page.expect_response("**/counter/1"):
            page.keyboard.press(key)
        expect(number(page)).to_have_text(number_then)
        expect(plate).to_have_text(word)
    page.keyboard.press("h")
    page.keyboard.press("2")
    expect(page.locator("#rows-held")).to_contain_text("Điền tờ khai")
    page.keyboard.press("n")
    expect(plate).to_have_text("Đang gọi")
    page.keyboard.press("c")
    page.keyboard.press("m")
    expect(plate).to_have_text("Người tiếp theo")
    expect(number(page)).to_have_text("A003")
    page.keyboard.press("Shift+X")
    expect(page.locator(".state.closed")).to_be_visible()


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


def test_a_double_press_of_the_big_button_is_one_step(
    desk: Callable[..., Page], take: Take, box: Box
) -> None:
    ticket = take()
    page = desk()
    press_main(page, "call-next")
    ready(page)
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    page.wait_for_selector("#main-act[data-act='start']")
    page.keyboard.press("Space")
    ready(page)
    expect(page.locator(".visitor.called")).to_be_visible()
    with box.office.today() as day:
        assert day.tickets[ticket].state is State.CALLED


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


def test_a_clicked_button_is_not_pressed_again_by_the_space_bar(
    desk: Callable[..., Page], take: Take, box: Box
) -> None:
    ticket = take()
    page = desk()
    page.keyboard.press("m")
    page.wait_for_selector("#main-act[data-act='call-next']")
    page.keyboard.press("n")
    page.wait_for_selector("#main-act[data-act='start']")
    ready(page)
    with page.expect_response("**/counter/1"):
        page.locator("#act-recall").click()
    press_main(page, "finish")
    with box.office.today() as day:
        assert day.tickets[ticket].calls == 2


def test_a_chosen_number_is_called_by_the_arrows(desk: Callable[..., Page], take: Take) -> None:
    for _ in range(3):
        take()
    page = desk()
    page.keyboard.press("m")
    page.wait_for_selector("#main-act[data-act='call-next']")
    for key in ("l", "ArrowDown", "ArrowDown", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".visitor.called")).to_be_visible()
    expect(number(page)).to_have_text("A002")


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


def test_a_clerk_whose_session_ended_is_led_to_sign_in(desk: Callable[..., Page], box: Box) -> None:
    page = desk()
    box.access.remove_staff("Nguyễn Thị Hồng An")
    page.keyboard.press("m")
    page.wait_for_url(re.compile("/signin"))


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
