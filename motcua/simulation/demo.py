"""`motcua demo`: the make-believe ward lives through the running centre, faster than life."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING

from motcua.simulation.ward import Ward

if TYPE_CHECKING:
    from motcua.clock import FastClock
    from motcua.office import Office
    from motcua.queue.hours import Hours
    from motcua.simulation.demand import Demand

_HEAD_START = timedelta(minutes=50)
"""How far the first day has got when the doors of the demonstration open."""
_BEFORE_OPENING = timedelta(minutes=5)


def first_morning(hours: Hours, today: date) -> datetime:
    """Return shortly before opening of `today`, or of the next working day."""
    day = today
    while not hours.shifts(day):
        day += timedelta(days=1)
    return datetime.combine(day, hours.shifts(day)[0].opens, hours.zone) - _BEFORE_OPENING


class Demonstration:
    """Lets a ward live day after day, until stopped."""

    def __init__(
        self, office: Office, clock: FastClock, demand: Demand, counters: list[int]
    ) -> None:
        """Let clerks work at `counters`; the others are free for whoever watches."""
        self._office = office
        self._clock = clock
        self._hours = demand.rules.hours
        self._ward = Ward(office, demand, counters)
        self._over = Event()
        self._thread = Thread(target=self._run, name="demonstration", daemon=True)

    def start(self) -> None:
        """Live through the first minutes at once, then go on by the clock."""
        today = self._hours.date(self._clock.now().wall)
        self._ward.plan(today)
        self._live_until(self._clock.now().wall + _HEAD_START)
        self._thread.start()

    def stop(self) -> None:
        """Let everybody go home."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _live_until(self, end: datetime) -> None:
        while (at := self._ward.next_at()) is not None and at <= end:
            self._clock.skip_to(at)
            self._ward.step()

    def _run(self) -> None:
        while not self._over.is_set():
            at = self._ward.next_at()
            if at is None:
                self._next_day()
            elif self._over.wait(self._clock.real_seconds_until(at)):
                return
            else:
                self._ward.step()

    def _next_day(self) -> None:
        """Let the night pass at once."""
        tomorrow = self._hours.date(self._clock.now().wall) + timedelta(days=1)
        morning = first_morning(self._hours, tomorrow)
        self._clock.skip_to(morning)
        self._ward.plan(self._hours.date(morning))
