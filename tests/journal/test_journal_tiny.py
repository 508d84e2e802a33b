"""The journal of the box: TinyDB through its own extension points, only ever added to."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import where
from tinydb.storages import Storage
from tinydb.table import Table

from motcua.clock import SetClock
from motcua.journal.codec import to_document
from motcua.journal.dayfile import TABLE, DayFileStorage, JournalTable
from motcua.journal.disk import Disk
from motcua.journal.lines import SHORTEST_ISSUE_BYTES, from_line, to_line
from motcua.journal.tiny import DayBook, TinyJournal
from motcua.queue import commands as c
from motcua.queue.events import TicketIssued
from motcua.queue.moment import Moment
from motcua.queue.record import Record
from tests.journal.journal_days import (
    EIGHT,
    MONDAY,
    TUESDAY,
    CountingDisk,
    issue,
    live_a_day,
    open_office,
)


def _book(folder: Path) -> DayBook:
    folder.mkdir(exist_ok=True)
    path = str(folder / f"{MONDAY}.jsonl")
    return DayBook(path, storage=DayFileStorage, disk=Disk())


def test_storage_and_table_are_tinydbs_own_extension_points(folder: Path) -> None:
    assert issubclass(DayFileStorage, Storage)
    assert issubclass(JournalTable, Table)
    with _book(folder) as book:
        assert isinstance(book.storage, DayFileStorage)
        assert isinstance(book.table(TABLE), JournalTable)


def test_tinydbs_questions_work_on_a_day(folder: Path) -> None:
    clock = SetClock(EIGHT)
    live_a_day(open_office(TinyJournal(folder), clock), clock)
    with _book(folder) as book:
        calls = book.search(where("event") == "TicketCalled")
        assert calls
        assert len(book) == len(book.all()) > len(calls)
        first = book.get(doc_id=1)
        assert first is not None
        assert first == next(iter(book))


def test_an_insert_is_one_line_with_its_checksum(folder: Path) -> None:
    with _book(folder) as book:
        assert book.insert({"seq": 7, "word": "Đà"}) == 7
    text = '{"seq":7,"word":"Đà"}'.encode()
    line = f"{zlib.crc32(text):08x} ".encode() + text + b"\n"
    assert (folder / f"{MONDAY}.jsonl").read_bytes() == line
    assert from_line(line[:-1]) == [{"seq": 7, "word": "Đà"}]


def test_what_is_kept_is_never_changed(folder: Path) -> None:
    with _book(folder) as book:
        book.insert({"seq": 1})
        table = book.events
        refused: list[Callable[[], object]] = [
            lambda: table.update({"seq": 2}),
            lambda: table.update_multiple([]),
            lambda: table.upsert({"seq": 1}),
            lambda: table.remove(doc_ids=[1]),
            table.truncate,
            lambda: book.drop_table(TABLE),
            book.drop_tables,
            lambda: book.storage.write({}),
        ]
        for change in refused:
            with pytest.raises(TypeError, match="only grows"):
                change()
        assert book.all() == [{"seq": 1}]


def test_a_file_opened_to_be_read_takes_nothing(folder: Path) -> None:
    _book(folder).close()
    with DayBook(str(folder / f"{MONDAY}.jsonl"), storage=DayFileStorage) as book:
        with pytest.raises(TypeError, match="only grows"):
            book.insert({"seq": 1})
        assert book.all() == []


@given(st.dictionaries(st.text(), st.none() | st.integers() | st.text()), st.data())
def test_any_one_changed_byte_of_a_line_is_noticed(
    document: dict[str, object], data: st.DataObject
) -> None:
    line = to_line([{**document, "seq": 1}])[:-1]
    place = data.draw(st.integers(0, len(line) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != line[place]))
    assert from_line(line) == [{**document, "seq": 1}]
    assert from_line(line[:place] + bytes([byte]) + line[place + 1 :]) == []


def test_a_command_costs_one_write_and_one_sync_however_full_the_day_is(folder: Path) -> None:
    disk, clock = CountingDisk(), SetClock(EIGHT)
    office = open_office(TinyJournal(folder, disk=disk), clock)
    office.execute(c.OpenCounter(1))
    costs = []
    for _ in range(300):
        writes, syncs = len(disk.writes), disk.syncs
        clock.advance(1)
        office.execute(c.IssueTicket(service="A"))
        [written] = disk.writes[writes:]
        costs.append((written, disk.syncs - syncs))
    assert {syncs for _, syncs in costs} == {1}
    early, late = costs[9][0], costs[299][0]
    assert late <= early + 10, "only the digits of the numbers grow"


def test_an_event_is_small_and_the_file_holds_nothing_else(folder: Path) -> None:
    disk, clock = CountingDisk(), SetClock(EIGHT)
    live_a_day(open_office(TinyJournal(folder, disk=disk), clock), clock)
    path = folder / f"{MONDAY}.jsonl"
    assert sum(disk.writes) == path.stat().st_size
    events = sum(1 for _ in TinyJournal(folder).read(MONDAY))
    assert path.stat().st_size < 300 * events
    assert [file.name for file in folder.iterdir()] == [path.name]


def test_days_that_can_be_made_again_are_kept_too(folder: Path) -> None:
    journal = TinyJournal(folder, durable=False)
    journal.append([issue(1)])
    assert list(TinyJournal(folder).read(MONDAY)) == [issue(1)]


def test_a_new_days_file_has_its_name_on_disk_before_its_first_line(tmp_path: Path) -> None:
    class Told(Disk):
        def __init__(self) -> None:
            super().__init__()
            self.told: list[str] = []

        def sync_folder(self, path: Path) -> None:
            self.told.append(f"names in {path.name}")

        def append(self, file: int, data: bytes) -> int:
            self.told.append("line")
            return super().append(file, data)

    disk = Told()
    journal = TinyJournal(tmp_path / "home" / "journal", disk=disk)
    journal.append([issue(1)])
    journal.append([issue(2, TUESDAY)])
    assert disk.told == [
        f"names in {tmp_path.name}", "names in home",
        "names in home", "names in journal", "line", "names in home", "names in journal", "line",
    ]  # fmt: skip


def test_other_files_in_the_folder_are_left_alone(folder: Path) -> None:
    journal = TinyJournal(folder)
    for name in ("notes.jsonl", "2026-11-23.jsonl.bak", "2026-11-2.jsonl"):
        (folder / name).write_bytes(b"?")
    assert journal.days() == []


def test_a_record_of_a_newer_version_is_told_and_its_number_not_used_again(folder: Path) -> None:
    journal = TinyJournal(folder)
    office = open_office(journal)
    office.execute(c.IssueTicket(service="A"))
    journal.close()
    newer = {"v": 1, "seq": 3, "day": MONDAY, "at": EIGHT.isoformat(), "boot": "b", "mono": 1.0}
    with _book(folder) as book:
        book.insert({**newer, "event": "TicketSplit", "data": {}})
        book.insert({**newer, "seq": 4, "v": 2, "event": "DayClosed", "data": {}})
    again = TinyJournal(folder)
    answer = open_office(again).execute(c.IssueTicket(service="A"))
    assert answer.seq == 5
    assert answer.ticket is not None
    assert answer.ticket.number == "A004"
    assert [(damage.line, damage.cut) for damage in again.damage] == [(3, False), (4, False)]


def test_damage_is_believed_to_hide_no_fewer_numbers_than_it_can() -> None:
    shortest = TicketIssued("x" * 16, "A001", "A")
    record = Record(1, MONDAY, Moment(EIGHT, "", 0.0), shortest, "IssueTicket")
    assert len(to_line([to_document(record)])) >= SHORTEST_ISSUE_BYTES


def test_a_document_leaves_out_what_stands_at_its_default(folder: Path) -> None:
    TinyJournal(folder).append([issue(1)])
    [document] = from_line((folder / f"{MONDAY}.jsonl").read_bytes()[:-1])
    assert document["data"] == {"ticket": "ticket-1", "number": "A001", "service": "A"}
    assert msgspec.json.encode(document["v"]) == b"1"
