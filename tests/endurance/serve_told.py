"""A centre served as `motcua serve` serves it, but by a clock that is told the time.

`python -m tests.endurance.serve_told HOME TIME` prints its address; then every line it reads is the
time (ISO 8601) from now on, and is answered with `ok`. It stops when nothing more can be read.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from threading import Thread

from motcua.app import Box, create_app, open_box
from motcua.home import Home
from motcua.journal.tiny import TinyJournal
from motcua.printing.virtual import VirtualPrinter
from motcua.queue.moment import Moment
from motcua.server import make_server, prepare_process

_SLIP_S = 0.15


class ToldClock:
    """A clock that stands still until it is told the time; never between two times."""

    def __init__(self, wall: datetime) -> None:
        """Stand at `wall` (aware)."""
        self._begun = wall
        self._now = Moment(wall, "told", 0.0)

    def now(self) -> Moment:
        """Return the time it was told."""
        return self._now

    def tell(self, wall: datetime) -> None:
        """Let time pass until `wall`."""
        self._now = Moment(wall, "told", (wall - self._begun).total_seconds())


def _slow(box: Box) -> None:
    """Let slips take their time, as on paper; those that are too many are given up and told."""
    for spooler in box.paper.spoolers():
        printer = spooler._printer  # noqa: SLF001 - nobody but a test makes a printer slower
        assert isinstance(printer, VirtualPrinter)
        printer.pause_s = _SLIP_S


def _listen(clock: ToldClock) -> None:
    for line in sys.stdin:
        clock.tell(datetime.fromisoformat(line.strip()))
        sys.stdout.write("ok\n")
        sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGTERM)


def _stop(_signal: int, _frame: object) -> None:
    raise SystemExit(0)


def main(folder: str, time: str) -> None:
    """Serve the centre in `folder` from `time` on."""
    home, clock = Home(Path(folder)), ToldClock(datetime.fromisoformat(time))
    signal.signal(signal.SIGTERM, _stop)
    with home.owned():
        journal = TinyJournal(home.journal)
        journal.repair()
        box = open_box(home, journal=journal, clock=clock)
        prepare_process()
        server = make_server(create_app(box), box.centre.server, "127.0.0.1", 0)
        box.start("http://127.0.0.1")
        _slow(box)
        Thread(target=_listen, args=(clock,), daemon=True).start()
        sys.stdout.write(f"{getattr(server, 'effective_port', 0)}\n")
        sys.stdout.flush()
        try:
            server.run()
        finally:
            box.close()
            server.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
