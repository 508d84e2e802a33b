"""The plug is pulled at every moment in which rows go: nobody is lost, and nobody counts twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from motcua.home import Home
from motcua.journal.verify import verify
from motcua.reports.measures import Measures
from tests.journal.power_cuts import Deed, Files, Platter, RecordingDisk
from tests.retention.old_days import Centre, people_by

_EVERY = 700
"""Bytes between two places where the writing of a file breaks off."""


def _files(folder: Path) -> Files:
    return {path: path.read_bytes() for path in folder.rglob("*.jsonl")}


def _states(before: Files, deeds: list[Deed]) -> Iterator[Files]:
    """Yield what the plug may leave after each deed."""
    platter, seen = Platter(before), set()
    for deed in deeds:
        platter.do(deed)
        for files in platter.states(_EVERY):
            state = frozenset(files.items())
            if state not in seen:
                seen.add(state)
                yield files


def _put(files: Files, old: Path, new: Path) -> None:
    shutil.rmtree(new, ignore_errors=True)
    for path, data in files.items():
        place = new / path.relative_to(old)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def _counts(measures: Measures) -> tuple[object, ...]:
    wait = measures.wait
    return (
        measures.days, measures.visits, measures.legs, wait.n, wait.mean_s, measures.ends,
        people_by(measures, "day"), people_by(measures, "service"), measures.load,
    )  # fmt: skip


_DAYS = ("2025-01-30", "2025-01-31", "2025-02-03", "2025-03-03", "2025-04-01", "2025-04-02")


def test_the_plug_may_be_pulled_while_rows_go(tmp_path: Path) -> None:
    home, left, disk = tmp_path / "home", tmp_path / "left", RecordingDisk()
    Centre(home).live(*_DAYS)
    before, expected = _files(home), _counts(Centre(home).measures())
    (home / "months").mkdir()
    assert Centre(home, disk=disk).reduce() == ["2025-01", "2025-02"]
    met = set()
    for files in _states(before, disk.deeds):
        _put(files, home, left)
        centre = Centre(left)
        met.add((*centre.months.names(), len(centre.journal.days())))
        assert _counts(centre.measures()) == expected
        assert all(day.sound for day in verify(left / "journal", gone=centre.months.gone()))
        centre.reduce()
        assert _counts(centre.measures()) == expected
        assert centre.rows() == list(_DAYS[-3:])
        assert centre.months.names() == ["2025-01", "2025-02"]
    january, february = ("2025-01",), ("2025-01", "2025-02")
    assert met == {
        (6,), *((*january, days) for days in (6, 5, 4)), *((*february, days) for days in (4, 3))
    }  # fmt: skip


def test_tables_of_days_go_before_their_rows(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.live("2025-01-30", "2025-02-03", "2025-03-03", "2025-04-01")
    centre.measures()
    centre.reduce()
    assert not (Home(tmp_path).visits / "2025-01-30.json").exists()
    # A table the plug left behind goes at the next look.
    (tmp_path / "visits" / "2025-01-30.json").write_bytes(b"rows")
    centre.retention.sweep()
    assert centre.rows() == ["2025-02-03", "2025-03-03", "2025-04-01"]


def test_rows_of_a_month_that_cannot_be_read_stay(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.live("2025-01-30", "2025-02-03", "2025-03-03", "2025-04-01")
    rows = (tmp_path / "journal" / "2025-01-30.jsonl").read_bytes()
    centre.reduce()
    (tmp_path / "journal" / "2025-01-30.jsonl").write_bytes(rows)
    file = tmp_path / "months" / "2025-01.json"
    file.write_bytes(file.read_bytes().replace(b'"visits"', b'"vizits"'))
    centre.retention.sweep()
    assert "2025-01-30" in centre.journal.days()


def test_rows_that_are_others_than_those_in_the_sums_stay(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.live("2025-01-30", "2025-02-03", "2025-03-03", "2025-04-01")
    rows = (tmp_path / "journal" / "2025-01-30.jsonl").read_bytes()
    centre.reduce()
    (tmp_path / "journal" / "2025-01-30.jsonl").write_bytes(rows[: len(rows) // 2])
    centre.retention.sweep()
    assert "2025-01-30" in centre.journal.days()
