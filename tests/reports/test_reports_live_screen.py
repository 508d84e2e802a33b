"""The manager's live screen: who may see it, what it says, and that looking changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Condition

import pytest
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box, create_app
from motcua.clock import SetClock
from motcua.queue import commands as c
from motcua.queue.events import TicketIssued
from motcua.sessions import person_keys
from tests.conftest import MONDAY_8_AM
from tests.reports.report_days import ListeningWords

Browse = Callable[[Role], FlaskClient]
_HTMX = {"HX-Request": "true"}


def live_a_day(box: Box, clock: SetClock, people: int) -> None:
    """Let people come every two minutes from eight, each wait a minute and stay for five."""
    box.office.execute(c.OpenCounter(1, ("A",)))
    for _ in range(people):
        box.office.execute(c.IssueTicket(procedure="1.001193"))
        clock.advance(60)
        box.office.execute(c.CallNext(1))
        box.office.execute(c.StartService(1))
        clock.advance(300)
        box.office.execute(c.FinishTicket(1, "done"))
    box.office.execute(c.CloseCounter(1))


@pytest.fixture
def fourth_monday(box: Box, clock: SetClock) -> Box:
    """A centre at 8:40 on a Monday; on the three before ten, eleven and twelve people came."""
    for people in (10, 11, 12):
        live_a_day(box, clock, people)
        clock.advance_to(clock.wall.replace(hour=1, minute=0) + timedelta(days=7))
    box.office.execute(c.OpenCounter(1, ("A",)))
    box.office.execute(c.IssueTicket(procedure="1.001193"))
    clock.advance(40 * 60)
    return box


@pytest.mark.parametrize("role", [Role.VISITOR, Role.KIOSK, Role.BOARD, Role.STAFF])
def test_only_managers_see_the_live_day(browse: Browse, role: Role) -> None:
    assert browse(role).get("/reports/now").status_code in (303, 403)
    assert browse(role).get("/reports").status_code in (303, 403)


def test_reports_without_a_range_begin_with_the_live_day_and_lead_to_the_whole_report(
    browse: Browse, fourth_monday: Box
) -> None:
    assert fourth_monday.office.seq
    manager = browse(Role.MANAGER)
    page = manager.get("/reports").text
    assert page == manager.get("/reports/now").text or "Sảnh chờ lúc này" in page
    assert 'href="/reports?from=2026-12-14&amp;to=2026-12-14"' in page
    report = manager.get("/reports?from=2026-12-14&to=2026-12-14").text
    assert 'href="/reports/now"' in report
    assert "Sảnh chờ lúc này" not in report


def test_trouble_stands_before_everything_then_how_it_is_then_the_usual(
    browse: Browse, fourth_monday: Box
) -> None:
    assert fourth_monday.office.seq
    page = browse(Role.MANAGER).get("/reports/now").text
    order = (
        "Số A001 (A – Hộ tịch) đã chờ 40 phút, từ 08:00; mục tiêu là 15 phút.",
        "Đang chờ: 1 người, lâu nhất 40 phút (số A001, từ 08:00). Đã chờ quá mục tiêu 15 phút: 1",
        "Từ đầu ngày đã cấp 1 số; thường lệ Thứ Hai đến 08:40: 7 (7–7).",
        "Ai đang chờ", "Các quầy", "so với thường lệ", "<svg", "Cách tính",
        "3 ngày: 23/11/2026, 30/11/2026, 07/12/2026.",
    )  # fmt: skip
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert "Sảnh chờ đang ổn" not in page


def test_a_first_day_says_that_nothing_is_usual_yet(browse: Browse, box: Box) -> None:
    box.office.execute(c.OpenCounter(1, ("A",)))
    box.office.execute(c.IssueTicket(procedure="1.001193"))
    page = browse(Role.MANAGER).get("/reports/now").text
    assert "Chưa biết thường lệ của Thứ Hai: mới ghi được 0 ngày như vậy, cần ít nhất 3" in page
    assert "Sảnh chờ đang ổn." in page


def test_figures_of_fewer_than_five_people_are_not_told_for_a_service(
    browse: Browse, box: Box, clock: SetClock
) -> None:
    live_a_day(box, clock, 4)
    page = browse(Role.MANAGER).get("/reports/now").text
    assert ">dưới 5<" in page
    live_a_day(box, clock, 1)
    assert ">dưới 5<" not in browse(Role.MANAGER).get("/reports/now").text


def test_a_printer_out_of_order_is_among_the_troubles(box: Box, browse: Browse) -> None:
    """A printer whose cable is pulled: the test slip fails, and the manager reads so."""
    assert 'data-kind="machine"' not in browse(Role.MANAGER).get("/reports/now").text
    gone = replace(box.centre.printers()[0], kind="file", path=str(box.home.path / "gone" / "lp0"))
    spooler, changed = box.paper.add(gone, box.home.slips), Condition()

    def tell() -> None:
        with changed:
            changed.notify_all()

    spooler.on_change(tell)
    box.paper.print_test(spooler.name)
    with changed:
        assert changed.wait_for(lambda: spooler.status.stops, timeout=20)
    page = browse(Role.MANAGER).get("/reports/now").text
    assert 'data-kind="machine"' in page
    assert "máy in" in page.lower()


def test_a_screen_that_would_look_the_same_gets_no_work(
    browse: Browse, fourth_monday: Box, clock: SetClock
) -> None:
    manager, seq = browse(Role.MANAGER), fourth_monday.office.seq
    address = f"/reports/now?seen={seq}&look=0840"
    same = manager.get(address, headers=_HTMX)
    assert (same.text, same.headers["HX-Reswap"]) == ("", "none")
    clock.advance(60)
    later = manager.get(address, headers=_HTMX).text
    assert later.startswith('<main id="now"')
    assert f"seen={seq}&amp;look=0841" in later
    assert "đã chờ 41 phút" in later


def test_looking_changes_nothing(browse: Browse, fourth_monday: Box) -> None:
    before = fourth_monday.office.seq
    assert browse(Role.MANAGER).get("/reports/now").status_code == 200
    assert browse(Role.MANAGER).post("/reports/now").status_code == 405
    assert fourth_monday.office.seq == before


@pytest.mark.parametrize("hour", [6, 8, 12, 18])
def test_the_page_stands_at_any_hour_of_an_empty_day(
    browse: Browse, clock: SetClock, hour: int
) -> None:
    clock.advance_to(MONDAY_8_AM.replace(hour=hour) + timedelta(days=1))
    page = browse(Role.MANAGER).get("/reports/now")
    assert page.status_code == 200
    assert "<svg" not in page.text


def test_a_closed_day_says_so(browse: Browse, box: Box, clock: SetClock) -> None:
    live_a_day(box, clock, 2)
    box.office.execute(c.CloseDay())
    assert "Ngày làm việc đã khóa sổ" in browse(Role.MANAGER).get("/reports/now").text


def test_nothing_personal_and_no_priority_stands_on_the_page(browse: Browse, box: Box) -> None:
    box.office.execute(c.OpenCounter(1, ("A",)))
    box.office.execute(c.IssueTicket(procedure="1.001193", priority="disabled"))
    page = browse(Role.MANAGER).get("/reports/now").text
    assert "khuyết tật" not in page
    assert "ưu tiên" not in page
    issued = next(iter(box.journal.read("2026-11-23")), None)
    assert issued is not None
    tickets = [
        record.event.ticket
        for record in box.journal.read("2026-11-23")
        if isinstance(record.event, TicketIssued)
    ]
    assert tickets
    assert all(ticket not in page for ticket in tickets)


def test_everything_is_said_in_vietnamese_whatever_is_amiss(
    fourth_monday: Box, clock: SetClock
) -> None:
    fourth_monday.words = words = ListeningWords()
    client = create_app(fourth_monday).test_client()
    fourth_monday.access.add_staff("An", Role.MANAGER)
    with client.session_transaction() as session:
        session.update(person_keys(fourth_monday.access, fourth_monday.office, "An"))
    for forward in (0, 4 * 3600, 5 * 3600):
        clock.advance(forward)
        assert client.get("/reports/now").status_code == 200
    assert words.unknown == set()


def test_english_is_one_press_away(browse: Browse, fourth_monday: Box) -> None:
    assert fourth_monday.office.seq
    page = browse(Role.MANAGER).get("/reports/now?lang=en").text
    assert "So far 1 numbers; usual for a Monday by 08:40: 7 (7–7)." in page
    assert "The hall now" in page
    assert "Sảnh" not in page


def test_nothing_on_the_page_needs_an_inline_script_or_style(
    browse: Browse, fourth_monday: Box
) -> None:
    assert fourth_monday.office.seq
    page = browse(Role.MANAGER).get("/reports/now").text
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)
