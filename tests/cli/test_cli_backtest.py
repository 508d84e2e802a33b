"""`motcua backtest`: the contract's JSON to the letter, a verdict in words, refusals by row."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.backtest.worlds import WORLDS, lines

Run = Callable[..., CompletedProcess[str]]
_HEADER = "day,ticket,service,issued_at,called_at,outcome"


@pytest.fixture
def ward_log(tmp_path: Path) -> Path:
    """Return a file with some days of a ward."""
    [ward] = (world for world in WORLDS if world.name == "ward")
    log = tmp_path / "ward.csv"
    log.write_text("".join(line for line, _ in zip(lines(ward), range(1200), strict=False)))
    return log


def told(tmp_path: Path, *rows: str, header: str = _HEADER) -> str:
    """Write a log and return its name."""
    (tmp_path / "log.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return "log.csv"


def test_the_json_is_the_contracts_to_the_letter_and_is_that_of_the_scored_rows(
    run: Run, ward_log: Path, tmp_path: Path
) -> None:
    done = run("backtest", str(ward_log), "--format", "json", "--scored", "scored.csv")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert list(answer) == [
        "visits", "scored", "mean_wait_s", "mae_s", "median_ae_s", "rmse_s", "band_coverage",
        "band_median_width_s", "mae_baselines",
    ]  # fmt: skip
    rules = ["constant", "last_served", "head_of_line", "queue_length"]
    assert list(answer["mae_baselines"]) == rules
    assert answer["visits"] == 1199
    with (tmp_path / "scored.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == answer["scored"] > 600
    waits, points = ([float(row[name]) for row in rows] for name in ("wait_s", "point_s"))
    errors = [abs(point - wait) for point, wait in zip(points, waits, strict=True)]
    assert answer["mean_wait_s"] == pytest.approx(sum(waits) / len(rows), abs=0.002)
    assert answer["mae_s"] == pytest.approx(sum(errors) / len(rows), abs=0.002)
    inside = [float(row["low_s"]) <= float(row["wait_s"]) <= float(row["high_s"]) for row in rows]
    assert answer["band_coverage"] == pytest.approx(sum(inside) / len(rows), abs=0.001)


def test_the_text_begins_with_whether_the_aim_is_met(run: Run, ward_log: Path) -> None:
    shown = run("backtest", str(ward_log)).stdout.splitlines()
    assert shown[0] in ("The aim is met.", "The aim is not met.")
    assert any(line.startswith("by service") for line in shown)


@pytest.mark.parametrize("rows", [(), ("2026-11-23,1,A,08:00,08:10,done",)])
def test_a_log_too_short_says_so_and_is_no_error(
    run: Run, tmp_path: Path, rows: tuple[str, ...]
) -> None:
    name = told(tmp_path, *rows)
    done = run("backtest", name)
    assert done.returncode == 0
    assert done.stdout.startswith("Not enough: no visit of this log could be scored.")
    answer = json.loads(run("backtest", name, "--format", "json").stdout)
    assert (answer["visits"], answer["scored"], answer["mae_s"]) == (len(rows), 0, None)
    assert answer["mae_baselines"]["constant"] is None


def test_wrong_rows_are_told_with_their_numbers_and_nothing_is_written(
    run: Run, tmp_path: Path
) -> None:
    name = told(
        tmp_path,
        "2026-11-23,1,A,08:00,08:10,done",
        "2026-11-23,2,A,08:05,08:01,done",
        "2026-11-23,3,A,29100,,done",
        "2026-11-31,4,A,08:06,08:11,done",
        *("2026-11-23,,A,08:06,08:11,done" for _ in range(4)),
    )
    done = run("backtest", name, "--scored", "scored.csv")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("log.csv: Row 3: called_at is before issued_at. Row 4: issued_at")
    assert "Row 5: 2026-11-31 is no date" in done.stderr
    assert done.stderr.endswith("Row 7: ticket is empty. And 2 more rows.\n")
    assert not (tmp_path / "scored.csv").exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "log.csv lacks the columns: day, ticket, service, issued_at."),
        (b"day,ticket\n2026-11-23,1\n", "log.csv lacks the columns: service, issued_at."),
        (_HEADER.encode("utf-16"), "is not text in UTF-8"),
        (b"\x00\x01\x02", "lacks the columns"),
    ],
)
def test_a_file_that_is_no_log_is_refused_in_a_sentence(
    run: Run, tmp_path: Path, text: bytes, sentence: str
) -> None:
    (tmp_path / "log.csv").write_bytes(text)
    done = run("backtest", "log.csv")
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_log_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    name = told(tmp_path, "2026-11-23,1,A,08:00,08:10,done")
    done = run("backtest", name, "--scored", f"./{name}")
    assert done.returncode == 2
    assert "overwrite" in done.stderr
    assert (tmp_path / name).read_text("utf-8").count("\n") == 2


def test_a_place_that_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    name = told(tmp_path, "2026-11-23,1,A,08:00,08:10,done")
    done = run("backtest", name, "--scored", "nowhere/scored.csv")
    assert (done.returncode, done.stderr) == (
        1,
        "No such file or directory (nowhere/scored.csv).\n",
    )
