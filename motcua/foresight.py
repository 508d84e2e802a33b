"""What the running centre foretells: a forecaster that hears every record, and knows the past.

It begins with what happens from now on. The days before are learnt by the caretaker, off every
request, and then take its place. Weighing anew, which takes longest, is the caretaker's too.
"""

from __future__ import annotations

from itertools import takewhile
from threading import Event, Lock
from typing import TYPE_CHECKING

from motcua.queue.blend import learn
from motcua.queue.day import Day
from motcua.queue.events import TicketIssued
from motcua.queue.fold import apply
from motcua.queue.forecast import Forecaster
from motcua.queue.hearing import steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from motcua.office import Office
    from motcua.queue.forecast import Forecast
    from motcua.queue.hearing import Step
    from motcua.queue.moment import Moment
    from motcua.queue.record import Record
    from motcua.record_keeping import Journal

_TICKETS = 2000
"""Enough to learn from: days further back are not read."""
_RECORDS_AT_ONCE = 20
_REST_S = 0.005


class Foresight:
    """Foretells waits for an office; every method may be called by any thread."""

    def __init__(self, office: Office, past: Journal | None = None) -> None:
        """Hear of everything that happens from now on, and foretell for `office`.

        Args:
            office: whose records are heard.
            past: has what happened before, learnt at the first `study`; None: nothing did, and
                nobody calls `study`.
        """
        self._office = office
        self._past, self._before = past, office.seq
        self._lock = Lock()
        self._over = Event()
        self._forecaster = Forecaster(self._passing, studies=past is None)
        self._heard: list[Step] = []
        """What was heard while the past is not learnt."""
        office.foretell = self.foretell
        office.react(self.hear)

    def foretell(
        self, day: Day, service: str, at: Moment, priority: str | None, ahead: int
    ) -> Forecast | None:
        """Return the wait of somebody with `ahead` people before them; None when unknown.

        Nothing is told while no counter is open for the service.
        """
        if not day.open_counters(service):
            return None
        with self._lock:
            return self._forecaster.foretell(service, day.line_s(at), priority, ahead)

    def hear(self, record: Record) -> None:
        """Learn from what happened; quick."""
        with self._office.today() as day:
            told = steps(day, record)
        with self._lock:
            for step in told:
                step(self._forecaster)
            if self._past:
                self._heard += told

    def study(self) -> None:
        """Learn the past, which takes seconds; after that, weigh anew when there is enough new."""
        if self._past:
            self._learn(self._past)
            return
        with self._lock:
            rows, before = self._forecaster.lesson(), self._forecaster.blend
        if rows:
            blend = learn(rows, before)
            with self._lock:
                self._forecaster.blend = blend

    def stop(self) -> None:
        """Leave the past unlearnt, so that nobody has to wait for it at the end."""
        self._over.set()

    def _learn(self, past: Journal) -> None:
        taught = Forecaster(self._passing)
        for day in _latest(past):
            known = takewhile(lambda record: record.seq <= self._before, past.read(day))
            _teach(taught, day, self._gently(known))
        with self._lock:
            for step in self._heard:
                step(taught)
            taught.studies = False
            self._forecaster, self._past = taught, None
            self._heard.clear()

    def _gently(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield records with a rest now and then, so that whoever asks meanwhile is answered."""
        for number, record in enumerate(records):
            if number % _RECORDS_AT_ONCE == 0 and self._over.wait(_REST_S):
                return
            yield record

    def _passing(self, at_s: float, seconds: float) -> float:
        return self._office.rules.hours.passing(at_s, seconds)


def _latest(journal: Journal) -> list[str]:
    """Return the latest days that hold enough, oldest first."""
    days: list[str] = []
    tickets = 0
    for day in reversed(journal.days()):
        days.append(day)
        tickets += sum(isinstance(record.event, TicketIssued) for record in journal.read(day))
        if tickets >= _TICKETS:
            break
    return days[::-1]


def _teach(forecaster: Forecaster, name: str, records: Iterable[Record]) -> None:
    day = Day(name)
    for record in records:
        apply(day, record)
        for step in steps(day, record):
            step(forecaster)
