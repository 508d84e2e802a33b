"""The office: the one writer. Every change of the queue goes through `execute`.

Record, then act: a command is decided, its events are made durable, then applied, and only then do
printers, chimes and screens hear of it. A reaction that fails never undoes the record.
"""

from __future__ import annotations

import logging
from collections import deque
from contextlib import contextmanager
from threading import Condition, Lock, RLock, local
from typing import TYPE_CHECKING

from motcua.queue.commands import CloseDay
from motcua.queue.dating import day_at, learnt, opening, stand
from motcua.queue.day import Answer, Day
from motcua.queue.decide import closing, decide, repeat
from motcua.queue.errors import check_text
from motcua.queue.events import DayOpened
from motcua.queue.fold import answer, fold
from motcua.queue.forecast import Foretell, silent
from motcua.queue.record import Record
from motcua.record_keeping import JournalError
from motcua.recovery import last_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from motcua.clock import Clock
    from motcua.queue.commands import Command
    from motcua.queue.events import Event
    from motcua.queue.moment import Moment
    from motcua.queue.rules import Rules
    from motcua.record_keeping import Journal

logger = logging.getLogger(__name__)

_REQUEST_CHARS = 100
_PATIENCE_S = 10.0
"""For a command to wait until the disk has kept the one before it."""


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
        self.patience_s, self._stuck = _PATIENCE_S, False
        self._changed = Condition(RLock())
        self._lent = local()
        self._telling = RLock()
        self._untold: deque[Record] = deque()
        self._reactions: list[Callable[[Record], None]] = []
        self._day = last_day(journal)
        self._stopped = False
        self.foretell: Foretell = silent

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
        """Let `reaction` hear of every record after it is durable, in order; it must be quick."""
        self._reactions.append(reaction)

    @contextmanager
    def today(self) -> Iterator[Day]:
        """Lend the day for reading; an empty one when the last day is over.

        Never waits for the disk. Keep what is needed and leave quickly: nothing is applied
        meanwhile, and nothing may be executed before leaving.
        """
        with self._changed:
            nested, self._lent.day = self._is_lent(), True
            try:
                yield self._day_for(self._clock.now())
            finally:
                self._lent.day = nested

    def wait(self, seen: int, timeout_s: float) -> int:
        """Wait for another event than `seen`, so long or until the end; return its number."""
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
            RuntimeError: called inside `today`, where it would wait for itself.
        """
        if self._is_lent():
            raise RuntimeError("leave `today` before executing a command")
        check_text("request", request, _REQUEST_CHARS)
        try:
            with self._turn():
                first = self._day.answers.get(request) if request else None
                return repeat(first, command) if first else self._decide(command, request)
        finally:
            self._tell()

    def end_day_if_over(self) -> None:
        """Close a day that is over, so that boards and reports need not wait.

        Raises:
            JournalError: the disk refused; the day is as it was.
        """
        try:
            with self._turn():
                at = self._clock.now()
                if self._day.opened and not self._day.closed and not self._day_for(at).opened:
                    self._end(at)
        finally:
            self._tell()

    def stop(self) -> None:
        """Refuse what comes from now on, wake everybody who waits and close the journal."""
        with self._writing:
            with self._changed:
                self._stopped = True
                self._changed.notify_all()
            self._journal.close()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Be the one who writes; others wait so long, and not at all while a disk hangs."""
        patience_s = 0.0 if self._stuck else self.patience_s
        if not self._writing.acquire(timeout=patience_s):
            self._stuck = self._stuck or patience_s > 0
            raise JournalError("The disk has not kept the command before yet.")
        self._stuck = False
        try:
            yield
        finally:
            self._writing.release()

    def _is_lent(self) -> bool:
        """Return whether this thread is reading the day."""
        return getattr(self._lent, "day", False)

    def _decide(self, command: Command, request: str | None) -> Answer:
        at = self._clock.now()
        day = self._day_for(at)
        events = decide(day, command, at, self._rules, self._fresh_id(), self.foretell)
        if not day.opened:
            self._begin(at)
        events = learnt(self._day, at, self._rules.hours) + events
        kept = self._keep(events, at, type(command).__name__, request)
        return answer(self._day, kept[-1])

    def _day_for(self, at: Moment) -> Day:
        """Return the running day, or an empty one when it is over."""
        return day_at(self._day, at, self._rules.hours)

    def _begin(self, at: Moment) -> None:
        """End the last day, then open today's."""
        today = stand(self._day, at, self._rules.hours)
        fresh = self._day_for(at)
        if self._day.opened:
            self._end(at)
            fresh.seq = self._day.seq
        with self._changed:
            self._day = fresh
        self._keep(opening(today), at, DayOpened.__name__)

    def _end(self, at: Moment) -> None:
        """Close the last day if it is still open, and let it know what its clock did."""
        known = at.boot in self._day.begun
        events = learnt(self._day, at, self._rules.hours) if known else []
        if not self._day.closed:
            events += closing(self._day)
        if events:
            self._keep(events, at, CloseDay.__name__)

    def _keep(
        self, events: list[Event], at: Moment, command: str, request: str | None = None
    ) -> list[Record]:
        """Make `events` durable together, then apply them."""
        if self._stopped:
            raise JournalError("The office is closing down.")
        first, last = self._day.seq + 1, len(events) - 1
        records = [
            Record(first + n, self._day.date, at, event, command, request, last - n)
            for n, event in enumerate(events)
        ]
        self._journal.append(records)
        with self._changed:
            fold(self._day, records)
            self._changed.notify_all()
        self._untold.extend(records)
        return records

    def _tell(self) -> None:
        """Tell what happened, in the order it did, whichever thread wrote it.

        Whoever leaves here knows that the records written before were told.
        """
        with self._telling:
            while self._untold:
                record = self._untold.popleft()
                for reaction in self._reactions:
                    try:
                        reaction(record)
                    except Exception:
                        logger.exception("a reaction to event %s failed", record.seq)
