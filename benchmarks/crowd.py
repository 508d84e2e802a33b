"""Crowds: many clients in one process of their own, so that they cost the server no time.

Each public function is meant to run in another process (see `elsewhere`). Times are those of
`perf_counter`, which the processes of one machine share.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from benchmarks.wire import head_of, request_bytes

_DATA = re.compile(rb"data: (\d+)")
_SEEN = re.compile(rb"seen=(\d+)")
_OK = 200
_PROCESSES = 3


@contextmanager
def elsewhere() -> Iterator[Callable[..., Future[Any]]]:
    """Lend a function that starts another in a process of its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=_PROCESSES, mp_context=context) as pool:
        yield pool.submit


@dataclass(slots=True)
class Answers:
    """How a crowd was answered."""

    took_ms: list[float] = field(default_factory=list)
    seconds: float = 0.0
    """From the first request to the last answer."""
    refused: int = 0
    """Answers that were no success."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen that listens and fetches its picture when it is told to."""

    path: str
    """Of its picture; empty for one that only listens."""
    element: str = ""
    """Id of what it replaces."""
    delay_s: float = 0.0
    """How long its page waits before it fetches, after it was told."""


@dataclass(slots=True)
class Sight:
    """When a screen was told of an event, and when it had the picture: [(number, seconds)]."""

    told: list[tuple[int, float]] = field(default_factory=list)
    shown: list[tuple[int, float]] = field(default_factory=list)


class _Line:
    """One kept-alive connection among many."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    @classmethod
    async def to(cls, port: int) -> _Line:
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def send(self, request: bytes) -> tuple[int, bytes]:
        """Return status and body of the answer."""
        self.writer.write(request)
        head = head_of(await self.reader.readuntil(b"\r\n\r\n"))
        if head is None:
            raise ConnectionError("the answer has no head")
        status, _, length = head
        return status, await self.reader.readexactly(length)


def flood(port: int, request: bytes, clients: int, count: int) -> Answers:
    """Let `clients` send the same request `count` times in all, each as soon as it was answered."""
    return asyncio.run(_flood(port, request, clients, count))


async def _flood(port: int, request: bytes, clients: int, count: int) -> Answers:
    answers, left = Answers(), iter(range(count))
    lines = [await _Line.to(port) for _ in range(clients)]

    async def ask(line: _Line) -> None:
        for _ in left:
            begun = perf_counter()
            status, _ = await line.send(request)
            answers.took_ms.append((perf_counter() - begun) * 1000)
            answers.refused += status // 100 != _OK // 100

    begun = perf_counter()
    await asyncio.gather(*map(ask, lines))
    answers.seconds = perf_counter() - begun
    for line in lines:
        line.writer.close()
    return answers


def poll(port: int, paths: list[str], seen: int, every_s: float, rounds: int) -> Answers:
    """Let a phone a path ask `rounds` times, one after the other within each `every_s` seconds.

    A phone tells the number it has seen, first `seen`, as its page does.
    """
    return asyncio.run(_poll(port, paths, str(seen).encode(), (every_s, rounds)))


async def _poll(port: int, paths: list[str], first: bytes, turns: tuple[float, int]) -> Answers:
    every_s, rounds = turns
    answers = Answers()
    lines = [await _Line.to(port) for _ in paths]
    begun = perf_counter()

    async def hold(number: int, path: str, line: _Line) -> None:
        seen = first
        for turn in range(rounds):
            due = begun + every_s * (turn + number / len(paths))
            await asyncio.sleep(max(0.0, due - perf_counter()))
            asked = f"{path}?seen={seen.decode()}"
            sent = perf_counter()
            status, body = await line.send(request_bytes(port, "GET", asked, htmx="ticket"))
            answers.took_ms.append((perf_counter() - sent) * 1000)
            answers.refused += status != _OK
            found = _SEEN.search(body)
            seen = found[1] if found else seen

    holding = zip(range(len(paths)), paths, lines, strict=True)
    await asyncio.gather(*(hold(*one) for one in holding))
    answers.seconds = perf_counter() - begun
    return answers


def watch(
    port: int, token: str, screens: list[Screen], last: int, patience_s: float
) -> list[Sight]:
    """Let screens listen, and fetch what they show, until all know of event `last`."""
    return asyncio.run(_watch(port, token, screens, last, patience_s))


async def _watch(
    port: int, token: str, screens: list[Screen], last: int, patience_s: float
) -> list[Sight]:
    sights = [Sight() for _ in screens]
    watching = (
        _look(port, token, screen, sight, last)
        for screen, sight in zip(screens, sights, strict=True)
    )
    try:
        async with asyncio.timeout(patience_s):
            await asyncio.gather(*watching)
    except TimeoutError:
        pass  # what was seen until then is told
    return sights


async def _look(port: int, token: str, screen: Screen, sight: Sight, last: int) -> None:
    """Listen on one connection, fetch on another, like a browser."""
    stream, line = await _Line.to(port), await _Line.to(port)
    news = asyncio.Event()

    async def listen() -> None:
        stream.writer.write(request_bytes(port, "GET", "/live", token))
        told = 0
        while told < last:
            found = _DATA.search(await stream.reader.readline())
            if found:
                told = int(found[1])
                sight.told.append((told, perf_counter()))
                news.set()
        stream.writer.close()

    async def fetch() -> None:
        shown = 0
        while screen.path and shown < last:
            await news.wait()
            await asyncio.sleep(screen.delay_s)
            news.clear()
            known = sight.told[-1][0]
            path = f"{screen.path}?seen={shown}"
            await line.send(request_bytes(port, "GET", path, token, htmx=screen.element))
            shown = known
            sight.shown.append((shown, perf_counter()))

    await asyncio.gather(listen(), fetch())
    line.writer.close()


def since(sight: list[tuple[int, float]], event: int, begun: float) -> float | None:
    """Return milliseconds from `begun` until the screen knew of `event`; None when it never did."""
    return next(((at - begun) * 1000 for number, at in sight if number >= event), None)
