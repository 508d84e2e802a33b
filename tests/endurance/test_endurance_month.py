"""A month in a minute or two: what the process holds on the last evening is what it always held."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date, datetime, time, timedelta

import pytest

from benchmarks.wire import Client, request_bytes
from motcua import day_table
from motcua.home import Home
from motcua.journal.tiny import TinyJournal
from tests.conftest import HUE
from tests.endurance.centre import Centre, Held
from tests.endurance.clerk import Clerk

logger = logging.getLogger(__name__)

_FIRST = date(2026, 11, 2)
_DAYS = 22
_TICKETS = 400
_SLICES = 25
_SLICE = timedelta(minutes=8)
_COUNTERS = {1: ("A", "H"), 2: ("H", "A"), 3: ("M", "L"), 4: ("S", "N")}
_HANDS = 2
"""Requests at once: more make the one interpreter fight for itself, and the month longer."""
_STREAMS = 3
_REPORTS = 130
"""Twice as many as the server has threads, which take turns."""
_GROWTH = 1.10
_WEEK, _GROWTH_A_WEEK = 6, 1.02
"""From one Friday to the next it stands still: what grew before was the first of each kind."""
pytestmark = pytest.mark.slow


def _working_days() -> Iterator[date]:
    day = _FIRST
    while True:
        if day.weekday() < 5:
            yield day
        day += timedelta(days=1)


@pytest.fixture
def token(home: Home) -> str:
    """An administrator's token."""
    command = [sys.executable, "-m", "motcua", "token", "add", "--role", "admin"]
    whole = [*command, "--home", str(home.path)]
    return subprocess.run(whole, check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.timeout(600)
def test_a_month_leaves_nothing_behind_but_its_record(home: Home, token: str) -> None:
    """22 days × 400 tickets: memory within a tenth, no thread, file or stream more."""
    calendar = _working_days()
    days = [next(calendar) for _ in range(_DAYS)]
    evenings: list[Held] = []
    ended: list[Counter[str]] = []
    with Centre(home.path, _at(days[0], "07:00")) as centre, ExitStack() as clients:
        clerks = [Clerk(centre.port, token, n, *letters) for n, letters in _COUNTERS.items()]
        for clerk in clerks:
            clients.callback(clerk.close)
        for day in days:
            ended.append(_live(centre, token, clerks, day))
            if day == days[0]:
                _warm(centre, token, day)
            evenings.append(centre.settled(evenings[0].counted if evenings else None))
            logger.info("%s: %s", day, evenings[-1])
        _next_morning(centre, token, next(calendar))
    for first, *later in zip(*(evening.counted for evening in evenings), strict=True):
        assert max(later) <= first, evenings
    assert evenings[0].streams == 0
    assert evenings[-1].rss_kb <= evenings[0].rss_kb * _GROWTH, evenings
    assert evenings[-1].rss_kb <= evenings[-_WEEK].rss_kb * _GROWTH_A_WEEK, evenings
    _assert_tables(home, days, ended)


def _live(centre: Centre, token: str, clerks: list[Clerk], day: date) -> Counter[str]:
    """Let a day pass; return how its visits ended."""
    centre.tell_time(_at(day, "07:30"))
    listeners = [_listen(centre.port, token) for _ in range(_STREAMS)]
    with ThreadPoolExecutor(_HANDS) as hands:
        list(hands.map(lambda clerk: clerk.act("open"), clerks))
        for part in range(_SLICES):
            centre.tell_time(_at(day, "07:31") + part * _SLICE)
            list(hands.map(lambda clerk: clerk.work(_TICKETS // _SLICES // len(clerks)), clerks))
            if part == _SLICES // 2:
                _leave(listeners[::2])
                _report(centre, token, day)
        for clerk in clerks:
            clerk.serve_all()
        list(hands.map(lambda clerk: clerk.act("close"), clerks))
    _leave(listeners[1::2])
    centre.tell_time(_at(day, "18:00"))
    return _ended(clerks)


def _next_morning(centre: Centre, token: str, day: date) -> None:
    """Begin another day, which ends the last; look at what was."""
    centre.tell_time(_at(day, "07:30"))
    clerk = Clerk(centre.port, token, 1, "A", "H")
    clerk.act("open")
    clerk.close()
    _report(centre, token, day)


def _ended(clerks: list[Clerk]) -> Counter[str]:
    """Return how the visits of the day ended, and let the clerks go home."""
    total: Counter[str] = Counter()
    for clerk in clerks:
        total += clerk.ended
        clerk.ended.clear()
    return total


def _report(centre: Centre, token: str, day: date) -> None:
    """Ask for yesterday, whose table it makes, and today."""
    manager = Client(centre.port, token)
    yesterday = day - timedelta(days=1)
    answer = manager.get(f"/api/v1/reports/waits?from={yesterday}&to={day}")
    assert answer.status == 200, answer.body
    manager.close()


def _warm(centre: Centre, token: str, day: date) -> None:
    """Let each thread make a report: it keeps what its deepest request took, and that is no leak.

    Otherwise one thread a day would do it for the first time, for two months.
    """
    for _ in range(_REPORTS):
        _report(centre, token, day)


def _listen(port: int, token: str) -> socket.socket:
    """Open a stream; return its connection."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.sendall(request_bytes(port, "GET", "/live", token))
    assert connection.recv(1)
    return connection


def _leave(listeners: list[socket.socket]) -> None:
    for listener in listeners:
        listener.close()


def _assert_tables(home: Home, days: list[date], ended: list[Counter[str]]) -> None:
    """Every day's table says what folding its records says, and what the clerks did."""
    journal = TinyJournal(home.journal)
    for day, told in zip(days, ended, strict=True):
        name = day.isoformat()
        table, mark = day_table.from_bytes((home.visits / f"{name}.json").read_bytes())
        assert mark == journal.mark(name)
        assert table == day_table.from_records(name, journal.read(name))
        assert Counter(leg.outcome for leg in table.legs) == told
        assert len({leg.ticket for leg in table.legs}) == _TICKETS


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), HUE)
