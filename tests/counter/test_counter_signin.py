"""Staff sign in with a PIN and out; a machine becomes a kiosk or board by a code."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from motcua.access import Role
from motcua.app import Box
from motcua.attempts import Attempts
from motcua.clock import SetClock
from motcua.counter.signin import local_path
from tests.counter.clerk import token_of


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    """A browser nobody knows yet, on another machine of the network."""
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    return client


def sign_in(client: FlaskClient, name: str, pin: str, **more: str) -> TestResponse:
    form = {"name": name, "pin": pin, "csrf_token": token_of(client), **more}
    return client.post("/signin", data=form)


@pytest.mark.parametrize(
    ("role", "screen"),
    [(Role.STAFF, "/counter"), (Role.MANAGER, "/reports"), (Role.ADMIN, "/admin")],
)
def test_everybody_comes_to_their_own_screen(
    stranger: FlaskClient, box: Box, role: Role, screen: str
) -> None:
    pin = box.access.add_staff("Lê Thị Lan", role)
    answer = sign_in(stranger, " Lê Thị Lan ", pin)
    assert (answer.status_code, answer.location) == (303, screen)
    assert stranger.get("/counter").status_code == 200
    assert stranger.get("/signin").location == screen


def test_whoever_was_turned_away_comes_where_they_wanted(stranger: FlaskClient, box: Box) -> None:
    pin = box.access.add_staff("Lan", Role.STAFF)
    asked = stranger.get("/counter/2").location
    assert asked == "/signin?next=/counter/2"
    assert 'name="next" value="/counter/2"' in stranger.get(asked).text
    assert sign_in(stranger, "Lan", pin, next="/counter/2").location == "/counter/2"


@pytest.mark.parametrize(
    "address",
    ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "\\\\elsewhere",
     "javascript:alert(1)", "//[x", "http://[", "counter", "", "/signin?next=/x",
     "/\t/elsewhere.example", "///x"],
)  # fmt: skip
def test_nobody_is_led_to_another_server(stranger: FlaskClient, box: Box, address: str) -> None:
    pin = box.access.add_staff("Lan", Role.STAFF)
    assert sign_in(stranger, "Lan", pin, next=address).location == "/counter"
    assert local_path(address) in ("", "/signin?next=/x")


def test_a_wrong_name_and_a_wrong_pin_are_told_alike(stranger: FlaskClient, box: Box) -> None:
    box.access.add_staff("Lan", Role.STAFF)
    told = []
    for name in ("Lan", "Nam"):
        answer = sign_in(stranger, name, "000000x")
        assert answer.status_code == 422
        told += re.findall(r'class="notice bad" role="alert">([^<]+)<', answer.text)
    assert told == ["Tên hoặc mã PIN không đúng. Xin thử lại."] * 2
    assert stranger.get("/counter").status_code == 303


def test_the_pin_is_never_sent_back(stranger: FlaskClient, box: Box) -> None:
    box.access.add_staff("Lan", Role.STAFF)
    assert "987654" not in sign_in(stranger, "Lan", "987654").text


def test_signing_in_begins_a_new_session(stranger: FlaskClient, box: Box) -> None:
    pin = box.access.add_staff("Lan", Role.STAFF)
    with stranger.session_transaction() as session:
        session["planted"] = "by somebody"
        session["language"] = "en"
    before = token_of(stranger)
    with stranger.session_transaction() as session:
        old_secret = session["csrf_token"]
    stranger.post("/signin", data={"name": "Lan", "pin": pin, "csrf_token": before})
    token_of(stranger, "/counter")
    with stranger.session_transaction() as session:
        assert "planted" not in session
        assert session["language"] == "en"
        assert session["csrf_token"] != old_secret


def test_signing_out_ends_it(stranger: FlaskClient, box: Box) -> None:
    sign_in(stranger, "Lan", box.access.add_staff("Lan", Role.STAFF))
    token = token_of(stranger, "/counter")
    assert stranger.get("/signin/out").status_code == 405
    answer = stranger.post("/signin/out", data={"csrf_token": token})
    assert (answer.status_code, answer.location) == (303, "/signin")
    assert stranger.get("/counter").status_code == 303


def test_staff_who_may_not_open_a_page_are_told_who_is_signed_in(
    stranger: FlaskClient, box: Box
) -> None:
    sign_in(stranger, "Lan", box.access.add_staff("Lan", Role.STAFF))
    page = stranger.get("/signin?next=/admin").text
    assert "Lan đang đăng nhập nhưng không có quyền mở trang này" in page


def test_after_five_wrong_tries_there_is_a_pause_that_grows(
    stranger: FlaskClient, box: Box, clock: SetClock
) -> None:
    pin = box.access.add_staff("Lan", Role.STAFF)
    for _ in range(5):
        assert sign_in(stranger, "Lan", "wrong").status_code == 422
    paused = sign_in(stranger, "Lan", pin)
    assert (paused.status_code, paused.headers["Retry-After"]) == (429, "11")
    assert "Xin chờ 11 giây" in paused.text
    clock.advance(11)
    assert sign_in(stranger, "Lan", "wrong").status_code == 422
    assert sign_in(stranger, "Lan", pin).headers["Retry-After"] == "21"
    clock.advance(21)
    assert sign_in(stranger, "Lan", pin).status_code == 303


def test_one_address_may_not_try_all_names(stranger: FlaskClient, box: Box, app: Flask) -> None:
    pin = box.access.add_staff("Lan", Role.STAFF)
    for n in range(5):
        sign_in(stranger, f"Somebody {n}", "wrong")
    assert sign_in(stranger, "Lan", pin).status_code == 429
    elsewhere = app.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "192.0.2.8"
    assert sign_in(elsewhere, "Lan", pin).status_code == 303


def test_wrong_pins_typed_elsewhere_do_not_keep_a_clerk_from_their_own_desk(
    stranger: FlaskClient, box: Box, app: Flask, clock: SetClock
) -> None:
    pin = box.access.add_staff("Lan", Role.STAFF)
    assert sign_in(stranger, "Lan", pin).status_code == 303
    prankster, elsewhere = app.test_client(), app.test_client()
    prankster.environ_base["REMOTE_ADDR"] = "192.0.2.66"
    elsewhere.environ_base["REMOTE_ADDR"] = "192.0.2.8"
    for _ in range(8):
        clock.advance(1000)
        sign_in(prankster, "LAN", "wrong")
    assert sign_in(elsewhere, "Lan", pin).status_code == 429
    evening = app.test_client()
    evening.environ_base["REMOTE_ADDR"] = stranger.environ_base["REMOTE_ADDR"]
    for _ in range(5):
        assert sign_in(evening, "Lan", "wrong").status_code == 422
    assert sign_in(evening, "Lan", pin).status_code == 429
    clock.advance(901)
    assert sign_in(evening, "Lan", pin).status_code == 303


def test_an_administrator_sees_who_has_to_wait_and_lifts_it(
    stranger: FlaskClient, box: Box, browse: Callable[..., FlaskClient]
) -> None:
    pin = box.access.add_staff("Lan", Role.STAFF)
    admin = browse(Role.ADMIN)
    admin.environ_base["REMOTE_ADDR"] = "192.0.2.1"
    for name in ("Lan", "483920"):
        for _ in range(5):
            sign_in(stranger, name, "wrong")
    page = admin.get("/admin/staff").text
    assert "<b>Lan</b>" in page
    assert "<b>192.0.2.7</b>" in page
    assert "483920" not in page  # a PIN, typed where the name belongs
    assert admin.post("/admin/staff/lift", data={"who": "Lan"}).status_code == 303
    assert sign_in(stranger, "Lan", pin).status_code == 429
    assert admin.post("/admin/staff/lift", data={"who": "192.0.2.7"}).status_code == 303
    assert sign_in(stranger, "Lan", pin).status_code == 303
    assert admin.post("/admin/staff/lift", data={"who": "Lan"}).status_code == 409
    assert "Phải chờ" not in admin.get("/admin/staff").text


def test_who_signs_in_in_a_crowd_is_asked_to_try_again(app: Flask, box: Box) -> None:
    pin = box.access.add_staff("Lan", Role.STAFF)

    def knock(n: int) -> tuple[int, str]:
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = f"192.0.2.{n}"
        answer = sign_in(client, "Lan", pin)
        return answer.status_code, answer.headers.get("Retry-After", "")

    with ThreadPoolExecutor(24) as pool:
        told = set(pool.map(knock, range(24)))
    assert (303, "") in told
    assert told <= {(303, ""), (503, "3")}


def test_wrong_tries_are_forgotten_after_a_right_one_and_after_an_hour() -> None:
    tries = Attempts()
    for second in range(4):
        tries.failed(second, "Lan")
    tries.forget("Lan")
    tries.failed(5, "Lan")
    assert tries.wait_s(5, "Lan") == 0
    for second in range(6, 10):
        tries.failed(second, "Lan")
    assert tries.wait_s(10, "Lan") == 10
    tries.failed(4000, "Lan")
    assert tries.wait_s(4000, "Lan", "nobody") == 0


def test_the_pause_stays_within_a_quarter_of_an_hour() -> None:
    tries = Attempts()
    for _ in range(100):
        tries.failed(0.0, "Lan")
    assert tries.wait_s(0.0, "Lan") <= 901


def test_the_first_page_asks_which_screen_this_is(stranger: FlaskClient) -> None:
    page = stranger.get("/")
    assert page.status_code == 200
    for address in ("/kiosk", "/board", "/counter", "/signin"):
        assert f'href="{address}"' in page.text
    assert "Màn hình này là gì?" in page.text
    assert "Which screen is this?" in stranger.get("/?lang=en").text


@pytest.mark.parametrize(("role", "screen"), [(Role.KIOSK, "/kiosk"), (Role.BOARD, "/board")])
def test_a_code_makes_a_machine_a_device_once(
    stranger: FlaskClient, box: Box, app: Flask, role: Role, screen: str
) -> None:
    code = box.access.add_code(role)
    form = {"code": f" {code.lower()} ", "csrf_token": token_of(stranger, "/")}
    answer = stranger.post("/", data=form)
    assert (answer.status_code, answer.location) == (303, screen)
    assert stranger.get(screen).status_code == 200
    other = app.test_client()
    other.environ_base["REMOTE_ADDR"] = "192.0.2.8"
    again = other.post("/", data={"code": code, "csrf_token": token_of(other, "/")})
    assert again.status_code == 422
    assert "Mã không đúng, đã được dùng hoặc đã quá 15 phút" in again.text
    assert other.get(screen).status_code == 303


def test_codes_cannot_be_tried_out(stranger: FlaskClient, box: Box, clock: SetClock) -> None:
    code = box.access.add_code(Role.KIOSK)
    token = token_of(stranger, "/")
    for n in range(5):
        assert stranger.post("/", data={"code": str(n), "csrf_token": token}).status_code == 422
    paused = stranger.post("/", data={"code": code, "csrf_token": token})
    assert (paused.status_code, paused.headers["Retry-After"]) == (429, "11")
    clock.advance(11)
    assert stranger.post("/", data={"code": code, "csrf_token": token}).status_code == 303


def test_codes_cannot_be_tried_out_from_many_machines_either(
    app: Flask, box: Box, clock: SetClock
) -> None:
    def enter(code: str, n: int) -> TestResponse:
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = f"192.0.2.{n}"
        return client.post("/", data={"code": code, "csrf_token": token_of(client, "/")})

    for n in range(50):
        assert enter("AAAAAA", n).status_code == 422
    code = box.access.add_code(Role.BOARD)
    paused = enter(code, 99)
    assert (paused.status_code, paused.headers["Retry-After"]) == (429, "11")
    for _ in range(6):
        clock.advance(61)
        assert enter("AAAAAA", 77).status_code in (422, 429)
    assert int(enter(code, 99).headers["Retry-After"]) <= 61
    clock.advance(61)
    assert enter(code, 99).status_code == 303


def test_a_kiosk_stays_a_kiosk_when_staff_sign_in_and_out_on_it(
    browse: Callable[..., FlaskClient], box: Box
) -> None:
    kiosk = browse(Role.KIOSK)
    pin = box.access.add_staff("Lan", Role.STAFF)
    kiosk.post("/signin", data={"name": "Lan", "pin": pin})
    assert kiosk.get("/counter").status_code == 200
    del kiosk.environ_base["HTTP_X_CSRFTOKEN"]
    kiosk.post("/signin/out", data={"csrf_token": token_of(kiosk, "/counter")})
    assert kiosk.get("/counter").status_code == 303
    assert kiosk.get("/kiosk").status_code == 200
