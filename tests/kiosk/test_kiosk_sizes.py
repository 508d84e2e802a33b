"""The touch screen measured in a real browser: millimetres, contrast, and that nothing is cut."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

_SCREENS = [(1366, 768, 344), (1024, 768, 304), (1080, 1920, 268)]
"""Width and height in pixels, width in millimetres: 15.6 inch, 15 inch 4:3, 21.5 inch upright."""
_PAGES = [
    "/kiosk", "/kiosk/field/ho-tich?page=2", "/kiosk/procedure/1.001193",
    "/kiosk/procedure/2.000200", "/kiosk/search?q=khai+sinh", "/kiosk/collect", "/kiosk/help",
    "/kiosk/service/A/collect", "/kiosk/priority?procedure=1.001193",
]  # fmt: skip
_TARGETS = """() => [...document.querySelectorAll("a[href], button, label")]
  .filter(one => one.getClientRects().length)
  .map(one => {
    const box = one.getBoundingClientRect();
    return {words: one.textContent.trim(), left: box.left, right: box.right,
            top: box.top, bottom: box.bottom};
  })"""
_CUT = """() => [...document.querySelectorAll("main *, footer *, header")]
  .filter(one => one.getClientRects().length && getComputedStyle(one).display !== "inline")
  .filter(one => one.tagName !== "INPUT")
  .filter(one => one.scrollWidth > one.clientWidth + 1
              || one.scrollHeight > one.clientHeight * 1.1 + 6)
  .map(one => one.tagName + ": " + one.textContent.trim().slice(0, 60))"""
_TEXTS = """() => {
  const parts = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(part => part / 255)
    .map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = one => {
    for (let at = one; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) {
    const one = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !one.getClientRects().length) continue;
    const style = getComputedStyle(one);
    const [a, b] = [light(parts(style.color)), light(ground(one))].sort((x, y) => y - x);
    found.push({words: walk.currentNode.data.trim(), contrast: (a + 0.05) / (b + 0.05),
                size: parseFloat(style.fontSize)});
  }
  return found;
}"""


def _on_each_screen() -> pytest.MarkDecorator:
    values = [
        pytest.param({"screen_width_mm": mm}, width, height, id=f"{width}x{height}")
        for width, height, mm in _SCREENS
    ]
    return pytest.mark.parametrize(("wishes", "width", "height"), values)


def _assert_pressable(page: Page, pixels_per_mm: float) -> None:
    """Everything to press is 20 mm at least, and 3 mm from the next."""
    targets = page.evaluate(_TARGETS)
    assert targets
    for place, one in enumerate(targets):
        assert (one["right"] - one["left"]) / pixels_per_mm >= 19.9, (page.url, one)
        assert (one["bottom"] - one["top"]) / pixels_per_mm >= 19.9, (page.url, one)
        for other in targets[place + 1 :]:
            assert _gap(one, other) / pixels_per_mm >= 2.9, (page.url, one, other)


def _gap(one: dict[str, Any], other: dict[str, Any]) -> float:
    across = max(one["left"] - other["right"], other["left"] - one["right"])
    along = max(one["top"] - other["bottom"], other["top"] - one["bottom"])
    return float(max(across, along))


def _assert_readable(page: Page) -> None:
    """Words are 24 px at least and stand out 7:1; the heading is 36 px at least."""
    texts = page.evaluate(_TEXTS)
    assert texts
    for text in texts:
        assert text["contrast"] >= 7, (page.url, text)
        assert text["size"] >= 24, (page.url, text)
    heading = "parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"
    assert page.evaluate(heading) >= 36


def _height(page: Page) -> int:
    """Return how high the page is, after making sure that nothing of it is cut."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert page.evaluate(_CUT) == [], page.url
    height: int = page.evaluate("document.documentElement.scrollHeight")
    return height


@_on_each_screen()
@pytest.mark.parametrize("language", ["vi", "en"])
def test_everything_fits_and_can_be_read_and_pressed(
    served: str,
    open_page: Callable[..., Page],
    wishes: dict[str, int],
    width: int,
    height: int,
    language: str,
) -> None:
    page = open_page(f"{served}/kiosk?lang={language}", width, height)

    for address in _PAGES:
        page.goto(f"{served}{address}")
        assert _height(page) <= height + 4, address
        _assert_pressable(page, width / wishes["screen_width_mm"])
        _assert_readable(page)


@_on_each_screen()
def test_larger_text_may_go_on_below_and_then_a_button_says_so(
    served: str, open_page: Callable[..., Page], width: int, height: int
) -> None:
    page = open_page(f"{served}/kiosk?text=larger", width, height)

    for address in _PAGES:
        page.goto(f"{served}{address}")
        goes_on = _height(page) > height + 24
        assert page.locator("#more").is_visible() is goes_on, address
        _assert_readable(page)


def test_what_goes_on_below_is_one_press_away(served: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{served}/kiosk/procedure/1.001193", 1366, 500)

    page.locator("#more").click()

    page.wait_for_function("scrollY > 0")
    page.locator("#more").wait_for(state="hidden")
    assert page.get_by_role("button", name="Lấy số", exact=True).is_visible()


def test_controls_of_an_upright_screen_lie_in_its_lower_part(
    served: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{served}/kiosk", 1080, 1920)

    for address in _PAGES[1:]:
        page.goto(f"{served}{address}")
        highest = min(target["top"] for target in page.evaluate(_TARGETS))
        assert highest > 1920 * 0.35, address


@_on_each_screen()
def test_the_number_is_the_largest_thing_and_fits(
    served: str, open_page: Callable[..., Page], wishes: dict[str, int], width: int, height: int
) -> None:
    page = open_page(f"{served}/kiosk/procedure/1.001193", width, height)
    page.get_by_role("button", name="Lấy số", exact=True).click()
    page.locator(".the-number").wait_for()

    largest = max(page.evaluate(_TEXTS), key=lambda text: float(text["size"]))

    assert largest["words"] == "A001"
    assert largest["size"] >= 200
    assert _height(page) <= height + 4
    _assert_pressable(page, width / wishes["screen_width_mm"])
    _assert_readable(page)


def test_the_phone_is_readable(served: str, open_page: Callable[..., Page]) -> None:
    kiosk = open_page(f"{served}/kiosk/procedure/1.001193")
    kiosk.get_by_role("button", name="Lấy số", exact=True).click()
    kiosk.locator(".the-number").wait_for()

    phone = open_page(f"{served}/t/{kiosk.url.rsplit('/', 1)[1]}", 360, 740)

    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    for text in phone.evaluate(_TEXTS):
        assert text["contrast"] >= 7, text
        assert text["size"] >= 16, text
