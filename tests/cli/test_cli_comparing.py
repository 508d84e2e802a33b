"""`motcua report --compare-sheet`: hand-noted waits from the command line."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from motcua.home import Home
from tests.cli.conftest import Run
from tests.reports.report_days import workdays
from tests.reports.stopwatch_sheets import sheet_of


def report_of(run: Run, days: list[str], *more: str) -> tuple[int, str, str]:
    """Report on simulated days; return exit code, answer and complaint."""
    done = run("report", "--from", days[0], "--to", days[-1], *more)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def days(run: Run, tmp_path: Path) -> list[str]:
    """Six simulated days."""
    assert run("simulate", "--days", "6", "--tickets-per-day", "60").returncode == 0
    return sorted(file.stem for file in (tmp_path / "home" / "journal").glob("*.jsonl"))


def test_a_sheet_is_compared_with_kept_and_named(run: Run, days: list[str], tmp_path: Path) -> None:
    before = workdays(date.fromisoformat(days[0]) - timedelta(days=30), 8)
    sheet = tmp_path / "Đo chờ.csv"
    sheet.write_bytes(sheet_of(before, [40, 50, 60], "09:00"))
    code, text, told = report_of(
        run, days, "--compare-sheet", str(sheet), "--keep-sheet", "--language", "en"
    )
    assert (code, told) == (0, "Kept as do-cho.\n")
    assert "against the stopwatch sheet of" in text
    sheet.unlink()
    code, text, _ = report_of(run, days, "--compare-sheet", "do-cho", "--format", "json")
    comparison = json.loads(text)["comparison"]
    assert (code, comparison["before"]["median_s"]) == (0, 3000)
    assert comparison["before"]["days"] == 8
    assert comparison["sheet"]["name"] == "do-cho"


def test_every_wrong_row_of_a_sheet_is_told_and_nothing_kept(run: Run, tmp_path: Path) -> None:
    Home(tmp_path / "home").prepare()
    sheet = tmp_path / "bad.csv"
    sheet.write_text("day,came_at,called_at\n2026-10-05,8:00,7:00\n2026-10-05,8:00,8:01\nx,8:00,\n")
    code, text, told = report_of(run, ["2026-11-23"], "--compare-sheet", str(sheet), "--keep-sheet")
    assert (code, text) == (1, "")
    assert "Row 2: 07:00 is before 08:00." in told
    assert "Row 4: x is no day" in told
    assert "Traceback" not in told
    assert not (tmp_path / "home" / "stopwatch").exists()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--compare-sheet", "nothing.csv"), 1, "No such file"),
        (("--keep-sheet",), 2, "--keep-sheet needs --compare-sheet"),
        (("--compare-from", "2026-01-01"), 2, "belong together"),
        (
            ("--compare-from", "2026-01-01", "--compare-to", "2026-01-02", "--compare-sheet", "x"),
            2, "not with both",
        ),
    ],
)  # fmt: skip
def test_what_does_not_belong_together_is_said(
    run: Run, tmp_path: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    Home(tmp_path / "home").prepare()
    found, _, complaint = report_of(run, ["2026-11-23"], *words)
    assert found == code
    assert told in complaint
    assert "Traceback" not in complaint
