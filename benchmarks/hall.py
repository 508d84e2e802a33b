"""The hall: boards and desks that listen, phones that ask."""

from __future__ import annotations

import re
from time import perf_counter, sleep

from benchmarks.crowd import Answers, Screen, elsewhere, poll, since, watch
from benchmarks.floors import asking
from benchmarks.homes import begin_day, make_home
from benchmarks.run import Run
from benchmarks.served import Served, serve
from benchmarks.wire import Client, percentile, timed

_BOARDS, _DESKS, _PHONES = 8, 12, 300
_ASKING = 200
_PHONE_EVERY_S = 4.0
_STEP_S = 0.25
"""From a call to the end of that visit, and again to the next call: a rush, many times life."""
_SETTLED_S = 1.5
_NOT_FOUND = 404
_DELAY = re.compile(rb"sse:message delay:(\d+)ms")


def measure(run: Run) -> None:
    """Measure how soon boards show a call, and what phones cost."""
    home, token = make_home(run.fresh())
    begin_day(home, issued=1000, waiting=_PHONES)
    with serve(home, quota=run.quota) as served:
        client = Client(served.port, token)
        phones = _phones(client)
        if not phones:
            run.figures.miss("phones", "not there")
        if run.quota is None:
            _calls(run, served, client, token, phones)
        if phones:
            _asking(run, served, client, phones[:_ASKING])


def _phones(client: Client) -> list[str]:
    """Return the links of those who wait."""
    waiting = client.get("/api/v1/queue").json()["tickets"]
    paths = [f"/t/{ticket['id']}" for ticket in waiting if ticket["state"] == "waiting"]
    return paths[:_PHONES] if client.get(paths[0]).status != _NOT_FOUND else []


def _calls(run: Run, served: Served, client: Client, token: str, phones: list[str]) -> None:
    count = run.few(80, 10)
    screens = _screens(client)
    first = _seq(client)
    last = first + 2 * count
    lasting_s = _SETTLED_S + 2 * count * _STEP_S
    with elsewhere() as start:
        watching = start(watch, served.port, token, screens, last, 4 * lasting_s + 10)
        turns = int(lasting_s / _PHONE_EVERY_S) + 1
        polling = start(poll, served.port, phones, first, _PHONE_EVERY_S, turns)
        sleep(_SETTLED_S)
        begun = [_visit(client, first + 1 + 2 * n) for n in range(count)]
        boards = watching.result()[:_BOARDS]
        answers: Answers = polling.result()
        if phones:
            run.figures.add("phones.busy.p95", percentile(answers.took_ms, 0.95))
    _keep(run, "live", [sight.told for sight in boards], begun)
    if screens[0].path:
        _keep(run, "board", [sight.shown for sight in boards], begun)
    else:
        run.figures.miss("board", "not there")


def _screens(client: Client) -> list[Screen]:
    """Return boards, then desks, that fetch what this version has, as late as their pages do."""
    paths = ["/board"] * _BOARDS + [f"/counter/{number}" for number in range(1, _DESKS + 1)]
    return [_screen(client, path) for path in paths]


def _screen(client: Client, path: str) -> Screen:
    page = client.get(path)
    if page.status == _NOT_FOUND:
        return Screen("")
    delay = _DELAY.search(page.body)
    return Screen(path, path.split("/")[1], int(delay[1]) / 1000 if delay else 0.0)


def _visit(client: Client, event: int) -> tuple[int, float]:
    """Call somebody and end the visit; return the call's event and when it was pressed."""
    desk = "/api/v1/counters/1"
    begun = perf_counter()
    timed(lambda: client.post(f"{desk}/call-next", {}))
    sleep(_STEP_S)
    timed(lambda: client.post(f"{desk}/miss", {}))
    sleep(_STEP_S)
    return event, begun


def _keep(
    run: Run, key: str, sights: list[list[tuple[int, float]]], begun: list[tuple[int, float]]
) -> None:
    took = [since(sight, event, at) for sight in sights for event, at in begun]
    known = [one for one in took if one is not None]
    if len(known) < len(took):
        run.figures.miss(key, f"{len(took) - len(known)} of {len(took)} never came")
        return
    for share, name in ((0.5, "p50"), (0.99, "p99")):
        run.figures.add(f"{key}.{name}", percentile(known, share), f"floor.live.{name}")


def _asking(run: Run, served: Served, client: Client, phones: list[str]) -> None:
    """Let 200 phones ask once a second while nothing happens."""
    share, refused = asking(run, served, phones, _seq(client))
    if refused:
        run.figures.miss("phones.cpu", f"{refused} were refused")
        return
    run.figures.add("phones.cpu", share * 100, "floor.phones")


def _seq(client: Client) -> int:
    """Return the number of the last event."""
    seq: int = client.get("/healthz").json()["seq"]
    return seq
