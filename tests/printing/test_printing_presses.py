"""Every press on *print* prints once, however often it is sent, and says where it was pressed."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.printing.tcp_printer import TcpPrinter
from tests.printing.ward import ELSEWHERE, Ward


def test_a_press_sent_twice_prints_once_and_a_second_press_once_more(
    ward: Ward, tcp: TcpPrinter
) -> None:
    ticket = ward.take()
    ward.settle(ticket)
    first = tcp.next_slip()

    form = ward.desk_form()
    for _ in range(3):
        ward.press_reprint(ticket, form)
        ward.settle(ticket)
    assert tcp.begun == 2
    assert tcp.next_slip().height > first.height  # it says that it is printed again

    ward.press_reprint(ticket)
    ward.settle(ticket)
    assert tcp.begun == 3


def test_a_press_of_the_administrator_or_a_visitor_sent_twice_prints_once(
    ward: Ward, tcp: TcpPrinter
) -> None:
    ticket = ward.take()
    ward.settle(ticket)

    form = ward.admin_form()
    for _ in range(3):
        ward.admin.post("/admin/printers/again", data={**form, "slip": ticket})
        ward.admin.post("/admin/printers/test", data={**form, "printer": "hall"})
        ward.settle_all()
    assert tcp.begun == 3

    button = ward.kiosk.open(f"/kiosk/number/{ticket}").button("In lại phiếu")
    for _ in range(2):
        ward.kiosk.send(button)
        ward.settle(ticket)
    assert tcp.begun == 4
    assert ward.settle(ticket).place == "kiosk sanh"


def test_the_way_to_another_office_sent_twice_is_printed_once(ward: Ward, tcp: TcpPrinter) -> None:
    button = ward.kiosk.open(ELSEWHERE).button("In giấy chỉ dẫn")

    answers = []
    for _ in range(2):
        answers.append(ward.kiosk.client.post(f"{ELSEWHERE}/slip", data=_fields(button)).location)
        ward.settle_all()

    assert len(set(answers)) == 1
    assert tcp.begun == 1
    again = ward.kiosk.open(answers[0]).button("In lại phiếu")
    for _ in range(2):
        ward.kiosk.send(again)
        ward.settle_all()
    assert tcp.begun == 2
    (slip,) = parse_qs(urlsplit(answers[0]).query)["slip"]
    assert ward.settle(slip).copies == 2


def _fields(button: object) -> dict[str, str]:
    form = getattr(button, "form", None)
    assert form
    fields: dict[str, str] = form.fields
    return fields


def test_a_number_asked_for_twice_with_one_id_brings_one_slip(ward: Ward, tcp: TcpPrinter) -> None:
    first = ward.take_by_program("r-7")
    ward.settle(first.get_json()["id"])
    second = ward.take_by_program("r-7")
    ward.settle_all()

    assert (first.status_code, second.status_code, tcp.begun) == (201, 200, 1)


@pytest.mark.parametrize("timeout_s", [30.0])
def test_a_slip_being_printed_again_keeps_its_place_under_the_clerk_s_finger(
    ward: Ward, tcp: TcpPrinter
) -> None:
    tcp.does.online, tcp.does.paper = False, 0x60
    first, second = ward.take(), ward.take()
    ward.settle_all()
    assert "A001 in lại A002 in lại" in ward.seen_by_clerk()
    tcp.repair()
    tcp.does.may_read.clear()

    ward.press_reprint(first)
    assert "A001 đang in A002 in lại" in ward.seen_by_clerk()
    ward.press_reprint(first)

    tcp.does.may_read.set()
    assert ward.settle(first).copies == 2
    assert ward.settle(second).code == "printer.paper_out"
    assert tcp.begun == 1
