"""A desk in a window of a real browser, as the tests press its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


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
