"""A network printer of our own: speaks ESC/POS over TCP and does to a slip whatever it is told."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Queue
from threading import Condition, Event, Thread

from PIL import Image

from motcua.printing.raster import (
    RASTER,
    STATUS_IN_TURN,
    STATUS_NOW,
    Command,
    RasterError,
    commands,
    decode,
)

PATIENCE_S = 20
_SMALL = 4096
"""Bytes of its memory: what it has not read waits on the other side."""


def slip(height: int = 1200) -> Image.Image:
    """Return a slip with ink on it."""
    image = Image.new("1", (576, height), 1)
    image.paste(0, (8, 8, 300, height - 9))
    return image


@dataclass
class Faults:
    """What is wrong with the printer now."""

    online: bool = True
    cover_open: bool = False
    paper: int = 0x00
    silent: bool = False
    answers_in_turn: bool = True
    runs_out_in_the_middle: bool = False
    noise: bytes = b""
    babble: bytes = b""
    """Said instead of any answer, by something that is no printer."""
    drops_after_bytes: int | None = None
    piece_s: float = 0.0
    """How long it takes over each piece of 4 kB."""
    may_read: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.may_read.set()


class TcpPrinter:
    """Prints on nothing, answers like the real thing, one line at a time."""

    def __init__(self) -> None:
        self.does = Faults()
        self.jobs: Queue[bytes] = Queue()
        self.begun = 0
        """Slips of which a pixel came."""
        self._changed = Condition()
        self.port = 0
        self.switch_on()

    def switch_on(self) -> None:
        """Be at the address, the same one every time."""
        self._server = socket.socket()
        self._server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SMALL)
        self._server.bind(("127.0.0.1", self.port))
        self._server.listen()
        self.port = self._server.getsockname()[1]
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    def switch_off(self) -> None:
        """Be gone: whoever calls is refused."""
        self.does.may_read.set()
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join(PATIENCE_S)

    def repair(self) -> None:
        """Be a good printer again."""
        self.does.may_read.set()
        self.does = Faults()

    def slips(self) -> list[Image.Image]:
        """Wait for the end of one line and return the slips that came over it."""
        return decode(self.jobs.get(timeout=PATIENCE_S))

    def next_slip(self) -> Image.Image:
        """Wait for the next line that brings a slip; return that slip."""
        while not (slips := self.slips()):
            pass
        (slip,) = slips
        return slip

    def wait_until_begun(self, slips: int) -> None:
        """Wait until a pixel of so many slips has come."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.begun >= slips, PATIENCE_S)

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:
                return
            with line:
                self._talk(line, self.does)

    def _talk(self, line: socket.socket, does: Faults) -> None:
        data, done, heard = b"", 0, False
        while chunk := self._read(line, does):
            data += chunk
            heard = heard or self._hear(data)
            if does.drops_after_bytes is not None and len(data) > does.drops_after_bytes:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            try:
                for command in commands(data, done):
                    done = command.end
                    line.sendall(does.babble or answer(data, command, does))
            except (RasterError, OSError):
                break
        self.jobs.put(data)

    def _read(self, line: socket.socket, does: Faults) -> bytes:
        assert does.may_read.wait(PATIENCE_S)
        if does.piece_s:
            Event().wait(does.piece_s)
        try:
            return line.recv(_SMALL)
        except OSError:
            return b""

    def _hear(self, data: bytes) -> bool:
        """Count a slip when its first pixels come."""
        if RASTER not in data:
            return False
        with self._changed:
            self.begun += 1
            self._changed.notify_all()
        return True


def answer(data: bytes, command: Command, does: Faults) -> bytes:
    """Return what a printer says when it comes to `command` in `data`."""
    if command.name == RASTER and does.runs_out_in_the_middle:
        does.paper, does.online = 0x60, False
    if does.silent or command.name not in {STATUS_NOW, STATUS_IN_TURN, RASTER}:
        return b""
    if command.name == RASTER:
        # Like the real thing it hears a question wherever it stands, in the pixels too.
        return b"\x16" * data.count(STATUS_NOW + b"\x01", command.start, command.end)
    if command.name == STATUS_IN_TURN:
        # Stopped for want of paper, it never comes to this command.
        return b"\x00" if does.answers_in_turn and does.online else b""
    offline = 0x00 if does.online else 0x08
    cover = 0x04 if does.cover_open else 0x00
    answers = {1: 0x16 | offline, 2: 0x12 | cover, 4: 0x12 | does.paper}
    return does.noise + bytes([answers[data[command.end - 1]]])


@contextmanager
def black_hole() -> Iterator[int]:
    """Give a port where nobody is refused and nobody is let in, as behind a pulled cable."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        port: int = listening.getsockname()[1]
        callers = [socket.socket() for _ in range(3)]
        for caller in callers:
            caller.settimeout(0)
            caller.connect_ex(("127.0.0.1", port))
        yield port
        for caller in callers:
            caller.close()
