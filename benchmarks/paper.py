"""Numbers taken before a good printer, one that is off, and one behind a pulled cable."""

from __future__ import annotations

import multiprocessing
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from time import sleep

from benchmarks.day import Desk
from benchmarks.homes import make_home
from benchmarks.run import Run
from benchmarks.served import serve
from motcua.printing.raster import STATUS_IN_TURN, STATUS_NOW

_HERE = "127.0.0.1"
_FIRST_SLIP_S = 2.0
"""The first slip of a run loads the drawing library and the fonts."""
_ANSWERS = {
    STATUS_NOW + b"\x01": b"\x16",
    STATUS_NOW + b"\x02": b"\x12",
    STATUS_NOW + b"\x04": b"\x12",
    STATUS_IN_TURN + b"\x01": b"\x00",
}


def measure(run: Run) -> None:
    """Measure the same numbers taken before each printer."""
    printers: dict[str, Callable[[], AbstractContextManager[int]]] = {
        "good": _good, "off": _off, "hole": _hole,
    }  # fmt: skip
    for name, printer in printers.items():
        with printer() as port:
            home, token = make_home(run.fresh(), printer="network")
            centre = home / "centre.toml"
            text = centre.read_text(encoding="utf-8").replace('host = ""', f'host = "{_HERE}"')
            centre.write_text(text.replace("port = 9100", f"port = {port}"), encoding="utf-8")
            with serve(home, quota=run.quota) as served:
                desk = Desk(run, served, token)
                desk.client.post("/api/v1/tickets", {"service": "A"})
                sleep(_FIRST_SLIP_S)
                desk.issue(f"paper.{name}", run.few(400, 150))


@contextmanager
def _good() -> Iterator[int]:
    """Give the port of a printer in a process of its own that answers every question."""
    with socket.create_server((_HERE, 0)) as server:
        printing = multiprocessing.get_context("fork").Process(target=_print, args=(server,))
        printing.start()
        yield server.getsockname()[1]
        printing.terminate()
        printing.join()


def _print(server: socket.socket) -> None:
    while True:
        line, _ = server.accept()
        with line, suppress(OSError):
            while data := line.recv(65536):
                line.sendall(_ANSWERS.get(data[-3:], b""))


@contextmanager
def _off() -> Iterator[int]:
    """Give a port where everybody is refused."""
    with socket.create_server((_HERE, 0)) as gone:
        port: int = gone.getsockname()[1]
    yield port


@contextmanager
def _hole() -> Iterator[int]:
    """Give a port where nobody is refused and nobody is let in."""
    with socket.socket() as listening:
        listening.bind((_HERE, 0))
        listening.listen(0)
        port: int = listening.getsockname()[1]
        callers = [socket.socket() for _ in range(3)]
        for caller in callers:
            caller.settimeout(0)
            caller.connect_ex((_HERE, port))
        yield port
        for caller in callers:
            caller.close()
