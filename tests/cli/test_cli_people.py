"""People, devices and tokens from the keyboard of the box, and the trail they leave."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from motcua.access import Access, Role
from motcua.cli import main
from motcua.cli.trail import COMMAND_LINE
from motcua.home import Home

Type = Callable[..., Result]


@pytest.fixture
def access(home: Home) -> Access:
    """Who may do what, as the serving centre sees it."""
    return Access(home.access)


@pytest.fixture
def do(home: Home) -> Type:
    """Type a command for that centre."""

    def do(*words: str, code: int = 0) -> Result:
        done = CliRunner().invoke(main, [*words, "--home", str(home.path)])
        assert done.exit_code == code, done.output
        return done

    return do


def test_a_code_stands_alone_on_stdout_and_enrols_one_device(do: Type, access: Access) -> None:
    made = do("device", "code", "--role", "kiosk", "--name", "Kiosk 2")
    assert made.stderr == "Enter it on the device within 15 minutes.\n"
    device = access.use_code(made.stdout.strip())
    assert device is not None
    assert (device.role, device.name, device.by) == (Role.KIOSK, "Kiosk 2", COMMAND_LINE)


def test_a_lost_tablet_is_found_in_the_list_and_ended(do: Type, access: Access) -> None:
    device = access.use_code(access.add_code(Role.KIOSK, "Kiosk 2"))
    assert device is not None
    line = do("device", "list").stdout
    assert line.split() == [device.id, "kiosk", device.since, "-", "Kiosk", "2"]
    assert do("device", "end", device.id).stdout == "Kiosk 2 is no device of the centre any more.\n"
    assert access.device(device.id) is None
    assert do("device", "list").stdout == ""
    again = do("device", "end", device.id, code=1)
    assert again.stderr == f"There is no device {device.id}: look at the list.\n"


def test_a_token_is_listed_without_its_secret_and_ended(do: Type, access: Access) -> None:
    token = do("token", "add", "--role", "board", "--name", "Sign").stdout.strip()
    nameless = do("token", "add", "--role", "kiosk").stdout.strip()
    assert access.token_role(token) is Role.BOARD
    listed = do("token", "list").stdout
    assert token not in listed
    named, _ = listed.splitlines()
    assert named.split()[1] == "board"
    assert named.endswith("Sign")
    assert do("token", "end", named.split()[0]).stdout == "The token Sign opens nothing any more.\n"
    assert access.token_role(token) is None
    assert access.token_role(nameless) is Role.KIOSK


def test_the_last_administrator_who_forgot_the_pin_gets_another(do: Type, access: Access) -> None:
    old = access.add_staff("An", Role.ADMIN)
    stamp = access.stamp("An")
    new = do("staff", "pin", "An").stdout.split()[-1]
    assert access.sign_in("An", new) is not None
    assert new == old or access.sign_in("An", old) is None
    assert access.stamp("An") != stamp


def test_roles_change_and_people_go_but_not_the_last_administrator(
    do: Type, access: Access
) -> None:
    access.add_staff("An", Role.ADMIN)
    access.add_staff("Lan", Role.STAFF)
    do("staff", "role", "Lan", "--role", "manager")
    assert access.role_of("Lan") is Role.MANAGER
    for words in (("role", "An", "--role", "staff"), ("remove", "An")):
        refused = do("staff", *words, code=1)
        assert refused.stderr == "An is the last administrator: add another first.\n"
    do("staff", "remove", "Lan")
    assert access.staff() == [("An", Role.ADMIN)]


def test_what_was_typed_stands_in_the_trail_without_a_secret(
    do: Type, home: Home, tmp_path: Path
) -> None:
    pin = do("staff", "add", "Lan", "--role", "staff").stdout.split()[-1]
    code = do("device", "code", "--role", "board").stdout.strip()
    token = do("token", "add", "--role", "kiosk", "--name", "Hub").stdout.strip()
    do("catalogue", "import", str(home.procedures))
    do("backup", str(tmp_path / "copy.zip"))
    trail = do("audit").stdout
    told = [line.split("  ")[1:3] for line in trail.splitlines()]
    assert told == [
        ["Backup taken", "copy.zip"],
        ["Catalogue imported", "procedures.csv"],
        ["Token made", "Hub · kiosk"],
        ["Device code made", "board"],
        ["Staff member added", "Lan · staff"],
    ]
    assert all(line.endswith(f"  {COMMAND_LINE}") for line in trail.splitlines())
    files = "".join(file.read_text("utf-8") for file in home.audit.iterdir())
    assert not [secret for secret in (pin, code, token) if secret in files]
    assert len(do("audit", "--lines", "2").stdout.splitlines()) == 2
    assert do("audit", "--day", "2001-01-01").stdout == ""


def test_what_was_refused_leaves_no_line(do: Type) -> None:
    do("staff", "pin", "Nobody", code=1)
    do("token", "end", "nothing", code=1)
    assert do("audit").stdout == ""
