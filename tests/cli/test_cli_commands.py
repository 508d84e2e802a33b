"""The command line as an IT officer types it: exit codes, one sentence, the cure."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from motcua.access import Access, Role

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_help_names_every_command() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "motcua", "--help"], capture_output=True, text=True, check=True
    ).stdout
    for command in ("serve", "demo", "check", "catalogue", "staff", "token", "report", "simulate"):
        assert command in shown
    for command in ("journal", "backup", "restore"):
        assert command in shown


def test_staff_get_a_pin_that_signs_them_in(run: Run, tmp_path: Path) -> None:
    added = run("staff", "add", "Lan", "--role", "staff")
    assert added.returncode == 0
    pin = added.stdout.split()[-1]
    known = Access(tmp_path / "home" / "access.json").sign_in("Lan", pin)
    assert known is not None
    assert known.role is Role.STAFF
    again = run("staff", "pin", "Lan").stdout.split()[-1]
    assert Access(tmp_path / "home" / "access.json").sign_in("Lan", again) is not None
    assert run("staff", "list").stdout == "staff    Lan\n"


def test_a_token_stands_alone_on_stdout(run: Run, tmp_path: Path) -> None:
    token = run("token", "add", "--role", "kiosk").stdout
    assert token == token.strip() + "\n"
    assert Access(tmp_path / "home" / "access.json").token_role(token.strip()) is Role.KIOSK


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("staff", "pin", "Nobody"), 1, "There is no staff member Nobody."),
        (("staff", "add", "Lan", "--role", "king"), 2, "king"),
        (("fly",), 2, "fly"),
        (("simulate", "--days", "0", "--tickets-per-day", "5"), 2, "--days"),
        (("journal", "verify"), 1, "There is no centre in"),
        (("backup", "x.zip"), 1, "nothing to back up"),
        (("report", "--from", "2026-02-30", "--to", "2026-03-01"), 1, "2026-02-30"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    run: Run, words: tuple[str, ...], code: int, told: str
) -> None:
    done = run(*words)
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    if code == 1:
        assert len(done.stderr.strip().splitlines()) == 1
        assert done.stdout == ""


def test_a_centre_is_simulated_checked_backed_up_and_restored(run: Run, tmp_path: Path) -> None:
    assert run("simulate", "--days", "3", "--tickets-per-day", "60").returncode == 0
    checked = run("check")
    assert "ok    catalogue" in checked.stdout
    assert "ok    journal    3 days, every line sound" in checked.stdout
    assert run("journal", "verify").returncode == 0
    assert run("backup", "centre.zip").returncode == 0
    assert run("restore", "centre.zip", home="other").returncode == 0
    assert run("journal", "export", "one.jsonl").returncode == 0
    assert run("journal", "export", "other.jsonl", home="other").returncode == 0
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "other.jsonl").read_bytes()


def test_an_import_repeated_adds_nothing(run: Run) -> None:
    run("simulate", "--days", "2", "--tickets-per-day", "20")
    run("journal", "export", "days.jsonl")
    first = run("journal", "import", "days.jsonl", home="other")
    again = run("journal", "import", "days.jsonl", home="other")
    assert (first.returncode, again.returncode) == (0, 0)
    assert again.stdout.startswith("0 records added")


def test_simulated_days_are_not_mixed_with_recorded_ones(run: Run) -> None:
    run("simulate", "--days", "1", "--tickets-per-day", "10")
    again = run("simulate", "--days", "1", "--tickets-per-day", "10")
    assert again.returncode == 1
    assert "use an empty home" in again.stderr


def test_a_damaged_journal_fails_the_check(run: Run, tmp_path: Path) -> None:
    run("simulate", "--days", "1", "--tickets-per-day", "10")
    day = next((tmp_path / "home" / "journal").glob("*.jsonl"))
    lines = day.read_bytes().splitlines(keepends=True)
    lines[4] = lines[4].replace(b"a", b"b", 1)
    day.write_bytes(b"".join(lines))
    assert run("journal", "verify").returncode == 1
    checked = run("check")
    assert checked.returncode == 1
    assert "FAIL  journal" in checked.stdout


def test_a_catalogue_is_imported_whole_or_not_at_all(run: Run, tmp_path: Path) -> None:
    run("simulate", "--days", "1", "--tickets-per-day", "5")
    before = (tmp_path / "home" / "procedures.csv").read_bytes()
    header = "code,name_vi,name_en,field,service,where"
    good = tmp_path / "good.csv"
    good.write_text(f"{header}\n9.000001,Việc thử,,Hộ tịch,A,here\n", encoding="utf-8")
    bad = tmp_path / "bad.csv"
    bad.write_text(f"{header}\n9.000002,Việc thử,,Hộ tịch,Z,here\n", encoding="utf-8")
    refused = run("catalogue", "import", str(bad))
    assert refused.returncode == 1
    assert "9.000002" in refused.stdout
    assert (tmp_path / "home" / "procedures.csv").read_bytes() == before
    assert run("catalogue", "import", str(good)).returncode == 0
    assert "9.000001" in (tmp_path / "home" / "procedures.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("list.xlsx", b"%PDF-1.7 not a sheet"),
        ("list.csv", "code,name_vi\n1.1,Đăng ký\n".encode("utf-16")),
        ("list.csv", b"code,name_vi\n1.001193,\xd0\xe3ng k\xfd\n"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_one_sentence(
    run: Run, tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    done = run("catalogue", "import", str(tmp_path / name))
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
