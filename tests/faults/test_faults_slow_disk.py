"""A disk that takes its time: who reads does not notice, who acts waits, or is told to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlsplit

import msgspec
import pytest
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box
from motcua.live import Streams
from motcua.queue.commands import IssueTicket, OpenCounter
from tests.counter.clerk import Clerk
from tests.faults.disks import PATIENCE_S, SlowDisk
from tests.faults.wire import Told, ask
from tests.kiosk.touch import Touch

TICKETS = "/api/v1/tickets"
READ = ("/board", "/kiosk", "/api/v1/queue", "/api/v1/board", "/healthz", "/metrics", "/")
_STREAMS, _WORKERS = 2, 4
_TAPS = 3 * (_STREAMS + _WORKERS)


@pytest.fixture
def disk() -> SlowDisk:
    """A disk that can be made to wait."""
    return SlowDisk()


@pytest.fixture
def box(box: Box) -> Box:
    """A centre with few threads, whose streams say often that they live."""
    server = msgspec.structs.replace(box.centre.server, streams=_STREAMS, workers=_WORKERS)
    box.centre = msgspec.structs.replace(box.centre, server=server)
    box.streams = Streams(_STREAMS, heartbeat_s=0.05)
    return box


@pytest.fixture
def token(box: Box) -> str:
    """A token of the staff."""
    return box.access.add_token(Role.STAFF)


@pytest.fixture
def people() -> Iterator[ThreadPoolExecutor]:
    """As many people as are needed to hold every thread of the server."""
    with ThreadPoolExecutor(_TAPS) as people:
        yield people


def take(served: str, token: str, request: str) -> Told:
    """Ask for a number."""
    wish = {"service": "A", "request_id": request}
    return ask(served, "POST", TICKETS, wish, token)


def done(future: Future[Told]) -> Told:
    """Return an answer once it is there."""
    return future.result(PATIENCE_S)


def test_readers_are_served_while_everybody_who_acts_waits_and_is_served_then(
    served: str, token: str, box: Box, disk: SlowDisk, people: ThreadPoolExecutor
) -> None:
    box.office.patience_s = PATIENCE_S
    ticket = box.office.execute(IssueTicket(service="A")).ticket
    assert ticket
    streams = [HTTPConnection(urlsplit(served).netloc, timeout=PATIENCE_S) for _ in range(_STREAMS)]
    for stream in streams:
        stream.request("GET", "/live", headers={"Authorization": f"Bearer {token}"})
    live = [stream.getresponse() for stream in streams]
    with disk.held():
        taps = [people.submit(take, served, token, f"tap-{n}") for n in range(_TAPS)]
        assert disk.asked.wait(PATIENCE_S)
        for _ in range(3):
            for path in (*READ, f"/t/{ticket.id}"):
                assert ask(served, "GET", path, token=token).status == 200, path
        for heard in live:
            assert [heard.readline() for _ in range(6)][1::2] == [b"\n"] * 3
        assert not any(tap.done() for tap in taps)
        assert box.office.seq == 2
    given = [done(tap) for tap in taps]
    assert {one.status for one in given} == {201}
    numbers = sorted(one.json["number"] for one in given)
    assert numbers == [f"A{n:03}" for n in range(2, _TAPS + 2)]
    for stream in streams:
        stream.close()


def test_who_has_waited_long_enough_is_told_and_served_at_the_next_try(
    served: str, token: str, box: Box, disk: SlowDisk, people: ThreadPoolExecutor
) -> None:
    box.office.patience_s = 0.05
    with disk.held():
        first = people.submit(take, served, token, "first")
        assert disk.asked.wait(PATIENCE_S)
        second = take(served, token, "second")
        assert second.status == 503
        assert second.json["error"]["code"] == "journal.unavailable"
        assert int(second.headers["Retry-After"]) > 0
        assert ask(served, "GET", "/api/v1/queue", token=token).json["tickets"] == []
    assert done(first).json["number"] == "A001"
    assert take(served, token, "second").json["number"] == "A002"
    assert take(served, token, "first").status == 200


def test_once_one_has_waited_in_vain_the_others_are_told_at_once(
    box: Box, browse: Callable[[Role], FlaskClient], disk: SlowDisk, people: ThreadPoolExecutor
) -> None:
    box.office.patience_s = 0.05
    kiosk = Touch(browse(Role.KIOSK)).open("/kiosk/service/A/ask")
    box.office.execute(OpenCounter(1))
    clerk = Clerk(browse(Role.STAFF))
    with disk.held():
        first = people.submit(box.office.execute, IssueTicket(service="A"))
        assert disk.asked.wait(PATIENCE_S)
        kiosk.press("Lấy số")
        assert kiosk.status == 503
        assert "Máy chưa cấp số" in kiosk.text
        box.office.patience_s = 10 * PATIENCE_S
        kiosk.press("Thử lại")
        assert kiosk.status == 503
        assert "chưa ghi và chưa làm gì cả" in clerk.press("call-next").notice
    assert first.result(PATIENCE_S).ticket
    kiosk.press("Thử lại")
    assert "A002" in kiosk.text
    assert clerk.press("call-next").number == "A001"
