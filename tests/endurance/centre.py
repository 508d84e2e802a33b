"""A served centre seen from outside: its clock, its streams, and what its process holds."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import IO, Self

from benchmarks.wire import Client

_ROOT = Path(__file__).resolve().parents[2]
_STOP_S = 60.0
_TURN_S = 0.05
_TURNS = 600


@dataclass(frozen=True, slots=True)
class Held:
    """What the process holds."""

    rss_kb: int
    threads: int
    files: int
    streams: int

    @property
    def counted(self) -> tuple[int, int, int]:
        """All but the memory, which is never the same twice."""
        return self.threads, self.files, self.streams


class Centre:
    """A centre in a process of its own; a context manager that stops it."""

    def __init__(self, home: Path, at: datetime) -> None:
        """Serve `home` from `at` on."""
        command = [sys.executable, "-m", "tests.endurance.serve_told", str(home), at.isoformat()]
        self._log = (home.parent / "log").open("w+", encoding="utf-8")
        self._process = subprocess.Popen(
            command, cwd=_ROOT, text=True, stderr=self._log, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        told = self._out.readline()
        assert told, self.log()
        self.port = int(told)

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop it."""
        self._in.close()
        try:
            self._process.wait(_STOP_S)
        finally:
            self._process.kill()
            self._out.close()
            self._log.close()

    @property
    def _in(self) -> IO[str]:
        assert self._process.stdin
        return self._process.stdin

    @property
    def _out(self) -> IO[str]:
        assert self._process.stdout
        return self._process.stdout

    def log(self) -> str:
        """Return what it logged so far."""
        return Path(self._log.name).read_text(encoding="utf-8")

    def tell_time(self, at: datetime) -> None:
        """Let it be `at`."""
        self._in.write(f"{at.isoformat()}\n")
        self._in.flush()
        assert self._out.readline() == "ok\n", self.log()

    def held(self) -> Held:
        """Return what it holds now, the connection over which it is asked included."""
        process = Path(f"/proc/{self._process.pid}")
        asking = Client(self.port)
        figures = asking.get("/metrics").body.decode()
        streams = re.search(r"^motcua_streams_open (\d+)$", figures, re.MULTILINE)
        assert streams
        told = (process / "status").read_text("ascii")
        status = dict(re.findall(r"^(\w+):\s+(\d+)", told, re.MULTILINE))
        files = len(list((process / "fd").iterdir()))
        asking.close()
        return Held(int(status["VmRSS"]), int(status["Threads"]), files, int(streams[1]))

    def settled(self, usual: tuple[int, int, int] | None = None) -> Held:
        """Return what it holds when the clients that left are forgotten.

        Args:
            usual: threads, files and streams to wait for; None waits until nothing changes.
        """
        idle, held = Event(), self.held()
        for _ in range(_TURNS):
            before, held = held, self.held()
            pairs = zip(held.counted, usual or before.counted, strict=True)
            if held.streams == 0 and all(now <= then for now, then in pairs):
                break
            idle.wait(_TURN_S)
        return held
