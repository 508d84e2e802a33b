"""Copies on a second medium: made when due, kept as long as they are needed, known by their age."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from typing import BinaryIO

import pytest

from motcua.app import open_box
from motcua.backup import SENTENCES as TAKING
from motcua.backup_file import BackupError, check
from motcua.clock import SetClock
from motcua.home import Home
from motcua.medium import SENTENCES as MEDIUM
from motcua.queue.commands import IssueTicket
from motcua.safekeeping import SENTENCES as KEEPING
from motcua.safekeeping import Safekeeping
from motcua.settings import BackupSection
from motcua.words import VIETNAMESE, Words
from tests.box.stick import Stick, names

HOURS = 3600


def issue(home: Home, clock: SetClock, tickets: int = 1) -> int:
    """Issue tickets; return the number of the last event."""
    box = open_box(home, clock=clock, always_open=True)
    for _ in range(tickets):
        box.office.execute(IssueTicket(service="A"))
    box.close()
    return box.office.seq


def test_a_copy_is_made_at_the_start_and_then_every_few_hours(
    home: Home, keep: Callable[[], Safekeeping], clock: SetClock, folder: Path
) -> None:
    seq = issue(home, clock)
    safekeeping = keep()
    safekeeping.look_after()
    assert names(folder) == ["motcua-20261123-010000.zip"]
    assert check(folder / "motcua-20261123-010000.zip").last_seq == seq
    for _ in range(3):
        clock.advance(1.3 * HOURS)
        safekeeping.look_after()
    assert safekeeping.copies().age_s(clock.now()) == pytest.approx(3.9 * HOURS)
    clock.advance(0.1 * HOURS)
    safekeeping.look_after()
    assert len(names(folder)) == 2
    assert safekeeping.copies().age_s(clock.now()) == 0


def test_the_age_of_a_copy_is_known_after_a_restart(
    home: Home, keep: Callable[[], Safekeeping], clock: SetClock, folder: Path
) -> None:
    seq = issue(home, clock)
    keep().copy()
    clock.reboot("another", 3 * HOURS)
    safekeeping = keep()
    assert safekeeping.copies().age_s(clock.now()) is None
    safekeeping.look_after()
    copies = safekeeping.copies()
    assert (copies.age_s(clock.now()), copies.last_seq) == (3 * HOURS, seq)
    assert len(names(folder)) == 1


def test_a_clock_that_is_a_year_behind_keeps_no_copy_from_being_made(
    keep: Callable[[], Safekeeping], clock: SetClock, folder: Path
) -> None:
    keep().copy()
    clock.reboot("another", -365 * 24 * HOURS)
    safekeeping = keep()
    safekeeping.look_after()
    assert len(names(folder)) == 2
    clock.step(365 * 24 * HOURS)
    clock.advance(HOURS)
    safekeeping.look_after()
    assert safekeeping.copies().age_s(clock.now()) == HOURS


def test_the_oldest_copies_make_room(
    home: Home, keep: Callable[[], Safekeeping], clock: SetClock, folder: Path
) -> None:
    safekeeping = keep()
    for _ in range(6):
        issue(home, clock)
        clock.advance(4 * HOURS)
        safekeeping.look_after()
    assert names(folder) == [
        "motcua-20261123-170000.zip", "motcua-20261123-210000.zip", "motcua-20261124-010000.zip"
    ]  # fmt: skip


def test_copies_that_hold_more_than_the_centre_are_never_taken_away(
    home: Home, keep: Callable[[], Safekeeping], clock: SetClock, folder: Path, tmp_path: Path
) -> None:
    """The box got a new card, and nobody restored: the copies of the old one are all there is."""
    issue(home, clock, 5)
    keep().copy()
    old = names(folder)
    home.path.rename(tmp_path / "old card")
    home.prepare()
    clock.advance(HOURS)
    safekeeping = keep()
    for _ in range(9):
        issue(home, clock)
        clock.advance(4 * HOURS)
        safekeeping.look_after()
    assert len(names(folder)) == 4
    assert set(old) < set(names(folder))


def test_copies_from_before_a_damage_are_never_taken_away(
    home: Home, keep: Callable[[], Safekeeping], clock: SetClock, folder: Path
) -> None:
    issue(home, clock, 3)
    safekeeping = keep()
    safekeeping.copy()
    good = names(folder)
    [day] = home.journal.glob("*.jsonl")
    day.write_bytes(day.read_bytes().replace(b"A002", b"A0?2"))
    for _ in range(9):
        clock.advance(4 * HOURS)
        safekeeping.look_after()
    assert len(names(folder)) == 4
    assert set(good) < set(names(folder))


def test_a_spoilt_copy_on_the_stick_is_passed_over(
    keep: Callable[[], Safekeeping], clock: SetClock, folder: Path
) -> None:
    keep().copy()
    [whole] = names(folder)
    (folder / "motcua-20270101-000000.zip").write_bytes(b"spoilt")
    clock.advance(HOURS)
    safekeeping = keep()
    safekeeping.look_after()
    assert safekeeping.copies().age_s(clock.now()) == HOURS
    assert names(folder) == [whole, "motcua-20270101-000000.zip"]


def test_two_copies_are_not_made_at_once_and_one_is_given_up_at_the_end(
    home: Home, clock: SetClock, folder: Path
) -> None:
    begun, go_on = Event(), Event()

    class SlowStick(Stick):
        @contextmanager
        def adding(self, name: str) -> Iterator[BinaryIO]:
            with super().adding(name) as file:
                begun.set()
                go_on.wait(60)
                yield file

    slow = SlowStick(folder, home.path)
    settings = BackupSection(folder="/media/stick")
    safekeeping = Safekeeping(home, settings, slow, clock.now, lambda wall: wall)
    thread = Thread(target=safekeeping.look_after)
    thread.start()
    assert begun.wait(60)
    assert safekeeping.copies().busy
    with pytest.raises(BackupError, match="being made at this moment"):
        safekeeping.copy()
    safekeeping.look_after()
    safekeeping.stop()
    go_on.set()
    thread.join(60)
    assert safekeeping.copies().trouble == KEEPING["stopping"]
    assert names(folder) == []


def test_without_a_folder_nothing_is_done(home: Home, stick: Stick, clock: SetClock) -> None:
    safekeeping = Safekeeping(home, BackupSection(), stick, clock.now, lambda wall: wall)
    safekeeping.look_after()
    assert safekeeping.copies().trouble == ""
    assert list(safekeeping.figures()) == []
    with pytest.raises(BackupError, match="No folder is set"):
        safekeeping.copy()


def test_the_age_is_a_figure_for_those_who_watch(
    keep: Callable[[], Safekeeping], clock: SetClock, stick: Stick
) -> None:
    safekeeping = keep()
    values = [figure[3][0][1] for figure in safekeeping.figures()]
    assert values == [-1, 0]
    safekeeping.copy()
    clock.advance(7)
    stick.mounted = False
    safekeeping.look_after()
    assert [figure[3][0][1] for figure in safekeeping.figures()] == [7, 1]


def test_every_sentence_of_trouble_is_said_in_vietnamese() -> None:
    words = Words()
    said = [*TAKING.values(), *MEDIUM.values(), *KEEPING.values()]
    assert [text for text in said if not words.knows(VIETNAMESE, text)] == []
    assert timedelta(hours=BackupSection().every_h) < timedelta(days=BackupSection().warn_days)
