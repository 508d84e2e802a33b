"""Load per open counter-hour: how many people came for each hour that a counter was open.

  counter-hours = sum over counters of the time each was open without a break
  load          = legs that began to wait ÷ counter-hours
of days whose open hours are known: those that are over. By hour: legs that began in the hour, and
the part of each opening that lies in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from motcua.reports.columns import Columns
from motcua.reports.load import Load
from motcua.reports.spread import hide_few_people
from motcua.reports.table import Column, Few, Kind, Table, Value

if TYPE_CHECKING:
    from motcua.reports.wording import Wording

_SECONDS_AN_HOUR = 3600


@dataclass(frozen=True, slots=True)
class OpenLoad:
    """People who came while counters were open so long together."""

    legs: int | None
    """None when hidden: fewer than five, and not nobody."""
    open_s: float

    @property
    def per_open_hour(self) -> float | None:
        """Legs ÷ open counter-hours; None when hidden, or when no counter was open."""
        if self.legs is None or not self.open_s:
            return None
        return self.legs / (self.open_s / _SECONDS_AN_HOUR)


@dataclass(frozen=True, slots=True)
class OpenLoads:
    """The load of a period."""

    every: OpenLoad
    by_hour: dict[int, OpenLoad]


def open_loads(columns: Columns) -> OpenLoads:
    """Return the load of a period and of each hour in which somebody came or a counter was open."""
    open_s: dict[int, float] = defaultdict(float)
    legs: Counter[int] = Counter()
    for (_, hour), seconds in columns.open_s.items():
        open_s[hour] += seconds
    for (_, hour), count in columns.open_legs.items():
        legs[hour] += count
    by_hour = {
        hour: OpenLoad(hide_few_people(legs[hour]), open_s[hour])
        for hour in sorted({*open_s, *legs})
    }
    return OpenLoads(OpenLoad(legs.total(), sum(open_s.values())), by_hour)


def hours_table(loads: OpenLoads, wording: Wording) -> Table:
    """Return people and open counter-hours, of all hours and of each."""
    columns = (
        Column("", Kind.TEXT),
        Column(wording.say("people")),
        Column(wording.say("counter-hours open"), Kind.DECIMAL),
        Column(wording.say("people an open hour"), Kind.DECIMAL),
    )
    named = [(wording.say("All hours"), loads.every)] if loads.every.open_s else []
    named += [(wording.hours(hour), one) for hour, one in loads.by_hour.items() if named]
    rows = tuple(
        (
            name, Few.HIDDEN if one.legs is None else one.legs,
            one.open_s / _SECONDS_AN_HOUR, one.per_open_hour,
        )
        for name, one in named
    )  # fmt: skip
    note = wording.say("Of days that are over: three counters open for an hour are three hours.")
    return Table("load", wording.say("People for each open counter-hour"), columns, rows, note)


def counters_table(loads: Sequence[Load], wording: Wording) -> Table:
    """Return the load by counter: never how well somebody worked."""
    columns = (
        Column(wording.say("counter"), Kind.TEXT),
        Column(wording.say("people")),
        Column(wording.say("hours of service"), Kind.DECIMAL),
        Column(wording.say("hours open"), Kind.DECIMAL),
        Column(wording.say("people an open hour"), Kind.DECIMAL),
        Column(wording.say("share of open time in service"), Kind.PERCENT),
    )
    rows = tuple(
        (
            str(load.counter), load.legs, load.busy_s / _SECONDS_AN_HOUR,
            *_ratios(load.open_s, load.open_legs, load.open_busy_s),
        )
        for load in loads
    )  # fmt: skip
    note = wording.say("Load of the counters, not of people; open hours of days that are over.")
    return Table("counter", wording.say("Load by counter"), columns, rows, note)


def _ratios(open_s: float, legs: int, busy_s: float) -> Sequence[Value]:
    if not open_s:
        return (None, None, None)
    hours = open_s / _SECONDS_AN_HOUR
    return (hours, legs / hours, busy_s / open_s)
