"""The board's view model, fed with real days at the counter."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from motcua.app import Box
from motcua.clock import SetClock
from motcua.display.board import Board, Scene, board
from motcua.queue.commands import (
    CallNext,
    CloseDay,
    FinishTicket,
    IssueTicket,
    OpenCounter,
    RecallTicket,
    StartService,
    TransferTicket,
    UndoAct,
)
from motcua.settings import BoardSection


@dataclass
class Hall:
    """A ward and one board in its hall."""

    box: Box
    clock: SetClock
    section: BoardSection

    def take(self, service: str, priority: str | None = None) -> str:
        """Return the id of a new ticket."""
        answer = self.box.office.execute(IssueTicket(service=service, priority=priority))
        assert answer.ticket
        return answer.ticket.id

    def call(self, counter: int) -> None:
        self.box.office.execute(CallNext(counter))

    def serve(self, counter: int) -> None:
        self.box.office.execute(StartService(counter))

    def finish(self, counter: int) -> None:
        self.box.office.execute(FinishTicket(counter, "done"))

    def look(self) -> Board:
        """Return what the board shows now."""
        office = self.box.office
        with office.today() as day:
            return board(day, office.rules, self.section, office.now())

    def calls(self) -> list[tuple[str, int]]:
        """Return the calls it shows, newest first."""
        return [(call.number, call.counter) for call in self.look().calls]

    def marked(self) -> list[str]:
        """Return the numbers it shows as being called."""
        return [call.number for call in self.look().calls if call.in_progress]


@pytest.fixture
def hall(box: Box, clock: SetClock) -> Hall:
    """A hall at eight with counters 1 (A, H, N), 2 (H, A, K) and 4 (S, K, L, N) open."""
    for counter in (1, 2, 4):
        box.office.execute(OpenCounter(counter))
    return Hall(box, clock, BoardSection())


def test_the_newest_call_stands_first_and_the_last_calls_below(hall: Hall) -> None:
    for _ in range(3):
        hall.take("A")
    hall.call(1)
    hall.call(2)

    seen = hall.look()

    assert seen.newest
    assert (seen.newest.number, seen.newest.counter) == ("A002", 2)
    assert [(call.number, call.counter) for call in seen.last] == [("A001", 1)]
    assert seen.scene is Scene.CALLS


def test_more_than_five_calls_are_kept_for_large_screens(hall: Hall) -> None:
    for _ in range(8):
        hall.take("A")
        hall.call(1)
        hall.serve(1)
        hall.finish(1)

    assert [number for number, _ in hall.calls()] == [f"A00{n}" for n in range(8, 0, -1)]


def test_a_call_is_marked_until_the_visitor_is_there(hall: Hall) -> None:
    hall.take("A")
    hall.call(1)
    hall.clock.advance(180)
    assert hall.marked() == ["A001"]

    hall.serve(1)

    assert hall.marked() == []
    assert hall.calls() == [("A001", 1)]


def test_a_new_call_stays_marked_ten_seconds_although_the_visitor_was_there_at_once(
    hall: Hall,
) -> None:
    hall.take("A")
    hall.call(1)
    hall.clock.advance(1)
    hall.serve(1)

    hall.clock.advance(8)
    assert hall.marked() == ["A001"]
    assert hall.look().changes_in_s == 1

    hall.clock.advance(1)
    assert hall.marked() == []


def test_a_call_taken_back_disappears(hall: Hall) -> None:
    hall.take("A")
    hall.call(1)

    hall.box.office.execute(UndoAct(1))

    assert hall.calls() == []


def test_a_recall_comes_to_the_top_again(hall: Hall) -> None:
    hall.take("A")
    hall.take("A")
    hall.call(1)
    hall.call(2)

    hall.box.office.execute(RecallTicket(1))

    seen = hall.look()
    assert [call.number for call in seen.calls] == ["A001", "A002"]
    assert seen.calls[0].is_recall
    assert seen.calls[0].seq == seen.seq


def test_a_transferred_visitor_is_called_on_with_the_same_number(hall: Hall) -> None:
    hall.take("A")
    hall.call(1)
    hall.serve(1)
    hall.box.office.execute(TransferTicket(1, "S"))
    hall.call(4)

    seen = hall.look()
    assert hall.calls() == [("A001", 4)]
    assert seen.calls[0].is_transfer


def test_a_board_shows_its_own_services_only(hall: Hall) -> None:
    hall.section = BoardSection(name="tang-2", services=("S", "K"))
    hall.take("A")
    hall.take("S")
    hall.take("K")
    hall.call(1)
    hall.call(4)

    seen = hall.look()

    assert hall.calls() == [("S001", 4)]
    assert [(line.letter, line.count) for line in seen.waiting] == [("K", 1), ("S", 0)]


def test_how_many_wait_is_told_for_each_service(hall: Hall) -> None:
    for service in "AAAHS":
        hall.take(service)
    hall.call(1)

    counts = {line.letter: line.count for line in hall.look().waiting}

    assert counts == {"A": 2, "H": 1, "K": 0, "M": 0, "S": 1, "L": 0, "N": 0}


def test_nothing_personal_and_no_priority_is_in_it(hall: Hall) -> None:
    ticket = hall.take("A", priority="merit")
    hall.call(1)

    text = json.dumps(dataclasses.asdict(hall.look()), default=str)

    assert "A001" in text
    for secret in (ticket, "merit", "credit", "procedure", "purpose"):
        assert secret not in text


def test_the_clock_is_the_servers_and_turns_with_the_minute(hall: Hall) -> None:
    hall.clock.advance(15 * 60 + 48)

    seen = hall.look()

    assert f"{seen.now:%H:%M}" == "08:15"
    assert seen.weekday == "Monday"
    assert seen.changes_in_s == 12


def test_its_look_changes_with_the_minute_and_with_the_marks_alone(hall: Hall) -> None:
    hall.take("A")
    hall.call(1)
    hall.serve(1)
    looks = [hall.look().look]
    for seconds in (5, 5, 30, 20):
        hall.clock.advance(seconds)
        looks.append(hall.look().look)

    assert looks == ["0800-1", "0800-1", "0800-0", "0800-0", "0801-0"]


def test_an_open_hall_without_calls_is_ready(hall: Hall) -> None:
    assert hall.look().scene is Scene.READY
    assert hall.look().newest is None


def test_at_noon_it_tells_when_the_doors_open_again(hall: Hall) -> None:
    hall.take("A")
    hall.call(1)
    hall.serve(1)
    hall.finish(1)
    hall.clock.advance(4 * 3600)

    seen = hall.look()

    assert seen.scene is Scene.CLOSED
    assert seen.calls == ()
    assert seen.opens_at
    assert seen.opens_at.isoformat() == "2026-11-23T13:30:00+07:00"


def test_after_hours_the_calls_go_on_while_somebody_waits(hall: Hall) -> None:
    hall.take("A")
    hall.take("A")
    hall.call(1)
    hall.clock.advance(3 * 3600 + 45 * 60)
    assert hall.look().scene is Scene.CALLS

    hall.serve(1)
    hall.finish(1)
    hall.call(1)
    assert hall.look().scene is Scene.CALLS


def test_the_next_morning_begins_with_an_empty_board(hall: Hall) -> None:
    hall.take("A")
    hall.call(1)

    hall.clock.advance_to(hall.clock.wall + timedelta(days=1))

    assert hall.calls() == []
    assert hall.look().scene is Scene.READY


def test_a_day_that_was_closed_early_says_when_the_next_one_opens(hall: Hall) -> None:
    hall.box.office.execute(CloseDay())

    seen = hall.look()

    assert seen.scene is Scene.CLOSED
    assert seen.opens_at == datetime.fromisoformat("2026-11-24T07:30:00+07:00")


def test_only_calls_in_progress_are_worth_speaking_oldest_first(hall: Hall) -> None:
    for _ in range(3):
        hall.take("A")
    hall.call(1)
    hall.clock.advance(60)
    hall.serve(1)
    hall.finish(1)
    hall.call(2)
    hall.call(1)

    assert [call.number for call in hall.look().spoken] == ["A002", "A003"]
