"""Staff, devices and programs: let in by the administrator, their secrets shown once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box


def secret_on(page: str) -> str:
    """Return the PIN, code or token a page shows; empty when it shows none."""
    found: list[str] = re.findall(r'<output class="secret">([^<]+)<', page)
    return found[0] if found else ""


def done(client: FlaskClient, address: str, **form: str) -> str:
    """Press a button and follow to the page that tells what was done."""
    answer = client.post(address, data=form)
    assert answer.status_code == 303
    return client.get(answer.location).text


def trouble(client: FlaskClient, address: str, status: int, **form: str) -> str:
    """Press a button that is refused; return what is told."""
    answer = client.post(address, data=form)
    assert answer.status_code == status
    return re.findall(r'class="notice bad" role="alert">([^<]+)<', answer.text)[0] or ""


def test_somebody_new_gets_a_pin_that_is_shown_once(admin: FlaskClient, box: Box) -> None:
    page = done(admin, "/admin/staff", name=" Lê  Thị Lan ", role="staff")
    pin = secret_on(page)
    assert box.access.sign_in("Lê Thị Lan", pin) is not None
    assert box.access.role_of("Lê Thị Lan") is Role.STAFF
    assert secret_on(admin.get("/admin/staff").text) == ""
    assert "Lê Thị Lan" in admin.get("/admin/staff").text


def test_a_new_pin_ends_the_old_one(admin: FlaskClient, box: Box) -> None:
    old = box.access.add_staff("Lan", Role.STAFF)
    new = secret_on(done(admin, "/admin/staff/pin", name="Lan"))
    assert box.access.sign_in("Lan", new) is not None
    assert new == old or box.access.sign_in("Lan", old) is None


def test_whoever_is_removed_is_out_at_once(
    admin: FlaskClient, browse: Callable[..., FlaskClient]
) -> None:
    clerk = browse(Role.STAFF)
    assert clerk.get("/counter").status_code == 200
    assert "không đăng nhập được nữa" in done(admin, "/admin/staff/remove", name="An (staff)")
    assert clerk.get("/counter").status_code == 303


def test_the_last_administrator_stays(admin: FlaskClient, box: Box) -> None:
    told = trouble(admin, "/admin/staff/remove", 409, name="An (admin)")
    assert "quản trị viên cuối cùng" in told
    assert box.access.role_of("An (admin)") is Role.ADMIN


@pytest.mark.parametrize(
    ("form", "status", "told"),
    [
        ({"name": "", "role": "staff"}, 422, "từ 1 đến 60 chữ"),
        ({"name": "L" * 61, "role": "staff"}, 422, "từ 1 đến 60 chữ"),
        ({"name": "La\x07n", "role": "staff"}, 422, "từ 1 đến 60 chữ"),
        ({"name": "AN (ADMIN)", "role": "staff"}, 422, "Đã có người tên này"),
        ({"name": "Lan", "role": "king"}, 422, "chọn vai trò"),
        ({"name": "Lan", "role": "kiosk"}, 422, "chọn vai trò"),
        ({}, 422, "từ 1 đến 60 chữ"),
    ],
)
def test_a_wrong_entry_is_told_and_adds_nobody(
    admin: FlaskClient, box: Box, form: dict[str, str], status: int, told: str
) -> None:
    before = box.access.staff()
    assert told in trouble(admin, "/admin/staff", status, **form)
    assert box.access.staff() == before


def test_nobody_cannot_be_changed(admin: FlaskClient) -> None:
    for address in ("/admin/staff/pin", "/admin/staff/remove"):
        assert "Không có ai tên này" in trouble(admin, address, 404, name="Nobody")


@pytest.mark.parametrize("role", [Role.KIOSK, Role.BOARD])
def test_a_code_for_a_device_works_once(admin: FlaskClient, box: Box, role: Role) -> None:
    code = secret_on(done(admin, "/admin/devices", role=role.value))
    device = box.access.use_code(code)
    assert device is not None
    assert device.role is role
    assert box.access.use_code(code) is None


def test_a_code_is_for_devices_only(admin: FlaskClient) -> None:
    assert "chọn vai trò" in trouble(admin, "/admin/devices", 422, role="admin")


@pytest.mark.parametrize("role", [Role.KIOSK, Role.BOARD, Role.STAFF, Role.MANAGER, Role.ADMIN])
def test_a_program_gets_a_token_of_a_role(admin: FlaskClient, box: Box, role: Role) -> None:
    token = secret_on(done(admin, "/admin/tokens", role=role.value))
    assert box.access.token_role(token) is role


def test_a_visitor_s_token_is_not_made(admin: FlaskClient) -> None:
    assert "chọn vai trò" in trouble(admin, "/admin/tokens", 422, role="visitor")
