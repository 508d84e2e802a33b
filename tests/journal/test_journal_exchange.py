"""`motcua journal export` and `import`: JSON lines, all or nothing, as often as one likes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from motcua.clock import SetClock
from motcua.journal.exchange import ExchangeError, export, import_
from motcua.journal.tiny import TinyJournal
from motcua.queue import commands as c
from motcua.queue.record import Record
from motcua.record_keeping import JournalError
from tests.journal.journal_days import (
    EIGHT,
    MONDAY,
    TUESDAY,
    FailingDisk,
    issue,
    live_a_day,
    open_office,
)


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """Two days of a centre, as JSON lines."""
    clock = SetClock(EIGHT)
    journal = TinyJournal(tmp_path / "source")
    office = open_office(journal, clock)
    live_a_day(office, clock)
    clock.advance(86400)
    office.execute(c.IssueTicket(service="A"), "a request")
    export(journal, tmp_path / "exported")
    return tmp_path / "exported"


@pytest.fixture
def other(tmp_path: Path) -> TinyJournal:
    """The journal of a box just installed."""
    return TinyJournal(tmp_path / "other")


def _refused(journal: TinyJournal, file: Path) -> str:
    before = {day: list(journal.read(day)) for day in journal.days()}
    with pytest.raises(ExchangeError) as refusal:
        import_(journal, file)
    assert {day: list(journal.read(day)) for day in journal.days()} == before
    assert isinstance(refusal.value, JournalError)
    return str(refusal.value)


def _edit(file: Path, line: int, change: Callable[[bytes], bytes]) -> None:
    lines = file.read_bytes().splitlines(keepends=True)
    lines[line - 1] = change(lines[line - 1])
    file.write_bytes(b"".join(lines))


def test_records_come_out_in_the_order_they_happened(exported: Path) -> None:
    documents = [msgspec.json.decode(line) for line in exported.read_bytes().splitlines()]
    assert [document["seq"] for document in documents] == list(range(1, len(documents) + 1))
    assert documents[0]["event"] == "DayOpened"
    assert documents[-1]["request"] == "a request"


def test_the_files_of_the_days_come_back_byte_for_byte(
    exported: Path, other: TinyJournal, tmp_path: Path
) -> None:
    import_(other, exported)
    for day in (MONDAY, TUESDAY):
        name = f"{day}.jsonl"
        assert (tmp_path / "other" / name).read_bytes() == (tmp_path / "source" / name).read_bytes()


def test_an_office_goes_on_from_an_imported_journal(exported: Path, other: TinyJournal) -> None:
    import_(other, exported)
    clock = SetClock(EIGHT)
    clock.advance(86400 + 60)
    answer = open_office(other, clock).execute(c.IssueTicket(service="A"), "a request")
    assert answer.repeated


def test_what_is_new_is_added_to_what_is_there(exported: Path, other: TinyJournal) -> None:
    lines = exported.read_bytes().splitlines(keepends=True)
    exported.write_bytes(b"".join(lines[:10]))
    assert import_(other, exported) == 10
    exported.write_bytes(b"".join(lines))
    assert import_(other, exported) == len(lines) - 10
    assert import_(other, exported) == 0


def test_a_damaged_line_is_refused_with_its_number(exported: Path, other: TinyJournal) -> None:
    _edit(exported, 7, lambda line: line[:-9] + b"\n")
    assert _refused(other, exported).startswith("exported, line 7: ")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda line: line.replace(b'"seq":3', b'"seq":"3"'), "seq"),
        (lambda line: line.replace(b'"v":1', b'"v":9'), "newer version"),
        (lambda line: line.replace(b'"TicketIssued"', b'"TicketSplit"'), "TicketSplit"),
        (lambda line: line.replace(b'"number":', b'"numeral":'), "number"),
        (lambda line: line.replace(b"+00:00", b""), "at"),
        (lambda line: line.replace(b"2026-11-23", b"../../etc/x"), "day"),
        (lambda line: line.replace(b'"mono":', b'"mono":"x'), "line 3"),
        (lambda _: b"[1, 2]\n", "line 3"),
        (lambda _: b"\xff\xfe\n", "line 3"),
        (lambda _: b"\n", "line 3"),
    ],
)
def test_a_line_that_is_no_record_is_refused(
    exported: Path, other: TinyJournal, change: Callable[[bytes], bytes], reason: str
) -> None:
    _edit(exported, 3, change)
    sentence = _refused(other, exported)
    assert sentence.startswith("exported, line 3: ")
    assert reason in sentence


def test_lines_out_of_order_are_refused(exported: Path, other: TinyJournal) -> None:
    lines = exported.read_bytes().splitlines(keepends=True)
    exported.write_bytes(b"".join([*lines[:4], lines[5], lines[4]]))
    assert "event 5 comes after event 6" in _refused(other, exported)


def test_another_record_under_the_same_number_is_refused(
    exported: Path, other: TinyJournal
) -> None:
    import_(other, exported)
    _edit(exported, 3, lambda line: line.replace(b"visitor-0002", b"visitor-9999"))
    assert "Event 3 of 2026-11-23 says something else" in _refused(other, exported)


def test_records_older_than_the_end_of_their_day_are_refused(
    exported: Path, other: TinyJournal
) -> None:
    other.append([issue(1)])
    other.append([issue(9)])
    lines = exported.read_bytes().splitlines(keepends=True)
    exported.write_bytes(b"".join(lines[1:5]))
    assert "only added to at its end" in _refused(other, exported)


@pytest.mark.parametrize("there", [issue(500, "2026-11-20"), issue(2, "2026-12-01")])
def test_a_journal_of_another_centre_is_refused(
    exported: Path, tmp_path: Path, there: Record
) -> None:
    other = TinyJournal(tmp_path / "another centre")
    other.append([there])
    assert "this file comes from another centre" in _refused(other, exported)


def test_nothing_in_nothing_added(other: TinyJournal, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert import_(other, tmp_path / "empty") == 0
    assert other.days() == []


def test_when_the_disk_refuses_half_way_importing_again_finishes(
    exported: Path, tmp_path: Path
) -> None:
    disk = FailingDisk()
    other = TinyJournal(tmp_path / "tight", disk=disk)
    other.append([issue(1, "2026-11-01")])
    lines = exported.read_bytes().splitlines(keepends=True)
    exported.write_bytes(b"".join(lines[1:]))
    disk.plan = ["half"]
    with pytest.raises(JournalError):
        import_(other, exported)
    assert import_(other, exported) == len(lines) - 1


def test_what_is_left_of_a_damaged_journal_goes_out_and_in(tmp_path: Path) -> None:
    source, other = TinyJournal(tmp_path / "source"), TinyJournal(tmp_path / "other")
    for command in ([issue(1)], [issue(2)], [issue(3, left=1), issue(4)]):
        source.append(command)
    source.close()
    path = tmp_path / "source" / f"{MONDAY}.jsonl"
    path.write_bytes(path.read_bytes()[:-3] + b"??\n")
    assert export(source, tmp_path / "out") == 2
    assert import_(other, tmp_path / "out") == 2
    assert [record.seq for record in TinyJournal(tmp_path / "other").read(MONDAY)] == [1, 2]
    assert import_(other, tmp_path / "out") == 0


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ([5], "from event 4 to 6, and the journal has no event 5 either"),
        ([5, 6, 7], "from event 4 to 8, and the journal has no 5–7 either"),
        ([1], "from event 0 to 2, and the journal has no event 1 either"),
    ],
)
def test_a_file_with_a_gap_is_taken_only_when_asked(
    exported: Path, other: TinyJournal, missing: list[int], told: str
) -> None:
    lines = exported.read_bytes().splitlines(keepends=True)
    kept = [line for seq, line in enumerate(lines, start=1) if seq not in missing]
    exported.write_bytes(b"".join(kept))
    assert told in _refused(other, exported)
    assert import_(other, exported, gaps=True) == len(kept)


def test_what_is_left_of_a_command_is_a_command(exported: Path, other: TinyJournal) -> None:
    lines = exported.read_bytes().splitlines(keepends=True)
    begins, *_ = (at for at, line in enumerate(lines[:-2]) if b'"left":1' in line)
    exported.write_bytes(b"".join(lines[: begins + 1] + lines[begins + 2 :]))
    import_(other, exported, gaps=True)
    left = {one.seq: one.left for day in other.days() for one in other.read(day)}
    assert left[begins + 1] == 0


def test_a_gap_that_the_journal_fills_is_none(exported: Path, other: TinyJournal) -> None:
    lines = exported.read_bytes().splitlines(keepends=True)
    exported.write_bytes(b"".join(lines[:6]))
    import_(other, exported)
    exported.write_bytes(b"".join(lines[:3] + lines[5:]))
    assert import_(other, exported) == len(lines) - 6


def test_an_export_that_fails_leaves_the_old_one(exported: Path, other: TinyJournal) -> None:
    class Failing(TinyJournal):
        def read(self, day: str) -> Iterator[Record]:
            yield issue(1)
            raise OSError("Input/output error")

    before = exported.read_bytes()
    other.append([issue(1)])
    with pytest.raises(OSError, match="Input/output"):
        export(Failing(exported.with_name("other")), exported)
    assert exported.read_bytes() == before
