"""One desk in two tabs: a press does what was shown when it was pressed, once, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box
from motcua.queue.commands import CallNext, FinishTicket, OpenCounter, StartService
from motcua.queue.ticket import State
from tests.concurrency.crowd import at_once
from tests.counter.clerk import TRUE_COPY, Clerk, Screen

Take = Callable[..., str]
_CHANGED = "Quầy 1 đã có thay đổi. Xin xem lại màn hình rồi mới bấm tiếp."
_ROUNDS = 30


@pytest.fixture
def tabs(browse: Callable[..., FlaskClient]) -> tuple[Clerk, Clerk]:
    """Two tabs of one clerk, who is signed in once; a test client serves one thread."""
    return Clerk(browse(Role.STAFF)), Clerk(browse(Role.STAFF))


def press_on(shown: Screen, tab: Clerk, value: str) -> Screen:
    """Press a button of a picture of the desk, however old it is."""
    return tab.press(value, shown.request_id, seen=shown.seen)


def test_next_in_both_tabs_at_the_same_moment_calls_one_visitor(
    tabs: tuple[Clerk, Clerk], take: Take, box: Box
) -> None:
    tabs[0].press("open")
    for call in range(1, _ROUNDS + 1):
        take(), take()
        presses = [partial(press_on, tab.look(), tab, "call-next") for tab in tabs]
        after = at_once(presses)
        assert {(screen.main, screen.notice) for screen in after} == {("start", "")}
        assert len({screen.number for screen in after}) == 1
        with box.office.today() as day:
            assert len(day.calls) == call
        tabs[0].press("miss")


def test_next_at_the_same_moment_where_one_tab_is_behind_calls_one_visitor_too(
    tabs: tuple[Clerk, Clerk], take: Take, box: Box
) -> None:
    tabs[0].press("open")
    for call in range(1, _ROUNDS + 1):
        take()
        old = tabs[1].look()
        take()
        new = tabs[0].look()
        after = at_once([
            partial(press_on, new, tabs[0], "call-next"),
            partial(press_on, old, tabs[1], "call-next"),
        ])  # fmt: skip
        assert sorted(screen.notice for screen in after) == ["", _CHANGED]
        assert len({(screen.number, screen.main) for screen in after}) == 1
        with box.office.today() as day:
            assert len(day.calls) == call
        tabs[0].press("miss")


@pytest.mark.parametrize("value", ["recall", "start", "hold:copy", "transfer:H", "miss", "undo"])
def test_every_act_pressed_in_both_tabs_at_once_is_done_once(
    tabs: tuple[Clerk, Clerk], take: Take, box: Box, value: str
) -> None:
    take()
    tabs[0].work("open", "call-next")
    seq = box.office.seq
    after = at_once([partial(press_on, tab.look(), tab, value) for tab in tabs])
    assert {screen.notice for screen in after} == {""}
    assert box.office.seq == seq + 1


@pytest.mark.parametrize(
    "value", ["finish:papers_missing", "hold:copy", "transfer:H", "recall", "miss", "undo"]
)
def test_a_tab_that_is_behind_touches_nobody_else(
    tabs: tuple[Clerk, Clerk], take: Take, box: Box, value: str
) -> None:
    """
    The second tab shows A001 at the counter.
    Meanwhile A001 is finished in the first one, and A002 is called and comes.
    """
    take()
    minh = take()
    mine, theirs = tabs
    mine.work("open", "call-next", "start")
    old = theirs.look()
    mine.work("finish:done", "call-next", "start")
    seq = box.office.seq
    after = press_on(old, theirs, value)
    assert (after.notice, after.number, after.main) == (_CHANGED, "A002", "finish")
    assert box.office.seq == seq
    with box.office.today() as day:
        assert day.tickets[minh].state is State.SERVING
    assert press_on(after, theirs, "finish:done").notice == ""


def test_a_tab_that_is_behind_calls_nobody_it_does_not_show(
    tabs: tuple[Clerk, Clerk], take: Take
) -> None:
    take()
    mine, theirs = tabs
    old = mine.press("open")
    take()
    assert old.number == "A001"
    mine.work("call-next", "start", "finish:done")
    after = press_on(old, theirs, "call-next")
    assert (after.notice, after.number, after.main) == (_CHANGED, "A002", "call-next")
    assert press_on(after, theirs, "call-next").main == "start"


def test_an_undo_takes_back_what_it_said_or_nothing(
    tabs: tuple[Clerk, Clerk], take: Take, box: Box
) -> None:
    lan = take()
    mine, theirs = tabs
    old = mine.work("open", "call-next")
    assert "gọi số A001" in old.html
    mine.press("start")
    assert press_on(old, theirs, "undo").notice == _CHANGED
    with box.office.today() as day:
        assert day.tickets[lan].state is State.SERVING


def test_what_was_taken_back_is_again_as_a_tab_shows_it(
    tabs: tuple[Clerk, Clerk], take: Take
) -> None:
    take()
    mine, theirs = tabs
    old = mine.work("open", "call-next")
    mine.work("start", "undo")
    after = press_on(old, theirs, "miss")
    assert (after.notice, after.main) == ("", "call-next")


def test_a_tab_behind_the_hall_alone_is_not_refused(
    tabs: tuple[Clerk, Clerk], take: Take, box: Box
) -> None:
    take()
    old = tabs[0].work("open", "call-next")
    take(TRUE_COPY)
    for act in (OpenCounter(2), CallNext(2), StartService(2), FinishTicket(2, "done")):
        box.office.execute(act)
    after = press_on(old, tabs[1], "start")
    assert (after.notice, after.main) == ("", "finish")


def test_a_fast_clerk_calls_again_and_says_that_nobody_came_before_the_page_is_new(
    tabs: tuple[Clerk, Clerk], take: Take
) -> None:
    take(), take()
    shown = tabs[0].work("open", "call-next")
    for value in ("recall", "miss"):
        assert press_on(shown, tabs[0], value).notice == ""


def test_a_press_sent_again_by_a_tab_that_heard_nothing_is_answered_as_the_first_time(
    tabs: tuple[Clerk, Clerk], take: Take, box: Box
) -> None:
    take(), take()
    shown = tabs[0].press("open")
    press_on(shown, tabs[0], "call-next")
    tabs[0].work("start", "finish:done")
    seq = box.office.seq
    after = press_on(shown, tabs[0], "call-next")
    assert (after.notice, after.number, after.main) == ("", "A002", "call-next")
    assert box.office.seq == seq


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 400, "²"])
def test_a_page_that_does_not_say_what_it_showed_is_taken_at_its_word(
    clerk: Clerk, take: Take, seen: str
) -> None:
    take()
    clerk.press("open")
    assert clerk.press("call-next", seen=seen).main == "start"
