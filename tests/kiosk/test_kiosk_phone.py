"""The visitor's phone follows one number, through a transfer, to its end."""

from __future__ import annotations

import pytest

from motcua.app import Box
from motcua.clock import SetClock
from motcua.queue import commands as c
from tests.kiosk.touch import Touch


@pytest.fixture
def link(box: Box) -> str:
    """The link of A001, taken for a birth registration, with somebody waiting behind."""
    ticket = box.office.execute(c.IssueTicket(procedure="1.001193")).ticket
    box.office.execute(c.IssueTicket(service="A"))
    box.office.execute(c.OpenCounter(1))
    assert ticket
    return f"/t/{ticket.id}"


def _ticket(link: str) -> str:
    return link.removeprefix("/t/")


def test_it_tells_the_number_its_place_and_the_papers(phone: Touch, link: str) -> None:
    phone.open(link)

    assert "Số của ông/bà A001 Ông/bà là người tiếp theo" in phone.text
    assert "Giấy chứng sinh" in phone.text
    assert "không phải giấy tiếp nhận hồ sơ" in phone.text


def test_it_follows_the_call_to_the_counter_and_the_end(phone: Touch, link: str, box: Box) -> None:
    box.office.execute(c.CallNext(1))
    phone.open(link)
    assert "Mời ông/bà đến quầy số 1" in phone.text
    assert 'class="page called"' in phone.html
    assert not phone.offers("Trả số")

    box.office.execute(c.StartService(1))
    assert "Ông/bà đang được phục vụ tại quầy số 1" in phone.open(link).text
    assert "every 4s" in phone.html

    box.office.execute(c.FinishTicket(1, "received"))
    assert "hồ sơ đã được tiếp nhận" in phone.open(link).text
    assert "every 4s" not in phone.html


def test_papers_found_missing_are_listed(phone: Touch, link: str, box: Box) -> None:
    box.office.execute(c.CallNext(1))
    box.office.execute(c.StartService(1))
    box.office.execute(c.FinishTicket(1, "papers_missing", papers=("Giấy chứng sinh",)))

    phone.open(link)

    assert "hồ sơ còn thiếu giấy tờ" in phone.text
    assert "Giấy tờ còn thiếu Giấy chứng sinh" in phone.text
    assert "Tờ khai" not in phone.text


def test_nothing_new_is_a_tiny_answer(phone: Touch, link: str, box: Box) -> None:
    answer = phone.client.get(f"{link}?seen={box.office.seq}", headers={"HX-Request": "true"})

    assert (answer.status_code, answer.text, answer.headers["HX-Reswap"]) == (200, "", "none")


def test_something_new_is_the_part_alone(phone: Touch, link: str) -> None:
    phone.open(f"{link}?seen=1", **{"HX-Request": "true"})

    assert phone.html.strip().startswith("<main")


def test_the_same_link_follows_a_transfer(phone: Touch, link: str, box: Box) -> None:
    box.office.execute(c.CallNext(1))
    box.office.execute(c.StartService(1))
    box.office.execute(c.TransferTicket(1, "H"))

    phone.open(link)

    assert "A001" in phone.text
    assert "Chứng thực" in phone.text
    assert phone.offers("Trả số")


def test_a_number_is_given_back_after_one_question(phone: Touch, link: str, box: Box) -> None:
    phone.open(link).press("Trả số")
    assert "Ông/bà muốn trả số này? A001" in phone.text
    assert box.office.seq == 4

    phone.press("Có, tôi trả số")

    assert phone.address == link
    assert "Số này đã được trả lại." in phone.text
    assert not phone.offers("Trả số")


def test_a_number_called_meanwhile_is_not_given_back(phone: Touch, link: str, box: Box) -> None:
    phone.open(link).press("Trả số")
    box.office.execute(c.CallNext(1))

    phone.press("Có, tôi trả số")

    assert "Mời ông/bà đến quầy số 1" in phone.text


def test_whoever_missed_the_call_lines_up_again(phone: Touch, link: str, box: Box) -> None:
    box.office.execute(c.CallNext(1))
    box.office.execute(c.MissTicket(1))
    phone.open(link)
    assert "Số của ông/bà đã được gọi mà chưa thấy ông/bà đến." in phone.text

    phone.press("Tôi đã quay lại")

    assert "Ông/bà là người tiếp theo" in phone.text


def test_a_number_set_aside_by_the_counter_waits_for_the_counter(
    phone: Touch, link: str, box: Box
) -> None:
    box.office.execute(c.CallNext(1))
    box.office.execute(c.HoldTicket(1, "papers"))
    before = box.office.seq

    phone.open(link)
    assert "quầy sẽ gọi lại" in phone.text
    phone.client.post(f"{link}/return")

    assert box.office.seq == before


def test_the_day_ends_with_an_apology(phone: Touch, link: str, box: Box) -> None:
    box.office.execute(c.CloseDay())

    assert "Trung tâm xin lỗi ông/bà" in phone.open(link).text


@pytest.mark.parametrize("address", ["", "/cancel"])
def test_an_unknown_link_is_answered_politely(phone: Touch, address: str) -> None:
    phone.open(f"/t/khong-co{address}")

    assert phone.status == 404
    assert "Không có số này trong hôm nay" in phone.text


@pytest.mark.parametrize("act", ["cancel", "return"])
def test_nothing_is_done_to_an_unknown_number(phone: Touch, act: str, box: Box) -> None:
    assert phone.client.post(f"/t/khong-co/{act}").status_code == 404
    assert box.office.seq == 0


def test_yesterdays_link_asks_for_a_new_number(phone: Touch, link: str, clock: SetClock) -> None:
    clock.advance(24 * 3600)

    phone.open(link)

    assert phone.status == 404
    assert "Mỗi số chỉ dùng trong ngày lấy số." in phone.text


def test_a_page_without_its_token_changes_nothing(phone: Touch, link: str, box: Box) -> None:
    before = box.office.seq
    del phone.client.environ_base["HTTP_X_CSRFTOKEN"]

    assert phone.client.post(f"{link}/cancel").status_code == 403
    assert box.office.seq == before


def test_it_speaks_the_language_the_number_was_taken_in(phone: Touch, box: Box) -> None:
    ticket = box.office.execute(c.IssueTicket(service="A", language="en")).ticket
    assert ticket

    phone.open(f"/t/{ticket.id}")
    assert "You are next" in phone.text
    phone.press("Tiếng Việt")

    assert "Ông/bà là người tiếp theo" in phone.text
    assert _ticket(phone.address) == ticket.id
