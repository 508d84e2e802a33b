"""A worked example from the journal to the printed figure, and what `motcua check` says of it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.reports.travel_home import TRAVEL, write_home

_PERIOD = ("--from", "2026-11-23", "--to", "2026-11-23")


def test_a_centres_kilometres_come_from_its_journal_and_its_settings(
    run: Run, tmp_path: Path
) -> None:
    write_home(tmp_path / "home")
    told = run("report", *_PERIOD)
    assert told.returncode == 0, told.stderr
    assert "6 lượt × 2 × (12 − 4,6) km = 88,8 km" in told.stdout
    assert "ước tính người dân đỡ phải đi từ 67 đến 125 km" in told.stdout
    assert "1 lượt × 2 × 4,6 km = 9,2 km" in told.stdout
    assert "ok    travel     1 places, every procedure and field known" in run("check").stdout


def test_the_check_names_what_the_catalogue_does_not_have(run: Run, tmp_path: Path) -> None:
    wrong = TRAVEL.replace('["1.001612"]', '["1.001612.01"]\nfields = ["Ho tich"]')
    write_home(tmp_path / "home", wrong)
    checked = run("check")
    assert checked.returncode == 1
    assert (
        "FAIL  travel     2 not in the catalogue; first, UBND quận Phú Xuân (cũ) names procedure "
        "1.001612.01: did you mean 1.001612?"
    ) in checked.stdout


def test_a_wrong_figure_is_told_with_its_line(run: Run, tmp_path: Path) -> None:
    home = write_home(tmp_path / "home", TRAVEL.replace("[11, 12, 14,", "[14, 12, 11,"))
    line = (
        home.centre.read_text("utf-8").splitlines().index('old_km = [14, 12, 11, "đo trên bản đồ"]')
    )
    told = run("report", *_PERIOD)
    assert told.returncode == 1
    assert f"centre.toml, line {line + 1}: old_km: low, value and high rise" in told.stderr
