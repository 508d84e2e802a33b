"""From one day to the next: what is looked after without anybody asking."""

from __future__ import annotations

from motcua.app import Box
from motcua.caretaker import Caretaker
from motcua.clock import SetClock
from motcua.queue.commands import IssueTicket


def test_yesterdays_table_is_made_once_today_has_begun(box: Box, clock: SetClock) -> None:
    box.office.execute(IssueTicket(service="A"))
    box.keep_yesterday()
    assert list(box.home.path.glob("visits/*")) == []
    clock.advance(86_400)
    box.office.execute(IssueTicket(service="A"))
    box.keep_yesterday()
    assert [path.name for path in box.home.visits.iterdir()] == ["2026-11-23.json"]


def test_a_catalogue_replaced_on_disk_is_taken_up_and_a_wrong_one_is_not(box: Box) -> None:
    path = box.home.procedures
    header = "code,name_vi,name_en,field,service,where\n"
    path.write_text(f"{header}9.000001,Việc thử,,Hộ tịch,A,here\n", encoding="utf-8")
    box.refresh_catalogue()
    assert list(box.office.rules.procedures) == ["9.000001"]
    path.write_text(f"{header}9.000002,Việc thử,,Hộ tịch,A,nowhere\n", encoding="utf-8")
    Caretaker([box.refresh_catalogue]).round()
    assert list(box.office.rules.procedures) == ["9.000001"]


def test_a_chore_that_fails_keeps_nobody_from_the_next() -> None:
    done: list[str] = []

    def fails() -> None:
        message = "no"
        raise OSError(message)

    Caretaker([fails, lambda: done.append("swept")]).round()
    assert done == ["swept"]
