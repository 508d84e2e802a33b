"""Who comes, when, for what, and how long it takes: a plausible ward, not a measured one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import log, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from motcua.queue.hours import Hours, Shift
    from motcua.queue.procedure import Procedure
    from motcua.queue.rules import Rules

_RUSH = (1.4, 1.6, 1.5, 1.3, 1.1, 0.9, 0.7, 0.5)
"""How busy each eighth of a shift is: people come early."""
_POPULAR = {
    "2.000815": 30.0, "1.001193": 9.0, "2.000635": 8.0, "1.004873": 7.0, "1.013978": 6.0,
    "1.004194": 5.0, "1.004222": 5.0, "1.001612": 4.0, "1.014027": 4.0, "1.000656": 3.0,
    "1.000894": 3.0, "2.000884": 3.0, "2.001035": 3.0, "1.001776": 2.0, "1.012812": 1.0,
    "2.000200": 3.0, "3.000333": 2.0, "1.001456": 2.0, "1.012783": 2.0,
}  # fmt: skip
_RARE = 0.15
_SERVICE_MIN = {"A": 7.0, "H": 4.0, "K": 8.0, "M": 13.0, "S": 9.0, "L": 9.0, "N": 6.0}
_USUAL_MIN = 7.0
_VARIATION = 0.6
"""Standard deviation of a service time over its mean."""
_PRIORITY_SHARE = 0.16
_PURPOSES = (("submit", "collect", "ask", "assist"), (70, 15, 8, 7))
_OUTCOMES = (
    ("received", "done", "papers_missing", "advised", "wrong_place", "not_possible"),
    (46, 32, 9, 8, 2, 3),
)
"""Names and how often they happen."""
_BUSY_SHARE = 0.85
"""Share of the counters' time the visitors may fill; a heavier day is served faster."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who will come."""

    at: datetime
    procedure: Procedure
    priority: str | None
    purpose: str


@dataclass(frozen=True, slots=True)
class Demand:
    """Draws visitors and durations from one seeded source of chance."""

    rules: Rules
    chance: Random
    tickets_per_day: int
    counters: int

    def visitors(self, day: date) -> list[Visitor]:
        """Return the visitors of a day in order of arrival; referred ones come on top."""
        shifts = self.rules.hours.shifts(day)
        codes = list(self.rules.procedures.values())
        weights = [_POPULAR.get(one.code, _RARE) for one in codes]
        visitors: list[Visitor] = []
        tickets = 0
        while tickets < self.tickets_per_day and shifts and codes:
            procedure = self.chance.choices(codes, weights)[0]
            if not procedure.in_force(day):
                continue
            tickets += not procedure.elsewhere
            visitors.append(
                Visitor(self._arrival(day, shifts), procedure, self._priority(), self._purpose())
            )
        return sorted(visitors, key=lambda visitor: visitor.at)

    def service_s(self, service: str) -> float:
        """Return how long one visitor is served, log-normally spread."""
        mean_s = 60 * _SERVICE_MIN.get(service, _USUAL_MIN) * self._hurry()
        sigma = sqrt(log(1 + _VARIATION**2))
        return self.chance.lognormvariate(log(mean_s) - sigma**2 / 2, sigma)

    def outcome(self) -> str:
        """Return how a visit ends."""
        return self.chance.choices(*_OUTCOMES)[0]

    def patience_s(self) -> float:
        """Return how long somebody waits before leaving."""
        return 900 + self.chance.expovariate(1 / 4500)

    def _arrival(self, day: date, shifts: Sequence[Shift]) -> datetime:
        lengths = [_length(day, shift, self.rules.hours) for shift in shifts]
        shift = self.chance.choices(shifts, [length.total_seconds() for length in lengths])[0]
        part = self.chance.choices(range(len(_RUSH)), _RUSH)[0] + self.chance.random()
        length = lengths[shifts.index(shift)] - timedelta(minutes=5)
        opens = datetime.combine(day, shift.opens, self.rules.hours.zone)
        return opens + length * part / len(_RUSH)

    def _priority(self) -> str | None:
        if not self.rules.priorities or self.chance.random() > _PRIORITY_SHARE:
            return None
        return self.chance.choice(list(self.rules.priorities))

    def _purpose(self) -> str:
        return self.chance.choices(*_PURPOSES)[0]

    def _hurry(self) -> float:
        """Return by what services are shortened so that the counters can cope."""
        needed_min = self.tickets_per_day * (_USUAL_MIN + 1)
        open_min = self.counters * 7.5 * 60 * _BUSY_SHARE
        return min(1.0, open_min / max(1.0, needed_min))


def _length(day: date, shift: Shift, hours: Hours) -> timedelta:
    return datetime.combine(day, shift.closes, hours.zone) - datetime.combine(
        day, shift.opens, hours.zone
    )
