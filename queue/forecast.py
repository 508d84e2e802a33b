"""How long a visitor will probably wait, learnt from those before: a middle, and a range around it.

Whoever takes a number meets several rules of thumb, from the wait of the last one called to a
rehearsal of the calls to come (`motcua.queue.clues`). A blend of them, weighted so that it missed
least so far (`motcua.queue.blend`), is the point; the misses so far give the range
(`motcua.queue.band`). Everything is learnt from the visits themselves and scale-free, so that it
works for waits of seconds and of hours, and for a log that lacks counters, calls or priorities.
Nothing is said before enough is known.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from motcua.queue.band import Band
from motcua.queue.blend import Blend, Clues, Group, Row, learn
from motcua.queue.clues import Hall

if TYPE_CHECKING:
    from motcua.queue.clues import Passing
    from motcua.queue.day import Day
    from motcua.queue.moment import Moment

BASIS = "visits"
"""What a told wait is built on: the visits before, today's and of the days before."""
_SEEN_BEFORE_SPEAKING = 10
"""Waits measured before one is foretold."""
_ROWS = 1500
_FEWEST_ROWS = 15
_LEARN_EVERY = (10, 60)
"""Waits between two weighings: a quarter of those known, within these."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """A wait as foretold, in seconds: 0 ≤ low ≤ point ≤ high; four in five lie between."""

    point_s: float
    low_s: float
    high_s: float


Foretell = Callable[["Day", str, "Moment", str | None, int], Forecast | None]
"""(day, service, now, priority group, people ahead) → the wait to come; None: not known."""
_Asked = tuple[tuple[str, float, str | None, int | None] | None, "Clues | None"]
_NOTHING: _Asked = (None, None)


def silent(*_: object) -> None:
    """Foretell nothing."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What was known of a visitor when the number was given."""

    group: Group
    issued_s: float
    clues: Clues | None
    forecast: Forecast | None


class Forecaster:
    """Hears of every step of every visit in the order of time, and foretells waits.

    Times are seconds on a line that never runs back, counted from some midnight of the centre; the
    ids of tickets are of the caller's making. What it does not know it passes over: a call of a
    ticket that was never issued teaches nothing.
    """

    def __init__(self, passing: Passing | None = None, *, studies: bool = True) -> None:
        """Know nothing yet.

        Args:
            passing: tells how many seconds pass, from a time on, until the centre was open for so
                many seconds; None: at what times it works is learnt.
            studies: weighs the clues anew by itself, now and then, when somebody is called; False:
                its owner calls `study` when nobody waits for an answer.
        """
        self.studies = studies
        self._hall = Hall(passing)
        self._told: dict[str, _Told] = {}
        self._asked: _Asked = _NOTHING
        """The last question and its clues: whoever takes a number asks first."""
        self._rows: deque[Row] = deque(maxlen=_ROWS)
        self._fresh = 0
        self.blend: Blend | None = None
        self._band = Band()
        self._seen = 0

    def foretell(
        self, service: str, at_s: float, priority: str | None = None, ahead: int | None = None
    ) -> Forecast | None:
        """Return the wait of somebody who takes a number now; None when too little is known.

        Args:
            service: what for.
            at_s: now.
            priority: the priority group, any name.
            ahead: people who will be called before, where the centre knows; else everybody who
                waits for the service.
        """
        clues = self._hall.clues(service, at_s, priority, ahead)
        self._asked = ((service, at_s, priority, ahead), clues)
        return self._foretold(clues, (service, priority))

    def issued(
        self,
        ticket: str,
        service: str,
        at_s: float,
        priority: str | None = None,
        ahead: int | None = None,
    ) -> Forecast | None:
        """Let a visitor wait from now on; return what `foretell` said."""
        (asked, clues), self._asked = self._asked, _NOTHING
        if asked != (service, at_s, priority, ahead):
            clues = self._hall.clues(service, at_s, priority, ahead)
        forecast = self._foretold(clues, (service, priority))
        self._hall.enter(ticket, (service, priority), at_s, ahead)
        self._told[ticket] = _Told((service, priority), at_s, clues, forecast)
        return forecast

    def waits_again(self, ticket: str, service: str, at_s: float) -> None:
        """Let somebody wait who was called before: their wait teaches nothing more."""
        self._hall.enter(ticket, (service, None), at_s, None, first=False)

    def called(
        self, ticket: str, at_s: float, counter: int | None = None, wait_s: float | None = None
    ) -> None:
        """A counter called a visitor. `wait_s`: the wait as measured, where times are less sure."""
        self._hall.call(ticket, at_s, counter)
        told = self._told.pop(ticket, None)
        if told is None:
            return
        wait_s = at_s - told.issued_s if wait_s is None else wait_s
        if wait_s > 0:
            self._learn(told, wait_s)
            if self.studies:
                self.study()

    def ended(self, ticket: str, at_s: float, *, served: bool = True) -> None:
        """A visitor left the counter; not `served`: nobody came, or it was taken back."""
        self._hall.end(ticket, at_s, served=served)

    def left(self, ticket: str, at_s: float) -> None:
        """A visitor went without service: gave up waiting, or was called and did not come."""
        self._hall.leave(ticket, at_s)
        self._told.pop(ticket, None)

    def opened(self, counter: int, services: tuple[str, ...]) -> None:
        """A counter takes visitors of these services, in order of preference."""
        self._hall.occupancy.open(counter, services)

    def closed(self, counter: int) -> None:
        """A counter takes no more visitors."""
        self._hall.occupancy.close(counter)

    def day_ends(self) -> None:
        """Everybody has gone."""
        self._hall.rest()
        self._told.clear()

    def study(self) -> None:
        """Weigh the clues anew when enough was learnt; takes some tens of milliseconds then."""
        rows = self.lesson()
        if rows:
            self.blend = learn(rows, self.blend)

    def lesson(self) -> tuple[Row, ...]:
        """Return what to weigh the clues by, when enough was learnt since; else nothing."""
        least, most = _LEARN_EVERY
        enough = min(most, max(least, len(self._rows) // 4)) if self.blend else _FEWEST_ROWS
        if self._fresh < enough:
            return ()
        self._fresh = 0
        return tuple(self._rows)

    def _foretold(self, clues: Clues | None, group: Group) -> Forecast | None:
        if clues is None or self._seen < _SEEN_BEFORE_SPEAKING:
            return None
        point_s = self.blend.point_s(clues, group) if self.blend else sorted(clues)[len(clues) // 2]
        return Forecast(point_s, *self._band.around(point_s, group[0]))

    def _learn(self, told: _Told, wait_s: float) -> None:
        self._seen += 1
        self._band.wait(wait_s)
        if told.forecast:
            known = (told.forecast.point_s, told.forecast.low_s, told.forecast.high_s)
            self._band.note(known, wait_s, told.group[0])
        if told.clues:
            self._rows.append(Row(told.group, told.clues, wait_s))
            self._fresh += 1
