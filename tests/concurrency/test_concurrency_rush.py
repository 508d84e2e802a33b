"""Twenty hands at once, at the office and through the web: everybody is told what happened."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from threading import Event

import pytest

from motcua.access import Role
from motcua.app import Box, open_box
from motcua.home import Home
from motcua.journal.tiny import TinyJournal
from motcua.queue import commands as c
from tests.concurrency.audit import Asked, Audit
from tests.concurrency.centre import CREDITS_S, SERVICES, new_day
from tests.concurrency.crowd import CLERKS, COUNTERS, KIOSKS, TickingClock, at_once, rush
from tests.concurrency.doors import ApiDoor, Door, OfficeDoor

pytestmark = pytest.mark.slow
_ACTS = {"office": 10_000, "web": 5_000}
_STORMS = 100
_TRIES = 5_000
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


@pytest.fixture(params=["office", "web"])
def way_in(request: pytest.FixtureRequest, box: Box, served: str) -> Callable[[], Door]:
    """A way to press: at the office itself, or through the web server and the API."""
    if request.param == "office":
        return lambda: OfficeDoor(box.office)
    token, port = box.access.add_token(Role.STAFF), int(served.rpartition(":")[2])
    return lambda: ApiDoor(port, token, box.home.secret())


@pytest.fixture
def doors(way_in: Callable[[], Door], box: Box) -> Iterator[list[Door]]:
    """A door for each clerk and one for the kiosk; every clerk is at a counter of their own."""
    with ExitStack() as leaving:
        doors = [way_in() for _ in range(CLERKS + 1)]
        for door in doors:
            leaving.callback(door.close)
        for counter in COUNTERS:
            box.office.execute(c.OpenCounter(counter, ("A",)))
        yield doors


def test_thousands_of_acts_happen_once_each_and_in_one_order(
    way_in: Callable[[], Door], box: Box, request: pytest.FixtureRequest
) -> None:
    acts = _ACTS[request.node.callspec.params["way_in"]]
    asked = rush(box.office, way_in, acts // (CLERKS + KIOSKS))
    box.office.stop()
    journal = TinyJournal(box.home.journal)
    Audit(new_day(COUNTERS), asked).check(journal)
    assert len({one.request for one in asked}) == acts
    _was_a_rush(asked)
    assert {type(record.event).__name__ for record in journal.read("2026-11-23")} >= _FACTS
    again = open_box(box.home, clock=TickingClock())
    with box.office.today() as lived, again.office.today() as replayed:
        assert lived == replayed
    again.close()


def _was_a_rush(asked: list[Asked]) -> None:
    """See that much was done, much refused for every reason, and much asked for twice."""
    told = [one.told for one in asked if one.told]
    assert {one.code for one in told} >= _REFUSALS
    assert sum(not one.code for one in told) > len(told) // 2
    assert sum(one.repeated is True for one in told) > len(told) // 100


def test_of_sixteen_clerks_who_call_while_one_ticket_comes_one_gets_it(
    doors: list[Door], box: Box
) -> None:
    for storm in range(_STORMS):
        taken = Event()
        clerks = [
            partial(_call_until, taken, door, counter, f"storm {storm} at {counter}")
            for counter, door in zip(COUNTERS, doors, strict=False)
        ]
        kiosk = partial(_takes_a_number, doors[-1], f"ticket {storm}")
        assert at_once([*clerks, kiosk]).count(True) == 1
        _one_visitor_was_called(box, storm + 1)


def test_of_sixteen_clerks_who_call_the_same_chosen_ticket_one_gets_it(
    doors: list[Door], box: Box
) -> None:
    for storm in range(_STORMS):
        ticket = doors[-1].press(c.IssueTicket(service="A"), f"ticket {storm}").ticket
        assert ticket is not None
        told = at_once([
            partial(door.press, c.CallTicket(counter, ticket.id), f"storm {storm} at {counter}")
            for counter, door in zip(COUNTERS, doors, strict=False)
        ])  # fmt: skip
        refused = ["ticket.illegal_move"] * (CLERKS - 1)
        assert sorted(one.code for one in told) == ["", *refused]
        _one_visitor_was_called(box, storm + 1)


def _takes_a_number(door: Door, request: str) -> bool:
    """Take a number; never the one who calls it."""
    assert door.press(c.IssueTicket(service="A"), request).ticket
    return False


def _call_until(taken: Event, door: Door, counter: int, request: str) -> bool:
    """Press again and again until somebody has the ticket; return whether it is this clerk."""
    for _ in range(_TRIES):
        told = door.press(c.CallNext(counter), request)
        if not told.code:
            taken.set()
            return True
        assert told.code == "queue.empty"
        if taken.is_set():
            return False
    raise AssertionError("nobody got the ticket")


def _one_visitor_was_called(box: Box, calls: int) -> None:
    """See that the latest ticket is at one counter, called once; let the visitor not come."""
    with box.office.today() as day:
        busy = [counter for counter in day.counters.values() if counter.ticket]
        called = [ticket.calls for ticket in day.tickets.values()]
    assert len(busy) == 1
    assert called == [1] * calls
    box.office.execute(c.MissTicket(busy[0].number))
