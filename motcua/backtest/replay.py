"""A log, replayed as it happened: each event at its time, each forecast before its outcome.

At one instant services end first, then people leave, then people are called, then numbers are
issued. Whoever is called in the second of the issue is called before the next number is issued.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple, Protocol

from motcua.backtest.log import Log, Row
from motcua.backtest.simple_rules import SimpleRules, SimpleWaits

_NIGHT_S = 4 * 3600.0
"""A hall where nobody came or was called for so long before another day's first issue had closed;
one that was busy over midnight goes on. So does one where most of those who were still waiting on
the nights before were called afterwards."""


class Foretold(Protocol):
    """A wait, foretold."""

    @property
    def point_s(self) -> float:
        """What the range is built on, in seconds."""

    @property
    def low_s(self) -> float:
        """The range's lower end."""

    @property
    def high_s(self) -> float:
        """Its upper end."""


class Foretelling(Protocol):
    """What is tried: `motcua.queue.forecast.Forecaster`, or what stands for it.

    Its times are seconds since a midnight of the centre.
    """

    def issued(
        self, ticket: str, service: str, at_s: float, priority: str | None = None
    ) -> Foretold | None:
        """Foretell the wait of a new ticket, then let it wait."""

    def called(
        self, ticket: str, at_s: float, counter: int | None = None, wait_s: float | None = None
    ) -> None:
        """Learn that a ticket was called, and its measured wait."""

    def ended(self, ticket: str, at_s: float, *, served: bool = True) -> None:
        """Learn that a service ended, or that nobody came to the call."""

    def left(self, ticket: str, at_s: float) -> None:
        """Learn that somebody gave up waiting."""

    def day_ends(self) -> None:
        """Learn that the hall is empty and closed."""

    def study(self) -> None:
        """Think over what was learnt; called after every call."""


class Told(NamedTuple):
    """A row, and what was foretold at its issue."""

    row: Row
    forecast: Foretold | None
    simple: SimpleWaits


class _Rank(IntEnum):
    """What comes first at one instant."""

    DAY_BEGINS = 0
    ENDED = 1
    LEFT = 2
    CALLED = 3
    ISSUED = 4


class _Act(IntEnum):
    """The steps of one leg, in their order."""

    ISSUED = 0
    CALLED = 1
    GONE = 2


class _Event(NamedTuple):
    at_s: float
    rank: _Rank
    key: int
    """Order of issue: no two rows have the same, so that no row is ever compared."""
    act: _Act
    row: Row | None


class Replay:
    """One pass over a log. Memory: a day's events, whatever the length of the log."""

    def __init__(self, log: Log, forecaster: Foretelling) -> None:
        """Replay `log` for `forecaster` and the simple rules beside it."""
        self._log = log
        self._forecaster = forecaster
        self._rules = SimpleRules()
        self._waiting: set[int] = set()
        self._at_counters: set[int] = set()
        self._busy_s: float | None = None
        self._overnight: set[int] = set()
        """Who was waiting when the last night began."""
        self._left_waiting = self._called_later = 0
        """How many were, on all nights, and how many of them were called afterwards."""

    def run(self) -> Iterator[Told]:
        """Yield every row at its issue, with what was foretold before anything later was known."""
        for event in _timeline(self._log):
            row = event.row
            if row is None:
                self._day_begins(event.at_s)
            elif event.act is _Act.ISSUED:
                yield self._issued(event, row)
            elif event.act is _Act.CALLED:
                self._called(event, row)
            else:
                self._gone(event, row)

    def _day_begins(self, at_s: float) -> None:
        """End the day before, unless the hall was busy all along or people wait overnight."""
        if self._busy_s is None or at_s - self._busy_s < _NIGHT_S:
            return
        goes_on = bool(self._waiting) and self._called_later > self._left_waiting / 2
        self._overnight = set(self._waiting)
        self._left_waiting += len(self._overnight)
        if not goes_on:
            self._forecaster.day_ends()
            self._rules.day_ends()
            self._waiting.clear()
            self._at_counters.clear()

    def _issued(self, event: _Event, row: Row) -> Told:
        self._busy_s = event.at_s
        self._waiting.add(event.key)
        simple = self._rules.issued(event.key, row.service, event.at_s)
        at_s = event.at_s + self._log.offset_s
        told = self._forecaster.issued(str(event.key), row.service, at_s, row.priority)
        return Told(row, told, simple)

    def _called(self, event: _Event, row: Row) -> None:
        self._busy_s = event.at_s
        self._called_later += event.key in self._overnight
        if event.key not in self._waiting:
            return
        self._waiting.remove(event.key)
        self._at_counters.add(event.key)
        at_s = event.at_s + self._log.offset_s
        self._forecaster.called(str(event.key), at_s, row.counter, row.wait_s)
        self._forecaster.study()
        self._rules.called(event.key, event.at_s)

    def _gone(self, event: _Event, row: Row) -> None:
        ticket, at_s = str(event.key), event.at_s + self._log.offset_s
        if event.key in self._at_counters:
            self._at_counters.remove(event.key)
            self._forecaster.ended(ticket, at_s, served=not row.left)
        elif event.key in self._waiting:
            self._waiting.remove(event.key)
            self._forecaster.left(ticket, at_s)
            self._rules.left(event.key)


def _timeline(log: Log) -> Iterator[_Event]:
    """Yield the events of all days in the order of time, a beginning before each day."""
    pending: list[_Event] = []
    key = 0
    for rows in log.by_day():
        begins_s = rows[0].issued_s
        cut = bisect_left(pending, (begins_s,))
        yield from pending[:cut]
        yield _Event(begins_s, _Rank.DAY_BEGINS, 0, _Act.ISSUED, None)
        pending = pending[cut:]
        for row in rows:
            pending += _events(key, row)
            key += 1
        pending.sort()
    yield from pending


def _events(key: int, row: Row) -> Iterator[_Event]:
    yield _Event(row.issued_s, _Rank.ISSUED, key, _Act.ISSUED, row)
    at_s, rank = row.issued_s, _Rank.ISSUED
    if row.called_s is not None:
        rank = _Rank.CALLED if row.called_s > at_s else rank
        at_s = row.called_s
        yield _Event(at_s, rank, key, _Act.CALLED, row)
    if row.gone_s is not None:
        if row.gone_s > at_s:
            rank = _Rank.LEFT if row.called_s is None else _Rank.ENDED
        yield _Event(row.gone_s, rank, key, _Act.GONE, row)
