"""The hall of the model: who stands where. An act puts a standing on a visit's pile, an undo
takes it off again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from tests.concurrency.told import CounterTold, TicketTold

LEGAL = {
    ("waiting", "called"), ("called", "serving"), ("serving", "finished"),
    ("called", "missed"), ("missed", "waiting"),
    ("called", "held"), ("serving", "held"), ("held", "waiting"),
    ("called", "transferred"), ("serving", "transferred"), ("waiting", "cancelled"),
    ("waiting", "unserved"), ("held", "unserved"), ("missed", "unserved"),
}  # fmt: skip
"""From state to state, as the contract draws them."""
AT_COUNTER, ASIDE = ("called", "serving"), ("missed", "held")


class RefusedError(Exception):
    """An act the contract does not allow; the text is the code."""


class Standing(NamedTuple):
    """How a visit stands."""

    state: str
    service: str
    counter: int | None = None
    """The counter that called it last."""
    leg: int = 1
    outcome: str | None = None


@dataclass(eq=False)
class Visit:
    """Somebody in the hall."""

    id: str
    number: str
    place: tuple[float, int]
    """Time of issue less the credit, then the order of issue: the smaller is called first."""
    pile: list[Standing]

    @property
    def now(self) -> Standing:
        return self.pile[-1]

    @property
    def tickets(self) -> list[str]:
        """The tickets of its legs; the last one carries it now."""
        return [self.id, *(f"{self.id}.{leg}" for leg in range(2, self.now.leg + 1))]

    @property
    def told(self) -> TicketTold:
        state, service, counter, leg, outcome = self.now
        return TicketTold(self.tickets[-1], self.number, service, state, counter, leg, outcome)


class Act(NamedTuple):
    """What a counter did last, and may take back."""

    event: str
    at_s: float
    visit: Visit
    top: Standing
    """What it put on the pile."""


@dataclass(frozen=True)
class Counter:
    """A counter of the hall."""

    number: int
    state: str = "closed"
    services: tuple[str, ...] = ()
    visit: Visit | None = None
    last: Act | None = None

    @property
    def shown(self) -> Standing | None:
        """What a picture of it shows, as one object: another act, another object."""
        if self.visit:
            return self.visit.now
        return self.last.top if self.last else None

    @property
    def told(self) -> CounterTold:
        ticket = self.visit.number if self.visit else None
        return CounterTold(self.number, self.state, self.services, ticket)


@dataclass
class Hall:
    """Everybody and every counter of one day."""

    usual: Mapping[int, tuple[str, ...]]
    """Counter → its services, in order of preference."""
    visits: dict[str, Visit] = field(default_factory=dict)
    counters: dict[int, Counter] = field(default_factory=dict)
    lines: dict[str, list[Visit]] = field(default_factory=dict)
    """Service → who waits for it, in no order."""

    def __post_init__(self) -> None:
        self.counters = {number: Counter(number) for number in self.usual}
        letters = {letter for services in self.usual.values() for letter in services}
        self.lines = {letter: [] for letter in sorted(letters)}

    def line(self, service: str) -> list[Visit]:
        """Return who waits for a service, first called first."""
        return sorted(self.lines[service], key=lambda visit: visit.place)

    def next_for(self, number: int) -> Visit | None:
        """Return whom a counter calls next."""
        for service in self.counters[number].services:
            if self.lines[service]:
                return min(self.lines[service], key=lambda visit: visit.place)
        return None

    def known(self, ticket: str) -> Visit:
        """Return the visit a ticket belongs to, whichever of its tickets it is."""
        visit = self.visits.get(ticket.partition(".")[0])
        if visit is None or ticket not in visit.tickets:
            raise RefusedError("ticket.unknown")
        return visit

    def move(self, visit: Visit, top: Standing) -> None:
        """Let a visit stand otherwise."""
        if visit.pile:
            self._leave(visit)
        visit.pile.append(top)
        self._arrive(visit)

    def move_back(self, visit: Visit) -> None:
        """Let a visit stand as it stood before."""
        self._leave(visit)
        visit.pile.pop()
        self._arrive(visit)

    def remember(self, number: int, act: Act | None) -> None:
        """Note what a counter may take back."""
        self.counters[number] = replace(self.counters[number], last=act)

    def forget_when(self) -> None:
        """Let nobody know any more when anything was done: the power was off."""
        for counter in self.counters.values():
            if counter.last:
                self.remember(counter.number, counter.last._replace(at_s=float("-inf")))

    def _leave(self, visit: Visit) -> None:
        if visit.now.state == "waiting":
            self.lines[visit.now.service].remove(visit)
        if visit.now.state in AT_COUNTER and visit.now.counter:
            counter = self.counters[visit.now.counter]
            self.counters[counter.number] = replace(counter, visit=None)

    def _arrive(self, visit: Visit) -> None:
        if visit.now.state == "waiting":
            self.lines[visit.now.service].append(visit)
        if visit.now.state in AT_COUNTER and visit.now.counter:
            counter = self.counters[visit.now.counter]
            assert counter.visit is None, "never two tickets at one counter"
            self.counters[counter.number] = replace(counter, visit=visit)
