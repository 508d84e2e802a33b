"""What one event costs the disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.homes import PROCEDURE, make_home
from benchmarks.run import Run
from benchmarks.served import serve
from benchmarks.wire import Client, timed
from motcua.app import open_box
from motcua.home import Home
from motcua.queue.commands import IssueTicket, OpenCounter

_KB = 1024
_SYNCS = ("fsync", "fdatasync")


def measure(run: Run) -> None:
    """Measure bytes in a serving process, fsyncs in one of ours."""
    count = run.few(200, 50)
    home, token = make_home(run.fresh())
    with serve(home, quota=run.quota) as served:
        client = Client(served.port, token)
        timed(lambda: client.post("/api/v1/counters/1/open", {"services": ["A"]}))
        before = served.written().to_disk
        for _ in range(count):
            timed(lambda: client.post("/api/v1/tickets", {"procedure": PROCEDURE}))
        issued = served.written().to_disk
        for _ in range(count // 2):
            timed(lambda: client.post("/api/v1/counters/1/call-next", {}))
            timed(lambda: client.post("/api/v1/counters/1/miss", {}))
        called = served.written().to_disk
    run.figures.add("disk.issue", (issued - before) / count / _KB, "floor.write")
    run.figures.add("disk.event", (called - issued) / (count // 2 * 2) / _KB, "floor.write")
    _counted(run)


def _counted(run: Run) -> None:
    """Issue in this process, where fsyncs can be counted, and look at the lines."""
    path, _ = make_home(run.fresh())
    count = run.few(100, 30)
    box = open_box(Home(path), always_open=True)
    box.office.execute(OpenCounter(1))
    file = next(Home(path).journal.glob("*.jsonl"))
    before = file.stat().st_size
    with _counting() as syncs:
        for _ in range(count):
            box.office.execute(IssueTicket(PROCEDURE))
    run.figures.add("disk.line", (file.stat().st_size - before) / count / _KB)
    run.figures.add("disk.fsyncs", len(syncs) / count)
    box.close()


@contextmanager
def _counting() -> Iterator[list[str]]:
    """Let the system calls that wait for the disk note themselves in a list."""
    noted: list[str] = []
    real = {name: getattr(os, name) for name in _SYNCS}

    def noting(name: str, file: int) -> None:
        noted.append(name)
        real[name](file)

    for name in _SYNCS:
        setattr(os, name, lambda file, name=name: noting(name, file))
    try:
        yield noted
    finally:
        for name in _SYNCS:
            setattr(os, name, real[name])
