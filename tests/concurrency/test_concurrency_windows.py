"""One desk in two windows of a real browser, and fingers that press twice or stay on a key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from threading import Event
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from motcua.app import Box, open_box
from motcua.clock import SetClock
from motcua.home import Home
from motcua.journal.memory import MemoryJournal
from motcua.queue.commands import CallNext, Command, FinishTicket, OpenCounter, StartService
from motcua.queue.record import Record
from motcua.queue.ticket import State
from tests.counter.window import number, ready

if TYPE_CHECKING:
    from playwright.sync_api import Page

Take = Callable[..., str]
pytestmark = pytest.mark.browser
_PATIENCE_S = 30.0
_CHANGED = "Quầy 1 đã có thay đổi. Xin xem lại màn hình rồi mới bấm tiếp."


class HeldJournal(MemoryJournal):
    """A journal that keeps nothing until it is let go: presses meet before it."""

    def __init__(self) -> None:
        super().__init__()
        self.go = Event()
        self.go.set()

    def append(self, records: Sequence[Record]) -> None:
        assert self.go.wait(_PATIENCE_S)
        super().append(records)


@pytest.fixture
def journal() -> HeldJournal:
    """A journal that can be held."""
    return HeldJournal()


@pytest.fixture
def box(home: Home, clock: SetClock, journal: HeldJournal) -> Iterator[Box]:
    """The centre on a journal that can be held."""
    box = open_box(home, clock=clock, journal=journal)
    yield box
    box.close()


@pytest.fixture
def open_counter(box: Box) -> None:
    """Counter 1, open."""
    box.office.execute(OpenCounter(1))


def works(box: Box, *acts: Command) -> None:
    """Let the clerk work in another window."""
    for act in acts:
        box.office.execute(act)


def stop_listening(page: Page) -> None:
    """Let the window show what it shows, whatever happens."""
    page.route(re.compile(r"/counter/1\?seen="), lambda route: route.abort())


@pytest.mark.usefixtures("open_counter")
def test_next_in_two_windows_at_the_same_moment_calls_one_visitor(
    desk: Callable[..., Page], take: Take, box: Box, journal: HeldJournal
) -> None:
    take(), take()
    windows = [desk(), desk()]
    for window in windows:
        ready(window)
    journal.go.clear()
    for window in windows:
        with window.expect_request(lambda request: request.method == "POST"):
            window.keyboard.press("n")
    journal.go.set()
    for window in windows:
        expect(window.locator(".visitor.called")).to_be_visible()
        expect(number(window)).to_have_text("A001")
        expect(window.locator("#notice")).to_have_text("")
    with box.office.today() as day:
        assert len(day.calls) == 1


@pytest.mark.usefixtures("open_counter")
def test_a_window_that_is_behind_is_told_and_shows_the_truth(
    desk: Callable[..., Page], take: Take, box: Box
) -> None:
    lan, minh = take(), take()
    works(box, CallNext(1), StartService(1))
    window = desk()
    stop_listening(window)
    works(box, FinishTicket(1, "done"), CallNext(1), StartService(1))
    expect(number(window)).to_have_text("A001")
    window.keyboard.press("4")
    expect(window.locator("#notice")).to_have_text(_CHANGED)
    expect(window.locator("#notice")).to_be_visible()
    expect(number(window)).to_have_text("A002")
    with box.office.today() as day:
        assert day.tickets[lan].outcome == "done"
        assert day.tickets[minh].state is State.SERVING
    ready(window)
    window.keyboard.press("4")
    expect(window.locator("#main-act")).to_have_attribute("data-act", "call-next")
    with box.office.today() as day:
        assert day.tickets[minh].outcome == "papers_missing"


@pytest.mark.usefixtures("open_counter")
@pytest.mark.parametrize("button", ["#main-act", ".call >> nth=1"])
def test_a_double_click_calls_once(
    desk: Callable[..., Page], take: Take, box: Box, button: str
) -> None:
    take(), take()
    window = desk()
    ready(window)
    window.locator(button).dblclick()
    expect(window.locator(".visitor.called")).to_be_visible()
    ready(window)
    expect(window.locator(".visitor.called")).to_be_visible()
    with box.office.today() as day:
        assert [call.recalls for call in day.calls] == [0]


@pytest.mark.usefixtures("open_counter")
@pytest.mark.parametrize("key", ["n", "Space"])
def test_a_finger_that_stays_on_a_key_calls_once(
    desk: Callable[..., Page], take: Take, box: Box, key: str
) -> None:
    take(), take()
    window = desk()
    ready(window)
    for _ in range(5):
        window.keyboard.down(key)
    expect(window.locator(".visitor.called")).to_be_visible()
    ready(window)
    for _ in range(5):
        window.keyboard.down(key)
    window.keyboard.up(key)
    expect(window.locator(".visitor.called")).to_be_visible()
    with box.office.today() as day:
        assert [call.recalls for call in day.calls] == [0]


@pytest.mark.usefixtures("open_counter")
def test_a_finger_that_stays_on_the_key_of_calling_again_calls_again_once(
    desk: Callable[..., Page], take: Take, box: Box
) -> None:
    take()
    box.office.execute(CallNext(1))
    window = desk()
    with window.expect_response("**/counter/1"):
        for _ in range(5):
            window.keyboard.down("g")
    window.keyboard.up("g")
    expect(window.locator(".plate .times")).to_contain_text("gọi 2 lần")
    with box.office.today() as day:
        assert [call.recalls for call in day.calls] == [1]
