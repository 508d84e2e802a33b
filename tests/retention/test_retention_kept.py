"""What is kept of a centre stays sound when rows are gone: journal, exchange, copies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from motcua.backup import take
from motcua.backup_file import BackupError, continues
from motcua.clock import SetClock
from motcua.journal.exchange import ExchangeError, export, import_
from motcua.journal.verify import verify
from motcua.restoration import compare, restore
from tests.conftest import MONDAY_8_AM
from tests.retention.old_days import Centre

_DAYS = ("2025-01-30", "2025-01-31", "2025-02-03", "2025-03-03", "2025-03-04")
_AT = SetClock(MONDAY_8_AM).now()


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """A centre whose January can go."""
    centre = Centre(tmp_path / "home")
    centre.live(*_DAYS)
    centre.home.centre.write_text("")
    return centre


def _copy(centre: Centre, name: str) -> Path:
    file = centre.home.path.parent / name
    take(centre.home, file, _AT)
    return file


def test_the_journal_is_sound_without_the_rows(centre: Centre) -> None:
    centre.reduce()
    assert not all(day.sound for day in verify(centre.home.journal))
    days = verify(centre.home.journal, gone=centre.months.gone())
    assert [day.day for day in days if day.sound] == list(_DAYS[2:])


def test_a_day_that_is_lost_is_still_missed(centre: Centre) -> None:
    centre.reduce()
    (centre.home.journal / "2025-02-03.jsonl").unlink()
    assert not all(day.sound for day in verify(centre.home.journal, gone=centre.months.gone()))


def test_the_numbers_of_events_go_on(centre: Centre) -> None:
    before = sum(1 for day in centre.journal.days() for _ in centre.journal.read(day))
    centre.reduce()
    centre.live("2025-03-05")
    assert next(centre.journal.read("2025-03-05")).seq == before + 1


def test_the_last_day_never_goes(centre: Centre) -> None:
    with pytest.raises(ValueError, match="last day"):
        centre.journal.forget("2025-03-04")


def test_rows_that_are_gone_do_not_come_back_by_an_import(centre: Centre, tmp_path: Path) -> None:
    count = export(centre.journal, tmp_path / "all.jsonl")
    centre.reduce()
    expected = centre.measures().visits
    assert import_(centre.journal, tmp_path / "all.jsonl", gone=centre.months.gone()) == 0
    assert centre.rows() == list(_DAYS[2:])
    assert centre.measures().visits == expected
    centre.live("2025-03-05")
    more = export(centre.journal, tmp_path / "rest.jsonl")
    assert more < count
    shutil.copytree(centre.home.months, tmp_path / "other" / "months")
    other = Centre(tmp_path / "other")
    assert import_(other.journal, tmp_path / "rest.jsonl", gone=other.months.gone()) == more
    with pytest.raises(ExchangeError, match="only sums are left"):
        import_(Centre(tmp_path / "new").journal, tmp_path / "rest.jsonl")


def test_days_of_another_centre_are_not_taken_for_those_that_are_gone(
    centre: Centre, tmp_path: Path
) -> None:
    other = Centre(tmp_path / "other")
    other.live(*_DAYS, boot="another box")
    export(other.journal, tmp_path / "other.jsonl")
    centre.reduce()
    with pytest.raises(ExchangeError, match="another centre"):
        import_(centre.journal, tmp_path / "other.jsonl", gone=centre.months.gone())


def test_a_copy_with_sums_replaces_one_with_their_rows(centre: Centre) -> None:
    old = _copy(centre, "old.zip")
    centre.reduce()
    assert continues(_copy(centre, "new.zip"), old)
    (centre.home.months / "2025-01.json").unlink()
    assert not continues(_copy(centre, "lost.zip"), old)


def test_a_copy_of_another_centre_is_not_replaced(centre: Centre, tmp_path: Path) -> None:
    other = Centre(tmp_path / "other")
    other.live(*_DAYS, boot="another box")
    other.home.centre.write_text("")
    centre.reduce()
    assert not continues(_copy(centre, "new.zip"), _copy(other, "other.zip"))


def test_a_backup_with_the_rows_replaces_their_sums(centre: Centre) -> None:
    expected, old = centre.measures().visits, _copy(centre, "old.zip")
    centre.reduce()
    restore(centre.home, old)
    assert (centre.months.names(), centre.measures().visits) == ([], expected)
    assert centre.reduce() == ["2025-01"]


def test_a_backup_with_sums_replaces_their_rows(centre: Centre, tmp_path: Path) -> None:
    shutil.copytree(centre.home.path, tmp_path / "rows")
    expected = centre.measures().visits
    centre.reduce()
    file, rows = _copy(centre, "new.zip"), Centre(tmp_path / "rows")
    restore(rows.home, file)
    assert rows.rows() == list(_DAYS[2:])
    assert rows.measures().visits == expected


def test_sums_that_a_backup_lacks_are_not_given_up_unasked(centre: Centre, tmp_path: Path) -> None:
    """The backup was taken of a box on which January never was."""
    centre.reduce()
    lacking = Centre(tmp_path / "lacking")
    shutil.copytree(centre.home.path, lacking.home.path, dirs_exist_ok=True)
    shutil.rmtree(lacking.home.months)
    file = _copy(lacking, "lacking.zip")
    with pytest.raises(BackupError, match="went different ways"):
        restore(centre.home, file)
    assert centre.months.names() == ["2025-01"]
    restore(centre.home, file, force=True)
    assert centre.months.names() == []


def test_sums_of_another_centre_are_not_ours(centre: Centre, tmp_path: Path) -> None:
    other = Centre(tmp_path / "other")
    other.live(*_DAYS, boot="another box")
    events = sum(1 for day in centre.journal.days() for _ in centre.journal.read(day))
    for one in (centre, other):
        one.reduce()
    assert compare(other.home.path, centre.home.path).lost == events
