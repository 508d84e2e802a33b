"""What the advice on counters needs of a day: when people came, how long each kept a counter."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum, auto
from itertools import compress, pairwise
from math import inf
from operator import attrgetter

from motcua.day_table import LEFT, DayTable, Leg
from motcua.reports.columns import NOT_MEASURED

HOUR_S = 3600
HOURS = 24
_LAST_S = 24 * HOUR_S - 1
_LONGEST_CALL_S = 600.0
"""Nobody is called for longer; more means that they were called, came back and waited again."""


Stretch = tuple[float, float, int]
"""From, to (seconds since midnight) and how many counters are open."""


class Left(Enum):
    """Somebody of whom it is not known whether they would have been called in time."""

    EARLY = auto()
    """Left uncalled within the target: would have left anyhow, and is in no share."""
    UNKNOWN = auto()


@dataclass(slots=True)
class DayLoad:
    """One day that is over: its people and its open counters, in seconds since midnight, local."""

    day: date
    people: Counter[int] = field(default_factory=Counter)
    """Hour → numbers taken in it."""
    within: Counter[int] = field(default_factory=Counter)
    """Hour → of those, called within the target."""
    of: Counter[int] = field(default_factory=Counter)
    """Hour → those the share within target is of."""
    at_s: array[float] = field(default_factory=lambda: array("d"))
    """When those came who had to be served, ascending."""
    services: list[str] = field(default_factory=list)
    """What each of them came for."""
    busy_s: array[float] = field(default_factory=lambda: array("d"))
    """How long each kept a counter, or `NOT_MEASURED`."""
    open_s: Sequence[Stretch] = ()
    """How many counters were open when."""
    opened: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    """Hour → counter-seconds open, seconds with any counter open."""

    @property
    def weekday(self) -> int:
        """ISO weekday."""
        return self.day.isoweekday()

    def busy_in(self, hour: int) -> Sequence[float]:
        """Return how long those who came in an hour kept a counter, where it was measured."""
        first, end = (bisect_left(self.at_s, one * HOUR_S) for one in (hour, hour + 1))
        return [busy_s for busy_s in self.busy_s[first:end] if busy_s >= 0]

    def services_in(self, hour: int) -> set[str]:
        """Return what people came for in an hour."""
        first, end = (bisect_left(self.at_s, one * HOUR_S) for one in (hour, hour + 1))
        return set(self.services[first:end])

    def open_in(self, hour: int) -> tuple[float, float]:
        """Return the counter-seconds open in an hour, and the seconds with any counter open."""
        return self.opened.get(hour, (0.0, 0.0))

    def was_open(self, hour: int) -> bool:
        """Return whether the centre worked in an hour: somebody came, or a counter was open.

        Where no opening is known, it worked from the first to the last who came.
        """
        if self.people[hour]:
            return True
        if not self.open_s:
            return bool(self.people) and min(self.people) < hour < max(self.people)
        return self.open_in(hour)[1] > 0


@dataclass(slots=True)
class Loads:
    """The days of a period as they pass by, and those that are left out."""

    target_s: float
    zone: tzinfo
    days: list[DayLoad] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    """(day, why): `running`, not over yet; `undated`, its clock was wrong."""
    since: str = ""
    """Days before this one say nothing about counters needed now: they are passed over."""

    def seen(self, tables: Iterable[DayTable]) -> Iterator[DayTable]:
        """Yield the days on, and keep of each what is needed."""
        for table in tables:
            if table.day < self.since:
                pass
            elif not table.complete:
                self.left_out.append((table.day, "running"))
            elif table.undated:
                self.left_out.append((table.day, "undated"))
            elif table.legs or table.spans:
                self.days.append(load(table, self.target_s, self.zone))
            yield table


def load(table: DayTable, target_s: float, zone: tzinfo) -> DayLoad:
    """Return what the advice needs of a day."""
    day = date.fromisoformat(table.day)
    midnight_s = _midnight_s(day, zone)
    legs = sorted(table.legs, key=attrgetter("issued_at"))
    at_s = [leg.issued_at.timestamp() - midnight_s for leg in legs]
    if at_s and not 0 <= at_s[0] <= at_s[-1] <= _LAST_S:
        at_s = [min(max(0.0, seconds), _LAST_S) for seconds in at_s]
    came = [int(seconds // HOUR_S) for seconds in at_s]
    plain = [not leg.uncertain and leg.wait_s is not None for leg in legs]
    in_time = [
        (leg.wait_s or 0.0) <= target_s if known else _in_time(leg, target_s)
        for leg, known in zip(legs, plain, strict=True)
    ]
    stay = [told is not Left.EARLY for told in in_time]
    of = [hour for hour, told in zip(came, in_time, strict=True) if told in (True, False)]
    open_s = stretches(
        (span.opened_at.timestamp() - midnight_s, span.closed_at.timestamp() - midnight_s)
        for span in table.spans
    )
    return DayLoad(
        day, Counter(came), Counter(compress(came, [told is True for told in in_time])),
        Counter(of), array("d", compress(at_s, stay)),
        [leg.service for leg in compress(legs, stay)],
        array("d", map(occupation_s, compress(legs, stay))), open_s, _by_hour(open_s),
    )  # fmt: skip


def stretches(open_s: Iterable[tuple[float, float]]) -> list[Stretch]:
    """Return how many counters were open when; times with none are left out."""
    steps: dict[float, int] = {}
    for opened, closed in open_s:
        steps[opened] = steps.get(opened, 0) + 1
        steps[closed] = steps.get(closed, 0) - 1
    found: list[Stretch] = []
    counters = 0
    for begin_s, end_s in pairwise([*sorted(steps), inf]):
        counters += steps[begin_s]
        if counters:
            found.append((begin_s, end_s, counters))
    return found


def _by_hour(open_s: Iterable[Stretch]) -> dict[int, tuple[float, float]]:
    """Return what was open in each hour: counter-seconds, seconds with any counter."""
    found: dict[int, tuple[float, float]] = {}
    for begin_s, end_s, counters in open_s:
        for hour in range(int(begin_s // HOUR_S), int(end_s // HOUR_S) + 1):
            inside = min(end_s, (hour + 1) * HOUR_S) - max(begin_s, hour * HOUR_S)
            open_, any_ = found.get(hour, (0.0, 0.0))
            if inside > 0:
                found[hour] = (open_ + counters * inside, any_ + inside)
    return found


def _midnight_s(day: date, zone: tzinfo) -> float:
    """Return the instant the day's wall clock counts from; of its noon, should the clock be set."""
    noon = datetime.combine(day, time(12), zone)
    offset = noon.utcoffset() or timedelta()
    return datetime.combine(day, time(), UTC).timestamp() - offset.total_seconds()


def _in_time(leg: Leg, target_s: float) -> bool | Left:
    """Return whether somebody was called within the target, as far as that is known."""
    wait_s, left_s = leg.measured("wait"), leg.measured("left")
    if wait_s is not None:
        return wait_s <= target_s
    if left_s is None:
        return Left.UNKNOWN
    return False if left_s > target_s else Left.EARLY


def occupation_s(leg: Leg) -> float:
    """Return how long a person kept a counter, holds taken out; `NOT_MEASURED` if unknown.

    From the call to the end: way + service. Who was called and did not come kept it for the call.
    """
    way_s, service_s = leg.way_s, leg.service_s
    if leg.uncertain or leg.outcome in LEFT:
        way_s, service_s = leg.measured("way"), leg.measured("service")
    if way_s is not None and service_s is not None:
        return way_s + service_s
    if leg.outcome == "missed":
        wait_s, centre_s = leg.measured("wait"), leg.measured("centre")
        if wait_s is not None and centre_s is not None:
            call_s = centre_s - wait_s
            return call_s if 0 <= call_s <= _LONGEST_CALL_S else NOT_MEASURED
    return NOT_MEASURED
