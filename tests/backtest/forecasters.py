"""Forecasters that know nothing: what the harness tells them is what is looked at."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from motcua.backtest.log import Log
from motcua.backtest.replay import Replay, Told
from motcua.reports.visits_reading import read_visits


@dataclass(frozen=True)
class Range:
    """A forecast."""

    point_s: float
    low_s: float
    high_s: float


@dataclass
class Steady:
    """Always foretells the same; None is silent."""

    always: Range | None = None
    heard: list[str] = field(default_factory=list)
    """Everything it was told, a line each: hour, act, the row's place in the order of issue."""

    def issued(
        self, ticket: str, service: str, at_s: float, priority: str | None = None
    ) -> Range | None:
        self.heard.append(f"{_hour(at_s)} {ticket} takes {service} {priority or ''}".rstrip())
        return self.always

    def called(
        self, ticket: str, at_s: float, counter: int | None = None, wait_s: float | None = None
    ) -> None:
        measured = f" after {wait_s:g} s" if wait_s is not None else ""
        self.heard.append(f"{_hour(at_s)} {ticket} called {counter or ''}".rstrip() + measured)

    def ended(self, ticket: str, at_s: float, *, served: bool = True) -> None:
        self.heard.append(f"{_hour(at_s)} {ticket} {'ended' if served else 'did not come'}")

    def left(self, ticket: str, at_s: float) -> None:
        self.heard.append(f"{_hour(at_s)} {ticket} left")

    def study(self) -> None:
        """Nothing is to be learnt."""

    def day_ends(self) -> None:
        self.heard.append("day ends")


class Witness(Steady):
    """Foretells a sum over all it was ever told: whatever leaks to it changes what it says."""

    def issued(
        self, ticket: str, service: str, at_s: float, priority: str | None = None
    ) -> Range | None:
        super().issued(ticket, service, at_s, priority)
        told = float(zlib.crc32("\n".join(self.heard[-40:]).encode()) + len(self.heard))
        return Range(told, told, told)


def _hour(at_s: float) -> str:
    return datetime.fromtimestamp(at_s, UTC).strftime("%H:%M:%S").removesuffix(":00")


def log_of(lines: Iterable[str]) -> Log:
    """Return the log in the lines of a Visits CSV; times without an offset are UTC."""
    log = Log()
    for leg in read_visits(lines, UTC):
        log.add(leg)
    return log


def day_of(story: str) -> Iterator[str]:
    """Yield the lines of a CSV told as a table, cells apart by blanks, `-` for an empty one."""
    for line in story.strip().splitlines():
        yield ",".join("" if cell == "-" else cell for cell in line.split())


def heard(story: str) -> list[str]:
    """Return what a forecaster is told of a log."""
    forecaster = Steady()
    assert list(Replay(log_of(day_of(story)), forecaster).run())
    return forecaster.heard


def told(story: str, always: Range | None = None) -> list[Told]:
    """Return what is yielded for the rows of a log."""
    return list(Replay(log_of(day_of(story)), Steady(always)).run())
