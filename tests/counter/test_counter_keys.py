"""The desk in a real browser, worked by its keys alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from motcua.app import Box
from motcua.queue.ticket import State
from tests.counter.window import number, press_main, ready

if TYPE_CHECKING:
    from playwright.sync_api import Page

Take = Callable[..., str]
pytestmark = pytest.mark.browser


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


def test_the_big_button_looks_at_rest_for_as_long_as_it_ignores_presses(
    desk: Callable[..., Page], take: Take
) -> None:
    take()
    page = desk()
    page.clock.install()
    page.keyboard.press("m")
    page.wait_for_selector("#main-act[data-act='call-next']")
    page.clock.run_for(500)
    page.keyboard.press("n")
    page.wait_for_selector("#main-act[data-act='start'].settling")
    page.clock.run_for(300)
    expect(page.locator("#main-act.settling")).to_be_visible()
    with page.expect_response("**/counter/1"):
        page.keyboard.press("g")
    expect(page.locator(".visitor .times")).to_contain_text("2 lần")
    expect(page.locator("#main-act.settling")).to_be_visible()
    page.clock.run_for(300)
    expect(page.locator("#main-act:not(.settling)")).to_be_visible()
    page.keyboard.press("Space")
    page.wait_for_selector("#main-act[data-act='finish']")


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


def test_enter_among_the_services_uses_them(desk: Callable[..., Page], take: Take) -> None:
    take("2.000815")
    page = desk()
    page.keyboard.press("d")
    expect(page.locator("#service-A")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".state.open")).to_be_visible()
    expect(page.locator(".waiting .lines")).to_have_text("H 1N 0")
    page.keyboard.press("n")
    page.wait_for_selector("#main-act[data-act='start']")
    expect(number(page)).to_have_text("H001")
    ready(page)
    page.locator("#papers input").first.focus()
    page.keyboard.press("Space")
    expect(page.locator("#papers input").first).to_be_checked()
    page.keyboard.press("Enter")
    page.wait_for_selector("#main-act[data-act='finish']")
