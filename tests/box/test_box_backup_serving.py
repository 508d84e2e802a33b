"""Backups while eight clients write: each is a true earlier state, all that was told done in it."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread

import pytest

from motcua.access import Role
from motcua.app import create_app, open_box
from motcua.backup_file import read_manifest
from motcua.clock import SystemClock
from motcua.home import Home
from motcua.journal.tiny import TinyJournal
from motcua.journal.verify import verify
from motcua.medium import Medium
from motcua.queue.commands import IssueTicket
from motcua.queue.events import TicketIssued
from motcua.restoration import restore
from motcua.safekeeping import Safekeeping
from motcua.server import make_server
from motcua.settings import BackupSection
from tests.box.stick import Stick

_CLIENTS = 8
_COMMANDS = 8
_COPIES = 40
_TICKETS_BETWEEN = 12


@dataclass
class Clients:
    """Eight programs that ask for numbers as fast as they get them."""

    port: int
    token: str
    acknowledged: set[str] = field(default_factory=set)
    over: Event = field(default_factory=Event)
    _more: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)
    _threads: list[Thread] = field(default_factory=list)

    def start(self) -> None:
        self._threads = [Thread(target=self._ask) for _ in range(_CLIENTS)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self.over.set()
        for thread in self._threads:
            thread.join(60)

    def until_now(self) -> set[str]:
        """Return the tickets acknowledged so far."""
        with self._lock:
            return set(self.acknowledged)

    def wait_for(self, count: int) -> None:
        """Return when so many more tickets are acknowledged."""
        wanted = len(self.until_now()) + count
        while len(self.until_now()) < wanted:
            self._more.clear()
            assert self._more.wait(60)

    def _ask(self) -> None:
        server = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        while not self.over.is_set():
            server.request("POST", "/api/v1/tickets", '{"service": "A"}', headers)
            answer = server.getresponse()
            ticket = json.loads(answer.read())
            if answer.status == 201:
                with self._lock:
                    self.acknowledged.add(ticket["id"])
                self._more.set()
        server.close()


@pytest.fixture
def safekeeping(home: Home, tmp_path: Path) -> Safekeeping:
    """Keeps all copies on a stick."""
    (tmp_path / "stick").mkdir()
    settings = BackupSection(folder="/media/stick", keep=1000)
    stick: Medium = Stick(tmp_path / "stick", home.path)
    names = iter(range(1000))
    # A name a copy: many are made within a second.
    return Safekeeping(
        home, settings, stick, SystemClock().now, lambda wall: wall.replace(year=next(names) + 1000)
    )


@pytest.fixture
def clients(home: Home) -> Iterator[Clients]:
    """Clients of a centre behind its real server."""
    box = open_box(home, always_open=True)
    server = make_server(create_app(box), box.centre.server, "127.0.0.1", 0)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    token = box.access.add_token(Role.STAFF)
    clients = Clients(int(getattr(server, "effective_port", 0)), token)
    clients.start()
    yield clients
    clients.stop()
    box.office.stop()
    server.close()
    thread.join(timeout=10)


def tickets(folder: Path) -> list[str]:
    """Return the tickets issued in a journal, in order, after checking that it is sound."""
    for report in verify(folder):
        assert report.sound, report.line()
        assert not report.torn_bytes
    journal = TinyJournal(folder)
    events = (record.event for day in journal.days() for record in journal.read(day))
    return [event.ticket for event in events if isinstance(event, TicketIssued)]


@pytest.mark.slow
def test_every_backup_taken_while_serving_holds_all_that_was_acknowledged(
    home: Home, clients: Clients, safekeeping: Safekeeping, tmp_path: Path
) -> None:
    """Given eight clients, when backups are taken by another process and copies by this one."""
    taken: list[tuple[Path, set[str]]] = []

    def by_command() -> None:
        for n in range(_COMMANDS):
            file, known = tmp_path / f"{n}.zip", clients.until_now()
            command = [
                sys.executable,
                "-m",
                "motcua",
                "backup",
                str(file),
                "--home",
                str(home.path),
            ]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            taken.append((file, known))

    beside = Thread(target=by_command)
    beside.start()
    for _ in range(_COPIES):
        clients.wait_for(_TICKETS_BETWEEN)
        known, before = clients.until_now(), set((tmp_path / "stick").iterdir())
        safekeeping.copy()
        [copy] = set((tmp_path / "stick").iterdir()) - before
        taken.append((copy, known))
    beside.join(120)
    clients.stop()
    _all_are_earlier_states(taken, tickets(home.journal), tmp_path)
    assert len(taken) == _COMMANDS + _COPIES
    assert len(clients.acknowledged) >= _COPIES * _TICKETS_BETWEEN


def _all_are_earlier_states(
    taken: list[tuple[Path, set[str]]], everything: list[str], tmp_path: Path
) -> None:
    """Restore each backup and compare it with what the centre has in the end."""
    for n, (file, known) in enumerate(taken):
        other = Home(tmp_path / f"restored-{n}")
        manifest = restore(other, file)
        there = tickets(other.journal)
        assert there == everything[: len(there)]
        assert known <= set(there)
        assert manifest.last_seq == max(report.last_seq for report in verify(other.journal))
        assert read_manifest(file) == manifest


@pytest.mark.slow
def test_a_restored_centre_goes_on_giving_numbers(
    clients: Clients, safekeeping: Safekeeping, tmp_path: Path
) -> None:
    clients.wait_for(30)
    safekeeping.copy()
    clients.stop()
    [copy] = (tmp_path / "stick").iterdir()
    other = Home(tmp_path / "other")
    restore(other, copy)
    before = len(tickets(other.journal))
    box = open_box(other, always_open=True)
    ticket = box.office.execute(IssueTicket(service="A")).ticket
    assert ticket is not None
    assert ticket.number == f"A{before + 1:03}"
    box.close()
