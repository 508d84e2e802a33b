"""The estimates on halls of several kinds: never far behind a simple rule, and an honest range.

The bounds are wide on purpose: they tell a broken estimate from a sound one, and tune nothing.
"""

from __future__ import annotations

from datetime import date
from itertools import islice

import pytest

from motcua.backtest.log import Log
from motcua.backtest.trial import tried
from motcua.queue.forecast import Forecaster
from tests.backtest.hall import Hall
from tests.backtest.worlds import WORLDS, legs, lines, rows

_ROWS = 1600
_BY_NAME = {world.name: world for world in WORLDS}


@pytest.mark.parametrize(
    "name",
    ["ward", "call-centre-no-agents", "round-the-clock", "strict-classes", "ward-longest-first"],
)
def test_estimates_beat_the_simple_rules_and_their_range_holds_four_in_five(name: str) -> None:
    log = Log()
    for leg in islice(legs(name), _ROWS):
        log.add(leg)
    score = tried(log, Forecaster()).whole
    best = score.mae_baselines[score.best_rule or ""]
    assert score.n > _ROWS / 4
    assert score.mae_s is not None
    assert best is not None
    assert score.mae_s < 1.05 * best
    assert score.band_coverage is not None
    assert 0.7 < score.band_coverage < 0.9


def test_a_world_is_the_same_whenever_it_is_made() -> None:
    sparse = _BY_NAME["sparse"]
    assert list(lines(sparse)) == list(lines(sparse))
    assert len({world.name for world in WORLDS}) == len(WORLDS)


def test_a_world_lacks_the_columns_it_is_made_without() -> None:
    header, first = islice(rows(_BY_NAME["ward-barest"]), 2)
    assert header == ("day", "ticket", "service", "issued_at", "called_at")
    assert first[0] == date(2026, 3, 2).isoformat()


def test_in_a_hall_people_are_called_after_they_came_and_by_one_counter_at_a_time() -> None:
    busy_until: dict[int | None, float] = {}
    turns = [turn for turn in Hall(_BY_NAME["ward"], 0).run() if turn.called_s is not None]
    assert len(turns) > 200
    for turn in sorted(turns, key=lambda turn: turn.called_s or 0.0):
        assert turn.called_s is not None
        assert turn.finished_s is not None
        assert turn.issued_s <= turn.called_s <= turn.finished_s
        assert busy_until.get(turn.counter, 0.0) <= turn.called_s
        busy_until[turn.counter] = turn.finished_s
