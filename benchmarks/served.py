"""A server in a process of its own: started, looked at through /proc, stopped."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep
from types import TracebackType
from typing import Self

from benchmarks.quota import Quota
from benchmarks.wire import Client

_TICK_S = 1 / os.sysconf("SC_CLK_TCK")
_STOP_S = 15
_PATIENCE_S = 120
_KB = 1024
_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
MOTCUA = (sys.executable, "-m", "motcua")


def environment() -> dict[str, str]:
    """Return the environment of what is measured: as installed, its bytecode is kept."""
    return {name: value for name, value in os.environ.items() if name != _NO_BYTECODE}


@dataclass(frozen=True, slots=True)
class Written:
    """What a process has written so far, in bytes."""

    asked: int
    """Handed to the system by write calls, network included."""
    to_disk: int
    """Of pages sent on their way to a disk."""


class Served:
    """One running server on this machine; a context manager that stops it."""

    def __init__(self, command: list[str], first_page: str, quota: Quota | None = None) -> None:
        """Start `command` and wait for its first page.

        Args:
            command: prints its address on its first line.
            first_page: path that is asked for.
            quota: the share of a core it may have.
        """
        begun = perf_counter()
        whole = [*(quota.entered() if quota else ()), *command]
        self._process = subprocess.Popen(
            whole, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment()
        )
        self.port = self._port()
        self._first(first_page)
        self.start_s = perf_counter() - begun
        """From the command to its first page."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()

    def rss_mb(self) -> float:
        """Return the memory the process holds now."""
        return self._kilobytes("status", "VmRSS") / _KB

    def peak_mb(self) -> float:
        """Return the most memory the process ever held."""
        return self._kilobytes("status", "VmHWM") / _KB

    def pss_mb(self) -> float:
        """Return the memory it holds, pages shared with other processes counted in part."""
        return self._kilobytes("smaps_rollup", "Pss") / _KB

    def cpu_s(self) -> float:
        """Return the processor time it has used, all threads."""
        fields = self._file("stat").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * _TICK_S

    def written(self) -> Written:
        """Return what it has written so far."""
        told = dict(re.findall(r"^(\w+): (\d+)", self._file("io"), re.MULTILINE))
        return Written(int(told["wchar"]), int(told["write_bytes"]))

    def _port(self) -> int:
        told = self._process.stdout.readline() if self._process.stdout else ""
        found = re.search(r"127\.0\.0\.1:(\d+)", told)
        if not found:
            self._process.kill()
            raise RuntimeError(f"the server did not start: {told!r}")
        return int(found[1])

    def _first(self, path: str) -> None:
        end = perf_counter() + _PATIENCE_S
        while True:
            try:
                client = Client(self.port)
                client.get(path)
                client.close()
            except ConnectionError:
                if perf_counter() > end:
                    raise
                sleep(0.002)
            else:
                return

    def _kilobytes(self, file: str, name: str) -> int:
        found = re.search(rf"^{name}:\s+(\d+) kB", self._file(file), re.MULTILINE)
        return int(found[1]) if found else 0

    def _file(self, name: str) -> str:
        return Path(f"/proc/{self._process.pid}/{name}").read_text(encoding="ascii")


def serve(home: Path, first_page: str = "/healthz", quota: Quota | None = None) -> Served:
    """Start `motcua serve` on `home`, at any hour."""
    command = [*MOTCUA, "serve", "--home", str(home), "--port", "0", "--always-open"]
    return Served(command, first_page, quota)
