"""The board in a real browser: it shows and speaks a call made at a counter, without reload."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from motcua.app import Box
from motcua.clock import SetClock
from motcua.queue.commands import (
    CallNext,
    FinishTicket,
    IssueTicket,
    OpenCounter,
    RecallTicket,
    StartService,
    UndoAct,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SCREENS = [(1920, 1080), (1366, 768), (1024, 768), (1080, 1920)]


@pytest.fixture
def hall(box: Box) -> Box:
    """A ward with counters 1 and 2 open and six people waiting."""
    for counter in (1, 2):
        box.office.execute(OpenCounter(counter))
    for _ in range(6):
        box.office.execute(IssueTicket(service="A"))
    return box


def _sound_of(page: Page, act: Callable[[], object]) -> str:
    """Return the address of the sound the board fetches because of an act."""
    with page.expect_response("**/board/call/*.wav*") as fetched:
        act()
    assert fetched.value.status in (200, 206)
    return fetched.value.url


def test_a_call_at_a_counter_is_shown_and_spoken(
    hall: Box, served: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{served}/board")
    page.evaluate("window.loaded = true")

    address = _sound_of(page, lambda: hall.office.execute(CallNext(2)))

    newest = page.locator(".newest")
    newest.wait_for()
    assert newest.inner_text().split() == ["A001", "mời", "đến", "quầy", "2"]
    assert f"/board/call/{hall.office.seq}.wav" in address
    _is_heard(page)
    assert page.evaluate("document.getElementById('voice').currentSrc") == address
    assert page.evaluate("window.loaded"), "the page was not loaded again"
    assert page.locator("#sound-on").is_hidden()


def test_calls_from_before_the_page_came_are_shown_and_not_spoken(
    hall: Box, served: str, open_page: Callable[..., Page]
) -> None:
    hall.office.execute(CallNext(1))
    page = open_page(f"{served}/board")
    page.locator(".newest", has_text="A001").wait_for()

    address = _sound_of(page, lambda: hall.office.execute(CallNext(2)))

    assert f"/{hall.office.seq}.wav" in address
    assert page.locator(".last .call").inner_text().split() == ["A001", "mời", "đến", "quầy", "1"]


def test_a_recall_is_spoken_again(hall: Box, served: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{served}/board")
    first = _sound_of(page, lambda: hall.office.execute(CallNext(1)))
    _hush(page)

    second = _sound_of(page, lambda: hall.office.execute(RecallTicket(1)))

    assert second != first


def test_a_call_taken_back_while_another_is_spoken_is_never_spoken(
    hall: Box, served: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{served}/board")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    _sound_of(page, lambda: hall.office.execute(CallNext(1)))
    _hold(page)
    hall.office.execute(CallNext(2))
    page.locator(".newest", has_text="A002").wait_for()
    taken_back = hall.office.seq
    hall.office.execute(UndoAct(2))
    page.locator(".newest", has_text="A001").wait_for()

    _hush(page)
    _sound_of(page, lambda: hall.office.execute(RecallTicket(1)))

    assert not [url for url in asked if f"/call/{taken_back}.wav" in url]


def test_of_many_calls_at_once_only_the_newest_are_spoken(
    hall: Box, served: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{served}/board")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    _sound_of(page, lambda: hall.office.execute(CallNext(1)))
    _hold(page)
    seqs = []
    for _ in range(7):
        hall.office.execute(RecallTicket(1))
        seqs.append(hall.office.seq)
        page.locator(f'[data-call="{hall.office.seq}"]').wait_for()

    _hush(page)
    page.locator(f'#voice[src*="/{seqs[-1]}.wav"]').wait_for(state="attached")

    assert len([url for url in asked if "/call/" in url]) == 2


def _is_heard(page: Page) -> None:
    """Wait until the sound has begun."""
    page.evaluate(
        """() => new Promise(done => {
          const voice = document.getElementById('voice');
          const look = () => voice.currentTime > 0 ? done()
            : voice.addEventListener('timeupdate', look, { once: true });
          look();
        })"""
    )


def _hold(page: Page) -> None:
    """Let the sound that plays go on for as long as the test wants."""
    _is_heard(page)
    page.evaluate("document.getElementById('voice').pause()")


def _hush(page: Page) -> None:
    """Let the sound that plays come to its end at once."""
    page.evaluate("document.getElementById('voice').dispatchEvent(new Event('ended'))")


def test_a_new_call_flashes_slowly_and_briefly(
    hall: Box, served: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{served}/board")
    hall.office.execute(CallNext(1))

    page.locator(".newest.fresh").wait_for()

    style = page.locator(".newest").evaluate(
        "e => { const s = getComputedStyle(e);"
        " return [s.animationDuration, s.animationIterationCount]; }"
    )
    assert style == ["1s", "4"], "one flash a second, for four seconds"


def test_nothing_flashes_for_those_who_asked_for_less_motion(
    hall: Box, served: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{served}/board")
    page.emulate_media(reduced_motion="reduce")
    hall.office.execute(CallNext(1))

    page.locator(".newest.fresh").wait_for()

    style = page.locator(".newest").evaluate("e => getComputedStyle(e).animationName")
    assert style == "none"


def test_a_browser_that_forbids_sound_offers_to_turn_it_on(
    hall: Box, served: str, open_page: Callable[..., Page]
) -> None:
    page = open_page("about:blank")
    page.add_init_script(
        "const play = HTMLMediaElement.prototype.play;"
        "HTMLMediaElement.prototype.play = function () {"
        "  return navigator.userActivation.hasBeenActive ? play.call(this)"
        "    : Promise.reject(new DOMException('no', 'NotAllowedError')); };"
    )
    page.goto(f"{served}/board")
    button = page.locator("#sound-on")
    button.wait_for()
    assert button.inner_text() == "Bật tiếng"

    button.click()

    button.wait_for(state="hidden")
    _sound_of(page, lambda: hall.office.execute(CallNext(1)))


_CUT = """() => [...document.querySelectorAll('.call')].filter(call => {
  const list = call.parentElement.getBoundingClientRect();
  const row = call.getBoundingClientRect();
  if (row.left >= list.right) return false;  // out of sight as a whole
  return row.bottom > list.bottom + 1 || [...call.children].some(part => {
    const box = part.getBoundingClientRect();
    return box.right > list.right + 1 || box.left < list.left - 1; });
}).map(call => call.innerText)"""
_SHOWN = """() => [...document.querySelectorAll('.last .call')].filter(call =>
  call.getBoundingClientRect().left < call.parentElement.getBoundingClientRect().right).length"""
_NUMERAL_MM = """e => parseFloat(getComputedStyle(e).fontSize) * 0.711 / innerWidth * 952"""


@pytest.fixture
def busy_hall(hall: Box, clock: SetClock) -> Box:
    """The ward after five visitors, with a sixth just called."""
    for _ in range(5):
        hall.office.execute(CallNext(1))
        clock.advance(60)
        hall.office.execute(StartService(1))
        hall.office.execute(FinishTicket(1, "done"))
    hall.office.execute(CallNext(2))
    return hall


@pytest.mark.usefixtures("busy_hall")
@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_whole_rows_fit_every_screen_and_the_hall_can_read_them(
    served: str, open_page: Callable[..., Page], width: int, height: int
) -> None:
    page = open_page(f"{served}/board", width, height)
    numerals = page.locator(".last .figure").first
    numerals.wait_for()

    assert numerals.evaluate(_NUMERAL_MM) >= 86.9, "on the 952 mm of the starter's screen"
    assert page.evaluate(_CUT) == []
    assert page.evaluate(_SHOWN) >= 3
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("document.documentElement.scrollHeight") == height
