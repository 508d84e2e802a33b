"""The manager's shelf of stopwatch sheets: brought, compared with, removed; nothing half kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box, create_app
from motcua.clock import SetClock
from motcua.queue import commands as c
from motcua.reports.stopwatch import MOST_BYTES
from motcua.sessions import person_keys
from motcua.sheets import MOST, Sheets
from tests.reports.report_days import ListeningWords, workdays
from tests.reports.stopwatch_sheets import ROWS, sheet_of

Browse = Callable[[Role], FlaskClient]
_SCREEN = "/reports/stopwatch"
_MONDAY = "from=2026-11-23&to=2026-11-23"


def bring(client: FlaskClient, data: str | bytes, name: str = "Tháng 10.csv") -> tuple[int, str]:
    """Bring a sheet; return the status and the page after it."""
    content = data.encode() if isinstance(data, str) else data
    answer = client.post(_SCREEN, data={"file": (BytesIO(content), name)})
    return answer.status_code, client.get(_SCREEN).text if answer.location else answer.text


def kept(box: Box) -> list[str]:
    """Return the names of the sheets kept."""
    return Sheets(box.home.stopwatch).names()


def test_a_sheet_that_is_brought_is_kept_told_and_removed(browse: Browse, box: Box) -> None:
    manager = browse(Role.MANAGER)
    assert "Chưa có phiếu nào" in manager.get(_SCREEN).text
    status, page = bring(manager, ROWS)
    assert (status, kept(box)) == (303, ["thang-10"])
    assert "05/10/2026–06/10/2026" in page
    assert "Thứ Hai, Thứ Ba 8–9 giờ" in page
    assert b"Lan" not in (box.home.stopwatch / "thang-10.csv").read_bytes()
    answer = manager.post(f"{_SCREEN}/remove", data={"name": "thang-10"})
    assert (answer.status_code, kept(box)) == (303, [])
    assert manager.post(f"{_SCREEN}/remove", data={"name": "thang-10"}).status_code == 303


def test_who_brought_and_removed_a_sheet_stands_in_the_audit_trail(
    browse: Browse, box: Box
) -> None:
    manager = browse(Role.MANAGER)
    bring(manager, ROWS)
    manager.post(f"{_SCREEN}/remove", data={"name": "thang-10"})
    manager.post(f"{_SCREEN}/remove", data={"name": "thang-10"})
    lines = "".join(file.read_text("utf-8") for file in box.home.audit.glob("*.jsonl"))
    assert lines.count("sheet.kept") == lines.count("sheet.removed") == 1
    assert lines.count("thang-10") == 2


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (ROWS.replace("08:20", "07:20"), "Dòng 2: 07:20 trước 08:05."),
        (ROWS.replace("6/10/2026", "24/11/2026"), "ngày 24/11/2026 chưa đến"),
        ("a;b", "thiếu hoặc bị trùng các cột"),
        (b"PK\x03\x04", "là bảng tính Excel"),
        ("", "không có dòng nào"),
    ],
)
def test_a_wrong_sheet_is_told_and_not_kept(
    browse: Browse, box: Box, data: str | bytes, told: str
) -> None:
    status, page = bring(browse(Role.MANAGER), data)
    assert (status, kept(box)) == (422, [])
    assert told in page
    assert "Chưa lưu gì cả." in page


def test_every_wrong_row_is_told_up_to_twenty(browse: Browse) -> None:
    rows = "".join(f"05/10/2026;8:{n:02};7:00\n" for n in range(30))
    _, page = bring(browse(Role.MANAGER), f"Ngày;Giờ đến;Giờ gọi\n{rows}")
    assert [int(n) for n in re.findall(r"Dòng (\d+):", page)] == list(range(2, 22))
    assert "và 10 dòng nữa cũng sai" in page


def test_a_sheet_takes_no_other_ones_place(browse: Browse, box: Box) -> None:
    manager = browse(Role.MANAGER)
    bring(manager, ROWS)
    before = (box.home.stopwatch / "thang-10.csv").read_bytes()
    status, page = bring(manager, sheet_of([date(2026, 9, 1)], [5]), "thang 10.csv")
    assert (status, "Đã có phiếu bấm giờ thang-10" in page) == (422, True)
    assert (box.home.stopwatch / "thang-10.csv").read_bytes() == before


def test_there_is_room_for_so_many_and_no_more(browse: Browse, box: Box) -> None:
    shelf = Sheets(box.home.stopwatch)
    assert all(shelf.keep(f"p{n}", b"") for n in range(MOST))
    status, page = bring(browse(Role.MANAGER), ROWS)
    assert (status, f"Đã có {MOST} phiếu bấm giờ" in page) == (422, True)


def test_a_sheet_too_large_is_refused_before_it_is_read(browse: Browse, box: Box) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    for size, status in ((MOST_BYTES + 200_000, 413), (MOST_BYTES + 1, 422)):
        body = head + b"y" * size + b"\r\n--x--\r\n"
        answer = browse(Role.MANAGER).post(
            _SCREEN, data=body, content_type="multipart/form-data; boundary=x"
        )
        assert answer.status_code == status
    assert kept(box) == []


def test_without_a_file_nothing_happens(browse: Browse) -> None:
    answer = browse(Role.MANAGER).post(_SCREEN, data={})
    assert (answer.status_code, "Hãy chọn" in answer.text or "chọn tệp" in answer.text) == (
        422, True,
    )  # fmt: skip


@pytest.mark.parametrize("role", [Role.VISITOR, Role.KIOSK, Role.BOARD, Role.STAFF])
def test_only_managers_bring_and_remove_sheets(browse: Browse, box: Box, role: Role) -> None:
    bring(browse(Role.MANAGER), ROWS)
    other = browse(role)
    for page in ("", "/sheet.csv", "/paper"):
        assert other.get(f"{_SCREEN}{page}").status_code in (303, 403)
    assert bring(other, ROWS, "other.csv")[0] in (303, 403)
    assert other.post(f"{_SCREEN}/remove", data={"name": "thang-10"}).status_code in (303, 403)
    assert kept(box) == ["thang-10"]


def test_a_stranger_with_a_managers_cookie_and_no_token_changes_nothing(
    browse: Browse, box: Box
) -> None:
    manager = browse(Role.MANAGER)
    bring(manager, ROWS)
    del manager.environ_base["HTTP_X_CSRFTOKEN"]
    assert bring(manager, ROWS, "other.csv")[0] == 403
    assert manager.post(f"{_SCREEN}/remove", data={"name": "thang-10"}).status_code == 403
    assert kept(box) == ["thang-10"]


def test_the_empty_sheet_has_the_headings_that_are_read(browse: Browse) -> None:
    manager = browse(Role.MANAGER)
    for language, row in (("vi", "05/10/2026;8:05;8:20;;;"), ("en", "2026-10-05,8:05,8:20,,,")):
        manager.get(f"/reports?lang={language}")
        empty = manager.get(f"{_SCREEN}/sheet.csv").get_data()
        assert empty.startswith(b"\xef\xbb\xbf")
        assert bring(manager, empty + row.encode(), f"{language}.csv")[0] == 303


def test_the_empty_sheet_can_be_printed(browse: Browse) -> None:
    page = browse(Role.MANAGER).get(f"{_SCREEN}/paper").text
    assert page.count("<tr>") > 20
    assert "giờ bỏ về" in page


@pytest.fixture
def now(box: Box, clock: SetClock) -> Box:
    """Five working days on which eight people came at eight and waited eight minutes and more."""
    office = box.office
    for _ in range(5):
        office.execute(c.OpenCounter(1, ("A",)))
        for _ in range(8):
            office.execute(c.IssueTicket(procedure="1.001193"))
        for _ in range(8):
            clock.advance(60)
            office.execute(c.CallNext(1))
            office.execute(c.StartService(1))
            office.execute(c.FinishTicket(1, "received"))
        clock.advance(24 * 3600 - 8 * 60)
        office.end_day_if_over()
    return box


def test_the_days_before_the_machine_are_compared_with_those_after(
    browse: Browse, now: Box
) -> None:
    manager = browse(Role.MANAGER)
    bring(manager, sheet_of(workdays(date(2026, 10, 5), 10), [20, 30, 40]))
    assert now.office.seq
    days = "from=2026-11-23&to=2026-11-27"
    page = manager.get(f"/reports?{days}&compare=sheet:thang-10").text
    assert "so với phiếu bấm giờ 05/10/2026–16/10/2026: thời gian chờ trung vị ngắn hơn" in page
    assert "Chỉ so sánh lần chờ đầu tiên trong những giờ có trên phiếu bấm giờ" in page
    assert '<option value="sheet:thang-10" selected>' in page
    told = manager.get(f"/reports/waits.json?{days}&compare=sheet:thang-10").json
    assert told is not None
    assert told["comparison"]["verdict"] == "shorter"
    assert told["comparison"]["before"]["median_s"] == 1800
    assert told["comparison"]["before"]["days"] == 10
    assert told["comparison"]["sheet"]["hours"] == {str(day): [8] for day in range(1, 6)}


def test_a_sheet_that_is_not_there_is_refused(browse: Browse) -> None:
    for name in ("nothing", "../access", "%2e%2e"):
        answer = browse(Role.MANAGER).get(f"/reports?{_MONDAY}&compare=sheet:{name}")
        assert (answer.status_code, "sheet.unknown" in answer.text) == (422, True)


def test_a_sheet_of_a_service_that_is_gone_is_told_and_can_be_removed(
    browse: Browse, box: Box
) -> None:
    Sheets(box.home.stopwatch).keep("old", b"day,came_at,called_at,service\n2026-10-05,8:05,8:06,Z")
    manager = browse(Role.MANAGER)
    assert "Không còn đọc được" in manager.get(_SCREEN).text
    answer = manager.get(f"/reports?{_MONDAY}&compare=sheet:old")
    assert (answer.status_code, "sheet.invalid" in answer.text) == (422, True)
    manager.post(f"{_SCREEN}/remove", data={"name": "old"})
    assert kept(box) == []


def test_everything_about_sheets_is_said_in_vietnamese(box: Box) -> None:
    box.words = words = ListeningWords()
    client = create_app(box).test_client()
    box.access.add_staff("An", Role.MANAGER)
    with client.session_transaction() as session:
        session.update(person_keys(box.access, box.office, "An"))
    shelf = Sheets(box.home.stopwatch)
    shelf.keep("one", sheet_of(workdays(date(2026, 10, 5), 2), [5]))
    shelf.keep("broken", b"")
    for page in (_SCREEN, f"{_SCREEN}/sheet.csv", f"{_SCREEN}/paper"):
        assert client.get(page).status_code == 200
    assert words.unknown == set()


def test_looking_at_sheets_changes_nothing(browse: Browse, box: Box) -> None:
    manager = browse(Role.MANAGER)
    bring(manager, ROWS)
    before = (box.office.seq, sorted(box.home.stopwatch.iterdir()))
    for page in ("", "/sheet.csv", "/paper"):
        assert manager.get(f"{_SCREEN}{page}").status_code == 200
    assert (box.office.seq, sorted(box.home.stopwatch.iterdir())) == before
