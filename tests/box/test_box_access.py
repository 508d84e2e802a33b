"""Staff, tokens and device codes: stored hashed, read again when changed elsewhere."""

from __future__ import annotations

import json
import resource
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier

import pytest

from motcua.access import Access, AccessError, Role
from motcua.clock import SetClock


@pytest.fixture
def access(tmp_path: Path, clock: SetClock) -> Access:
    """An access file nobody is in."""
    return Access(tmp_path / "access.json", clock)


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


def test_what_two_processes_add_in_turn_stands_side_by_side(tmp_path: Path) -> None:
    serving, command = (Access(tmp_path / "access.json") for _ in range(2))
    for n, access in enumerate((serving, command, serving, command)):
        access.add_staff(f"Clerk {n}", Role.STAFF)
    assert [name for name, _ in serving.staff()] == [f"Clerk {n}" for n in range(4)]


def test_what_many_threads_add_at_once_stands_side_by_side(access: Access) -> None:
    with ThreadPoolExecutor(8) as pool:
        tokens = list(pool.map(lambda _: access.add_token(Role.BOARD), range(40)))
    assert len(access.tokens()) == 40
    assert all(access.token_role(token) is Role.BOARD for token in tokens)


def test_one_code_entered_twice_at_the_same_time_makes_one_device(access: Access) -> None:
    for _ in range(5):
        code, together = access.add_code(Role.KIOSK), Barrier(4)

        def enter(code: str = code, together: Barrier = together) -> bool:
            together.wait(timeout=30)
            return access.use_code(code) is not None

        with ThreadPoolExecutor(4) as pool:
            made = [one.result() for one in [pool.submit(enter) for _ in range(4)]]
        assert made.count(True) == 1
    assert len(access.devices()) == 5


def test_a_code_is_good_for_fifteen_minutes_of_this_boot(access: Access, clock: SetClock) -> None:
    early, late, last = (access.add_code(Role.KIOSK) for _ in range(3))
    clock.advance(899)
    clock.step(-86_400)  # the wall clock says nothing about it
    assert access.use_code(early) is not None
    clock.advance(1)
    assert access.use_code(late) is None
    fresh = access.add_code(Role.BOARD)
    clock.reboot("another", 0)
    assert access.use_code(fresh) is None
    assert access.use_code(last) is None


def test_codes_that_are_over_do_not_pile_up(
    access: Access, clock: SetClock, tmp_path: Path
) -> None:
    for _ in range(5):
        access.add_code(Role.KIOSK)
        clock.advance(1000)
    assert (tmp_path / "access.json").read_text("utf-8").count('"boot"') == 1


def test_a_device_is_known_by_name_until_it_is_ended(access: Access, clock: SetClock) -> None:
    named = access.use_code(access.add_code(Role.KIOSK, "Kiosk by the door", "An"))
    numbered = [access.use_code(access.add_code(Role.BOARD)) for _ in range(2)]
    assert named is not None
    assert (named.name, named.by, named.since) == ("Kiosk by the door", "An", "2026-11-23")
    assert [one.name for one in numbered if one] == ["board 1", "board 2"]
    clock.advance(60)
    assert access.device(named.id) is not None
    assert access.devices()[0].seen_at == clock.now().wall
    assert access.end_device(named.id).name == "Kiosk by the door"
    assert access.device(named.id) is None
    with pytest.raises(AccessError, match="no device"):
        access.end_device(named.id)
    assert [one.name for one in access.devices()] == ["board 1", "board 2"]


def test_a_token_is_listed_without_its_secret_and_can_be_ended(access: Access) -> None:
    kept, ended = access.add_token(Role.BOARD, "Sign"), access.add_token(Role.ADMIN, "Hub", "An")
    first, second = access.tokens()
    assert (first.name, first.role, second.name, second.by) == ("Sign", Role.BOARD, "Hub", "An")
    assert first.id not in kept
    access.end_token(second.id)
    assert access.token_role(ended) is None
    assert access.token_role(kept) is Role.BOARD
    with pytest.raises(AccessError, match="no token"):
        access.end_token(second.id)


def test_who_comes_every_second_is_written_down_once_a_day(
    access: Access, clock: SetClock, tmp_path: Path
) -> None:
    token = access.add_token(Role.BOARD)
    device = access.use_code(access.add_code(Role.KIOSK))
    assert device is not None
    written = set()
    for _ in range(50):
        clock.advance(1)
        access.token_role(token)
        access.device(device.id)
        written.add((tmp_path / "access.json").stat().st_ino)
    assert len(written) <= 2
    seen = [one.seen_day for one in [*access.tokens(), *access.devices()]]
    assert seen == ["2026-11-23"] * 2
    clock.advance(86_400)
    access.token_role(token)
    assert Access(tmp_path / "access.json").tokens()[0].seen_day == "2026-11-24"


def test_a_role_is_changed_but_not_the_last_administrator_s(access: Access) -> None:
    access.add_staff("Lan", Role.ADMIN)
    with pytest.raises(AccessError, match="last administrator"):
        access.change_role("Lan", Role.STAFF)
    access.add_staff("Minh", Role.STAFF)
    access.change_role("Minh", Role.ADMIN)
    access.change_role("Lan", Role.MANAGER)
    assert access.staff() == [("Lan", Role.MANAGER), ("Minh", Role.ADMIN)]
    with pytest.raises(AccessError, match="no staff member"):
        access.change_role("Nam", Role.STAFF)
    with pytest.raises(AccessError, match="must be one of"):
        access.change_role("Minh", Role.KIOSK)


def test_the_stamp_of_a_person_changes_with_pin_role_and_return(access: Access) -> None:
    access.add_staff("An", Role.ADMIN)
    access.add_staff("Lan", Role.STAFF)
    stamps = [access.stamp("Lan"), access.stamp("Lan")]
    access.new_pin("Lan")
    stamps.append(access.stamp("Lan"))
    access.change_role("Lan", Role.MANAGER)
    stamps.append(access.stamp("Lan"))
    access.remove_staff("Lan")
    stamps.append(access.stamp("Lan"))
    access.add_staff("Lan", Role.MANAGER)
    stamps.append(access.stamp("Lan"))
    assert stamps[0] == stamps[1]
    assert len(set(stamps)) == 5
    assert access.stamp("Lan") != ""


@contextmanager
def no_room() -> Iterator[None]:
    """Let the system refuse every byte this process writes to a file."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def test_a_disk_that_refuses_leaves_everything_as_it_was(access: Access) -> None:
    pin = access.add_staff("Lan", Role.ADMIN)
    code = access.add_code(Role.KIOSK)
    changes: list[Callable[[], object]] = [
        lambda: access.add_staff("Minh", Role.STAFF), lambda: access.new_pin("Lan"),
        lambda: access.add_token(Role.ADMIN), lambda: access.use_code(code),
        lambda: access.end_session("x", "2026-11-23"),
    ]  # fmt: skip
    for change in changes:
        with no_room(), pytest.raises(OSError, match="File too large"):
            change()
    assert access.sign_in("Lan", pin) is not None
    assert access.staff() == [("Lan", Role.ADMIN)]
    assert access.tokens() == []
    assert access.devices() == []
    assert not access.has_ended("x")
    assert access.use_code(code) is not None


def test_a_file_of_an_earlier_version_is_read_and_its_codes_are_over(tmp_path: Path) -> None:
    now = Access(tmp_path / "now.json")
    pin, token = now.add_staff("Lan", Role.ADMIN), now.add_token(Role.KIOSK)
    code = now.add_code(Role.BOARD)
    tables = json.loads((tmp_path / "now.json").read_text("utf-8"))
    keys = {"staff": ("name", "role", "pin"), "tokens": ("hash", "role"), "codes": ("hash", "role")}
    old = {
        name: {n: {key: doc[key] for key in keys[name]} for n, doc in table.items()}
        for name, table in tables.items()
    }
    (tmp_path / "old.json").write_text(json.dumps(old), "utf-8")
    access = Access(tmp_path / "old.json")
    assert access.sign_in("Lan", pin) is not None
    assert access.token_role(token) is Role.KIOSK
    assert access.use_code(code) is None
    assert [(one.role, one.name, one.since) for one in access.tokens()] == [(Role.KIOSK, "", "")]
    access.add_code(Role.KIOSK)
    access.end_token(access.tokens()[0].id)


def test_only_the_owner_may_read_the_file(access: Access, tmp_path: Path) -> None:
    access.add_staff("Lan", Role.ADMIN)
    for file in tmp_path.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file.name
