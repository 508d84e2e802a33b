"""What can be known of a wait when it begins: the hall as it stands, seen by several rules.

Each rule is biased in its own way; `motcua.queue.blend` finds what each is worth.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from motcua.queue.occupancy import Occupancy
from motcua.queue.rehearsal import Newcomer, Waiting, rehearse
from motcua.queue.tempo import Tempo, slot_of, walk
from motcua.queue.waiting import ARRIVALS, Line, Turns

if TYPE_CHECKING:
    from motcua.queue.blend import Clues, Group

Passing = Callable[[float, float], float]
"""(now, seconds of opening) → seconds until the centre was open for so long."""

NAMES = (
    "time between calls", "usual tempo", "tempo of late", "tempo by the clock", "first in line",
    "last called", "last called, by length", "mean wait", "own line by pace", "all lines by pace",
    "rehearsal",
)  # fmt: skip
"""The rules, in the order of `Hall.clues`."""
_FARTHEST = 100
"""Whoever has more people ahead is not rehearsed: a crowd moves by its tempo."""
_CLOCK_WEIGHT = 20.0
_FEWEST_LEFT = 30
_SLOWEST = 0.02
_FEWEST_OVERTAKINGS = 5
_OVERTAKES = 0.8
_GONE_AFTER = 5
_GONE_AFTER_MOST = 60


@dataclass(frozen=True, slots=True)
class _Visitor:
    service: str
    issued_s: float
    group: Group
    ahead: int
    gone: int
    """Who had left the line by then, called or not."""
    called: int
    first: bool
    """False: called before, so this wait teaches nothing."""


class Hall:
    """Everybody who waits or is served, and how it went with those before."""

    def __init__(self, passing: Passing | None = None) -> None:
        """Be empty; see `motcua.queue.forecast.Forecaster`."""
        self.occupancy = Occupancy()
        self._passing = passing
        self._lines: dict[str, Line] = {}
        self._visitors: dict[str, _Visitor] = {}
        self._tempo = Tempo()
        self._gone: dict[Group, Turns] = {}
        self._called: dict[Group, Turns] = {}
        self._overtakings: dict[tuple[str, str], list[int]] = {}
        """(taken, passed over) → how often the second had waited longer, and how often not."""
        self._gone_after = _GONE_AFTER
        """Whom so many of their group have overtaken are taken to have gone: a log need not tell
        when people leave. It grows when one of them is called after all."""

    def enter(
        self, ticket: str, group: Group, at_s: float, ahead: int | None, *, first: bool = True
    ) -> None:
        """Let somebody wait; not `first`: again, so this wait teaches nothing."""
        line = self._line(group[0])
        ahead_of = len(line.waiting) if ahead is None else ahead
        self._visitors[ticket] = _Visitor(
            group[0], at_s, group, ahead_of, line.called + line.left, line.called, first
        )
        line.waiting[ticket] = at_s
        line.arrivals_s.append(at_s)
        line.tempo.begin(at_s)
        self._tempo.begin(at_s)

    def call(self, ticket: str, at_s: float, counter: int | None) -> None:
        """Let a counter call somebody."""
        visitor = self._visitors.get(ticket)
        if visitor is None:
            return
        line = self._line(visitor.service)
        if visitor.first:
            self._note_call(visitor, line, at_s)
            self._note_overtaken(ticket, visitor, line)
        self._note_order(visitor, counter)
        self._take_out(ticket, line, at_s, waited=at_s > visitor.issued_s)
        line.called += 1
        self.occupancy.come(ticket, visitor.service, counter, at_s)

    def end(self, ticket: str, at_s: float, *, served: bool) -> None:
        """Let somebody leave the counter."""
        self.occupancy.go(ticket, at_s, served=served)
        self._visitors.pop(ticket, None)

    def leave(self, ticket: str, at_s: float) -> None:
        """Let somebody go without service."""
        visitor = self._visitors.get(ticket)
        line = self._line(visitor.service) if visitor else None
        if line and ticket in line.waiting:
            self._take_out(ticket, line, at_s, waited=True)
            line.left += 1
        self.end(ticket, at_s, served=False)

    def rest(self) -> None:
        """Everybody has gone; the next day begins with what was learnt."""
        for line in self._lines.values():
            line.waiting.clear()
            line.overtaken.clear()
            line.arrivals_s.clear()
            line.last = line.call_s = None
            line.tempo.rest()
        self._tempo.rest()
        self.occupancy.rest()
        self._visitors.clear()

    def clues(
        self, service: str, at_s: float, priority: str | None, ahead: int | None
    ) -> Clues | None:
        """Return what each rule of `NAMES` says, in seconds; None when too little is known."""
        line = self._line(service)
        if not line.tempo.known:
            return None
        ahead = len(line.waiting) if ahead is None else ahead
        group = (service, priority)
        turns = self._gone.get(group, Turns()).of(ahead) + 1
        usual_s = line.tempo.usual_s(at_s)
        first_s = at_s - next(iter(line.waiting.values())) if line.waiting else 0.0
        last_s, last_ahead = line.last or (turns * usual_s, ahead)
        own_s, all_s = self._by_pace(service, turns, ahead) or (turns * usual_s,) * 2
        calls = self._called.get(group, Turns()).of(ahead)
        rehearsed_s = self._rehearsed(service, at_s, calls)
        gap_s = sum(line.gaps_s) / len(line.gaps_s) if line.gaps_s else usual_s
        return (
            (ahead + 1) * gap_s, turns * usual_s, turns * line.tempo.lately_s(at_s),
            line.tempo.ahead_s(at_s, turns), max(0.0, first_s), last_s,
            last_s * (ahead + 1) / (last_ahead + 1),
            sum(line.waits_s) / len(line.waits_s) if line.waits_s else turns * usual_s,
            own_s, all_s, own_s if rehearsed_s is None else self._by_clock(at_s, rehearsed_s),
        )  # fmt: skip

    def _line(self, service: str) -> Line:
        return self._lines.setdefault(service, Line())

    def _note_call(self, visitor: _Visitor, line: Line, at_s: float) -> None:
        wait_s = at_s - visitor.issued_s
        if visitor.ahead:
            gone = line.called + line.left - visitor.gone
            self._gone.setdefault(visitor.group, Turns()).note(gone, visitor.ahead)
            called = line.called - visitor.called
            self._called.setdefault(visitor.group, Turns()).note(called, visitor.ahead)
        if line.call_s is not None:
            line.gaps_s.append(at_s - line.call_s)
        line.call_s = at_s
        line.last = (wait_s, visitor.ahead)
        if wait_s > 0:
            line.waits_s.append(wait_s)

    def _note_overtaken(self, ticket: str, visitor: _Visitor, line: Line) -> None:
        """Take those to have gone whom too many have overtaken."""
        if ticket not in line.waiting:
            self._gone_after = min(_GONE_AFTER_MOST, self._gone_after + 1)
            return
        for other in tuple(takewhile(lambda one: one != ticket, line.waiting)):
            if self._visitors[other].group == visitor.group:
                times = line.overtaken.get(other, 0) + 1
                line.overtaken[other] = times
                if times >= self._gone_after:
                    del line.waiting[other], line.overtaken[other]

    def _note_order(self, visitor: _Visitor, counter: int | None) -> None:
        """Learn which services are called from although others have waited longer."""
        taken = visitor.service
        for passed, line in self._lines.items():
            if passed != taken and line.waiting and self.occupancy.serves(counter, passed):
                older = next(iter(line.waiting.values())) < visitor.issued_s
                times = self._overtakings.setdefault((taken, passed), [0, 0])
                times[not older] += 1

    def _take_out(self, ticket: str, line: Line, at_s: float, *, waited: bool) -> None:
        line.overtaken.pop(ticket, None)
        line.call_s = line.call_s if len(line.waiting) > (ticket in line.waiting) else None
        if line.waiting.pop(ticket, None) is None:
            return
        empty = not any(other.waiting for other in self._lines.values())
        if waited:
            line.tempo.leave(at_s, last=not line.waiting)
            self._tempo.leave(at_s, last=empty)
        elif not line.waiting:
            line.tempo.since_s = None
            self._tempo.since_s = None if empty else self._tempo.since_s

    def _by_pace(self, service: str, turns: float, ahead: int) -> tuple[float, float] | None:
        """Return the wait if the counters at work served this line, or all lines, only."""
        if not self.occupancy.known:
            return None
        one_s = self.occupancy.pace_s(service) / max(1, self.occupancy.busy)
        others = sum(len(line.waiting) for name, line in self._lines.items() if name != service)
        return turns * one_s, (others + ahead + 1) * one_s

    def _rehearsed(self, service: str, at_s: float, calls: float) -> float | None:
        if not self.occupancy.known or calls > _FARTHEST:
            return None
        seats = list(self.occupancy.seats(at_s))
        if not any(seat.services is None or service in seat.services for seat in seats):
            return None
        lines = {name: self._waiting(name, service, at_s) for name in self._lines}
        return rehearse(seats, lines, Newcomer(service, calls, at_s), self._overtakes)

    def _waiting(self, name: str, mine: str, at_s: float) -> Waiting:
        line = self._lines[name]
        taken_s = self.occupancy.pace_s(name)
        if name == mine:
            return Waiting(line.first(_FARTHEST), taken_s)
        waiting = Waiting(line.first(_FARTHEST), taken_s * line.staying)
        if len(line.arrivals_s) == ARRIVALS and self._preferred(name, mine):
            every_s = (at_s - line.arrivals_s[0]) / ARRIVALS
            if every_s > 0:
                waiting.next_s, waiting.every_s = at_s + every_s / 2, every_s
        return waiting

    def _preferred(self, name: str, mine: str) -> bool:
        told = self.occupancy.prefers(name, mine)
        return self._overtakes(name, mine) if told is None else told

    def _overtakes(self, taken: str, passed: str) -> bool:
        """Return whether `taken` is usually called although `passed` has waited longer."""
        overtaken, _ = self._overtakings.get((taken, passed), (0, 0))
        _, in_turn = self._overtakings.get((passed, taken), (0, 0))
        return (
            overtaken >= _FEWEST_OVERTAKINGS
            and overtaken > _OVERTAKES * (overtaken + in_turn)
        )  # fmt: skip

    def _by_clock(self, at_s: float, seconds: float) -> float:
        """Return the seconds that pass while the centre works for so long at today's pace."""
        if self._passing:
            return self._passing(at_s, seconds)
        if self._tempo.usual.left < _FEWEST_LEFT:
            return seconds

        def share(slot: int) -> float:
            return max(_SLOWEST, self._tempo.share(slot, _CLOCK_WEIGHT))

        return walk(at_s, seconds * share(slot_of(at_s)), share)
