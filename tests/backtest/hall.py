"""A simulated hall, of any kind and tempo: who came, who was called, who left, to the second.

It shares nothing with the product's own simulation on purpose: estimates are tried on halls that
know none of the rules they are built on. The same world gives the same days.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal

import simpy

HOUR = 3600.0
_Events = Generator[simpy.Event, Any, None]


@dataclass(frozen=True)
class Kind:
    """A service: its letter, its share of the people, and how long it takes."""

    letter: str
    share: float
    mean_s: float
    sigma: float = 0.6
    """Spread of the lognormal service time; 0 = an exponential one, negative = Pareto's tail."""


@dataclass(frozen=True)
class Desk:
    """A counter: its services in order of preference, and its open hours (from, to)."""

    number: int
    services: str
    hours: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class World:
    """A centre and its demand."""

    name: str
    kinds: tuple[Kind, ...]
    desks: tuple[Desk, ...]
    rates: tuple[tuple[float, float, float], ...]
    """(from hour, to hour, people an hour)."""
    days: int = 20
    groups: tuple[tuple[str, float, float], ...] = ()
    """Priority: (code, share, credit in seconds)."""
    order: Literal["fifo", "lifo", "random"] = "fifo"
    choice: Literal["preferred", "longest"] = "preferred"
    patience_s: float = 0.0
    """Mean of an exponential patience; 0 = endless."""
    way_s: float = 20.0
    missed: float = 0.0
    transferred: float = 0.0
    party: int = 1
    """Most people that come together."""
    breaks: float = 0.0
    """Chance after each visitor that the clerk goes away for a quarter of an hour or so."""
    day_loads: tuple[float, ...] = (1.0,)
    """Factors of the demand, day after day, from the start again."""
    slower_from: int = 0
    """From this day on services take half as long again; 0 = never."""
    closes_h: float = 24.0
    without: tuple[str, ...] = ()
    """Columns the log lacks."""
    seconds: bool = False
    """Times as seconds since midnight instead of ISO 8601."""


@dataclass(eq=False)
class Turn:
    """One leg: a row of the log. Seconds since the day's midnight."""

    ticket: str
    service: str
    priority: str
    issued_s: float
    place: float
    """Smaller is called earlier."""
    called_s: float | None = None
    started_s: float | None = None
    finished_s: float | None = None
    counter: int | None = None
    outcome: str = ""


@dataclass
class Hall:
    """One day of a world."""

    world: World
    day: int
    turns: list[Turn] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin the day at midnight."""
        self._chance = Random(f"{self.world.name} {self.day}")  # noqa: S311 - no secret
        self._env = simpy.Environment()
        self._lines: dict[str, list[Turn]] = {kind.letter: [] for kind in self.world.kinds}
        self._kinds = {kind.letter: kind for kind in self.world.kinds}
        self._bell = self._env.event()

    def run(self) -> list[Turn]:
        """Return the day's rows in the order of issue."""
        self._env.process(self._arrivals())
        for desk in self.world.desks:
            self._env.process(self._work(desk))
        self._env.run()
        for turn in self.turns:
            if not turn.outcome:
                turn.outcome, turn.finished_s = "unserved", self.world.closes_h * HOUR
        return self.turns

    def _arrivals(self) -> _Events:
        load = self.world.day_loads[self.day % len(self.world.day_loads)]
        load *= self._chance.lognormvariate(0, 0.12)
        for begin, end, an_hour in self.world.rates:
            mean_s = HOUR * self.world.party / (an_hour * load)
            at_s = begin * HOUR + self._chance.expovariate(1 / mean_s)
            while at_s < end * HOUR:
                yield self._env.timeout(at_s - self._env.now)
                for _ in range(self._chance.randint(1, 2 * self.world.party - 1)):
                    self._come()
                at_s += self._chance.expovariate(1 / mean_s)

    def _come(self) -> None:
        kinds = self.world.kinds
        [kind] = self._chance.choices(kinds, [kind.share for kind in kinds])
        priority, credit_s = self._priority()
        number = f"{kind.letter}{len(self.turns) + 1:03}"
        place = {
            "fifo": self._env.now - credit_s,
            "lifo": -self._env.now,
            "random": self._chance.random(),
        }[self.world.order]
        self._join(Turn(number, kind.letter, priority, self._env.now, place))

    def _priority(self) -> tuple[str, float]:
        draw = self._chance.random()
        for code, share, credit_s in self.world.groups:
            draw -= share
            if draw < 0:
                return code, credit_s
        return "", 0.0

    def _join(self, turn: Turn) -> None:
        self.turns.append(turn)
        self._lines[turn.service].append(turn)
        self._bell.succeed()
        self._bell = self._env.event()
        if self.world.patience_s:
            self._env.process(self._wait(turn))

    def _wait(self, turn: Turn) -> _Events:
        yield self._env.timeout(self._chance.expovariate(1 / self.world.patience_s))
        if turn.called_s is None:
            self._lines[turn.service].remove(turn)
            turn.outcome, turn.finished_s = "cancelled", self._env.now

    def _work(self, desk: Desk) -> _Events:
        for opens, closes in desk.hours:
            if self._env.now < opens * HOUR:
                yield self._env.timeout(opens * HOUR - self._env.now)
            while self._env.now < closes * HOUR:
                turn = self._next(desk)
                if turn is None:
                    yield self._bell | self._env.timeout(closes * HOUR - self._env.now)
                    continue
                yield from self._serve(desk, turn)
                if self._chance.random() < self.world.breaks:
                    yield self._env.timeout(self._chance.uniform(300, 1800))

    def _next(self, desk: Desk) -> Turn | None:
        fronts = [
            min(line, key=lambda turn: turn.place)
            for letter in desk.services
            if (line := self._lines[letter])
        ]
        if not fronts:
            return None
        longest = self.world.choice == "longest"
        turn = min(fronts, key=lambda front: front.place) if longest else fronts[0]
        self._lines[turn.service].remove(turn)
        return turn

    def _serve(self, desk: Desk, turn: Turn) -> _Events:
        turn.called_s, turn.counter = self._env.now, desk.number
        if self._chance.random() < self.world.missed:
            yield self._env.timeout(self._chance.uniform(40, 120))
            turn.outcome, turn.finished_s = "missed", self._env.now
            return
        if self.world.way_s:
            yield self._env.timeout(self._chance.uniform(0.5, 1.5) * self.world.way_s)
        turn.started_s = self._env.now
        yield self._env.timeout(self._service_s(self._kinds[turn.service]))
        turn.outcome, turn.finished_s = "done", self._env.now
        if self._chance.random() < self.world.transferred:
            turn.outcome = "transferred"
            other = self._chance.choice([one for one in self._lines if one != turn.service])
            place, now = turn.place, self._env.now
            self._join(Turn(turn.ticket, other, turn.priority, now, place))

    def _service_s(self, kind: Kind) -> float:
        slower = bool(self.world.slower_from) and self.day >= self.world.slower_from
        mean_s = kind.mean_s * (1.5 if slower else 1.0)
        if kind.sigma > 0:
            drawn = self._chance.lognormvariate(-(kind.sigma**2) / 2, kind.sigma)
        elif kind.sigma < 0:
            drawn = min(self._chance.paretovariate(1.5) / 3, 40.0)
        else:
            drawn = self._chance.expovariate(1.0)
        return max(1.0, mean_s * drawn)
