"""A printer on the bench that does as it is told, and a hall where its line is watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from threading import Condition, Event

import pytest
from flask.testing import FlaskClient
from PIL import Image

from motcua.access import Role
from motcua.app import Box, open_box
from motcua.clock import SetClock
from motcua.home import Home
from motcua.printing.job import Job, JobState
from motcua.printing.printer import Printer, PrinterStatus
from motcua.printing.spooler import Spooler
from tests.printing.tcp_printer import TcpPrinter, black_hole
from tests.printing.ward import CENTRE, Ward

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=timezone(timedelta(hours=7)))
PATIENCE_S = 10


class Bench:
    """A printer that does what the test told it, one line of the plan for each slip."""

    def __init__(self, *plan: PrinterStatus | Exception) -> None:
        self.plan = list(plan)
        self.printed: list[str] = []
        self.said: PrinterStatus | Exception = PrinterStatus.OK
        self.asked = Event()
        self._at_work = Event()
        self._may_go_on = Event()
        self._may_go_on.set()

    def print(self, image: Image.Image, about: str) -> PrinterStatus:
        self._at_work.set()
        assert self._may_go_on.wait(PATIENCE_S)
        outcome = self.plan.pop(0) if self.plan else PrinterStatus.OK
        if isinstance(outcome, Exception):
            raise outcome
        self.printed.append(about)
        return outcome

    def status(self) -> PrinterStatus:
        self.asked.set()
        if isinstance(self.said, Exception):
            raise self.said
        return self.said

    def hang(self) -> None:
        """From now on a slip takes until `go_on`."""
        self._at_work.clear()
        self._may_go_on.clear()

    def wait_for_work(self) -> None:
        assert self._at_work.wait(PATIENCE_S)

    def go_on(self) -> None:
        self._may_go_on.set()


class Hall:
    """Opens spoolers and watches what becomes of their slips."""

    def __init__(self) -> None:
        self._spoolers: list[Spooler] = []
        self._changed = Condition()

    def bench(self, *plan: PrinterStatus | Exception) -> Bench:
        return Bench(*plan)

    def open(self, printer: Printer, poll_s: float | None = None) -> Spooler:
        spooler = Spooler("sảnh", printer, lambda: NOON, retry_s=0.01, poll_s=poll_s)
        spooler.on_change(self._notice)
        self._spoolers.append(spooler)
        return spooler

    def job(self, number: str = "A001") -> Job:
        return Job(f"ticket-{number}", "ticket", lambda _: Image.new("1", (384, 16), 1), number)

    def state(self, spooler: Spooler, number: str = "A001") -> JobState | None:
        record = spooler.record(f"ticket-{number}")
        return record.state if record else None

    def code(self, spooler: Spooler, number: str = "A001") -> str | None:
        record = spooler.record(f"ticket-{number}")
        return record.code if record else None

    def wait_until_settled(self, spooler: Spooler, number: str = "A001") -> JobState | None:
        under_way = {JobState.QUEUED, JobState.PRINTING}
        self.wait(lambda: self.state(spooler, number) not in under_way)
        return self.state(spooler, number)

    def wait(self, until: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(until, PATIENCE_S)

    def close(self) -> None:
        for spooler in self._spoolers:
            spooler.close()

    def _notice(self) -> None:
        with self._changed:
            self._changed.notify_all()


@pytest.fixture
def hall() -> Iterator[Hall]:
    """A hall; its spoolers are closed afterwards."""
    hall = Hall()
    yield hall
    hall.close()


@pytest.fixture
def tcp() -> Iterator[TcpPrinter]:
    """A network printer that prints; switched off afterwards."""
    printer = TcpPrinter()
    yield printer
    printer.switch_off()


@pytest.fixture
def timeout_s() -> float:
    """How long the centre waits for a silent printer; short only where that is the story."""
    return 5


@pytest.fixture
def port(tcp: TcpPrinter) -> int:
    """Where the centre believes its printer to be."""
    return tcp.port


@pytest.fixture
def hole() -> Iterator[int]:
    """A port behind a pulled cable."""
    with black_hole() as port:
        yield port


@pytest.fixture
def box(home: Home, clock: SetClock, tcp: TcpPrinter, port: int, timeout_s: float) -> Iterator[Box]:
    """A centre whose one printer is `tcp`."""
    home.centre.write_text(CENTRE.format(port=port, timeout_s=timeout_s), encoding="utf-8")
    box = open_box(home, clock=clock)
    yield box
    tcp.does.may_read.set()
    box.close()


@pytest.fixture
def ward(box: Box, browse: Callable[[Role], FlaskClient]) -> Ward:
    """That centre at work, with its people."""
    box.start("http://centre.test")
    return Ward(box, browse, box.access.add_token(Role.KIOSK))
