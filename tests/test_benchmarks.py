"""The benchmarks themselves: that they still run. What they measure is nobody's test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.aims import AIMS
from benchmarks.table import Figures, as_markdown, as_text

ROOT = Path(__file__).resolve().parent.parent


def test_the_table_tells_what_is_held_and_what_is_short_of_its_aim() -> None:
    figures = Figures()
    figures.add("floor.route", 0.25)
    figures.add("issue.50.p50", 1.0, "floor.route")
    for rate in (100, 300, 200):
        figures.add("issue.many", rate)
    figures.miss("desk", "not there")

    rows = {row[0]: row[1:] for row in figures.rows()}

    assert rows[AIMS["issue.50.p50"].title] == ("1.00 ms", "0.25 ms", "4.0 ×", "≤ 2 ms", "held")
    assert rows[AIMS["issue.many"].title] == ("200 /s", "", "", "≥ 400 /s", "SHORT")
    assert rows[AIMS["desk.p50"].title] == ("–", "", "", "≤ 15 ms", "not there")
    assert AIMS["start.new"].title not in rows


def test_a_box_with_a_quarter_of_a_core_has_aims_of_its_own() -> None:
    figures = Figures(confined=True)
    figures.add("issue.many", 100)

    assert "≥ 60 /s  held" in as_text(figures.rows())
    assert "| ≥ 60 /s | held |" in as_markdown(figures.rows())


@pytest.mark.slow
def test_the_benchmarks_run(tmp_path: Path) -> None:
    command = ["-m", "benchmarks", "--quick", "--rows", "disk", "--folder", str(tmp_path)]

    ran = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stderr
    assert AIMS["disk.fsyncs"].title in ran.stdout
    assert AIMS["floor.append"].title in ran.stdout
    assert list(tmp_path.iterdir()) == []
