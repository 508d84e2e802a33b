"""The archive: closed days from their tables, as long as the journal says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from motcua.app import Box
from motcua.archive import Archive
from motcua.clock import SetClock
from motcua.day_table import from_bytes, from_records, to_bytes
from motcua.journal.memory import MemoryJournal
from motcua.queue import commands as c
from motcua.queue.record import Record
from tests.queue.queue_story import Story
from tests.reports.report_days import MONDAY, told, ward_day

_DAY = MONDAY.isoformat()


class WatchedJournal(MemoryJournal):
    """A journal that counts how often a day is read."""

    def __init__(self) -> None:
        super().__init__()
        self.read_days: Counter[str] = Counter()

    def read(self, day: str) -> Iterator[Record]:
        self.read_days[day] += 1
        return super().read(day)


@pytest.fixture
def journal(story: Story) -> WatchedJournal:
    """A journal with the story's day."""
    journal = WatchedJournal()
    journal.append(story.records)
    return journal


@pytest.fixture
def archive(journal: WatchedJournal, tmp_path: Path) -> Archive:
    """An archive that keeps tables."""
    return Archive(journal, tmp_path / "visits")


def test_a_closed_day_is_folded_once(
    archive: Archive, journal: WatchedJournal, story: Story, tmp_path: Path
) -> None:
    """
    08:00 counter 1 opens A
    08:00 An takes procedure 1.001193 as older
    08:05 counter 1 calls next
    08:06 counter 1 starts
    08:11 counter 1 finishes done
    08:12 Binh asks for 1.000003
    16:59 the day closes
    """
    [first] = archive.days(MONDAY, MONDAY)
    [again] = archive.days(MONDAY, MONDAY)
    [elsewhere] = Archive(journal, tmp_path / "visits").days(MONDAY, MONDAY)
    assert first == again == elsewhere == told(story)
    assert first.complete
    assert first.referrals == {("1.000003", "Công an thành phố"): 1}
    assert journal.read_days == {_DAY: 1}


def test_a_journal_that_changed_makes_the_table_again(
    archive: Archive, journal: WatchedJournal, story: Story
) -> None:
    """
    08:00 An takes A
    16:59 the day closes
    """
    assert len(archive.table(_DAY).legs) == 1
    before = len(story.records)
    story.tell("17:00 An rates 3")
    journal.append(story.records[before:])
    assert len(archive.table(_DAY).legs) == 1
    assert journal.read_days == {_DAY: 2}


@pytest.mark.parametrize("damage", [b"", b"{}\n[]", b"\xff\xfe", b"nonsense"])
def test_a_damaged_table_is_made_again(
    archive: Archive, story: Story, tmp_path: Path, damage: bytes
) -> None:
    """
    08:00 An takes A
    16:59 the day closes
    """
    good = archive.table(_DAY)
    file = tmp_path / "visits" / f"{_DAY}.json"
    file.write_bytes(damage)
    assert archive.table(_DAY) == good == told(story)
    assert from_bytes(file.read_bytes())[0] == good


def test_a_bit_that_flipped_in_a_table_is_noticed(
    archive: Archive, story: Story, tmp_path: Path
) -> None:
    """
    08:00 An takes A
    16:59 the day closes
    """
    archive.table(_DAY)
    file = tmp_path / "visits" / f"{_DAY}.json"
    file.write_bytes(file.read_bytes().replace(b"unserved", b"unswept!"))
    assert archive.table(_DAY) == told(story)


def test_a_table_that_says_something_else_than_the_journal_is_found(
    archive: Archive, journal: WatchedJournal, tmp_path: Path
) -> None:
    """
    08:00 An takes A
    16:59 the day closes
    """
    assert archive.verify(_DAY)  # there is no table yet
    archive.table(_DAY)
    assert archive.verify(_DAY)
    forged = ward_day(MONDAY, 1)
    (tmp_path / "visits" / f"{_DAY}.json").write_bytes(to_bytes(forged, journal.mark(_DAY)))
    assert not archive.verify(_DAY)


def test_a_day_that_is_not_closed_is_not_kept(
    archive: Archive, journal: WatchedJournal, tmp_path: Path
) -> None:
    """08:00 An takes A"""
    assert not archive.table(_DAY).complete
    archive.table(_DAY)
    assert journal.read_days == {_DAY: 2}
    assert not (tmp_path / "visits").exists()


def test_a_folder_that_cannot_be_written_only_costs_time(
    journal: WatchedJournal, story: Story, tmp_path: Path
) -> None:
    """
    08:00 An takes A
    16:59 the day closes
    """
    (tmp_path / "visits").write_text("a file where a folder should be")
    assert Archive(journal, tmp_path / "visits" / "deeper").table(_DAY) == told(story)


def test_only_the_days_asked_for_are_given(tmp_path: Path) -> None:
    journal = WatchedJournal()
    days = [MONDAY + timedelta(days=n) for n in range(4)]
    for day in days:
        records = Story().records
        journal.append([Record(r.seq, day.isoformat(), r.at, r.event) for r in records])
    archive = Archive(journal, tmp_path)
    assert [table.day for table in archive.days(days[1], days[2])] == ["2026-11-24", "2026-11-25"]
    looked_at = {"2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26"}
    assert set(journal.read_days) <= looked_at, "one day past each end, in case it was misnamed"
    assert list(archive.days(date(2020, 1, 1), date(2020, 12, 31))) == []


def test_the_running_day_comes_from_the_office_as_it_is_now(box: Box, clock: SetClock) -> None:
    assert list(box.archive.days(MONDAY, MONDAY)) == []
    box.office.execute(c.IssueTicket(service="A"))
    [morning] = box.archive.days(MONDAY, MONDAY)
    assert (len(morning.legs), morning.complete) == (1, False)
    clock.advance(600)
    box.office.execute(c.IssueTicket(service="A"))
    [later] = box.archive.days(MONDAY, MONDAY)
    assert [leg.ticket for leg in later.legs] == ["A001", "A002"]


def test_yesterday_is_complete_when_today_has_begun(box: Box, clock: SetClock) -> None:
    box.office.execute(c.IssueTicket(service="A"))
    clock.advance(24 * 3600)
    box.office.execute(c.IssueTicket(service="H"))
    yesterday, today = box.archive.days(MONDAY, MONDAY + timedelta(days=1))
    assert ([leg.outcome for leg in yesterday.legs], yesterday.complete) == (["unserved"], True)
    assert ([leg.outcome for leg in today.legs], today.complete) == ([""], False)
    assert box.archive.verify(_DAY)


def test_what_the_office_folds_live_is_what_the_journal_gives(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 An takes A
    08:05 counter 1 calls next
    08:06 counter 1 starts
    """
    from_journal = from_records(story.day.date, story.records)
    assert from_journal.legs == told(story).legs
    assert from_journal.legs[0].called_at is not None


def test_a_table_survives_its_file() -> None:
    for seed in range(3):
        table = ward_day(MONDAY, seed)
        assert from_bytes(to_bytes(table, "a mark")) == (table, "a mark")
