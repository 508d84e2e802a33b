"""The floors: what the parts cost on this very machine, in this very run."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from time import perf_counter, sleep

from benchmarks.crowd import Answers, Screen, Sight, elsewhere, flood, poll, since, watch
from benchmarks.run import Run
from benchmarks.served import Served
from benchmarks.wire import Client, percentile, request_bytes, timed

_LINE = b"x" * 199 + b"\n"
_KB = 1024
_LISTENERS, _PHONES = 20, 200
_SETTLED_S, _STEP_S, _PATIENCE_S = 1.0, 0.05, 60


def measure(run: Run) -> None:
    """Measure one fsynced append and a bare Flask route on waitress."""
    _append(run)
    figures = run.figures
    command = [sys.executable, "-m", "benchmarks.bare"]
    for _ in range(run.few(3, 1)):
        with Served(command, "/", run.quota) as bare:
            figures.add("floor.start", bare.start_s)
            figures.add("floor.memory", bare.rss_mb())
            figures.add("floor.route", _one(run, bare.port))
            figures.add("floor.many", _many(run, bare.port))
        with Served(command, "/", run.quota) as bare:
            _stream(run, bare.port)
            share, _ = asking(run, bare, ["/"] * _PHONES, 0)
            figures.add("floor.phones", share * 100)


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


def _stream(run: Run, port: int) -> None:
    """Let 20 listeners hear of events, as in the hall."""
    client, count = Client(port), run.few(80, 20)
    begun = []
    with elsewhere() as start:
        watching = start(watch, port, "", [Screen("")] * _LISTENERS, count, _PATIENCE_S)
        sleep(_SETTLED_S)
        for number in range(1, count + 1):
            begun.append((number, perf_counter()))
            timed(lambda: client.post("/event", {}))
            sleep(_STEP_S)
        sights: list[Sight] = watching.result()
    took = [since(sight.told, event, at) for sight in sights for event, at in begun]
    known = [one for one in took if one is not None]
    for share, name in ((0.5, "p50"), (0.99, "p99")):
        run.figures.add(f"floor.live.{name}", percentile(known, share))


def asking(run: Run, served: Served, paths: list[str], seen: int) -> tuple[float, int]:
    """Let a phone a path ask once a second; return the share of a core and the answers refused."""
    with elsewhere() as start:
        start(poll, served.port, paths, seen, 1.0, 1).result()
        before, begun = served.cpu_s(), perf_counter()
        rounds = run.few(10, 3)
        answers: Answers = start(poll, served.port, paths, seen, 1.0, rounds).result()
        share = (served.cpu_s() - before) / (perf_counter() - begun)
    return share, answers.refused


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
