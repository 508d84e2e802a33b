"""The floors: what the parts cost on this very machine, in this very run."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.crowd import Answers, elsewhere, flood
from benchmarks.run import Run
from benchmarks.served import Served
from benchmarks.wire import Client, percentile, request_bytes, timed

_LINE = b"x" * 199 + b"\n"
_KB = 1024


def measure(run: Run) -> None:
    """Measure one fsynced append and a bare Flask route on waitress."""
    _append(run)
    figures = run.figures
    for _ in range(run.few(3, 1)):
        command = [sys.executable, "-m", "benchmarks.bare"]
        with Served(command, "/", run.quota) as bare:
            figures.add("floor.start", bare.start_s)
            figures.add("floor.memory", bare.rss_mb())
            figures.add("floor.route", _one(run, bare.port))
            figures.add("floor.many", _many(run, bare.port))


def _one(run: Run, port: int) -> float:
    client = Client(port)
    took = [timed(lambda: client.post("/", {"service": "A"})) for _ in range(run.few(600, 200))]
    client.close()
    return percentile(took, 0.5)


def _many(run: Run, port: int) -> float:
    request = request_bytes(port, "POST", "/", body={"service": "A"})
    with elsewhere() as start:
        answers: Answers = start(flood, port, request, 16, run.few(3000, 800)).result()
    return len(answers.took_ms) / answers.seconds


def _append(run: Run) -> None:
    count = run.few(400, 100)
    path = run.folder / "floor"
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    took, before = [], _written()
    for _ in range(count):
        begun = perf_counter()
        os.write(file, _LINE)
        os.fdatasync(file)
        took.append((perf_counter() - begun) * 1000)
    run.figures.add("floor.write", (_written() - before) / count / _KB)
    run.figures.add("floor.append", percentile(took, 0.5))
    os.close(file)


def _written() -> int:
    """Return what this process has sent on its way to a disk, in bytes."""
    told = Path("/proc/self/io").read_text(encoding="ascii")
    found = re.search(r"^write_bytes: (\d+)", told, re.MULTILINE)
    return int(found[1]) if found else 0
