"""Ten thousand acts, twenty at a time: what everybody was told is what happened, once each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.access import Role
from motcua.app import Box, fresh_id, open_box
from motcua.home import Home
from motcua.journal.tiny import TinyJournal
from motcua.office import Journal, Office
from tests.concurrency.audit import Asked, Audit
from tests.concurrency.centre import CREDITS_S, SERVICES, centre_rules, new_day
from tests.concurrency.crowd import CLERKS, COUNTERS, KIOSKS, TickingClock, rush
from tests.concurrency.doors import ApiDoor, OfficeDoor

_AT_OFFICE, _THROUGH_WEB = 10_000, 5_000
_HANDS = CLERKS + KIOSKS
_FACTS = {
    "TicketIssued", "TicketCalled", "TicketRecalled", "ServiceStarted", "TicketFinished",
    "TicketMissed", "TicketHeld", "TicketReturned", "TicketTransferred", "CallUndone",
    "TicketCancelled", "CounterOpened", "CounterPaused", "CounterClosed",
}  # fmt: skip
_REFUSALS = {
    "counter.busy", "counter.closed", "counter.idle", "counter.open", "counter.paused",
    "queue.empty", "service.same", "ticket.illegal_move", "ticket.unknown", "undo.nothing",
}  # fmt: skip
_CENTRE = """
[hours]
monday = ["00:00-23:59"]
[[printer]]
name = "kiosk"
kind = "none"
"""


def check(journal: Journal, asked: list[Asked]) -> None:
    """Audit a rush, and see that it was one: everything happened, and much of it at once."""
    Audit(new_day(COUNTERS), asked).check(journal)
    events = {type(record.event).__name__ for day in journal.days() for record in journal.read(day)}
    told = [one.told for one in asked if one.told]
    assert events >= _FACTS
    assert {one.code for one in told} >= _REFUSALS
    assert sum(one.repeated is True for one in told) > len(told) // 40
    assert sum(not one.code for one in told) > len(told) // 2


@pytest.mark.slow
def test_ten_thousand_acts_at_the_office_happen_once_each_and_in_one_order(tmp_path: Path) -> None:
    journal = TinyJournal(tmp_path / "journal")
    office = Office(journal, TickingClock(), centre_rules(COUNTERS), fresh_id)
    asked = rush(office, lambda: OfficeDoor(office), _AT_OFFICE // _HANDS)
    assert len({one.request for one in asked}) == _AT_OFFICE
    office.stop()
    check(TinyJournal(tmp_path / "journal"), asked)
    again = Office(
        TinyJournal(tmp_path / "journal"), TickingClock(), centre_rules(COUNTERS), fresh_id
    )
    with office.today() as lived, again.today() as replayed:
        assert lived == replayed


@pytest.fixture
def home(home: Home) -> Home:
    """A home with the counters of the crowd, open all Monday."""
    services = [f'[[service]]\nletter = "{letter}"\nname = "{letter}"' for letter in SERVICES]
    counters = [
        f"[[counter]]\nnumber = {number}\nservices = {json.dumps(letters)}"
        for number, letters in COUNTERS.items()
    ]
    groups = [
        f'[[priority]]\ncode = "{name}"\nname = "{name}"\ncredit_min = {credit_s / 60}'
        for name, credit_s in CREDITS_S.items()
        if name
    ]
    home.centre.write_text("\n".join([_CENTRE, *services, *counters, *groups]), "utf-8")
    return home


@pytest.fixture
def box(home: Home) -> Iterator[Box]:
    """The centre on its real journal."""
    box = open_box(home, clock=TickingClock())
    yield box
    box.close()


@pytest.mark.slow
def test_five_thousand_acts_through_the_web_happen_once_each_and_in_one_order(
    box: Box, served: str
) -> None:
    token, port = box.access.add_token(Role.STAFF), int(served.rpartition(":")[2])
    asked = rush(box.office, lambda: ApiDoor(port, token), _THROUGH_WEB // _HANDS)
    assert len({one.request for one in asked}) == _THROUGH_WEB
    box.office.stop()
    check(TinyJournal(box.home.journal), asked)
