"""The line in front of a service, as somebody who joins it now finds it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from motcua import formats

if TYPE_CHECKING:
    from motcua.kiosk.opening import Say
    from motcua.office import Office


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """How many wait, and how long one more would."""

    waiting: int = 0
    low_s: float | None = None
    high_s: float | None = None
    """The expected wait; None when too little is known."""


def read_line(office: Office, service: str) -> ServiceLine:
    """Return the line of a service as of now."""
    at = office.now()
    with office.today() as day:
        waiting = len(day.line(service))
        wait = office.foretell(day, service, at, None, waiting)
    return ServiceLine(waiting, wait.low_s, wait.high_s) if wait else ServiceLine(waiting)


def line_sentence(line: ServiceLine, say: Say, language: str) -> str:
    """Return how many wait and, when it is known, for how long."""
    if line.waiting == 0:
        return say("nobody")
    n = formats.number(line.waiting, language)
    people = say("1 person") if line.waiting == 1 else say("%(n)s people", n=n)
    if line.low_s is None or line.high_s is None:
        return people
    return f"{people}. {wait_sentence(line.low_s, line.high_s, say, language)}"


def wait_sentence(low_s: float, high_s: float, say: Say, language: str) -> str:
    """Return the expected wait as a range of whole minutes, rounded outwards."""
    low, high = int(low_s // 60), max(1, ceil(high_s / 60))
    if low == 0:
        sentence = "Estimated wait less than %(high)s minutes"
    elif low == high:
        sentence = "Estimated wait about %(high)s minutes"
    else:
        sentence = "Estimated wait about %(low)s–%(high)s minutes"
    written = {"low": formats.number(low, language), "high": formats.number(high, language)}
    return say(sentence, **written)
