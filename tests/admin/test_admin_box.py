"""The box at a glance: day, printers, journal; only for the administrator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box, create_app, open_box
from motcua.clock import SetClock
from motcua.home import Home
from motcua.journal.memory import MemoryJournal
from motcua.queue.commands import CallNext, IssueTicket, OpenCounter
from motcua.queue.record import Record
from motcua.record_keeping import Damage, JournalError
from motcua.sessions import person_keys
from motcua.web import needed_roles

PAGES = ("", "/staff", "/devices", "/printers", "/catalogue", "/journal")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_for_the_administrator_alone(
    browse: Callable[..., FlaskClient], box: Box, page: str
) -> None:
    for role in (Role.VISITOR, Role.KIOSK, Role.BOARD, Role.STAFF, Role.MANAGER):
        answer = browse(role).get(f"/admin{page}")
        assert (answer.status_code, answer.location) == (303, f"/signin?next=/admin{page}")
    before = box.office.seq
    assert browse(Role.ADMIN).get(f"/admin{page}").status_code == 200
    assert box.office.seq == before


def test_every_press_is_for_the_administrator_alone(
    app: Flask, browse: Callable[..., FlaskClient]
) -> None:
    manager = browse(Role.MANAGER)
    pressed = [
        rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("admin.")
        and "POST" in (rule.methods or ())
    ]  # fmt: skip
    assert pressed
    for rule in pressed:
        assert needed_roles(app, rule.endpoint) == (Role.ADMIN,)
        assert manager.post(rule.rule).status_code == 403


def test_the_overview_tells_how_the_box_is(admin: FlaskClient, box: Box) -> None:
    box.office.execute(OpenCounter(2))
    for _ in range(3):
        box.office.execute(IssueTicket(service="H"))
    box.office.execute(CallNext(2))
    page = admin.get("/admin").text
    for words in ("08:00", "23/11/2026", "0 / 40", "Motcua 0.", "Không thấy chỗ nào hỏng"):
        assert words in page
    assert "<dt>Số đã cấp hôm nay</dt><dd>3</dd>" in page
    assert "<dt>Đang chờ</dt><dd>2</dd>" in page
    assert "<dt>Quầy đang có người</dt><dd>2</dd>" in page


def test_the_day_is_closed_on_a_yes(admin: FlaskClient, box: Box) -> None:
    box.office.execute(IssueTicket(service="H"))
    answer = admin.post("/admin/day")
    assert answer.status_code == 303
    assert "Đã khóa sổ ngày làm việc." in admin.get(answer.location).text
    with box.office.today() as day:
        assert day.closed
    assert admin.post("/admin/day").status_code == 409


def test_a_day_is_not_closed_over_a_visitor_s_head(admin: FlaskClient, box: Box) -> None:
    box.office.execute(OpenCounter(2))
    box.office.execute(IssueTicket(service="H"))
    box.office.execute(CallNext(2))
    answer = admin.post("/admin/day")
    assert answer.status_code == 409
    assert "Còn quầy đang phục vụ" in answer.text
    with box.office.today() as day:
        assert not day.closed


class FullDisk(MemoryJournal):
    """A journal that cannot write."""

    def append(self, records: Sequence[Record]) -> None:
        raise JournalError("no space left on device")


def test_a_full_disk_keeps_the_day_open(
    home: Home, clock: SetClock, browse: Callable[..., FlaskClient]
) -> None:
    box = open_box(home, clock=clock, journal=FullDisk())
    admin = create_app(box).test_client()
    box.access.add_staff("An (admin)", Role.ADMIN)
    with admin.session_transaction() as session:
        session.update(person_keys(box.access, box.office, "An (admin)"))
        session["csrf_token"] = "a-session's-secret"
    admin.environ_base["HTTP_X_CSRFTOKEN"] = browse(Role.ADMIN).environ_base["HTTP_X_CSRFTOKEN"]
    answer = admin.post("/admin/day")
    assert answer.status_code == 503
    assert "kiểm tra ổ đĩa" in answer.text
    box.close()


def test_damage_is_named_with_its_place(admin: FlaskClient, box: Box) -> None:
    box.office.execute(IssueTicket(service="H"))
    box.journal.damage += [
        Damage("2026-11-20.jsonl", 17, cut=False),
        Damage("2026-11-22.jsonl", None, cut=True, bytes_lost=93),
    ]
    page = admin.get("/admin/journal").text
    assert '<th scope="row">2026-11-20.jsonl</th><td>17</td>' in page
    assert "93 byte" in page
    assert "23/11/2026" in page
    assert "Có 1 chỗ bị hỏng" in admin.get("/admin").text, "a torn end was never told to be kept"


def test_a_slip_is_printed_as_a_test_and_again(admin: FlaskClient, box: Box) -> None:
    box.paper.start(box.home.slips)
    ticket = box.office.execute(IssueTicket(service="H")).ticket
    assert ticket is not None
    assert admin.post("/admin/printers/test", data={"printer": "kiosk"}).status_code == 303
    assert admin.post("/admin/printers/again", data={"slip": ticket.id}).status_code == 303
    page = admin.get("/admin/printers").text
    assert '<th scope="row">H001</th>' in page
    assert '<th scope="row">TEST</th>' in page
    assert "Đang in lại phiếu." in page


def test_what_is_not_there_is_not_printed(admin: FlaskClient) -> None:
    for address, form in (("test", {"printer": "attic"}), ("again", {"slip": "gone"})):
        answer = admin.post(f"/admin/printers/{address}", data=form)
        assert answer.status_code == 404
        assert 'class="notice bad"' in answer.text


def test_a_secret_outlives_no_second_look_in_another_tab(
    admin: FlaskClient, browse: Callable[..., FlaskClient]
) -> None:
    admin.post("/admin/devices", data={"role": "kiosk"})
    assert "secret" not in browse(Role.ADMIN).get("/admin/devices").text
    assert '<output class="secret">' in admin.get("/admin").text
    assert '<output class="secret">' not in admin.get("/admin/devices").text


def test_only_the_catalogue_takes_a_large_body(admin: FlaskClient) -> None:
    large = b"x" * (300 * 1024)
    files = {"file": (BytesIO(large), "list.csv")}
    assert admin.post("/admin/catalogue", data=files).status_code == 422
    assert admin.post("/admin/staff", data={"name": large.decode()}).status_code == 413
