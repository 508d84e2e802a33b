"""A day at the counter: every act, by its button, as the clerk sees it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from motcua.app import Box
from motcua.clock import SetClock
from motcua.queue.ticket import OUTCOMES, State
from tests.counter.clerk import BIRTH, TRUE_COPY, Clerk

Take = Callable[..., str]


def state_of(box: Box, ticket_id: str) -> State:
    with box.office.today() as day:
        ticket = day.current(ticket_id)
    assert ticket is not None
    return ticket.state


def test_the_big_button_leads_through_the_day(clerk: Clerk, take: Take) -> None:
    take()
    assert clerk.look().main == "open"
    assert clerk.press("open").main == "call-next"
    called = clerk.press("call-next")
    assert (called.main, called.number) == ("start", "A001")
    assert clerk.press("start").main == "finish"
    finished = clerk.press("finish:received")
    assert finished.main == "call-next"
    assert not finished.may_press("call-next")  # nobody waits any more


def test_the_visitor_is_known_before_the_call(clerk: Clerk, take: Take) -> None:
    take(BIRTH, priority="older", purpose="submit", language="en")
    clerk.press("open")
    page = clerk.look()
    assert page.number == "A001"
    for words in ("Người tiếp theo", "Đăng ký khai sinh", "Nộp hồ sơ", "Người cao tuổi",
                  "Giấy chứng sinh", "Dùng tiếng Anh"):  # fmt: skip
        assert words in page.html


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_has_its_button(clerk: Clerk, take: Take, box: Box, outcome: str) -> None:
    ticket = take()
    clerk.work("open", "call-next", "start", f"finish:{outcome}")
    with box.office.today() as day:
        assert day.tickets[ticket].outcome == outcome


def test_missing_papers_are_kept_as_ticked(clerk: Clerk, take: Take, box: Box) -> None:
    ticket = take()
    clerk.work("open", "call-next", "start")
    clerk.press("finish:papers_missing", papers=["Giấy chứng sinh", "Số điện thoại của bà Lan"])
    with box.office.today() as day:
        assert day.tickets[ticket].papers == ("Giấy chứng sinh",)


def test_ticks_mean_nothing_for_another_outcome(clerk: Clerk, take: Take, box: Box) -> None:
    ticket = take()
    clerk.work("open", "call-next", "start")
    clerk.press("finish:done", papers=["Giấy chứng sinh"])
    with box.office.today() as day:
        assert day.tickets[ticket].papers == ()


def test_nobody_came_and_then_they_did(clerk: Clerk, take: Take, box: Box) -> None:
    late = take()
    take()
    screen = clerk.work("open", "call-next", "recall", "miss")
    assert screen.waiting("missed") == ["A001"]
    assert screen.number == "A002"
    assert clerk.press(f"call:{late}").number == "A001"
    assert state_of(box, late) is State.CALLED


def test_a_missed_number_may_wait_again_in_its_old_place(clerk: Clerk, take: Take) -> None:
    late = take()
    take()
    clerk.work("open", "call-next", "miss")
    screen = clerk.press(f"return:{late}")
    assert screen.waiting() == ["A001", "A002"]
    assert screen.waiting("missed") == []


def test_a_held_number_tells_why_and_comes_back(clerk: Clerk, take: Take) -> None:
    ticket = take()
    clerk.work("open", "call-next", "start")
    held = clerk.press("hold:copy")
    assert held.waiting("held") == ["A001"]
    assert "Đi photo giấy tờ" in held.html
    again = clerk.press(f"call:{ticket}")
    assert (again.number, again.main) == ("A001", "start")


def test_a_hold_takes_a_reason_of_the_list_only(clerk: Clerk, take: Take, box: Box) -> None:
    ticket = take()
    clerk.work("open", "call-next")
    assert clerk.press("hold:con bà Lan ốm").notice == "Xin chọn một lý do trong danh sách."
    assert state_of(box, ticket) is State.CALLED


def test_a_transferred_visitor_waits_in_the_other_service(
    clerk: Clerk, take: Take, box: Box
) -> None:
    take()
    clerk.work("open", "call-next", "start", "transfer:M")
    other = Clerk(clerk.client, 3)
    screen = other.press("open")
    assert screen.number == "A001"
    assert "Từ dịch vụ khác chuyển sang" in screen.html
    with box.office.today() as day:
        assert [ticket.number for ticket in day.waiting("M")] == ["A001"]


def test_a_visitor_is_not_sent_where_they_are(clerk: Clerk, take: Take) -> None:
    take()
    screen = clerk.work("open", "call-next")
    assert not screen.may_press("transfer:A")
    assert screen.may_press("transfer:M")
    assert "đang thuộc dịch vụ này" in clerk.press("transfer:A").notice


def test_a_number_is_cancelled_when_the_visitor_leaves(clerk: Clerk, take: Take, box: Box) -> None:
    ticket = take()
    clerk.work("open", f"cancel:{ticket}")
    assert state_of(box, ticket) is State.CANCELLED


def test_a_paused_counter_calls_nobody_until_it_is_open_again(clerk: Clerk, take: Take) -> None:
    take()
    paused = clerk.work("open", "pause")
    assert (paused.main, "Tạm dừng" in paused.html) == ("open", True)
    assert not paused.may_press("call-next")
    assert clerk.work("open", "call-next").number == "A001"


def test_a_counter_is_closed_only_when_it_is_free(clerk: Clerk, take: Take) -> None:
    take()
    screen = clerk.work("open", "call-next")
    assert not screen.may_press("close")
    assert "còn số A001" in clerk.press("close").notice
    assert clerk.work("start", "finish:done", "close").main == "open"


def test_the_counter_takes_the_services_ticked_for_it(clerk: Clerk, take: Take) -> None:
    take(TRUE_COPY)
    take(BIRTH)
    screen = clerk.press("open", services=["", "H"])
    assert screen.waiting() == ["H001"]
    screen = clerk.press("open", services=["", "A", "H"])
    assert screen.waiting() == ["A001", "H001"]


def test_a_counter_without_a_service_is_not_opened(clerk: Clerk) -> None:
    screen = clerk.press("open", services=[""])
    assert screen.notice == "Xin chọn ít nhất một dịch vụ cho quầy."
    assert screen.main == "open"


def test_an_act_can_be_taken_back_for_ten_seconds(
    clerk: Clerk, take: Take, box: Box, clock: SetClock
) -> None:
    ticket = take()
    screen = clerk.work("open", "call-next")
    assert screen.may_press("undo")
    assert "Hoàn tác: gọi số A001" in screen.html
    assert 'data-left="10"' in screen.html
    clock.advance(9)
    assert 'data-left="1"' in clerk.look().html
    clerk.press("undo")
    assert state_of(box, ticket) is State.WAITING


def test_after_ten_seconds_it_stands(clerk: Clerk, take: Take, box: Box, clock: SetClock) -> None:
    ticket = take()
    baked = clerk.work("open", "call-next").request_id
    clock.advance(11)
    assert not clerk.look().may_press("undo")
    assert "trong vòng 10 giây" in clerk.press("undo", baked).notice
    assert state_of(box, ticket) is State.CALLED


def test_time_is_told_in_minutes(clerk: Clerk, take: Take, clock: SetClock) -> None:
    take()
    clock.advance(12 * 60)
    clerk.work("open", "call-next")
    clock.advance(60)
    screen = clerk.press("start")
    clock.advance(5 * 60)
    screen = clerk.look()
    assert "đã chờ <b>12</b> phút" in screen.html
    assert '<b data-since="300">5</b> phút' in screen.html


def test_the_list_stands_in_the_order_of_calling(clerk: Clerk, take: Take, clock: SetClock) -> None:
    for procedure, wishes in (
        (TRUE_COPY, {}), (BIRTH, {}), (BIRTH, {"priority": "older"}), (TRUE_COPY, {}),
    ):  # fmt: skip
        take(procedure, **wishes)
        clock.advance(60)
    clerk.press("open")
    listed = clerk.look().waiting()
    called = []
    while (screen := clerk.look()).may_press("call-next"):
        called.append(clerk.press("call-next").number)
        clerk.work("miss")
    assert listed == called == ["A002", "A001", "H001", "H002"]
    assert screen.waiting("missed") == called[::-1]


def test_a_chosen_number_is_called_out_of_turn(clerk: Clerk, take: Take) -> None:
    take()
    second = take()
    clerk.press("open")
    assert clerk.press(f"call:{second}").number == "A002"


def test_a_long_list_is_shown_in_part_and_counted_in_full(clerk: Clerk, take: Take) -> None:
    for _ in range(45):
        take()
    screen = clerk.look()
    assert len(screen.waiting()) == 40
    assert "và 5 số nữa" in screen.html
    assert "45 người chờ" in screen.html


def test_the_choice_of_counters_tells_how_they_stand(clerk: Clerk, take: Take) -> None:
    take()
    clerk.work("open", "call-next")
    page = clerk.client.get("/counter").text
    assert page.count('class="counter-card') == 4
    assert "đang có số A001" in page
