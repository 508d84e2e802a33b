"""A full disk as it is seen in a real browser: at the kiosk, at the desk, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from motcua.access import Role
from motcua.app import Box
from motcua.queue.commands import IssueTicket, OpenCounter
from tests.faults.disks import BadDisk

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_at_the_kiosk_the_page_says_sorry_and_a_second_press_gives_the_number(
    box: Box, disk: BadDisk, served: str, open_page: Callable[..., Page]
) -> None:
    from playwright.sync_api import expect

    page = open_page(f"{served}/kiosk/procedure/1.001193", 1080, 1920)
    disk.fault = "full"
    page.get_by_role("button", name="Lấy số", exact=True).click()
    expect(page.locator(".refused h1")).to_have_text(re.compile("Xin lỗi ông/bà"))
    expect(page.get_by_role("link", name="Trang đầu")).to_be_visible()
    disk.fault = ""
    page.get_by_role("button", name="Thử lại").click()
    expect(page.locator(".the-number")).to_have_text("A001")
    with box.office.today() as day:
        assert len(day.tickets) == 1


def test_at_the_desk_the_notice_stands_over_the_queue_until_it_works(
    box: Box, disk: BadDisk, served: str, open_page: Callable[..., Page]
) -> None:
    from playwright.sync_api import expect

    box.office.execute(IssueTicket(service="A"))
    box.office.execute(OpenCounter(1))
    pin = box.access.add_staff("Lan", Role.STAFF)
    page = open_page(f"{served}/counter/1")
    page.fill("#name", "Lan")
    page.fill("#pin", pin)
    page.keyboard.press("Enter")
    disk.fault = "full"
    page.locator("#main-act").click()
    expect(page.locator("#notice")).to_contain_text("Ổ đĩa đã đầy hoặc không ghi được")
    expect(page.locator("#rows-waiting .number")).to_have_text("A001")
    disk.fault = ""
    page.locator("#main-act").click()
    expect(page.locator("#notice")).to_be_empty()
    expect(page.locator("#visitor-number")).to_have_text("A001")
    expect(page.locator("#rows-waiting .number")).to_have_count(0)


def test_on_a_phone_the_way_back_to_the_number_is_offered(
    box: Box, disk: BadDisk, served: str, open_page: Callable[..., Page]
) -> None:
    from playwright.sync_api import expect

    ticket = box.office.execute(IssueTicket(service="A")).ticket
    assert ticket
    page = open_page(f"{served}/t/{ticket.id}/cancel", 390, 844)
    disk.fault = "full"
    page.get_by_role("button", name="Có, tôi trả số").click()
    expect(page.get_by_text("Số của ông/bà vẫn như cũ.")).to_be_visible()
    page.get_by_role("link", name="Trở lại số của ông/bà").click()
    expect(page.locator("#ticket")).to_contain_text("A001")
