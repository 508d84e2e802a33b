"""The whole service before a printer in trouble: the number is given, and nobody is misled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from motcua.app import open_box
from motcua.clock import SetClock
from motcua.home import Home
from motcua.printing.job import JobState
from motcua.queue.commands import CallNext, FinishTicket, IssueTicket, OpenCounter, StartService
from tests.printing.tcp_printer import Faults, TcpPrinter
from tests.printing.ward import CENTRE, Ward

_BRIEFLY = pytest.mark.parametrize("timeout_s", [1.0])
"""For printers that keep silent: the centre waits a second for them."""
TAKE_IT = "Mời ông/bà lấy phiếu"
KEEP_IT = "Xin ghi nhớ hoặc chụp lại số này."
ASK_STAFF = "ông/bà có thể nhờ cán bộ in phiếu."


@pytest.mark.parametrize("timeout_s", [30.0])
def test_numbers_are_given_while_the_printer_stands_still(ward: Ward, tcp: TcpPrinter) -> None:
    tcp.does.may_read.clear()  # and reads nothing until the very end

    ticket = ward.take()
    by_program = ward.take_by_program("r-1")
    at_counter = ward.take_at_counter()
    desk = [ward.clerk.post("/counter/1", data={"act": act}) for act in ("open", "call-next")]

    assert "Số của ông/bà A001" in ward.seen_by_visitor(ticket)
    assert "Đang in phiếu …" in ward.seen_by_visitor(ticket)
    assert (by_program.status_code, by_program.get_json()["number"]) == (201, "A002")
    assert [answer.status_code for answer in (at_counter, *desk)] == [303] * 3
    assert tcp.begun == 0

    tcp.does.may_read.set()
    assert [record.state for record in ward.settle_all()] == [JobState.PRINTED] * 3
    with ward.box.office.today() as day:
        assert [one.number for one in day.tickets.values()] == ["A001", "A002", "A003"]
    assert tcp.begun == 3


def _off(tcp: TcpPrinter) -> None:
    tcp.switch_off()


def _told(**faults: object) -> Callable[[TcpPrinter], None]:
    def tell(tcp: TcpPrinter) -> None:
        tcp.does = replace(Faults(), **faults)  # type: ignore[arg-type]

    return tell


OUT_OF_PAPER = _told(online=False, paper=0x60)
OPEN = _told(online=False, cover_open=True)
TROUBLES = {
    "off": (_off, JobState.FAILED, 0, "Máy in đang hỏng."),
    "out of paper": (OUT_OF_PAPER, JobState.FAILED, 0, "Máy in hết giấy."),
    "cover open": (OPEN, JobState.FAILED, 0, "Nắp máy in đang mở."),
    "paper runs out in the middle": (
        _told(runs_out_in_the_middle=True), JobState.FAILED, 1, "Máy in hết giấy.",
    ),
    "line dropped in the middle": (
        _told(drops_after_bytes=30_000), JobState.UNKNOWN, 1, "Máy in bị ngắt giữa chừng",
    ),
}  # fmt: skip
"""What the printer does → state of the slip, slips begun, what the visitor reads."""


@_BRIEFLY
@pytest.mark.parametrize("trouble", TROUBLES)
def test_the_visitor_keeps_the_number_and_the_clerk_prints_it_with_one_press(
    ward: Ward, tcp: TcpPrinter, trouble: str
) -> None:
    befall, state, begun, told = TROUBLES[trouble]
    befall(tcp)

    ticket = ward.take()
    record = ward.settle(ticket)

    assert (record.state, tcp.begun) == (state, begun)
    shown = ward.seen_by_visitor(ticket)
    assert all(words in shown for words in ("A001", told, KEEP_IT, ASK_STAFF))
    assert TAKE_IT not in shown
    assert "Chưa in được phiếu: A001 in lại" in ward.seen_by_clerk()
    assert record.code in {"printer.offline", "printer.paper_out", "printer.cover_open"} | {
        "printer.broken_off"
    }

    _come_back(tcp, trouble)
    assert ward.press_reprint(ticket).status_code == 303

    assert ward.settle(ticket).state is JobState.PRINTED
    assert tcp.begun == begun + 1
    assert TAKE_IT in ward.seen_by_visitor(ticket)
    assert "Chưa in được phiếu" not in ward.seen_by_clerk()
    assert "2 tại quầy 1" in ward.seen_by_admin()


def _come_back(tcp: TcpPrinter, trouble: str) -> None:
    tcp.repair()
    if trouble == "off":
        tcp.switch_on()


class TestBehindAPulledCable:
    """Nobody answers at the printer's address, and nobody refuses."""

    @pytest.fixture
    def port(self, hole: int) -> int:
        return hole

    @_BRIEFLY
    def test_a_number_is_given_before_the_printer_is_given_up(self, ward: Ward) -> None:
        ticket = ward.take()
        assert "Số của ông/bà A001" in ward.kiosk.text
        assert ward.take_by_program("r-1").status_code == 201

        assert ward.settle(ticket).code == "printer.offline"
        assert all(words in ward.seen_by_visitor(ticket) for words in ("A001", KEEP_IT))
        assert "Máy in không trả lời" in ward.seen_by_clerk()


SENT = "Không thấy phiếu? Xin ghi nhớ hoặc chụp lại số này."


@_BRIEFLY
@pytest.mark.parametrize(
    "faults",
    [
        {"silent": True},
        {"babble": b"HTTP/1.1 400 Bad Request\r\n\r\n"},
        {"answers_in_turn": False},
    ],
    ids=["silent", "garbage", "answers only at once"],
)
def test_of_a_slip_that_nobody_can_tell_nobody_claims_that_it_is_printed(
    ward: Ward, tcp: TcpPrinter, faults: dict[str, object]
) -> None:
    _told(**faults)(tcp)

    ticket = ward.take()
    record = ward.settle(ticket)

    assert (record.state, record.code, tcp.begun) == (JobState.UNKNOWN, "", 1)
    assert SENT in ward.seen_by_visitor(ticket)
    assert "A001" in ward.seen_by_visitor(ticket)
    assert "đã gửi; máy in không báo lại" in ward.seen_by_admin()
    assert "Máy in sẵn sàng." not in ward.seen_by_admin()
    assert 'motcua_printer_status{printer="hall",status="ok"} 0' in _metrics(ward)
    assert 'motcua_slips{printer="hall",state="unknown"} 1' in _metrics(ward)
    assert 'motcua_slips{printer="hall",state="printed"} 0' in _metrics(ward)


def _metrics(ward: Ward) -> str:
    return ward.admin.get("/metrics", headers=ward.program).text


@_BRIEFLY
def test_a_slow_printer_prints_each_slip_once_and_says_so(ward: Ward, tcp: TcpPrinter) -> None:
    tcp.does.piece_s = 0.06  # a slip takes longer than the printer's time-out, piece by piece

    tickets = [ward.take() for _ in range(2)]

    assert [ward.settle(ticket).state for ticket in tickets] == [JobState.PRINTED] * 2
    assert tcp.begun == 2


def test_paper_that_nears_its_end_is_told_before_it_is_out(ward: Ward, tcp: TcpPrinter) -> None:
    tcp.does.paper = 0x0C

    ticket = ward.take()

    assert ward.settle(ticket).state is JobState.PRINTED
    assert "Cuộn giấy sắp hết." in ward.seen_by_clerk()


def test_after_the_line_broke_nothing_comes_by_itself(ward: Ward, tcp: TcpPrinter) -> None:
    tcp.does.drops_after_bytes = 30_000
    first = ward.take()
    ward.settle(first)
    tcp.repair()

    second = ward.take()

    assert ward.settle(second).state is JobState.PRINTED
    assert ward.settle(first).state is JobState.UNKNOWN
    assert tcp.begun == 2


def test_who_has_gone_needs_no_slip_any_more(ward: Ward, tcp: TcpPrinter) -> None:
    OUT_OF_PAPER(tcp)
    ward.settle(ward.take())
    for command in (OpenCounter(1), CallNext(1), StartService(1), FinishTicket(1, "done")):
        ward.box.office.execute(command)

    assert "Chưa in được phiếu" not in ward.seen_by_clerk()
    assert "Máy in hết giấy: xin lắp cuộn giấy mới." in ward.seen_by_clerk()


_WISH = IssueTicket(service="A", kiosk="sanh")


@pytest.fixture
def before(home: Home, clock: SetClock, tcp: TcpPrinter, timeout_s: float) -> str:
    """A number whose slip broke off before the box was started again; gives the ticket's id."""
    home.centre.write_text(CENTRE.format(port=tcp.port, timeout_s=timeout_s), encoding="utf-8")
    tcp.does.drops_after_bytes = 30_000
    box = open_box(home, clock=clock)
    box.start("http://centre.test")
    ticket = box.office.execute(_WISH, "r-1").ticket
    assert ticket
    tcp.wait_until_begun(1)
    box.close()
    tcp.repair()
    return ticket.id


def test_after_a_restart_nothing_is_printed_by_itself_and_nothing_claimed(
    before: str, ward: Ward, tcp: TcpPrinter
) -> None:
    again = ward.box.office.execute(_WISH, "r-1")
    assert again.repeated
    ward.admin.post("/admin/printers/test", data={"printer": "hall"})
    (test_slip,) = ward.settle_all()
    assert (test_slip.job.about, tcp.begun) == ("TEST", 2)
    assert TAKE_IT not in ward.seen_by_visitor(before)
    assert KEEP_IT in ward.seen_by_visitor(before)

    tcp.does.may_read.clear()
    ward.kiosk.press("In lại phiếu")
    asked = next(record for record in ward.box.paper.jobs() if record.job.id == before)
    assert (asked.on_paper, asked.place, tcp.begun) == (True, "kiosk sanh", 2)
    tcp.does.may_read.set()
    assert ward.settle(before).state is JobState.PRINTED
    assert tcp.begun == 3
