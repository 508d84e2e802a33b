"""The touch screen in a real browser: what counts as a press, and who is still there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from motcua.app import Box
from motcua.queue.commands import CallNext, OpenCounter

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def test_three_presses_lead_to_a_number_that_stays(
    served: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{served}/kiosk")

    page.get_by_text("Khai sinh, kết hôn, khai tử").click()
    page.get_by_text("Làm khai sinh").click()
    page.get_by_role("button", name="Lấy số", exact=True).click()

    number = page.locator(".the-number")
    number.wait_for()
    assert number.inner_text() == "A001"
    assert page.get_attribute("#panel", "data-idle-s") == "0"
    page.get_by_role("button", name="Xong").click()
    page.get_by_text("Ông/bà cần làm việc gì?").wait_for()


def test_a_press_let_go_elsewhere_counts(served: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{served}/kiosk")
    tile = page.get_by_text("Sao y, chứng thực").bounding_box()
    assert tile

    page.mouse.move(tile["x"] + 5, tile["y"] + 5)
    page.mouse.down()
    page.mouse.move(700, 30)
    page.mouse.up()

    page.wait_for_url("**/kiosk/field/chung-thuc")


def test_a_long_press_counts_once_and_opens_no_menu(
    served: str, open_page: Callable[..., Page], box: Box
) -> None:
    page = open_page(f"{served}/kiosk/procedure/1.001193")
    page.evaluate("""() => {
      window.menus = 0;
      addEventListener("contextmenu", event => { if (!event.defaultPrevented) window.menus += 1; });
    }""")
    button = page.get_by_role("button", name="Lấy số", exact=True)
    where = button.bounding_box()
    assert where
    touch = page.context.new_cdp_session(page)
    point = {"x": where["x"] + 40, "y": where["y"] + 40}

    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    page.wait_for_function("document.querySelector('.take.pressed')")
    button.dispatch_event("contextmenu")  # what a long touch makes
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    page.locator(".the-number").wait_for()
    assert page.evaluate("window.menus") == 0
    with box.office.today() as day:
        assert len(day.tickets) == 1


def test_a_press_by_keyboard_counts(served: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{served}/kiosk")

    page.get_by_role("link", name="Nhận kết quả").focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**/kiosk/collect")


def test_letters_pressed_on_the_screen_find_the_matter(
    served: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{served}/kiosk/search")

    for letter in "SAO":
        page.get_by_role("button", name=letter, exact=True).click()
    page.get_by_role("button", name="Dấu cách").click()
    page.get_by_role("button", name="Y", exact=True).click()

    page.locator("#found a", has_text="Chứng thực bản sao từ bản chính").click()
    page.wait_for_url("**/kiosk/procedure/2.000815*")
    assert (
        page.get_by_role("link", name="Quay lại").get_attribute("href") == "/kiosk/search?q=sao+y"
    )


def test_a_referral_shown_is_recorded_once(
    served: str, open_page: Callable[..., Page], box: Box
) -> None:
    page = open_page(f"{served}/kiosk")

    for _ in range(2):
        with page.expect_response("**/referral"):
            page.goto(f"{served}/kiosk/procedure/2.000200")

    with box.office.today() as day:
        assert list(day.referrals.values()) == [1]
        assert not day.tickets


def test_a_call_appears_beside_the_number_by_itself(
    served: str, open_page: Callable[..., Page], box: Box
) -> None:
    page = open_page(f"{served}/kiosk/procedure/1.001193")
    page.get_by_role("button", name="Lấy số", exact=True).click()
    page.get_by_text("Ông/bà là người tiếp theo").wait_for()

    box.office.execute(OpenCounter(3, ("A",)))
    box.office.execute(CallNext(3))

    page.get_by_text("Mời ông/bà đến quầy số 3").wait_for()
    assert page.locator(".the-number").inner_text() == "A001"


@pytest.mark.parametrize("wishes", [{"idle_s": 1}])
def test_it_asks_whether_somebody_is_there_and_waits_for_the_answer(
    served: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{served}/kiosk/procedure/1.001193?lang=en&text=larger")
    asked = page.locator("#still")

    asked.wait_for()
    assert "goes back to the start in" in asked.inner_text()
    page.get_by_role("button", name="Yes, I am still here").click()
    asked.wait_for(state="hidden")

    assert page.locator("h1").inner_text() == "Birth registration"


@pytest.mark.parametrize("wishes", [{"idle_s": 1}])
def test_nobody_there_means_the_start_page_as_the_next_visitor_knows_it(
    served: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{served}/kiosk?lang=en&text=larger")
    page.clock.install()
    page.goto(f"{served}/kiosk/procedure/1.001193")

    page.clock.run_for(2_000)
    page.locator("#still").wait_for()
    page.clock.run_for(31_000)

    page.get_by_text("Ông/bà cần làm việc gì?").wait_for()
    assert page.get_attribute("body", "class") == "kiosk"
    assert page.locator("#still").count() == 0


def test_a_server_that_went_away_is_told_and_the_page_stays(
    served: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{served}/kiosk")
    page.context.set_offline(True)

    page.get_by_text("Sao y, chứng thực").click()

    page.locator("#lost").wait_for()
    assert page.get_by_text("Ông/bà cần làm việc gì?").is_visible()
    page.context.set_offline(False)
    page.get_by_text("Sao y, chứng thực").click()
    page.wait_for_url("**/kiosk/field/chung-thuc")


def test_it_all_works_without_a_script(served: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/kiosk/search")

    for letter in "SAO":
        page.get_by_role("button", name=letter, exact=True).click()
    page.locator("#found a").first.click()
    page.get_by_role("button", name="Lấy số", exact=True).click()
    assert page.locator(".the-number").inner_text() == "H001"
    page.get_by_role("button", name="Xong").click()

    assert page.url.endswith("/kiosk")
    context.close()


def test_the_phone_follows_the_call_by_itself(
    served: str, open_page: Callable[..., Page], box: Box
) -> None:
    kiosk = open_page(f"{served}/kiosk/procedure/1.001193")
    kiosk.get_by_role("button", name="Lấy số", exact=True).click()
    kiosk.locator(".the-number").wait_for()
    phone = open_page(f"{served}/t/{kiosk.url.rsplit('/', 1)[1]}", 390, 844)
    assert "A001" in phone.title()

    box.office.execute(OpenCounter(2, ("A",)))
    box.office.execute(CallNext(2))

    phone.locator("main.called").wait_for()
    assert phone.title() == "Mời ông/bà đến quầy số 2"
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
