"""A card goes bad in the middle of the morning: one line of the journal cannot be read any more.

08:00  six people take H001 to H006; counter 2 calls H001
08:10  a bit flips on the card; the box is started again
08:11  the administrator sees which line of which file; the hall goes on, no number comes twice
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box, open_box
from motcua.clock import SetClock
from motcua.home import Home
from motcua.journal.tiny import TinyJournal
from motcua.journal.verify import verify
from motcua.queue.commands import CallNext, IssueTicket, OpenCounter

_FILE = "2026-11-23.jsonl"
_SPOILT_LINE = 4
"""Line 1 opens the day, so this one gave H003."""


def _open(home: Home, clock: SetClock) -> Box:
    journal = TinyJournal(home.journal)
    journal.repair()
    return open_box(home, clock=clock, journal=journal)


@pytest.fixture
def box(home: Home, clock: SetClock) -> Iterator[Box]:
    """The centre as it starts again on a journal with a spoilt line."""
    morning = _open(home, clock)
    for _ in range(6):
        morning.office.execute(IssueTicket(service="H"))
    morning.office.execute(OpenCounter(2))
    morning.office.execute(CallNext(2))
    morning.close()
    path = home.journal / _FILE
    lines = path.read_bytes().splitlines(keepends=True)
    assert b'"number":"H003"' in lines[_SPOILT_LINE - 1]
    lines[_SPOILT_LINE - 1] = lines[_SPOILT_LINE - 1].replace(b"H003", b"H00\xb3")
    path.write_bytes(b"".join(lines))
    clock.advance(660)
    box = _open(home, clock)
    yield box
    box.close()


def test_the_administrator_sees_which_line_of_which_file(
    browse: Callable[..., FlaskClient], home: Home
) -> None:
    admin = browse(Role.ADMIN)
    assert "Có 1 chỗ bị hỏng" in admin.get("/admin").text
    page = admin.get("/admin/journal").text
    assert f'<th scope="row">{_FILE}</th><td>{_SPOILT_LINE}</td>' in page
    [report] = verify(home.journal)
    assert f"line {_SPOILT_LINE} is damaged" in report.line()
    assert f"event {_SPOILT_LINE} is missing" in report.line()


def test_programs_that_watch_the_box_are_told(
    app: Flask, bearer: Callable[[Role], dict[str, str]]
) -> None:
    watcher, headers = app.test_client(), bearer(Role.ADMIN)
    assert watcher.get("/healthz", headers=headers).get_json()["damage"] == 1
    assert "\nmotcua_journal_damage 1\n" in watcher.get("/metrics", headers=headers).text


def test_the_rest_of_the_day_serves_and_no_number_comes_twice(
    app: Flask, bearer: Callable[[Role], dict[str, str]]
) -> None:
    staff, headers = app.test_client(), bearer(Role.STAFF)

    def ask(path: str, **body: object) -> dict[str, str]:
        answer = staff.post(f"/api/v1/{path}", json=body, headers=headers)
        assert answer.status_code in (200, 201), answer.text
        told: dict[str, str] = answer.get_json()
        return told

    waiting = staff.get("/api/v1/queue", headers=headers).get_json()["tickets"]
    assert [one["number"] for one in waiting if one["state"] == "waiting"] == [
        "H002", "H004", "H005", "H006",
    ]  # fmt: skip
    assert ask("tickets", service="H")["number"] == "H007"
    assert ask("counters/2/start")["ticket"]["number"] == "H001"  # type: ignore[index]
    ask("counters/2/finish", outcome="done")
    assert ask("counters/2/call-next")["ticket"]["number"] == "H002"  # type: ignore[index]
    assert ask("tickets", service="A")["number"] == "A002", "A001 may have been what is lost"


def test_the_next_start_tells_the_same_and_goes_on(box: Box, home: Home, clock: SetClock) -> None:
    given = box.office.execute(IssueTicket(service="H")).ticket
    damage = box.damage()
    box.close()
    again = _open(home, clock)
    after = again.office.execute(IssueTicket(service="H")).ticket
    assert given is not None
    assert after is not None
    assert (given.number, after.number) == ("H007", "H008")
    assert again.damage() == damage
    again.close()
