"""People meet a disk that refuses: words for each of them, and nothing but reading works."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box
from motcua.queue.commands import IssueTicket, OpenCounter
from tests.counter.clerk import Clerk
from tests.faults.disks import BadDisk
from tests.kiosk.touch import Touch

SORRY = "Xin lỗi ông/bà, hiện máy chưa ghi nhận được yêu cầu."
UNDONE = "Máy chưa cấp số và chưa in phiếu. Xin ông/bà báo cho cán bộ, hoặc thử lại sau ít phút."
TOLD_STAFF = "Ổ đĩa đã đầy hoặc không ghi được, nên chưa ghi và chưa làm gì cả."
ID_CARD = "/kiosk/procedure/2.000200"
LOOKS = {
    Role.KIOSK: ["/kiosk", "/kiosk/collect", "/kiosk/procedure/1.001193", ID_CARD],
    Role.BOARD: ["/board", "/board/size.css", "/api/v1/board"],
    Role.STAFF: ["/counter", "/counter/1", "/counter/1/issue", "/counter/paper", "/api/v1/queue"],
    Role.MANAGER: ["/reports", "/api/v1/reports/waits"],
    Role.ADMIN: [
        "/admin", "/admin/staff", "/admin/devices", "/admin/printers", "/admin/catalogue",
        "/admin/journal", "/metrics", "/healthz",
    ],
}  # fmt: skip
Browse = Callable[[Role], FlaskClient]


@pytest.fixture
def link(box: Box) -> str:
    """The link of A001, taken while all was well; counter 1 is open."""
    ticket = box.office.execute(IssueTicket(service="A")).ticket
    box.office.execute(OpenCounter(1))
    assert ticket
    return f"/t/{ticket.id}"


@pytest.fixture
def kiosk(browse: Browse) -> Touch:
    """The touch screen, at its start page."""
    return Touch(browse(Role.KIOSK)).open("/kiosk")


@pytest.fixture
def clerk(browse: Browse) -> Clerk:
    """A clerk at counter 1."""
    return Clerk(browse(Role.STAFF))


def test_the_visitor_is_told_and_tries_again_on_the_same_page(
    kiosk: Touch, box: Box, disk: BadDisk
) -> None:
    disk.fault = "full"
    kiosk.press("Khai sinh, kết hôn, khai tử").press("Làm khai sinh").press("Lấy số")
    for _ in range(2):
        assert kiosk.status == 503
        assert f"{SORRY} {UNDONE}" in kiosk.text
        assert "A001" not in kiosk.text
        assert kiosk.offers("Trang đầu")
        kiosk.press("Thử lại")
    assert box.paper.jobs() == []

    disk.fault = ""
    again = kiosk.button("Thử lại")
    kiosk.press("Thử lại")
    assert "Số của ông/bà A001" in kiosk.text
    kiosk.send(again)  # a second finger
    with box.office.today() as day:
        [ticket] = day.tickets.values()
    assert (ticket.procedure, ticket.purpose) == ("1.001193", "submit")
    assert [job.job.about for job in box.paper.jobs()] == ["A001"]


def test_the_visitor_may_go_back_to_the_start_page(kiosk: Touch, disk: BadDisk) -> None:
    disk.fault = "read only"
    kiosk.press("Tôi không biết").press("Tôi muốn hỏi").press("Lấy số")
    assert kiosk.status == 503
    kiosk.press("Trang đầu")
    assert "Ông/bà cần làm việc gì?" in kiosk.text


def test_the_group_that_was_chosen_is_asked_for_again(
    kiosk: Touch, box: Box, disk: BadDisk
) -> None:
    kiosk.press("Khai sinh, kết hôn, khai tử").press("Làm khai sinh").press("Lấy số ưu tiên")
    disk.fault = "half"
    group = next(one for one in kiosk.page.pressables if one.name == "priority")
    kiosk.press(group.text)
    assert kiosk.status == 503
    disk.fault = ""
    kiosk.press("Thử lại")
    with box.office.today() as day:
        [ticket] = day.tickets.values()
    assert ticket.priority == group.value


def test_the_way_to_another_office_is_not_printed_unrecorded(
    kiosk: Touch, box: Box, disk: BadDisk
) -> None:
    disk.fault = "full"
    shown = kiosk.client.post(f"{ID_CARD}/referral", headers={"HX-Request": "true"})
    assert shown.status_code == 503
    kiosk.open(ID_CARD).press("In giấy chỉ dẫn")
    assert kiosk.status == 503
    assert UNDONE in kiosk.text
    assert box.paper.jobs() == []

    disk.fault = ""
    kiosk.press("Thử lại")
    assert kiosk.status == 200
    assert len(box.paper.jobs()) == 1
    with box.office.today() as day:
        assert sum(day.referrals.values()) == 1


@pytest.mark.usefixtures("link")
def test_the_clerk_is_told_and_goes_on_seeing_the_queue(
    clerk: Clerk, box: Box, disk: BadDisk
) -> None:
    disk.fault = "broken"
    baked = clerk.look().request_id
    screen = clerk.press("call-next", baked)
    assert TOLD_STAFF in screen.notice
    assert "Xin báo cho quản trị viên" in screen.notice
    assert screen.waiting() == ["A001"]
    without_script = clerk.send("call-next", baked)
    assert without_script.status_code == 503
    assert 'id="rows-waiting"' in without_script.text

    disk.fault = ""
    for _ in range(2):
        screen = clerk.press("call-next", baked)
        assert (screen.number, screen.notice, screen.waiting()) == ("A001", "", [])
    with box.office.today() as day:
        assert len(day.calls) == 1


def test_a_number_a_clerk_gives_is_refused_with_the_same_words(
    clerk: Clerk, box: Box, disk: BadDisk
) -> None:
    disk.fault = "full"
    page = clerk.client.get("/counter/1/issue")
    form = {"give": "service:A", "request_id": page.text.split('name="request_id" value="')[1][:8]}
    refused = clerk.client.post("/counter/1/issue", data=form)
    assert refused.status_code == 503
    assert TOLD_STAFF in refused.text
    assert "A001" not in refused.text
    assert 'value="service:A"' in refused.text
    disk.fault = ""
    assert clerk.client.post("/counter/1/issue", data=form).status_code == 303
    assert box.office.seq == 2


@pytest.mark.parametrize(("act", "state"), [("cancel", "cancelled"), ("return", "waiting")])
def test_the_phone_is_told_that_the_number_stands(
    browse: Browse, box: Box, disk: BadDisk, link: str, act: str, state: str
) -> None:
    clerk = Clerk(browse(Role.STAFF))
    if act == "return":
        clerk.work("call-next", "miss")
    phone = Touch(browse(Role.VISITOR))
    disk.fault = "full"
    refused = phone.client.post(f"{link}/{act}")
    assert refused.status_code == 503
    assert "Số của ông/bà vẫn như cũ." in refused.text
    assert f'href="{link}"' in refused.text
    disk.fault = ""
    assert phone.client.post(f"{link}/{act}").status_code == 303
    with box.office.today() as day:
        ticket = day.current(link.removeprefix("/t/"))
    assert ticket
    assert ticket.state == state


@pytest.mark.usefixtures("link")
def test_the_administrator_is_told_why_the_day_cannot_be_closed(
    browse: Browse, disk: BadDisk
) -> None:
    admin = browse(Role.ADMIN)
    disk.fault = "full"
    refused = admin.post("/admin/day")
    assert refused.status_code == 503
    assert "Xin kiểm tra ổ đĩa" in refused.text
    disk.fault = ""
    assert admin.post("/admin/day").status_code == 303


@pytest.mark.parametrize("fault", ["full", "broken", "read only"])
def test_whoever_only_looks_sees_everything(
    browse: Browse, disk: BadDisk, link: str, fault: str
) -> None:
    browsers = {role: browse(role) for role in LOOKS}
    disk.fault = fault
    refused = browsers[Role.STAFF].post("/counter/1", data={"act": "call-next"})
    assert refused.status_code == 503
    for role, addresses in LOOKS.items():
        for address in addresses:
            assert browsers[role].get(address).status_code == 200, address
    for address in (link, f"{link}/cancel", "/", "/signin"):
        assert browse(Role.VISITOR).get(address).status_code == 200, address


@pytest.mark.usefixtures("link")
def test_who_has_a_pin_signs_in_while_the_disk_refuses(
    browse: Browse, box: Box, disk: BadDisk
) -> None:
    pin = box.access.add_staff("Lan", Role.STAFF)
    disk.fault = "full"
    client = browse(Role.VISITOR)
    answer = client.post("/signin", data={"name": "Lan", "pin": pin})
    assert (answer.status_code, answer.location) == (303, "/counter")
    assert client.get("/counter/1").status_code == 200


def test_a_refused_form_leads_back_to_its_page(browse: Browse) -> None:
    """Whatever page has no words of its own for it."""
    program = browse(Role.ADMIN)
    page = program.post("/admin/nothing", headers={"Referer": "http://localhost/admin/staff?x=1"})
    assert 'href="/admin/staff?x=1"' in page.text
    for elsewhere in ("http://example.org/admin", "http://[", "//localhost/", ""):
        page = program.post("/admin/nothing", headers={"Referer": elsewhere})
        assert 'class="button" href="/"' in page.text
    page = program.post("/x", headers={"Referer": "http://localhost//example.org/"})
    assert 'href="/example.org/"' in page.text
