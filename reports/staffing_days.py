"""What the advice on counters needs of a day: when people came, how long each kept a counter."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum, auto
from itertools import compress
from operator import attrgetter

from motcua.day_table import LEFT, DayTable, Leg
from motcua.reports.columns import NOT_MEASURED

HOUR_S = 3600
HOURS = 24
_LAST_S = 24 * HOUR_S - 1
_LONGEST_CALL_S = 600.0
"""Nobody is called for longer; more means that they were called, came back and waited again."""


class _Fate(Enum):
    """What became of somebody's wait."""

    WITHIN = auto()
    LATE = auto()
    """Called, or left uncalled, after more than the target."""
    LEFT_EARLY = auto()
    """Left uncalled, sooner: would have left anyhow, and is in no share."""
    UNKNOWN = auto()


_OF = (_Fate.WITHIN, _Fate.LATE)


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
    open_s: Sequence[tuple[float, float]] = ()
    """From when to when a counter was open; one entry a counter and opening."""

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
        begin, end = float(hour * HOUR_S), float((hour + 1) * HOUR_S)
        inside = sorted(
            (max(begin, opened), min(end, closed))
            for opened, closed in self.open_s
            if opened < end and closed > begin
        )
        reached, any_s = begin, 0.0
        for opened, closed in inside:
            any_s += max(0.0, closed - max(opened, reached))
            reached = max(reached, closed)
        return sum(closed - opened for opened, closed in inside), any_s

    def was_open(self, hour: int) -> bool:
        """Return whether the centre worked in an hour: somebody came, or a counter was open.

        Where no opening is known, it worked from the first to the last who came.
        """
        if self.people[hour]:
            return True
        if not self.open_s:
            return bool(self.people) and min(self.people) < hour < max(self.people)
        return self.open_in(hour)[1] > 0

    def only(self, service: str) -> DayLoad:
        """Return the day as if nobody had come but for one service."""
        chosen = [place for place, name in enumerate(self.services) if name == service]
        return DayLoad(
            self.day,
            at_s=array("d", [self.at_s[place] for place in chosen]),
            services=[service] * len(chosen),
            busy_s=array("d", [self.busy_s[place] for place in chosen]),
        )  # fmt: skip


@dataclass(slots=True)
class Loads:
    """The days of a period as they pass by, and those that are left out."""

    target_s: float
    zone: tzinfo
    days: list[DayLoad] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    """(day, why): `running`, not over yet; `undated`, its clock was wrong."""

    def seen(self, tables: Iterable[DayTable]) -> Iterator[DayTable]:
        """Yield the days on, and keep of each what is needed."""
        for table in tables:
            if not table.complete:
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
    at_s = [min(max(0.0, leg.issued_at.timestamp() - midnight_s), _LAST_S) for leg in legs]
    came = [int(seconds // HOUR_S) for seconds in at_s]
    fates = [_fate(leg, target_s) for leg in legs]
    stay = [fate is not _Fate.LEFT_EARLY for fate in fates]
    spans = [(span.opened_at.timestamp(), span.closed_at.timestamp()) for span in table.spans]
    return DayLoad(
        day, Counter(came),
        Counter(hour for hour, fate in zip(came, fates, strict=True) if fate is _Fate.WITHIN),
        Counter(hour for hour, fate in zip(came, fates, strict=True) if fate in _OF),
        array("d", compress(at_s, stay)), [leg.service for leg in compress(legs, stay)],
        array("d", map(occupation_s, compress(legs, stay))),
        [(opened - midnight_s, closed - midnight_s) for opened, closed in spans],
    )  # fmt: skip


def _midnight_s(day: date, zone: tzinfo) -> float:
    """Return the instant the day's wall clock counts from; of its noon, should the clock be set."""
    noon = datetime.combine(day, time(12), zone)
    offset = noon.utcoffset() or timedelta()
    return datetime.combine(day, time(), UTC).timestamp() - offset.total_seconds()


def _fate(leg: Leg, target_s: float) -> _Fate:
    wait_s = leg.measured("wait") if leg.uncertain else leg.wait_s
    if wait_s is not None:
        return _Fate.WITHIN if wait_s <= target_s else _Fate.LATE
    left_s = leg.measured("left") if leg.uncertain else leg.left_after_s
    if left_s is None:
        return _Fate.UNKNOWN
    return _Fate.LATE if left_s > target_s else _Fate.LEFT_EARLY


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
