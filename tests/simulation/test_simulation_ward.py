"""The make-believe ward: the same seed gives the same day, and the day keeps the rules."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from motcua.app import Box, fresh_id
from motcua.clock import SetClock
from motcua.journal.memory import MemoryJournal
from motcua.queue.day import Day
from motcua.queue.fold import fold
from motcua.queue.ticket import State
from motcua.queue.visits import visits
from motcua.simulation.demo import first_morning
from motcua.simulation.past import (
    SimulationError,
    demand_for,
    past_days,
    staffed,
    write_days,
)

TODAY = date(2026, 11, 23)


def lived(box: Box, days: int, seed: int = 1, tickets: int = 120) -> MemoryJournal:
    """Let a ward live through the `days` before today."""
    rules = box.office.rules
    planned = past_days(rules, TODAY, days)
    journal = MemoryJournal()
    clock = SetClock(first_morning(rules.hours, planned[0]))
    demand = demand_for(rules, seed, tickets, len(rules.counters))
    write_days(journal, rules, clock, planned, demand, fresh_id)
    return journal


def test_whole_days_are_lived_and_closed(box: Box) -> None:
    journal = lived(box, 2)
    assert journal.days() == ["2026-11-19", "2026-11-20"]
    for name in journal.days():
        day = fold(Day(name), journal.read(name))
        assert day.closed
        assert day.skipped == []
        assert len(day.legs) == 120
        still_open = (State.WAITING, State.CALLED, State.HELD, State.MISSED)
        assert not [one for one in day.tickets.values() if one.state in still_open]


def test_a_day_has_everything_a_real_one_has(box: Box) -> None:
    journal = lived(box, 3, tickets=200)
    rows = [row for name in journal.days() for row in visits(fold(Day(name), journal.read(name)))]
    outcomes = Counter(row.outcome for row in rows)
    assert {"done", "received", "papers_missing", "transferred"} <= set(outcomes)
    assert any(row.priority for row in rows)
    assert all(row.wait_s >= 0 for row in rows if row.wait_s is not None)
    assert any(row.low_s is not None for row in rows)
    kinds = {
        type(record.event).__name__ for name in journal.days() for record in journal.read(name)
    }
    assert {"ReferralGiven", "TicketMissed", "TicketHeld", "CounterPaused"} <= kinds


def test_the_same_seed_gives_the_same_days(box: Box) -> None:
    one, other, third = lived(box, 1), lived(box, 1), lived(box, 1, seed=2)

    def story(journal: MemoryJournal) -> list[tuple[str, object]]:
        return [(type(record.event).__name__, record.at) for record in journal.read("2026-11-20")]

    assert story(one) == story(other)
    assert story(one) != story(third)


def test_days_are_not_written_over_others(box: Box) -> None:
    journal = lived(box, 1)
    rules = box.office.rules
    clock = SetClock(first_morning(rules.hours, date(2026, 11, 20)))
    demand = demand_for(rules, 1, 10, 4)
    with pytest.raises(SimulationError, match="2026-11-20"):
        write_days(journal, rules, clock, [date(2026, 11, 20)], demand, fresh_id)


def test_more_counters_are_dealt_the_usual_services(box: Box) -> None:
    rules = staffed(box.office.rules, 6)
    assert list(rules.counters) == [1, 2, 3, 4, 5, 6]
    assert rules.counters[5] == rules.counters[1]
    assert staffed(rules, None) is rules
