"""`motcua simulate`: whole past days, written to a journal by the real office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from motcua.foresight import Foresight
from motcua.mendable import MendableError
from motcua.office import Office
from motcua.simulation.demand import Demand
from motcua.simulation.ward import Ward

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from motcua.clock import SetClock
    from motcua.queue.rules import Rules
    from motcua.record_keeping import Journal

_SEARCHED_DAYS = 3660


class SimulationError(MendableError):
    """Past days cannot be written; the sentence says why."""


def past_days(rules: Rules, before: date, days: int) -> list[date]:
    """Return the last `days` working days before `before`, oldest first.

    Raises:
        SimulationError: the centre is never open.
    """
    candidates = (before - timedelta(days=n) for n in range(1, _SEARCHED_DAYS))
    working = [day for day in candidates if rules.hours.shifts(day)]
    if len(working) < days:
        message = f"Only {len(working)} working days lie in the last ten years: ask for fewer."
        raise SimulationError(message)
    return sorted(working[:days])


def write_days(  # noqa: PLR0913, PLR0917 - an office needs its parts
    journal: Journal,
    rules: Rules,
    clock: SetClock,
    days: Iterable[date],
    demand: Demand,
    fresh_id: Callable[[], str],
    progress: Callable[[date], None] = lambda _: None,
) -> int:
    """Let the ward live through `days`; return the number of the last event.

    Raises:
        SimulationError: the journal has a day on or after the first one.
    """
    planned = sorted(days)
    if journal.days() and planned and journal.days()[-1] >= planned[0].isoformat():
        message = f"The journal already has {journal.days()[-1]}: use an empty home."
        raise SimulationError(message)
    office = Office(journal, clock, rules, fresh_id)
    Foresight(office)
    ward = Ward(office, demand, list(rules.counters)[: demand.counters])
    for day in planned:
        ward.plan(day)
        while (at := ward.next_at()) is not None:
            clock.advance_to(at)
            ward.step()
        progress(day)
    return office.seq


def demand_for(rules: Rules, seed: int, tickets_per_day: int, counters: int) -> Demand:
    """Return the demand of a simulated ward; the same seed gives the same days."""
    return Demand(rules, Random(seed), tickets_per_day, counters)  # noqa: S311 - not a secret


def staffed(rules: Rules, counters: int | None) -> Rules:
    """Return `rules` with `counters` counters; the configured ones' services are dealt round."""
    if counters is None:
        return rules
    usual = list(rules.counters.values())
    return replace(rules, counters={n + 1: usual[n % len(usual)] for n in range(counters)})
