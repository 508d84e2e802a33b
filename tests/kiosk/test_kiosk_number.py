"""From the first question to a number."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from motcua.app import Box
from motcua.clock import SetClock
from motcua.queue.commands import CallNext, CloseDay, IssueTicket, OpenCounter
from motcua.queue.ticket import Ticket
from tests.kiosk.touch import Touch

_MONDAY = datetime.fromisoformat("2026-11-23T00:00+07:00")


def _only_ticket(box: Box) -> Ticket:
    with box.office.today() as day:
        [ticket] = day.tickets.values()
    return ticket


def _at(clock: SetClock, hour: int, minute: int = 0) -> None:
    clock.advance_to(_MONDAY + timedelta(hours=hour, minutes=minute))


def test_three_presses_lead_from_the_start_page_to_a_number(kiosk: Touch, box: Box) -> None:
    kiosk.press("Khai sinh, kết hôn, khai tử").press("Làm khai sinh").press("Lấy số")

    assert kiosk.presses == 3
    assert "Số của ông/bà A001" in kiosk.text
    assert "Ông/bà là người tiếp theo" in kiosk.text
    ticket = _only_ticket(box)
    assert (ticket.procedure, ticket.purpose, ticket.language) == ("1.001193", "submit", "vi")


def test_a_matter_is_found_by_typing_without_marks(kiosk: Touch, box: Box) -> None:
    kiosk.press("Tìm bằng chữ")
    for key in ("S", "A", "O", "Dấu cách", "Y"):
        kiosk.press(key)
    assert 'value="sao y"' in kiosk.html

    kiosk.press("Sao y").press("Lấy số")

    assert _only_ticket(box).procedure == "2.000815"


def test_a_letter_too_many_is_taken_back(kiosk: Touch) -> None:
    kiosk.open("/kiosk/search?q=kx").press("Xóa")

    assert 'value="k"' in kiosk.html


def test_nothing_found_says_what_to_do(kiosk: Touch) -> None:
    kiosk.open("/kiosk/search?q=qqqqqq")

    assert "Không tìm thấy. Xin gõ chữ khác" in kiosk.text


def test_typing_asks_for_the_found_part_alone(kiosk: Touch) -> None:
    kiosk.open("/kiosk/search?q=khai sinh", **{"HX-Request": "true"})

    assert kiosk.html.strip().startswith('<div class="found"')
    assert "Làm khai sinh" in kiosk.text


def test_what_was_typed_stays_when_one_goes_back(kiosk: Touch) -> None:
    kiosk.open("/kiosk/search?q=so do").press("Sổ đỏ").press("Quay lại")

    assert kiosk.address == "/kiosk/search"
    assert 'value="so do"' in kiosk.html


def test_typed_markup_is_shown_as_typed(kiosk: Touch) -> None:
    kiosk.open('/kiosk/search?q="><script>alert(1)</script>')

    assert "<script>alert" not in kiosk.html
    assert "&lt;script&gt;" in kiosk.html


def test_somebody_who_does_not_know_gets_a_number_in_three_presses(kiosk: Touch, box: Box) -> None:
    kiosk.press("Tôi không biết").press("Tôi muốn hỏi").press("Lấy số")

    assert kiosk.presses == 3
    ticket = _only_ticket(box)
    assert (ticket.service, ticket.purpose, ticket.procedure) == ("N", "ask", None)


def test_help_with_sending_papers_online_is_a_purpose_of_its_own(kiosk: Touch, box: Box) -> None:
    kiosk.press("Tôi không biết").press("Giúp tôi nộp trực tuyến").press("Lấy số")

    assert _only_ticket(box).purpose == "assist"


def test_a_result_is_collected_in_three_presses(kiosk: Touch, box: Box) -> None:
    kiosk.press("Nhận kết quả").press("Nhà đất, sổ đỏ").press("Lấy số")

    assert kiosk.presses == 3
    ticket = _only_ticket(box)
    assert (ticket.service, ticket.purpose) == ("M", "collect")


def test_a_priority_group_is_one_press_and_never_asked_for(kiosk: Touch, box: Box) -> None:
    kiosk.open("/kiosk/procedure/1.001193").press("Lấy số ưu tiên")
    assert "Không cần giấy tờ chứng minh" in kiosk.text

    kiosk.press("Người khuyết tật")

    ticket = _only_ticket(box)
    assert (ticket.number, ticket.priority, ticket.procedure) == ("A001", "disabled", "1.001193")


def test_a_double_press_gives_one_number(kiosk: Touch, box: Box) -> None:
    kiosk.open("/kiosk/procedure/1.001193")
    button = kiosk.button("Lấy số")

    first, second = kiosk.send(button), kiosk.send(button)

    assert first.request.path == second.request.path
    assert _only_ticket(box).number == "A001"


def test_the_next_visitor_of_the_same_matter_gets_another_number(kiosk: Touch) -> None:
    kiosk.open("/kiosk/procedure/1.001193").press("Lấy số").press("Xong")
    assert kiosk.address == "/kiosk"

    kiosk.open("/kiosk/procedure/1.001193").press("Lấy số")

    assert "A002" in kiosk.text


def test_the_number_tells_people_ahead_and_then_the_counter(kiosk: Touch, box: Box) -> None:
    box.office.execute(OpenCounter(1))
    box.office.execute(IssueTicket(service="A"))
    kiosk.open("/kiosk/procedure/1.001193").press("Lấy số")
    assert "Còn 1 người trước ông/bà" in kiosk.text
    number = kiosk.address

    box.office.execute(CallNext(1))
    kiosk.open(number, **{"HX-Request": "true"})
    assert "Ông/bà là người tiếp theo" in kiosk.text
    assert kiosk.html.strip().startswith('<div class="standing"')

    nothing = kiosk.client.get(f"{number}?seen={box.office.seq}", headers={"HX-Request": "true"})
    assert (nothing.text, nothing.headers["HX-Reswap"]) == ("", "none")


def test_the_number_carries_the_link_for_a_phone(kiosk: Touch) -> None:
    kiosk.open("/kiosk/procedure/1.001193").press("Lấy số")

    assert re.search(r'<img src="data:image/svg\+xml', kiosk.html)
    assert "Quét mã để theo dõi số trên điện thoại" in kiosk.text


def test_looking_around_leaves_the_journal_as_it_was(kiosk: Touch, box: Box) -> None:
    kiosk.open("/kiosk/procedure/1.001193").press("Lấy số")
    number, before = kiosk.address, box.office.seq

    for address in (
        "/kiosk", "/kiosk?lang=en&text=larger&screen=sanh", "/kiosk/field/ho-tich?page=2",
        "/kiosk/procedure/1.001193", "/kiosk/procedure/2.000200", "/kiosk/search?q=ho+khau&key=u",
        "/kiosk/collect", "/kiosk/help", "/kiosk/service/A/collect", "/kiosk/size.css",
        "/kiosk/priority?procedure=1.001193", number, f"{number}/slip",
    ):  # fmt: skip
        assert kiosk.open(address).status == 200

    assert box.office.seq == before


def test_a_number_is_asked_for_by_post_only(kiosk: Touch, box: Box) -> None:
    assert kiosk.open("/kiosk/take?procedure=1.001193").status == 405
    assert box.office.seq == 0


@pytest.mark.parametrize(
    "address",
    [
        "/kiosk/procedure/9.999999", "/kiosk/field/khong-co", "/kiosk/number/khong-co",
        "/kiosk/service/Z/collect", "/kiosk/service/A/dance", "/kiosk/procedure/%00",
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_politely(kiosk: Touch, address: str) -> None:
    kiosk.open(address)

    assert kiosk.status == 404
    assert "Không có trang này" in kiosk.text
    assert kiosk.offers("Trang đầu")


def test_a_wish_that_makes_no_sense_is_refused_and_nothing_happens(kiosk: Touch, box: Box) -> None:
    for wish in (
        {"service": "Z"}, {"procedure": "9.999999"}, {}, {"service": "A", "priority": "king"},
        {"service": "A", "purpose": "dance"}, {"service": "A", "request_id": "x" * 5000},
    ):  # fmt: skip
        answer = kiosk.client.post("/kiosk/take", data=wish)
        assert answer.status_code in (404, 422), wish
        assert "Trang đầu" in answer.text

    assert box.office.seq == 0


def test_a_closed_centre_says_when_it_opens_and_still_informs(
    kiosk: Touch, clock: SetClock
) -> None:
    _at(clock, 12)
    kiosk.open("/kiosk")
    assert "Hiện trung tâm không cấp số. Hôm nay cấp số lại từ 13:30." in kiosk.text

    kiosk.press("Sao y, chứng thực").press("Sao y")

    assert "Bản chính giấy tờ" in kiosk.text
    assert "cấp số lại từ 13:30" in kiosk.text
    assert not kiosk.offers("Lấy số")


def test_a_press_just_after_closing_time_leads_to_the_opening_hours(
    kiosk: Touch, clock: SetClock, box: Box
) -> None:
    kiosk.open("/kiosk/procedure/1.001193")
    _at(clock, 17)

    kiosk.press("Lấy số")

    assert kiosk.address == "/kiosk/procedure/1.001193"
    assert "Ngày mai cấp số lại từ 07:30." in kiosk.text
    assert box.office.seq == 0


def test_a_day_ended_early_gives_numbers_tomorrow(kiosk: Touch, box: Box) -> None:
    box.office.execute(IssueTicket(service="A"))
    box.office.execute(CloseDay())

    assert "Ngày mai cấp số lại từ 07:30." in kiosk.open("/kiosk").text


def test_the_last_half_hour_is_announced(kiosk: Touch, clock: SetClock) -> None:
    _at(clock, 11, 5)

    assert "Trung tâm cấp số đến 11:30." in kiosk.open("/kiosk").text


def test_the_open_start_page_hears_of_closing(kiosk: Touch, clock: SetClock) -> None:
    asking = {"HX-Request": "true"}
    assert kiosk.client.get("/kiosk?seen=", headers=asking).headers["HX-Reswap"] == "none"

    _at(clock, 11, 30)

    assert "không cấp số" in kiosk.client.get("/kiosk?seen=", headers=asking).text


def test_a_stranger_is_not_a_kiosk(phone: Touch, box: Box) -> None:
    answer = phone.client.post("/kiosk/take", data={"service": "A"})

    assert answer.status_code == 403
    assert phone.client.get("/kiosk").status_code == 303
    assert box.office.seq == 0
