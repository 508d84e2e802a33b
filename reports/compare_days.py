"""The days of two periods: what each contributes to a comparison, which are left out and why."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from itertools import chain

from motcua.day_table import DayTable, Leg
from motcua.reports.spread import FEWEST, quantile

REASONS = {
    "running": "not over yet",
    "no_waits": "no wait measured",
    "weekday": "no such weekday in the other period",
    "hours": "no wait in the hours the sheet covers",
}
"""Why a day is left out → its words."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a stopwatch sheet covers: the other period is compared in nothing else.

    First waits alone: a clerk with a watch sees no second wait after a transfer.
    """

    hours: Mapping[int, frozenset[int]]
    """ISO weekday → hours of the day, local, in which people came."""
    services: frozenset[str]
    """Letters; empty when the sheet names none."""
    zone: tzinfo

    def holds(self, leg: Leg) -> bool:
        """Return whether a leg lies in it."""
        came = leg.issued_at.astimezone(self.zone)
        return (
            leg.leg == 1
            and came.hour in self.hours.get(came.isoweekday(), ())
            and (not self.services or leg.service in self.services)
        )


@dataclass(frozen=True, slots=True)
class DayWaits:
    """What a day contributes."""

    day: str
    waits: tuple[float, ...]
    """Seconds, ascending, of everybody called."""
    left_late: int
    """People who left uncalled after more than the target."""
    running: bool = False
    people: int = 0
    """Everybody who began to wait."""
    unmeasured: int = 0
    """Those of them of whom neither a wait nor a leaving is known."""
    outside: int = 0
    """People in hours or services a sheet does not cover."""
    open_s: float = 0.0
    """Seconds all counters were open; 0 where it is not known."""
    hours: int = 0
    """Hours of the day that are compared, where a sheet says which; else 0."""

    @property
    def weekday(self) -> int:
        """ISO weekday."""
        return date.fromisoformat(self.day).isoweekday()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two periods."""

    days: int
    n: int
    """People called on them."""
    median_s: float | None
    """Like the share, None of fewer than five people."""
    share: float | None
    left_out: tuple[tuple[str, str], ...]
    """(day, why), `why` one of `REASONS`."""
    people: int = 0
    """Everybody who began to wait on them."""
    unmeasured: int = 0
    outside: int = 0
    compared: tuple[str, ...] = ()
    """The days that were compared."""

    @property
    def missing_share(self) -> float | None:
        """Of all who began to wait, those whose wait is not known. 0 … 1."""
        return self.unmeasured / self.people if self.people else None

    @property
    def reasons(self) -> dict[str, int]:
        """Why days were left out → how many."""
        counted = Counter(why for _, why in self.left_out)
        return {why: counted[why] for why in REASONS if counted[why]}


def contribution(
    table: DayTable | DayWaits, target_s: float, scope: Scope | None = None
) -> DayWaits:
    """Return what a day contributes; only what lies in `scope`, where there is one."""
    if isinstance(table, DayWaits):
        return table  # of a month of which only sums are left
    legs: Sequence[Leg] = table.legs if scope is None else [*filter(scope.holds, table.legs)]
    waits = [wait for leg in legs if (wait := leg.measured("wait")) is not None]
    left = [seconds for leg in legs if (seconds := leg.measured("left")) is not None]
    weekday = date.fromisoformat(table.day).isoweekday()
    return DayWaits(
        table.day, tuple(sorted(waits)), sum(seconds > target_s for seconds in left),
        not table.complete, len(legs), max(0, len(legs) - len(waits) - len(left)),
        len(table.legs) - len(legs), sum(table.open_s.values()),
        len(scope.hours.get(weekday, ())) if scope else 0,
    )  # fmt: skip


def select(
    days: Iterable[DayWaits], other: Iterable[DayWaits]
) -> tuple[list[DayWaits], tuple[tuple[str, str], ...]]:
    """Return the days to compare, oldest first, and which are left out and why."""
    weekdays = {day.weekday for day in other if day.waits and not day.running}
    kept, left_out = [], []
    for day in sorted(days, key=lambda day: day.day):
        why = _why_not(day, weekdays)
        if why:
            left_out.append((day.day, why))
        else:
            kept.append(day)
    return kept, tuple(left_out)


def _why_not(day: DayWaits, weekdays: set[int]) -> str:
    if day.running:
        return "running"
    if day.outside and not day.waits and day.weekday in weekdays:
        return "hours"
    if not day.waits and not day.outside:
        return "no_waits"
    return "" if day.weekday in weekdays and day.waits else "weekday"


def side(days: Sequence[DayWaits], left_out: tuple[tuple[str, str], ...], target_s: float) -> Side:
    """Return what is told of one period."""
    waits = sorted(chain.from_iterable(day.waits for day in days))
    of = len(waits) + sum(day.left_late for day in days)
    enough = len(waits) >= FEWEST
    return Side(
        len(days), len(waits), quantile(waits, 0.5) if enough else None,
        bisect_right(waits, target_s) / of if enough else None, left_out,
        sum(day.people for day in days), sum(day.unmeasured for day in days),
        sum(day.outside for day in days), tuple(day.day for day in days),
    )  # fmt: skip
