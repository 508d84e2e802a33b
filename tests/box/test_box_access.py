"""Staff, tokens and device codes: stored hashed, read again when changed elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from motcua.access import Access, AccessError, Role


@pytest.fixture
def access(tmp_path: Path) -> Access:
    """An access file nobody is in."""
    return Access(tmp_path / "access.json")


def test_a_clerk_signs_in_with_name_and_pin_only(access: Access) -> None:
    pin = access.add_staff("Lan", Role.STAFF)
    known = access.sign_in("Lan", pin)
    assert known is not None
    assert (known.name, known.role) == ("Lan", Role.STAFF)
    assert access.sign_in("Lan", f"{pin}0") is None
    assert access.sign_in("Minh", pin) is None


def test_a_new_pin_ends_the_old_one(access: Access) -> None:
    old = access.add_staff("Lan", Role.STAFF)
    new = access.new_pin("Lan")
    assert access.sign_in("Lan", old) is None
    assert access.sign_in("Lan", new) is not None


def test_no_secret_stands_readable_in_the_file(access: Access, tmp_path: Path) -> None:
    secrets = [
        access.add_staff("Lan", Role.ADMIN),
        access.add_token(Role.KIOSK),
        access.add_code(Role.BOARD),
    ]
    text = (tmp_path / "access.json").read_text(encoding="utf-8")
    assert not [secret for secret in secrets if secret in text]


def test_what_the_command_line_changes_is_known_to_the_running_centre(tmp_path: Path) -> None:
    serving, command = (Access(tmp_path / "access.json") for _ in range(2))
    assert serving.staff() == []
    command.add_staff("Lan", Role.STAFF)
    assert serving.staff() == [("Lan", Role.STAFF)]


def test_a_code_makes_one_device_and_no_second(access: Access) -> None:
    code = access.add_code(Role.KIOSK)
    device = access.use_code(code.lower())
    assert device is not None
    assert device.role is Role.KIOSK
    assert access.use_code(code) is None


def test_tokens_open_their_role(access: Access) -> None:
    assert access.token_role(access.add_token(Role.MANAGER)) is Role.MANAGER
    assert access.token_role("guess") is None


def test_the_last_administrator_cannot_be_removed(access: Access) -> None:
    access.add_staff("Lan", Role.ADMIN)
    with pytest.raises(AccessError, match="last administrator"):
        access.remove_staff("Lan")
    access.add_staff("Minh", Role.ADMIN)
    access.remove_staff("Lan")
    assert access.staff() == [("Minh", Role.ADMIN)]


@pytest.mark.parametrize(("name", "role"), [("", Role.STAFF), ("Lan", Role.KIOSK)])
def test_nobody_without_a_name_or_a_staff_role_is_added(
    access: Access, name: str, role: Role
) -> None:
    with pytest.raises(AccessError):
        access.add_staff(name, role)
    assert access.staff() == []


def test_a_name_is_taken_once(access: Access) -> None:
    access.add_staff("Lan", Role.STAFF)
    with pytest.raises(AccessError, match="already"):
        access.add_staff("Lan", Role.ADMIN)
    with pytest.raises(AccessError, match="no staff member"):
        access.new_pin("Minh")


def test_roles_include_each_other_as_the_contract_says() -> None:
    assert Role.STAFF.may(Role.KIOSK)
    assert Role.STAFF.may(Role.BOARD)
    assert not Role.STAFF.may(Role.MANAGER)
    assert not Role.KIOSK.may(Role.BOARD)
    assert all(Role.ADMIN.may(role) for role in Role)
