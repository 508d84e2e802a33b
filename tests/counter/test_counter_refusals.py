"""What is refused is said in place and changes nothing; what is pressed twice is done once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from motcua import web
from motcua.access import Role
from motcua.app import Box, create_app, open_box
from motcua.clock import SetClock
from motcua.counter.paper import NoPaper
from motcua.counter.screen import counter_blueprint
from motcua.counter.signin import signin_blueprint
from motcua.home import Home
from motcua.journal.memory import MemoryJournal
from motcua.queue.commands import CloseDay
from motcua.queue.record import Record
from motcua.record_keeping import JournalError
from motcua.welcome import welcome_blueprint
from tests.conftest import MONDAY_8_AM
from tests.counter.clerk import Clerk, token_of

Take = Callable[..., str]


def test_a_refusal_is_a_sentence_and_changes_nothing(clerk: Clerk, box: Box) -> None:
    clerk.press("open")
    before = box.office.seq
    assert clerk.press("call-next").notice == "Chưa có ai chờ ở quầy 1."
    assert box.office.seq == before


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("call-next", 409), ("start", 409), ("finish:eaten", 409), ("call:nobody", 409),
        ("return:nobody", 404), ("transfer:Z", 409), ("dance", 422), ("", 422), ("hold:", 422),
        ("reprint:nobody", 404),
    ],
)  # fmt: skip
def test_a_browser_without_script_is_told_by_its_status_too(
    clerk: Clerk, box: Box, value: str, status: int
) -> None:
    before = box.office.seq
    answer = clerk.send(value)
    assert answer.status_code == status
    assert 'id="notice" role="alert">' in answer.text
    assert box.office.seq == before


def test_a_browser_without_script_is_led_back_to_the_desk(clerk: Clerk) -> None:
    answer = clerk.send("open")
    assert (answer.status_code, answer.location) == (303, "/counter/1")


def test_a_double_press_is_one_act(clerk: Clerk, take: Take, box: Box) -> None:
    take()
    take()
    baked = clerk.press("open").request_id
    first = clerk.press("call-next", baked)
    second = clerk.press("call-next", baked)
    assert (first.number, second.number) == ("A001", "A001")
    assert second.notice == ""
    with box.office.today() as day:
        assert len(day.calls) == 1


def test_two_tabs_of_one_desk_do_one_act(
    clerk: Clerk, take: Take, browse: Callable[..., FlaskClient], box: Box
) -> None:
    take()
    take()
    clerk.press("open")
    colleague = Clerk(browse(Role.MANAGER))
    mine, theirs = clerk.look().request_id, colleague.look().request_id
    clerk.press("call-next", mine)
    assert colleague.press("call-next", theirs).number == "A001"
    with box.office.today() as day:
        assert len(day.calls) == 1


def test_a_tab_that_is_behind_is_told(clerk: Clerk, take: Take) -> None:
    take()
    baked = clerk.work("open", "call-next").request_id
    clerk.press("start", baked)
    screen = clerk.press("miss", baked)
    assert "trạng thái khác" in screen.notice
    assert screen.main == "finish"


def test_pressing_again_on_a_new_picture_is_a_new_act(clerk: Clerk, take: Take, box: Box) -> None:
    ticket = take()
    clerk.work("open", "call-next", "recall", "recall")
    with box.office.today() as day:
        assert day.tickets[ticket].calls == 3


def test_a_counter_the_centre_does_not_have_is_not_found(clerk: Clerk) -> None:
    assert clerk.client.get("/counter/9").status_code == 404
    assert Clerk(clerk.client, 9).client.post("/counter/9", data={"act": "open"}).status_code == 404


def test_a_closed_day_is_said_on_the_big_button(
    browse: Callable[..., FlaskClient], box: Box, take: Take
) -> None:
    take()
    box.office.execute(CloseDay())
    screen = Clerk(browse(Role.STAFF)).look()
    assert not screen.may_press("open")
    assert "đã khóa sổ" in screen.html


def test_looking_changes_nothing(clerk: Clerk, take: Take, box: Box) -> None:
    take()
    clerk.work("open", "call-next")
    before = box.office.seq
    for address in ("/counter", "/counter/1", "/counter/2", "/counter/paper", "/", "/signin?next=/",
                    "/counter/1/issue", "/counter/1/issue?q=khai+sinh"):  # fmt: skip
        assert clerk.client.get(address).status_code == 200
    assert box.office.seq == before


def test_a_desk_that_has_seen_everything_is_told_nothing_new(clerk: Clerk, box: Box) -> None:
    clerk.press("open")
    answer = clerk.client.get(f"/counter/1?seen={box.office.seq}", headers={"HX-Request": "true"})
    assert (answer.text, answer.headers["HX-Reswap"]) == ("", "none")


@pytest.mark.parametrize("role", [Role.VISITOR, Role.KIOSK, Role.BOARD])
def test_only_staff_come_to_a_desk(
    browse: Callable[..., FlaskClient], box: Box, role: Role
) -> None:
    client = browse(role)
    answer = client.get("/counter/1")
    assert (answer.status_code, answer.location) == (303, "/signin?next=/counter/1")
    assert client.post("/counter/1", data={"act": "open"}).status_code == 403
    assert client.get("/counter/1", headers={"HX-Request": "true"}).status_code == 401
    assert box.office.seq == 0


def test_a_press_without_the_page_s_token_is_refused(clerk: Clerk, box: Box) -> None:
    del clerk.client.environ_base["HTTP_X_CSRFTOKEN"]
    assert clerk.client.post("/counter/1", data={"act": "open"}).status_code == 403
    assert box.office.seq == 0


def signed_in(box: Box, app: Flask) -> Clerk:
    """Return a clerk who is signed in at a centre of one's own making."""
    pin = box.access.add_staff("Lan", Role.STAFF)
    client = app.test_client()
    client.post("/signin", data={"name": "Lan", "pin": pin, "csrf_token": token_of(client)})
    client.environ_base["HTTP_X_CSRFTOKEN"] = token_of(client, "/counter")
    return Clerk(client)


class FullDisk(MemoryJournal):
    """A journal whose disk is full from some day on."""

    full = False

    def append(self, records: Sequence[Record]) -> None:
        if self.full:
            raise JournalError("no space left on device")
        super().append(records)


def test_a_full_disk_is_told_to_the_clerk_and_nothing_is_done(home: Home, clock: SetClock) -> None:
    journal = FullDisk()
    box = open_box(home, clock=clock, journal=journal)
    clerk = signed_in(box, create_app(box))
    journal.full = True
    assert "không ghi được" in clerk.press("open").notice
    assert clerk.send("open").status_code == 503
    assert clerk.look().main == "open"
    journal.full = False
    assert clerk.press("open").main == "call-next"
    box.close()


def test_a_slip_is_printed_again_because_a_clerk_asks(clerk: Clerk, take: Take, box: Box) -> None:
    box.paper.start(box.home.slips)
    ticket = take()
    screen = clerk.press(f"reprint:{ticket}")
    assert screen.notice == "Đang in lại phiếu số A001."
    assert [job.job.about for job in box.paper.jobs()] == ["A001"]


def test_without_a_printer_the_clerk_is_told(clerk: Clerk, take: Take) -> None:
    assert clerk.press(f"reprint:{take()}").notice == "Nơi này chưa cài đặt máy in."


class EmptyPrinter(NoPaper):
    """A printer that has run out of paper."""

    def troubles(self) -> list[str]:
        return ["The printer is out of paper: put in a new roll."]


def test_printer_trouble_stands_on_the_desk(box: Box, app: Flask) -> None:
    desk = Flask("desk", template_folder=app.template_folder, static_folder=app.static_folder)
    desk.secret_key = app.secret_key
    desk.extensions["motcua-words"] = box.words
    guard = web.Guard(box.access, box.office, box.audit, trust_loopback=False)
    web.install(desk, guard, box.centre, box.words)
    desk.register_blueprint(counter_blueprint(box.office, lambda: box.catalogue, EmptyPrinter()))
    desk.register_blueprint(signin_blueprint(box.access, box.office))
    desk.register_blueprint(welcome_blueprint(box.access, box.office))
    clerk = signed_in(box, desk)
    for page in (clerk.look().html, clerk.client.get("/counter/paper").text):
        assert '<span class="trouble">Máy in hết giấy: xin lắp cuộn giấy mới.</span>' in page


def test_lunch_does_not_close_a_desk(clerk: Clerk, take: Take, clock: SetClock) -> None:
    take()
    clock.advance_to(MONDAY_8_AM + timedelta(hours=4))
    assert clerk.work("open", "call-next", "start", "finish:done").main == "call-next"
