"""Sessions end: at the end of the day, with the PIN, the role, the sign-out; devices stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box, create_app, open_box
from motcua.clock import SetClock
from motcua.home import Home
from motcua.journal.memory import MemoryJournal
from motcua.queue.commands import CallNext, CloseDay, IssueTicket, OpenCounter
from motcua.sessions import OVER
from tests.conftest import MONDAY_8_AM
from tests.counter.clerk import Clerk, token_of

Browse = Callable[..., FlaskClient]
FAR = "192.0.2.7"


def signed_in(app: Flask, name: str, pin: str, address: str = FAR) -> FlaskClient:
    """Return the browser of somebody who signed in."""
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    form = {"name": name, "pin": pin, "csrf_token": token_of(client)}
    assert client.post("/signin", data=form).status_code == 303
    return client


def cookie_of(client: FlaskClient) -> str:
    """Return the value of the session's cookie."""
    cookie = client.get_cookie("motcua")
    assert cookie is not None
    return cookie.value


def told_at(client: FlaskClient, address: str) -> str:
    """Follow whoever is turned away to the sign-in; return its page."""
    turned = client.get(address)
    assert turned.status_code == 303
    assert turned.location == f"/signin?next={address}"
    return client.get(turned.location).text


@pytest.mark.parametrize("role", [Role.STAFF, Role.MANAGER, Role.ADMIN])
def test_the_next_morning_everybody_signs_in_again(
    browse: Browse, box: Box, clock: SetClock, role: Role
) -> None:
    client = browse(role)
    box.office.execute(IssueTicket(service="H"))
    clock.advance_to(MONDAY_8_AM + timedelta(hours=15, minutes=59))
    still = browse(role)
    assert still.get("/counter").status_code == 200
    clock.advance_to(MONDAY_8_AM + timedelta(hours=16, seconds=1))
    for one in (client, still):
        assert "Ngày làm việc đã kết thúc" in told_at(one, "/counter")


def test_devices_stay_over_night_and_over_the_close_of_the_day(
    browse: Browse, box: Box, clock: SetClock
) -> None:
    kiosk, board = browse(Role.KIOSK), browse(Role.BOARD)
    box.office.execute(IssueTicket(service="H"))
    box.office.execute(CloseDay())
    clock.advance(3 * 86_400)
    assert kiosk.get("/kiosk").status_code == 200
    assert board.get("/board").status_code == 200


def test_when_the_day_is_closed_the_clerks_are_out_and_who_closed_it_stays(
    browse: Browse, box: Box
) -> None:
    clerk, admin, other = browse(Role.STAFF), browse(Role.ADMIN), browse(Role.ADMIN)
    box.office.execute(IssueTicket(service="H"))
    assert admin.post("/admin/day").status_code == 303
    assert admin.get("/admin").status_code == 200
    assert "Ngày làm việc đã kết thúc" in told_at(clerk, "/counter/1")
    assert other.get("/admin").status_code == 303


def test_after_the_close_one_may_sign_in_until_midnight(
    app: Flask, box: Box, clock: SetClock
) -> None:
    pin = box.access.add_staff("Mai", Role.MANAGER)
    box.office.execute(IssueTicket(service="H"))
    box.office.execute(CloseDay())
    client = signed_in(app, "Mai", pin)
    assert client.get("/reports").status_code == 200
    clock.advance_to(MONDAY_8_AM + timedelta(hours=17))
    assert client.get("/reports").status_code == 303


def test_a_clerk_whose_day_ends_at_midnight_is_told_and_comes_back_to_the_counter(
    app: Flask, box: Box, clock: SetClock
) -> None:
    pin = box.access.add_staff("Lan", Role.STAFF)
    clerk = Clerk(signed_in(app, "Lan", pin))
    box.office.execute(OpenCounter(1))
    box.office.execute(IssueTicket(service="H"))
    box.office.execute(CallNext(1))
    screen = clerk.look()
    clock.advance_to(MONDAY_8_AM + timedelta(hours=16, seconds=1))
    seq = box.office.seq
    here = {"HX-Request": "true", "HX-Current-URL": "http://box/counter/1"}
    form = {"act": "start", "request_id": screen.request_id}
    pressed = clerk.client.post("/counter/1", data=form, headers=here)
    assert pressed.status_code == 401
    assert pressed.headers["HX-Redirect"] == "/signin?next=/counter/1"
    assert box.office.seq == seq
    page = clerk.client.get(pressed.headers["HX-Redirect"]).text
    assert "Dữ liệu đã ghi vẫn còn nguyên; nút bấm sau lúc đó không có tác dụng." in page
    form = {"name": "Lan", "pin": pin, "next": "/counter/1"}
    form["csrf_token"] = token_of(clerk.client)
    back = clerk.client.post("/signin", data=form)
    assert back.location == "/counter/1"
    assert clerk.look().main == "open"


def test_without_script_a_press_after_the_day_leads_to_the_sign_in_too(
    browse: Browse, box: Box, clock: SetClock
) -> None:
    clerk = browse(Role.STAFF)
    clock.advance(86_400)
    pressed = clerk.post(
        "/counter/1", data={"act": "open"}, headers={"Referer": "http://box/counter/1"}
    )
    assert (pressed.status_code, pressed.location) == (303, "/signin?next=/counter/1")
    assert box.office.seq == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda access: access.new_pin("Lan"),
        lambda access: access.change_role("Lan", Role.MANAGER),
        lambda access: access.remove_staff("Lan"),
        lambda access: (access.remove_staff("Lan"), access.add_staff("Lan", Role.STAFF)),
    ],
    ids=["another PIN", "another role", "removed", "removed and added again"],
)
def test_a_change_of_the_person_ends_every_session_of_theirs_at_once(
    app: Flask, box: Box, change: Callable[[object], object]
) -> None:
    pin = box.access.add_staff("Lan", Role.STAFF)
    others = box.access.add_staff("Minh", Role.STAFF)
    here, there = signed_in(app, "Lan", pin), signed_in(app, "Lan", pin, "192.0.2.8")
    minh = signed_in(app, "Minh", others)
    change(box.access)
    for client in (here, there):
        assert "Mã PIN hoặc vai trò của tên này đã thay đổi" in told_at(client, "/counter")
    assert minh.get("/counter").status_code == 200


def test_a_copy_of_the_cookie_does_not_outlive_the_sign_out(
    app: Flask, box: Box, home: Home, clock: SetClock
) -> None:
    client = signed_in(app, "Lan", box.access.add_staff("Lan", Role.STAFF))
    other = app.test_client()
    other.environ_base["REMOTE_ADDR"] = "192.0.2.66"
    copied = cookie_of(client)
    other.set_cookie("motcua", copied)
    assert other.get("/counter").status_code == 200
    token = token_of(client, "/counter")
    client.post("/signin/out", data={"csrf_token": token})
    assert other.get("/counter").status_code == 303
    started_again = create_app(open_box(home, clock=clock, journal=MemoryJournal())).test_client()
    started_again.set_cookie("motcua", copied)
    assert started_again.get("/counter").status_code == 303


def test_signing_out_here_leaves_the_same_person_s_other_desk_alone(app: Flask, box: Box) -> None:
    pin = box.access.add_staff("Lan", Role.STAFF)
    here, there = signed_in(app, "Lan", pin), signed_in(app, "Lan", pin)
    here.post("/signin/out", data={"csrf_token": token_of(here, "/counter")})
    assert here.get("/counter").status_code == 303
    assert there.get("/counter").status_code == 200


def test_a_session_outlives_a_restart_and_a_clock_that_starts_years_back(
    home: Home, clock: SetClock
) -> None:
    box = open_box(home, clock=clock, journal=MemoryJournal())
    pin = box.access.add_staff("Lan", Role.STAFF)
    app = create_app(box)
    clerk = signed_in(app, "Lan", pin)
    kiosk = app.test_client()
    kiosk.environ_base["REMOTE_ADDR"] = FAR
    code = box.access.add_code(Role.KIOSK)
    kiosk.post("/", data={"code": code, "csrf_token": token_of(kiosk, "/")})
    again = create_app(open_box(home, clock=clock, journal=MemoryJournal()))
    for client, address in ((clerk, "/counter"), (kiosk, "/kiosk")):
        later = again.test_client()
        later.environ_base["REMOTE_ADDR"] = FAR
        later.set_cookie("motcua", cookie_of(client))
        assert later.get(address).status_code == 200
    clock.step(-3 * 365 * 86_400)
    back = create_app(open_box(home, clock=clock, journal=MemoryJournal())).test_client()
    back.environ_base["REMOTE_ADDR"] = FAR
    back.set_cookie("motcua", cookie_of(kiosk))
    assert back.get("/kiosk").status_code == 200


def test_an_administration_that_rests_for_half_an_hour_asks_again(
    browse: Browse, clock: SetClock
) -> None:
    admin, clerk = browse(Role.ADMIN), browse(Role.STAFF)
    for _ in range(3):
        assert admin.get("/admin").status_code == 200
        assert clerk.get("/counter").status_code == 200
        clock.advance(1700)
    assert admin.get("/admin").status_code == 200
    clock.advance(1801)
    assert "không được dùng trong 30 phút" in told_at(admin, "/admin")
    assert clerk.get("/counter").status_code == 200


@pytest.mark.parametrize(
    "forged",
    [
        {"staff": "An (admin)"},
        {"staff": "An (admin)", "stamp": "", "day": "2026-11-23", "id": "x"},
        {"staff": "Nobody", "stamp": "", "day": "2026-11-23", "id": "x"},
        {"device": "kiosk"},
        {"device": ""},
    ],
)
def test_a_session_of_an_earlier_version_or_of_nobody_opens_nothing(
    browse: Browse, app: Flask, forged: dict[str, str]
) -> None:
    browse(Role.ADMIN)
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = FAR
    with client.session_transaction() as session:
        session.update(forged)
    for address in ("/admin", "/counter", "/kiosk", "/board"):
        assert client.get(address).status_code == 303


def test_the_cookie_is_for_this_server_s_pages_alone(app: Flask) -> None:
    client = app.test_client()
    answer = client.get("/signin")
    flags = answer.headers["Set-Cookie"].split("; ")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(flags)
    assert "Secure" not in flags


def test_a_centre_reached_by_https_sends_its_cookie_by_https_alone(
    home: Home, clock: SetClock
) -> None:
    box = open_box(home, clock=clock, journal=MemoryJournal())
    box.centre = msgspec.structs.replace(box.centre, public_url="https://motcua.phuong.example")
    app = create_app(box)
    near = app.test_client().get("/signin").headers["Set-Cookie"]
    stranger = app.test_client()
    stranger.environ_base["REMOTE_ADDR"] = FAR
    far = stranger.get("/signin").headers["Set-Cookie"]
    assert "Secure" in far.split("; ")
    assert "Secure" not in near.split("; ")  # the box's own kiosk speaks plain HTTP


def test_a_device_s_cookie_outlives_its_browser_and_a_person_s_does_not(
    app: Flask, box: Box
) -> None:
    clerk = signed_in(app, "Lan", box.access.add_staff("Lan", Role.STAFF))
    kiosk = app.test_client()
    kiosk.environ_base["REMOTE_ADDR"] = FAR
    form = {"code": box.access.add_code(Role.KIOSK), "csrf_token": token_of(kiosk, "/")}
    kiosk.post("/", data=form)
    lasting, passing = kiosk.get_cookie("motcua"), clerk.get_cookie("motcua")
    assert lasting is not None
    assert passing is not None
    assert lasting.expires is not None
    assert lasting.expires.year == 2999
    assert passing.expires is None


def test_a_device_that_was_ended_shows_where_to_enter_a_code(browse: Browse, box: Box) -> None:
    kiosk, board = browse(Role.KIOSK), browse(Role.BOARD)
    for device in box.access.devices():
        box.access.end_device(device.id)
    assert 'id="code"' in told_at(kiosk, "/kiosk")
    here = {"HX-Request": "true", "HX-Current-URL": "http://box/board?name=sanh"}
    asked = board.get("/board", headers=here)
    assert asked.headers["HX-Redirect"] == "/signin?next=/board"
    assert 'id="code"' in board.get(asked.headers["HX-Redirect"]).text
    pressed = kiosk.post("/kiosk/leave", headers={"Referer": "http://box/kiosk"})
    assert (pressed.status_code, pressed.location) == (303, "/signin?next=/kiosk")


def test_everything_told_of_an_end_is_said_in_vietnamese(box: Box) -> None:
    assert [text for text in OVER.values() if not box.words.knows("vi", text)] == []
