"""One day at the desk: numbers taken and called, from the first to the ten-thousandth."""

from __future__ import annotations

from concurrent.futures import Future
from time import sleep
from typing import Any

from benchmarks.crowd import Answers, Screen, elsewhere, flood, watch
from benchmarks.homes import PROCEDURE, begin_day, make_home
from benchmarks.run import Run
from benchmarks.served import Served, serve
from benchmarks.wire import Client, RefusedError, percentile, request_bytes, timed

_TICKETS = "/api/v1/tickets"
_DESK = "/api/v1/counters/1"
_ORDER = {"procedure": PROCEDURE}
_LEVELS = (50, 1000, 5000)
_CLIENTS = 16
_STREAMS = 16
_LONG_DAY = 10_000
_BUSY_DAY = 5000
_WAITING = 40
_PATIENCE_S = 300
_FIRST_SLIP_S = 2.0
"""The first slip of a run loads the drawing library and the fonts."""


class Desk:
    """A clerk and a visitor who work one server as fast as it answers."""

    def __init__(self, run: Run, served: Served, token: str, *, opened: bool = False) -> None:
        """Begin; `opened` says that counter 1 is open already."""
        self._run = run
        self._served = served
        self._token = token
        self.client = Client(served.port, token)
        self.issued = 0
        self._open = opened

    def issue(self, name: str, count: int) -> None:
        """Measure `count` numbers taken, one after the other."""
        took = [timed(lambda: self.client.post(_TICKETS, _ORDER)) for _ in range(count)]
        self.issued += count
        self._keep(f"issue.{name}", took)

    def call(self, name: str, count: int) -> None:
        """Measure `count` people called, each served and sent home."""
        if not self._open:
            self._do("open", {"services": ["A"]})
            self._open = True
        took = []
        for _ in range(count):
            took.append(timed(lambda: self.client.post(f"{_DESK}/call-next", {})))
            self._do("start", {})
            self._do("finish", {"outcome": "done"})
        self._keep(f"call.{name}", took)

    def fill(self, issued: int) -> float:
        """Let 16 clients take numbers until `issued` were taken today; return how many a second."""
        request = request_bytes(self._served.port, "POST", _TICKETS, self._token, body=_ORDER)
        with elsewhere() as start:
            flooding = start(flood, self._served.port, request, _CLIENTS, issued - self.issued)
            answers: Answers = flooding.result()
        if answers.refused:
            raise RefusedError(f"{answers.refused} numbers were refused")
        self.issued = issued
        return len(answers.took_ms) / answers.seconds

    def seq(self) -> int:
        """Return the number of the last event."""
        seq: int = self.client.get("/healthz").json()["seq"]
        return seq

    def _do(self, act: str, body: object) -> None:
        timed(lambda: self.client.post(f"{_DESK}/{act}", body))

    def _keep(self, key: str, took_ms: list[float]) -> None:
        for share, name in ((0.5, "p50"), (0.95, "p95")):
            self._run.figures.add(f"{key}.{name}", percentile(took_ms, share), "floor.route")


def measure(run: Run) -> None:
    """Measure a day that grows and a day that is served; then one with slips being drawn."""
    _growing(run)
    _served_day(run)
    _slips(run)


def _growing(run: Run) -> None:
    home, token = make_home(run.fresh())
    with serve(home, quota=run.quota) as served:
        desk = Desk(run, served, token)
        desk.issue("0", _LEVELS[0])
        rates = []
        for level in _LEVELS:
            if level > desk.issued:
                rates.append(desk.fill(level))
            desk.issue(str(level), run.few(300, 150))
            if level == _LEVELS[0]:
                desk.call("0", run.few(100, 40))
        desk.call(str(_LEVELS[-1]), run.few(100, 40))
        run.figures.add("issue.many", max(rates), "floor.many")
        few, many = (run.figures.values[f"issue.{level}.p50"][-1] for level in (50, 5000))
        run.figures.add("issue.flat", many / few)
        if run.quick:
            run.figures.miss("memory.day", "not in a quick run")
        else:
            _long(run, served, token, desk)
        run.figures.add("memory.peak", served.peak_mb())


def _long(run: Run, served: Served, token: str, desk: Desk) -> None:
    """Go on to 10,000 tickets while 16 screens listen."""
    last = desk.seq() + _LONG_DAY - desk.issued
    listeners = [Screen("")] * _STREAMS
    with elsewhere() as start:
        watching: Future[Any] = start(watch, served.port, token, listeners, last, _PATIENCE_S)
        desk.fill(_LONG_DAY)
        run.figures.add("memory.day", served.rss_mb(), "floor.memory")
        watching.result()


def _served_day(run: Run) -> None:
    home, token = make_home(run.fresh())
    begin_day(home, issued=_BUSY_DAY, waiting=_WAITING)
    with serve(home, quota=run.quota) as served:
        desk = Desk(run, served, token, opened=True)
        count = run.few(100, 30)
        _page(run, desk, "desk", "/counter/1", count)
        _page(run, desk, "queue", "/api/v1/queue", count)
        desk.issue("served", run.few(300, 150))
        desk.call("served", run.few(100, 40))


def _page(run: Run, desk: Desk, key: str, path: str, count: int) -> None:
    if desk.client.get(path).status == 404:  # noqa: PLR2004 - not found
        run.figures.miss(key, "not there")
        return
    took = [timed(lambda: desk.client.get(path)) for _ in range(count)]
    run.figures.add(f"{key}.p50", percentile(took, 0.5), "floor.route")
    if key == "desk":
        run.figures.add(f"{key}.p95", percentile(took, 0.95), "floor.route")


def _slips(run: Run) -> None:
    """Take numbers without a pause while their slips are drawn."""
    home, token = make_home(run.fresh(), printer="virtual")
    with serve(home, quota=run.quota) as served:
        desk = Desk(run, served, token)
        timed(lambda: desk.client.post(_TICKETS, _ORDER))
        sleep(_FIRST_SLIP_S)
        desk.issue("slips", run.few(400, 150))
        run.figures.add("memory.slips", served.rss_mb(), "floor.memory")
