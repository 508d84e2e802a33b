"""The office: the one writer. Every change of the queue goes through `execute`.

Record, then act: a command is decided, its events are made durable, then applied, and only then do
printers, chimes and screens hear of it. A reaction that fails never undoes the record.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Condition, Lock
from typing import TYPE_CHECKING, Protocol

from motcua.queue.commands import CloseDay
from motcua.queue.day import Answer, Day
from motcua.queue.decide import closing, decide
from motcua.queue.errors import QueueError
from motcua.queue.events import ClockStepped, DayOpened
from motcua.queue.fold import answer, fold
from motcua.queue.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from motcua.clock import Clock
    from motcua.queue.commands import Command
    from motcua.queue.events import Event
    from motcua.queue.moment import Moment
    from motcua.queue.rules import Rules

logger = logging.getLogger(__name__)

_STEP_NOTICED_S = 2.0
"""A wall clock that moved this much against the monotonic clock was stepped."""


class JournalError(Exception):
    """The journal could not keep the records; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Something a journal found broken, and what it did about it."""

    file: str
    line: int | None
    """The damaged line; None when the end of the file was torn."""
    cut: bool
    """True: a torn end was cut. False: the line was passed over, the rest serves."""
    bytes_lost: int = 0


class Journal(Protocol):
    """Keeps records for good, a business day at a time."""

    damage: list[Damage]

    def append(self, records: Sequence[Record]) -> None:
        """Keep `records`, all of one day, all or none, before returning."""
        ...

    def read(self, day: str) -> Iterator[Record]:
        """Yield the sound records of a day in order."""
        ...

    def days(self) -> list[str]:
        """Return the days that have records, oldest first."""
        ...

    def mark(self, day: str) -> str:
        """Return a short name of what the journal holds of a day: other records, another mark."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...


class Office:
    """The day's queue, shared by every screen."""

    def __init__(
        self, journal: Journal, clock: Clock, rules: Rules, fresh_id: Callable[[], str]
    ) -> None:
        """Fold the last day of `journal` and go on from there.

        Args:
            journal: keeps the facts.
            clock: read once a command.
            rules: what the centre has decided.
            fresh_id: makes unguessable ids.
        """
        self._journal = journal
        self._clock = clock
        self._rules = rules
        self._fresh_id = fresh_id
        self._writing = Lock()
        self._changed = Condition(Lock())
        self._reactions: list[Callable[[Record], None]] = []
        self._day = _last_day(journal)
        self._stopped = False

    @property
    def seq(self) -> int:
        """Number of the last event; screens compare it."""
        return self._day.seq

    @property
    def rules(self) -> Rules:
        """What the centre has decided, as of now."""
        return self._rules

    @property
    def clock(self) -> Clock:
        """The clock the office goes by."""
        return self._clock

    @property
    def stopped(self) -> bool:
        """Whether the office is closing down."""
        return self._stopped

    def now(self) -> Moment:
        """Return the present moment by the office's clock."""
        return self._clock.now()

    def change_rules(self, rules: Rules) -> None:
        """Go by other rules from the next command on."""
        with self._writing:
            self._rules = rules

    def react(self, reaction: Callable[[Record], None]) -> None:
        """Let `reaction` hear of every record after it is durable; it must return at once."""
        self._reactions.append(reaction)

    @contextmanager
    def today(self) -> Iterator[Day]:
        """Lend the day for reading; an empty one when the last day is over.

        Keep what is needed and leave quickly: nothing is applied meanwhile.
        """
        date = self._date(self._clock.now())
        with self._changed:
            yield self._day if self._day.date == date else Day(date, seq=self._day.seq)

    def wait(self, seen: int, timeout_s: float) -> int:
        """Wait until the last event's number differs from `seen`; return the number.

        Returns at the latest after `timeout_s` seconds, or when the office stops.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._day.seq != seen or self._stopped, timeout_s)
            return self._day.seq

    def execute(self, command: Command, request: str | None = None) -> Answer:
        """Decide, record, apply, then let others react.

        Args:
            command: what is wanted.
            request: the caller's id for this wish; the same id again adds nothing and gets the
                first answer.

        Raises:
            QueueError: refused by the rules; nothing has changed.
            JournalError: the disk refused; nothing has changed.
        """
        with self._writing:
            at = self._clock.now()
            day = self._day_for(at)
            first = day.answers.get(request) if request else None
            if first:
                return _repeat(first, command)
            events = decide(day, command, at, self._rules, self._fresh_id())
            begun = [] if day is self._day else self._begin(at)
            name = type(command).__name__
            kept = self._keep(self._day, [*self._step(at), *events], at, name, request)
            result = answer(self._day, kept[-1])
        self._tell([*begun, *kept])
        return result

    def end_day_if_over(self) -> None:
        """Close a day whose date has passed, so that boards and reports need not wait."""
        with self._writing:
            at = self._clock.now()
            over = self._day.date != self._date(at)
            kept = self._end(at) if over else []
        self._tell(kept)

    def stop(self) -> None:
        """Wake everybody who waits and close the journal."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        with self._writing:
            self._journal.close()

    def _date(self, at: Moment) -> str:
        """Return the business day at `at`: the local date, never before the last one."""
        return max(self._rules.hours.date(at.wall).isoformat(), self._day.date)

    def _day_for(self, at: Moment) -> Day:
        date = self._date(at)
        return self._day if self._day.date == date else Day(date, seq=self._day.seq)

    def _end(self, at: Moment) -> list[Record]:
        """Close the last day if it is still open."""
        if not self._day.opened or self._day.closed:
            return []
        return self._keep(self._day, closing(self._day), at, CloseDay.__name__)

    def _begin(self, at: Moment) -> list[Record]:
        """Close the last day if it is still open, then open today's."""
        ended = self._end(at)
        day = Day(self._date(at), seq=self._day.seq)
        return [*ended, *self._keep(day, [DayOpened(day.date)], at, DayOpened.__name__)]

    def _step(self, at: Moment) -> list[Event]:
        """Return the fact that the wall clock was stepped since the last record, if it was."""
        last = self._day.last
        if last is None or last.boot != at.boot:
            return []
        step_s = round(at.offset_s - last.offset_s, 3)
        return [ClockStepped(step_s)] if abs(step_s) > _STEP_NOTICED_S else []

    def _keep(
        self, day: Day, events: list[Event], at: Moment, command: str, request: str | None = None
    ) -> list[Record]:
        """Make `events` durable together, then apply them to `day`, which is the day from now."""
        last = len(events) - 1
        records = [
            Record(day.seq + 1 + n, day.date, at, event, command, request, last - n)
            for n, event in enumerate(events)
        ]
        self._journal.append(records)
        with self._changed:
            self._day = fold(day, records)
            self._changed.notify_all()
        return records

    def _tell(self, records: list[Record]) -> None:
        for record in records:
            for reaction in self._reactions:
                try:
                    reaction(record)
                except Exception:
                    logger.exception("a reaction to event %s failed", record.seq)


def _repeat(first: Answer, command: Command) -> Answer:
    if first.command != type(command).__name__:
        raise QueueError(
            "request.reused", "This request id was used for another command.", "invalid"
        )
    return replace(first, repeated=True)


def _last_day(journal: Journal) -> Day:
    days = journal.days()
    return fold(Day(days[-1]), journal.read(days[-1])) if days else Day("")
