"""`motcua check` before each kind of printer: well, in trouble, or not to be known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from motcua.cli import main
from motcua.home import Home
from tests.printing.tcp_printer import TcpPrinter

Check = Callable[..., Result]


@pytest.fixture
def check(home: Home) -> Check:
    """Check a centre whose printer is as told."""

    def check(**printer: object) -> Result:
        lines = [f"{key} = {value!r}" for key, value in printer.items()]
        home.centre.write_text("\n".join(["[[printer]]", *lines]), encoding="utf-8")
        return CliRunner().invoke(main, ["check", "--home", str(home.path)])

    return check


def _line(checked: Result) -> str:
    return next(line for line in checked.output.splitlines() if "  printer " in line)


def test_a_printer_that_answers_is_well(check: Check, tcp: TcpPrinter) -> None:
    checked = check(kind="network", host="127.0.0.1", port=tcp.port)

    assert _line(checked) == "ok    printer    kiosk (network): The printer is ready."


def test_a_printer_in_trouble_fails_the_check(check: Check, tcp: TcpPrinter) -> None:
    tcp.does.online, tcp.does.paper = False, 0x60

    checked = check(kind="network", host="127.0.0.1", port=tcp.port)

    assert checked.exit_code == 1
    assert _line(checked).startswith(
        "FAIL  printer    kiosk (network): The printer is out of paper"
    )


@pytest.mark.parametrize("kind", ["silent", "babbling", "file"])
def test_what_nobody_can_know_is_no_ok(
    check: Check, tcp: TcpPrinter, tmp_path: Path, kind: str
) -> None:
    tcp.does.silent = kind == "silent"
    tcp.does.babble = b"220 FTP server ready, please log in\r\n" if kind == "babbling" else b""
    network = {"kind": "network", "host": "127.0.0.1", "port": tcp.port, "timeout_s": 0.3}

    checked = check(
        **({"kind": "file", "path": str(tmp_path / "lp")} if kind == "file" else network)
    )

    assert _line(checked).startswith("?     printer ")
    assert _line(checked).endswith("The printer does not say how it is.")
    assert not (tmp_path / "lp").exists()


def test_an_unplugged_device_fails_the_check(check: Check) -> None:
    checked = check(kind="file", path="/dev/motcua-no-such-printer")

    assert checked.exit_code == 1
    assert "does not answer" in _line(checked)


def test_a_printer_that_cannot_be_found_is_refused_with_the_cure(check: Check) -> None:
    checked = check(kind="network")

    assert checked.exit_code == 1
    assert (
        "FAIL  settings   centre.toml: printer kiosk of kind network has no host: "
        'write it down, such as host = "192.168.1.50".'
    ) in checked.output
