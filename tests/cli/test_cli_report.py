"""`motcua report --format csv` names counters only when asked."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.cli.conftest import Run
from tests.reports.travel_home import write_home

_ASKED = ("report", "--from", "2026-11-23", "--to", "2026-11-23", "--format", "csv")


def test_the_command_names_counters_only_when_asked(run: Run, tmp_path: Path) -> None:
    write_home(tmp_path / "home")
    silent, named = run(*_ASKED), run(*_ASKED, "--counters")
    assert (silent.returncode, named.returncode) == (0, 0)
    without, whole = (list(csv.DictReader(one.stdout.splitlines())) for one in (silent, named))
    assert without
    assert {row["counter"] for row in without} == {""}
    assert {row["counter"] for row in whole} == {"3"}
    assert [row | {"counter": ""} for row in whole] == without
