"""Fifty times the running program is killed under eight clients, on one home, and starts again."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from random import Random
from threading import Condition, Thread
from typing import Any

import pytest

from motcua.journal.tiny import TinyJournal
from motcua.journal.verify import verify
from motcua.queue import events as e
from motcua.queue.record import Record
from tests.cli.test_cli_serving import Running, token_for

_LIVES = 50
_MOST_ANSWERS = 90
_PATIENCE_S = 60.0
_EVENTS: dict[str, type[e.TicketEvent]] = {
    "tickets": e.TicketIssued, "call-next": e.TicketCalled, "start": e.ServiceStarted,
    "finish": e.TicketFinished,
}  # fmt: skip


@dataclass(frozen=True)
class _Wish:
    """An act a client wants done once, however often it must ask."""

    path: str
    body: dict[str, Any]

    @property
    def act(self) -> str:
        """The last word of its address."""
        return self.path.rpartition("/")[2]


@dataclass
class _Centre:
    """The centre as its clients know it: where it serves now, if it does."""

    token: str = ""
    running: Running | None = None
    life: int = 0
    answers: int = 0
    """Acts acknowledged in this life."""
    over: bool = False
    changed: Condition = field(default_factory=Condition)

    def begin(self, running: Running) -> None:
        """Let the clients in."""
        with self.changed:
            self.running, self.answers = running, 0
            self.life += 1
            self.changed.notify_all()

    def kill_after(self, answers: int) -> None:
        """Kill the program in the middle of its work."""
        with self.changed:
            busy = self.changed.wait_for(lambda: self.answers >= answers, _PATIENCE_S)
            running, self.running = self.running, None
        assert running
        running.process.kill()
        running.process.wait()
        assert busy, "the clients got no answers"

    def serving(self) -> tuple[Running | None, int]:
        """Wait until the program serves, and return it with its life; None when all is over."""
        with self.changed:
            self.changed.wait_for(lambda: self.running or self.over, _PATIENCE_S)
            return (None if self.over else self.running), self.life

    def ask(self, running: Running, wish: _Wish) -> tuple[int, Any]:
        """Ask once; the program may be killed meanwhile."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=_PATIENCE_S)
        with closing(connection):
            connection.request("POST", wish.path, json.dumps(wish.body), headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read())

    def acknowledged(self) -> None:
        """Count an act that was answered as done."""
        with self.changed:
            self.answers += 1
            self.changed.notify_all()

    def close(self) -> None:
        """Send the clients home."""
        with self.changed:
            self.over = True
            self.changed.notify_all()


class _Client(Thread):
    """Asks for one act after the other; asks again, with the same request id, until answered."""

    def __init__(
        self, name: str, centre: _Centre, wishes: list[tuple[str, dict[str, Any]]]
    ) -> None:
        super().__init__(name=name, daemon=True)
        self._centre = centre
        self._wishes = wishes
        self._life = 0
        self.done: list[tuple[_Wish, str, str]] = []
        """Wish, ticket id and number of what was answered as done."""
        self.wrong: list[str] = []
        self.asked_again = 0

    def run(self) -> None:
        for wish in self._each_wish():
            answer = self._answer(wish)
            if answer is None:
                return
            status, body = answer
            if status in (200, 201):
                ticket = body.get("ticket", body)
                self.done.append((wish, ticket["id"], ticket["number"]))
                self._centre.acknowledged()
            elif status not in (409, 429, 503):
                self.wrong.append(f"{wish}: {status} {body}")

    def _each_wish(self) -> Iterator[_Wish]:
        for count, (path, body) in enumerate(cycle(self._wishes)):
            yield _Wish(path, {**body, "request_id": f"{self.name}-{count}"})

    def _answer(self, wish: _Wish) -> tuple[int, Any] | None:
        """Return the answer, from whichever life it comes; None when all is over."""
        while True:
            running, life = self._centre.serving()
            if running is None:
                return None
            try:
                if life != self._life and self.done:
                    self._ask_again(running)
                self._life = life
                return self._centre.ask(running, wish)
            except (OSError, http.client.HTTPException):
                continue

    def _ask_again(self, running: Running) -> None:
        """After a restart, what was done last is answered as before, and not done again."""
        wish, ticket, number = self.done[-1]
        status, body = self._centre.ask(running, wish)
        again = body.get("ticket", body) if status == 200 else {}
        if (again.get("id"), again.get("number")) != (ticket, number):
            self.wrong.append(f"again {wish} for {number}: {status} {body}")
        self.asked_again += 1


def _clients(centre: _Centre) -> list[_Client]:
    """Return four kiosks and four clerks."""
    api = "/api/v1"
    kiosks = [
        _Client(f"kiosk-{n}", centre, [(f"{api}/tickets", {"service": one}) for one in services])
        for n, services in enumerate(["AH", "HK", "ML", "SA"])
    ]
    clerks = [
        _Client(
            f"clerk-{n}", centre, [
                (f"{api}/counters/{n}/call-next", {}),
                (f"{api}/counters/{n}/start", {}),
                (f"{api}/counters/{n}/finish", {"outcome": "done"}),
            ],
        )
        for n in range(1, 5)
    ]  # fmt: skip
    return kiosks + clerks


def _serve(home: Path) -> Running:
    command = [sys.executable, "-m", "motcua", "serve", "--always-open", "--port", "0"]
    return Running(
        subprocess.Popen(
            [*command, "--home", str(home)], cwd=home.parent,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )
    )  # fmt: skip


def _live_and_die(centre: _Centre, home: Path, chance: Random) -> None:
    for _ in range(_LIVES):
        running = _serve(home)
        assert running.process.stdout is not None
        with running.process.stdout:
            if not centre.token:
                centre.token = token_for(home, "staff")
                for counter in range(1, 5):
                    running.ask("POST", f"/api/v1/counters/{counter}/open", {}, centre.token)
            centre.begin(running)
            centre.kill_after(chance.randint(1, _MOST_ANSWERS))


@pytest.mark.slow
def test_killed_fifty_times_under_eight_clients_nothing_is_lost_or_done_twice(
    tmp_path: Path,
) -> None:
    centre, home = _Centre(), tmp_path / "centre"
    clients = _clients(centre)
    for client in clients:
        client.start()
    try:
        _live_and_die(centre, home, Random(7))  # noqa: S311 - the same moments each time
    finally:
        centre.close()
        for client in clients:
            client.join(_PATIENCE_S)
    assert [wrong for client in clients for wrong in client.wrong] == []
    assert all(client.asked_again > _LIVES // 2 for client in clients[:4])
    journal = TinyJournal(home / "journal")
    records = [record for day in journal.days() for record in journal.read(day)]
    _check_records(records)
    _check_acts(clients, records)
    for report in verify(home / "journal"):
        assert report.sound, report.line()


def _check_records(records: list[Record]) -> None:
    """No number twice, no request twice."""
    numbers = Counter(
        (record.day, record.event.number)
        for record in records
        if isinstance(record.event, e.TicketIssued)
    )
    assert max(numbers.values()) == 1
    commands = {(record.request, record.seq + record.left) for record in records if record.request}
    assert len(commands) == len({request for request, _ in commands})


def _check_acts(clients: list[_Client], records: list[Record]) -> None:
    """Whatever was answered as done is in the journal, once, and was done for one wish."""
    kept = Counter(
        (type(record.event), record.event.ticket, getattr(record.event, "number", ""))
        for record in records
        if isinstance(record.event, e.TicketEvent)
    )
    assert max(kept.values()) == 1
    done = [
        (_EVENTS[wish.act], ticket, number if wish.act == "tickets" else "")
        for client in clients
        for wish, ticket, number in client.done
    ]
    assert len(done) == len(set(done)) > _LIVES * len(clients)
    assert set(done) <= set(kept)
