"""A program meets a disk that refuses: 503, nothing half-written, and one ticket in the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box
from motcua.journal.tiny import TinyJournal
from motcua.queue.events import TicketIssued
from tests.faults.disks import FAULTS, BadDisk

TICKETS = "/api/v1/tickets"


@pytest.fixture
def program(
    browse: Callable[[Role], FlaskClient], bearer: Callable[[Role], dict[str, str]]
) -> FlaskClient:
    """A program of the staff, which has taken one number while all was well."""
    client = browse(Role.VISITOR)
    client.environ_base["HTTP_AUTHORIZATION"] = bearer(Role.STAFF)["Authorization"]
    assert client.post(TICKETS, json={"service": "A", "request_id": "first"}).status_code == 201
    return client


def on_disk(box: Box) -> list[str]:
    """Return the numbers given, as a reader of the file finds them; the events have no gap."""
    journal = TinyJournal(box.home.journal)
    records = [record for day in journal.days() for record in journal.read(day)]
    assert [record.seq for record in records] == list(range(1, len(records) + 1))
    assert journal.damage == []
    return [record.event.number for record in records if isinstance(record.event, TicketIssued)]


def file_of(box: Box) -> bytes:
    """Return the day's file."""
    [file] = box.home.journal.glob("*.jsonl")
    return file.read_bytes()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_refused_number_is_told_leaves_nothing_and_is_given_when_the_disk_is_well(
    program: FlaskClient, box: Box, disk: BadDisk, fault: str
) -> None:
    before, seq = file_of(box), box.office.seq
    wish = {"service": "A", "request_id": "second"}
    disk.fault = fault
    for _ in range(3):
        answer = program.post(TICKETS, json=wish)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert_unavailable(answer.json)
    assert box.office.seq == seq
    assert file_of(box).startswith(before)
    assert "stuck" in fault or file_of(box) == before

    disk.fault = ""
    given = [program.post(TICKETS, json=wish) for _ in range(2)]
    assert [(one.status_code, one.json and one.json["number"]) for one in given] == [
        (201, "A002"),
        (200, "A002"),
    ]
    assert file_of(box).startswith(before)
    assert on_disk(box) == ["A001", "A002"]


def assert_unavailable(body: Any) -> None:  # noqa: ANN401 - any JSON
    """Assert that an answer is the refusal of a disk, in the shape of every refusal."""
    assert body.keys() == {"error"}
    error = body["error"]
    assert error.keys() == {"code", "message", "details"}
    assert (error["code"], error["details"]) == ("journal.unavailable", {})
    assert "chưa làm gì" in error["message"]


@pytest.mark.parametrize(
    "act",
    ["counters/1/open", "counters/1/call-next", "tickets/{id}/cancel"],
)
def test_every_act_is_refused_alike_and_counts_once_afterwards(
    program: FlaskClient, box: Box, disk: BadDisk, act: str
) -> None:
    with box.office.today() as day:
        address = f"/api/v1/{act.format(id=next(iter(day.tickets)))}"
    if act.endswith("call-next"):
        program.post("/api/v1/counters/1/open", json={})
    before, queue = file_of(box), program.get("/api/v1/queue").json
    disk.fault = "full"
    refused = program.post(address, json={"request_id": "tap"})
    assert refused.status_code == 503
    assert_unavailable(refused.json)
    assert (file_of(box), program.get("/api/v1/queue").json) == (before, queue)

    disk.fault = ""
    seq = box.office.seq
    assert [program.post(address, json={"request_id": "tap"}).status_code for _ in range(2)] == [
        200,
        200,
    ]
    assert box.office.seq == seq + 1


def test_the_first_number_of_the_day_may_be_the_one_that_is_refused(
    browse: Callable[[Role], FlaskClient], bearer: Callable[[Role], dict[str, str]],
    box: Box, disk: BadDisk,
) -> None:  # fmt: skip
    program, headers = browse(Role.VISITOR), bearer(Role.KIOSK)
    for fault in FAULTS:
        disk.fault = fault
        refused = program.post(TICKETS, json={"service": "A"}, headers=headers)
        assert refused.status_code == 503, fault
    disk.fault = ""
    given = program.post(TICKETS, json={"service": "A"}, headers=headers)
    assert given.json
    assert given.json["number"] == "A001"
    assert on_disk(box) == ["A001"]


def test_a_ticket_whose_record_was_refused_is_known_nowhere(
    program: FlaskClient, box: Box, disk: BadDisk
) -> None:
    heard: list[int] = []
    box.office.react(lambda record: heard.append(record.seq))
    slips = len(box.paper.jobs())
    disk.fault = "full at sync"
    program.post(TICKETS, json={"service": "A"})
    queue = program.get("/api/v1/queue").json
    assert queue
    assert [ticket["number"] for ticket in queue["tickets"]] == ["A001"]
    assert (heard, len(box.paper.jobs())) == ([], slips)
