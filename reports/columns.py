"""The legs of a period as columns of numbers: ten years of them fit a small box's memory."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta, tzinfo
from operator import attrgetter

from motcua import month_table
from motcua.day_table import FIELDS, LEFT, DayTable, Leg
from motcua.month_table import NO_TIMES, Times
from motcua.reports.load import Load
from motcua.reports.repeated import NOTHING_HELD, Held, with_rows

Key = month_table.Key
"""Name of a cell: letter, code or date; hour; ISO weekday and hour."""
NOT_SERVED = ("", "transferred", *LEFT)
"""Ends of a leg that are no outcome of a service: still open, goes on elsewhere, left."""
NOT_MEASURED = -1.0
"""Stands in a column where there is nothing to rely on; durations are never negative."""
_OF_LEGS = ("wait", "way", "service", "left")
_FIELDS = {interval: attrgetter(field) for interval, field in FIELDS.items()}
_OF_VISITS = ("wait", "service", "centre")
_HOUR = timedelta(hours=1)
Group = dict[Key, "array[int]"]
"""Cell → places of its legs in the columns."""


def _group() -> Group:
    return defaultdict(lambda: array("I"))


def _told() -> dict[str, array[int]]:
    return {"low": array("i"), "high": array("i")}


def _columns(names: Iterable[str]) -> dict[str, array[float]]:
    return {name: array("d") for name in names}


@dataclass(slots=True)
class Columns:
    """Every leg and visit of a period."""

    legs: dict[str, array[float]] = field(default_factory=lambda: _columns(_OF_LEGS))
    """Interval → its seconds, leg by leg."""
    told: dict[str, array[int]] = field(default_factory=_told)
    """`low` and `high` of the wait that was told at issue, seconds, leg by leg."""
    ends: array[int] = field(default_factory=lambda: array("B"))
    """How each leg ended, by its number in `end_numbers`."""
    end_numbers: dict[str, int] = field(default_factory=dict)
    services: Group = field(default_factory=_group)
    weekday_hours: Group = field(default_factory=_group)
    """By ISO weekday and hour of issue, local."""
    procedures: Group = field(default_factory=_group)
    priorities: Group = field(default_factory=_group)
    purposes: Group = field(default_factory=_group)
    by_day: Group = field(default_factory=_group)
    single: array[int] = field(default_factory=lambda: array("I"))
    """Places of the only legs of their visits."""
    visits: dict[str, array[float]] = field(default_factory=lambda: _columns(_OF_VISITS))
    """Interval → seconds summed over the legs of other visits, complete sums only; all `centre`."""
    visit_ends: Counter[str] = field(default_factory=Counter)
    """How visits ended: the end of their last leg."""
    unsure: Counter[str] = field(default_factory=Counter)
    """Interval → legs in which it could not be measured."""
    uncertain: int = 0
    """Legs in which any interval could not be measured."""
    running: list[str] = field(default_factory=list)
    """Days that are not over yet."""
    undated: list[str] = field(default_factory=list)
    """Days in which the clock was wrong and never put right."""
    damaged: list[str] = field(default_factory=list)
    """Days of which records are lost."""
    loads: dict[int, Load] = field(default_factory=dict)
    open_s: dict[tuple[int, int], float] = field(default_factory=lambda: defaultdict(float))
    """ISO weekday and hour, local → seconds its counters were open together."""
    open_legs: Counter[tuple[int, int]] = field(default_factory=Counter)
    """The same → legs that began in it on days whose open hours are known."""
    referrals: Counter[tuple[str, str]] = field(default_factory=Counter)
    referred: Counter[str] = field(default_factory=Counter)
    """Day → people told at the kiosk to go elsewhere."""
    papers: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(procedure, paper) → people found without it."""
    held: dict[str, dict[Key, Held]] = field(default_factory=dict)
    """Table → cell → what months without rows hold of it."""
    held_total: Held = field(default_factory=Held)
    held_visits: dict[str, Times] = field(default_factory=dict)
    held_days: list[str] = field(default_factory=list)
    held_months: list[str] = field(default_factory=list)

    def every(self) -> Part:
        """Return all legs."""
        return Part(self, range(len(self.ends)), self.held_total)

    def parts(self, table: str, group: Group) -> dict[Key, Part]:
        """Return the cells of a table that have legs."""
        held = self.held.get(table, {})
        keys = {*(key for key, places in group.items() if places), *held}
        return {key: Part(self, group.get(key, ()), held.get(key, NOTHING_HELD)) for key in keys}

    def spent_by_visits(self, interval: str) -> Sequence[float]:
        """Return an interval of all visits, ascending, seconds."""
        held = self.held_visits.get(interval, NO_TIMES)
        return with_rows(held, ordered(self.by_visits(interval)))

    def by_visits(self, interval: str) -> array[float]:
        """Return an interval visit by visit, in no order; seconds or `NOT_MEASURED`."""
        legs = self.legs.get(interval)
        seconds = array("d", map(legs.__getitem__, self.single)) if legs else array("d")
        return seconds + self.visits[interval]


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the legs: those with rows by their places, the others as months hold them."""

    columns: Columns
    places: Sequence[int]
    held: Held

    @property
    def n(self) -> int:
        """How many legs."""
        return len(self.places) + self.held.n

    def spent(self, interval: str) -> Sequence[float]:
        """Return an interval of these legs where it was measured, ascending, seconds."""
        column = self.columns.legs[interval]
        places = self.places if len(self.places) < len(column) else None
        return self.held.with_rows(interval, ordered(column, places))

    def ends(self) -> Counter[str]:
        """Return how many ended how."""
        numbers = Counter(map(self.columns.ends.__getitem__, self.places))
        names = list(self.columns.end_numbers)
        return Counter({names[end]: n for end, n in numbers.items()}) + self.held.ends


def collect(tables: Iterable[DayTable], zone: tzinfo) -> Columns:
    """Read the days of a period once, in any order; `zone` is the centre's."""
    columns = Columns()
    for table in tables:
        if not table.complete:
            columns.running.append(table.day)
        if table.undated:
            columns.undated.append(table.day)
        if table.damaged:
            columns.damaged.append(table.day)
        columns.referrals.update(table.referrals)
        columns.referred[table.day] += sum(table.referrals.values())
        columns.papers.update(table.papers)
        spent = _spent(table.legs)
        _add_legs(columns, table, spent, zone)
        _add_visits(columns, table, spent)
        _add_loads(columns, table, spent["service"])
        _add_open_hours(columns, table, zone)
    return columns


def merged(group: Group, key_of: Callable[[Key], Key]) -> Group:
    """Return a group of fewer cells: those with the same `key_of` together."""
    cells = _group()
    for key, places in group.items():
        cells[key_of(key)].extend(places)
    return cells


def ordered(column: array[float], places: Sequence[int] | None = None) -> array[float]:
    """Return the measured values of a column, or of some of its places, ascending."""
    values = array("d", sorted(column if places is None else map(column.__getitem__, places)))
    del values[: bisect_left(values, 0.0)]
    return values


def _spent(legs: Sequence[Leg]) -> dict[str, list[float]]:
    """Return each interval of each leg, in seconds.

    Only of a leg that is uncertain or was left is there a question what was measured; reading all
    others field by field is what makes a year quick.
    """
    odd = [(n, leg) for n, leg in enumerate(legs) if leg.uncertain or leg.outcome in LEFT]
    spent = {}
    for interval, field_of in _FIELDS.items():
        seconds = list(map(field_of, legs))
        for n, leg in odd:
            seconds[n] = leg.measured(interval)
        spent[interval] = [NOT_MEASURED if s is None else s for s in seconds]
    return spent


def _add_legs(
    columns: Columns, table: DayTable, spent: Mapping[str, list[float]], zone: tzinfo
) -> None:
    legs, first = table.legs, len(columns.ends)
    for interval, column in columns.legs.items():
        column.extend(spent[interval])
    for name, seconds in (("low", [x.low_s for x in legs]), ("high", [x.high_s for x in legs])):
        columns.told[name].extend([-1 if s is None else s for s in seconds])
    numbers = columns.end_numbers
    columns.ends.extend([numbers.setdefault(leg.outcome, len(numbers)) for leg in legs])
    columns.by_day[table.day].extend(range(first, first + len(legs)))
    issued = [leg.issued_at.astimezone(zone) for leg in legs]
    hours = [(at.isoweekday(), at.hour) for at in issued]
    if table.spans:
        columns.open_legs.update(hours)
    for place, (leg, hour) in enumerate(zip(legs, hours, strict=True), first):
        columns.services[leg.service].append(place)
        columns.weekday_hours[hour].append(place)
        columns.procedures[leg.procedure or ""].append(place)
        columns.priorities[leg.priority or ""].append(place)
        columns.purposes[leg.purpose or ""].append(place)
    for leg in [leg for leg in legs if leg.uncertain]:
        columns.uncertain += 1
        columns.unsure.update(leg.unsure)


def _add_visits(columns: Columns, table: DayTable, spent: Mapping[str, list[float]]) -> None:
    """Sum the legs of each visit. A sum is kept only when every part of it was measured."""
    legs, visits = table.legs, columns.visits
    followed = {leg.ticket for leg in legs if leg.leg > 1}
    single = [(n, leg.outcome) for n, leg in enumerate(legs) if leg.ticket not in followed]
    columns.visit_ends.update([outcome for _, outcome in single])
    first, centre = len(columns.ends) - len(legs), spent["centre"]
    columns.single.extend([first + n for n, _ in single])
    visits["centre"].extend([centre[n] for n, outcome in single if outcome not in NOT_SERVED])
    chains: dict[str, list[int]] = {}
    for n in [n for n, leg in enumerate(legs) if leg.ticket in followed]:
        chains.setdefault(legs[n].ticket, []).append(n)
    for places in chains.values():
        end = legs[max(places, key=lambda n: legs[n].leg)].outcome
        columns.visit_ends[end] += 1
        for interval in ("wait", "service") if end in NOT_SERVED else _OF_VISITS:
            parts = [spent[interval][n] for n in places]
            visits[interval].append(NOT_MEASURED if min(parts) < 0 else sum(parts))


def _add_loads(columns: Columns, table: DayTable, busy: Sequence[float]) -> None:
    for counter, open_s in table.open_s.items():
        columns.loads.setdefault(counter, Load(counter)).open_s += open_s
    legs: Counter[int] = Counter()
    busy_s: dict[int, float] = defaultdict(float)
    for leg, seconds in zip(table.legs, busy, strict=True):
        if leg.counter is not None:
            legs[leg.counter] += 1
            if seconds > 0:
                busy_s[leg.counter] += seconds
    for counter, count in legs.items():
        load = columns.loads.setdefault(counter, Load(counter))
        load.legs += count
        load.busy_s += busy_s[counter]
        if table.spans:
            load.open_legs += count
            load.open_busy_s += busy_s[counter]


def _add_open_hours(columns: Columns, table: DayTable, zone: tzinfo) -> None:
    """Divide each opening among the hours of the clock it lies in."""
    for _, opened_at, closed_at in table.spans:
        at, end = opened_at.astimezone(zone), closed_at.astimezone(zone)
        while at < end:
            following = at.replace(minute=0, second=0, microsecond=0) + _HOUR
            until = min(following, end)
            columns.open_s[at.isoweekday(), at.hour] += (until - at).total_seconds()
            at = until
