"""A disk that is full, refuses or lies: nothing half-written, and work goes on when it can."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from motcua.journal.tiny import TinyJournal
from motcua.queue import commands as c
from motcua.record_keeping import JournalError
from tests.journal.journal_days import MONDAY, FailingDisk, issue, numbers, open_office


@pytest.mark.parametrize("failure", ["full", "half", "sync"])
def test_a_refused_write_leaves_the_file_as_it_was_and_the_next_one_works(
    folder: Path, failure: str
) -> None:
    disk = FailingDisk()
    journal = TinyJournal(folder, disk=disk)
    journal.append([issue(1)])
    before = (folder / f"{MONDAY}.jsonl").read_bytes()
    disk.plan = [failure]
    with pytest.raises(JournalError, match=f"{MONDAY}.jsonl: "):
        journal.append([issue(2), issue(3)])
    assert (folder / f"{MONDAY}.jsonl").read_bytes() == before
    journal.append([issue(2)])
    assert list(TinyJournal(folder).read(MONDAY)) == [issue(1), issue(2)]
    assert journal.damage == []


def test_what_could_not_be_cut_at_once_is_cut_before_the_next_line(folder: Path) -> None:
    disk = FailingDisk()
    journal = TinyJournal(folder, disk=disk)
    journal.append([issue(1)])
    disk.plan = ["sync+cut"]
    with pytest.raises(JournalError):
        journal.append([issue(2)])
    assert len((folder / f"{MONDAY}.jsonl").read_bytes().splitlines()) == 2
    journal.append([issue(2)])
    assert list(TinyJournal(folder).read(MONDAY)) == [issue(1), issue(2)]


def test_nothing_is_written_while_what_was_left_cannot_be_cut(folder: Path) -> None:
    class Stuck(FailingDisk):
        def cut(self, file: int, size: int) -> None:
            if self.plan:
                raise OSError(5, "stuck")
            super().cut(file, size)

    disk = Stuck()
    journal = TinyJournal(folder, disk=disk)
    journal.append([issue(1)])
    disk.plan = ["half", "still stuck"]
    for _ in range(3):
        with pytest.raises(JournalError):
            journal.append([issue(2)])
    disk.plan = []
    journal.append([issue(2)])
    assert list(TinyJournal(folder).read(MONDAY)) == [issue(1), issue(2)]


def test_a_file_that_cannot_be_opened_is_a_refusal_too(folder: Path) -> None:
    disk = FailingDisk("open")
    journal = TinyJournal(folder, disk=disk)
    with pytest.raises(JournalError, match="Input/output error"):
        journal.append([issue(1)])
    (folder / f"{MONDAY}.jsonl").touch()
    with pytest.raises(JournalError):
        journal.repair()
    disk.plan = []
    journal.append([issue(1)])
    assert list(journal.read(MONDAY)) == [issue(1)]


def test_a_torn_end_that_cannot_be_cut_stops_writing_not_reading(folder: Path) -> None:
    class ReadOnly(FailingDisk):
        def cut(self, file: int, size: int) -> None:
            if self.plan:
                raise OSError(30, "Read-only file system")
            super().cut(file, size)

    TinyJournal(folder).append([issue(1)])
    with (folder / f"{MONDAY}.jsonl").open("ab") as file:
        file.write(b"torn")
    disk = ReadOnly("always")
    journal = TinyJournal(folder, disk=disk)
    assert list(journal.read(MONDAY)) == [issue(1)]
    with pytest.raises(JournalError, match="Read-only"):
        journal.append([issue(2)])
    disk.plan = []
    journal.append([issue(2)])
    assert list(TinyJournal(folder).read(MONDAY)) == [issue(1), issue(2)]


@pytest.mark.parametrize("failure", ["full", "half", "sync"])
def test_the_office_does_nothing_it_could_not_record_and_goes_on_afterwards(
    folder: Path, failure: str
) -> None:
    disk = FailingDisk()
    office = open_office(TinyJournal(folder, disk=disk))
    heard = []
    office.react(lambda record: heard.append(record.seq))
    office.execute(c.IssueTicket(service="A"), "first")
    seq = office.seq
    disk.plan = [failure]
    with pytest.raises(JournalError):
        office.execute(c.IssueTicket(service="A"), "second")
    assert (office.seq, heard) == (seq, [1, 2])
    with office.today() as day:
        assert list(day.line("A")) == ["visitor-0001"]
    answer = office.execute(c.IssueTicket(service="A"), "second")
    assert answer.ticket is not None
    assert (answer.ticket.number, answer.repeated) == ("A002", False)
    assert numbers(TinyJournal(folder), MONDAY) == ["A001", "A002"]


def test_a_disk_that_fails_as_the_day_opens_lets_it_open_later(folder: Path) -> None:
    disk = FailingDisk("half")
    office = open_office(TinyJournal(folder, disk=disk))
    with pytest.raises(JournalError):
        office.execute(c.IssueTicket(service="A"))
    assert office.seq == 0
    office.execute(c.IssueTicket(service="A"))
    assert [record.seq for record in TinyJournal(folder).read(MONDAY)] == [1, 2]


_FULL_DISK = """
import resource, sys
from pathlib import Path
from motcua.journal.tiny import TinyJournal
from motcua.record_keeping import JournalError
from tests.journal.journal_days import MONDAY, issue

resource.setrlimit(resource.RLIMIT_FSIZE, (2000, resource.RLIM_INFINITY))
journal, seq = TinyJournal(Path(sys.argv[1])), 0
try:
    while True:
        journal.append([issue(seq + 1)])
        seq += 1
except JournalError as error:
    print(seq, error)
resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))
journal.append([issue(seq + 1)])
"""


def test_on_a_real_limit_of_the_system_nothing_stays_half_written(folder: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(folder)],
        cwd=root, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    seq, reason = ran.stdout.split(" ", 1)
    assert int(seq) > 3
    assert reason.startswith(f"{MONDAY}.jsonl: ")
    journal = TinyJournal(folder)
    assert [record.seq for record in journal.read(MONDAY)] == list(range(1, int(seq) + 2))
    journal.repair()
    assert journal.damage == []
