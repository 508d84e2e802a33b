"""The wait a visitor is told: learnt from the visits before, or nothing."""

from __future__ import annotations

from motcua.queue.forecast import Forecast, Forecaster

_MIN = 60.0
_EIGHT = 8 * 60 * _MIN


def _steady(visitors: int, pace_s: float = 4 * _MIN, counters: int = 1) -> Forecaster:
    """A line that is never empty: everybody takes `pace_s`, and so many counters call from it."""
    forecaster = Forecaster()
    for number in range(visitors):
        forecaster.issued(f"v{number}", "A", _EIGHT + number)
    for number in range(visitors):
        at_s = _EIGHT + visitors + (number // counters + 1) * pace_s
        if number >= counters:
            forecaster.ended(f"v{number - counters}", at_s)
        forecaster.called(f"v{number}", at_s, number % counters + 1)
    return forecaster


def _later(forecaster: Forecaster, at_s: float, waiting: int, name: str = "w") -> Forecast:
    """Let `waiting` more people come and return what the next one is told."""
    for number in range(waiting):
        forecaster.issued(f"{name}{number}", "A", at_s)
    told = forecaster.foretell("A", at_s)
    assert told
    return told


def test_nothing_is_said_before_ten_waits_are_known() -> None:
    assert _steady(9).foretell("A", _EIGHT + 3600) is None
    assert _steady(10).foretell("A", _EIGHT + 3600) is not None


def test_nothing_is_said_of_a_service_nobody_was_called_from() -> None:
    assert _steady(30).foretell("B", _EIGHT + 3600) is None


def test_a_wait_grows_with_the_people_ahead() -> None:
    forecaster = _steady(40)
    at_s = _EIGHT + 40 + 41 * 4 * _MIN
    points = [_later(forecaster, at_s, 2, f"round{n}-").point_s for n in range(5)]
    assert points == sorted(points)
    assert points[0] < points[-1]


def test_a_steady_line_is_foretold_nearly_right() -> None:
    forecaster = _steady(60)
    at_s = _EIGHT + 60 + 60 * 4 * _MIN
    told = _later(forecaster, at_s, 5)
    assert abs(told.point_s - 6 * 4 * _MIN) < 6 * _MIN
    assert told.low_s <= told.point_s <= told.high_s


def test_waits_of_seconds_and_of_hours_are_foretold_alike() -> None:
    fast, slow = _steady(60, 2.0), _steady(60, 2000.0)
    quick = _later(fast, _EIGHT + 60 + 120.0, 5)
    long = _later(slow, _EIGHT + 60 + 120_000.0, 5)
    assert quick.point_s < _MIN
    assert long.point_s > 60 * _MIN


def test_counters_that_are_open_and_free_shorten_the_rehearsal() -> None:
    alone, joined = _steady(40), _steady(40)
    for forecaster in (alone, joined):
        forecaster.opened(1, ("A",))
    joined.opened(2, ("A",))
    joined.opened(3, ("A",))
    at_s = _EIGHT + 40 + 40 * 4 * _MIN
    assert _later(joined, at_s, 6).point_s < _later(alone, at_s, 6).point_s


def test_foretelling_changes_nothing() -> None:
    asked, quiet = _steady(40), _steady(40)
    at_s = _EIGHT + 40 + 41 * 4 * _MIN
    for _ in range(5):
        asked.foretell("A", at_s)
    assert _later(asked, at_s, 3) == _later(quiet, at_s, 3)


def test_somebody_nobody_knows_teaches_nothing() -> None:
    told, quiet = _steady(40), _steady(40)
    at_s = _EIGHT + 40 + 41 * 4 * _MIN
    told.called("nobody", at_s, 1)
    told.left("nobody", at_s)
    told.ended("nobody", at_s)
    assert _later(told, at_s, 3) == _later(quiet, at_s, 3)


def test_whoever_waits_again_is_ahead_and_teaches_no_wait() -> None:
    forecaster = _steady(40)
    at_s = _EIGHT + 40 + 41 * 4 * _MIN
    before = _later(forecaster, at_s, 2)
    forecaster.ended("v39", at_s, served=False)
    forecaster.waits_again("v39", "A", at_s)
    after = forecaster.foretell("A", at_s)
    assert after
    assert after.point_s > before.point_s


def test_two_who_come_at_once_are_told_different_waits_after_a_question() -> None:
    forecaster = _steady(40)
    at_s = _EIGHT + 40 + 41 * 4 * _MIN
    asked = forecaster.foretell("A", at_s)
    first, second = (forecaster.issued(name, "A", at_s) for name in ("x", "y"))
    assert asked == first
    assert first
    assert second
    assert first.point_s < second.point_s


def test_the_short_wait_of_somebody_who_waits_again_is_no_clue() -> None:
    again, quiet = _steady(40), _steady(40)
    at_s = _EIGHT + 40 + 41 * 4 * _MIN
    again.ended("v39", at_s, served=False)
    again.waits_again("v39", "A", at_s)
    again.called("v39", at_s + 1, 1)
    quiet.ended("v39", at_s, served=False)
    told, other = (one._hall.clues("A", at_s + 1, None, 0) for one in (again, quiet))  # noqa: SLF001
    assert told
    assert other
    assert told[5] == other[5], "the wait of the last one called"


def test_the_next_day_begins_without_a_line() -> None:
    forecaster = _steady(40)
    at_s = _EIGHT + 40 + 41 * 4 * _MIN
    busy = _later(forecaster, at_s, 20)
    forecaster.day_ends()
    fresh = forecaster.foretell("A", at_s + 86400)
    assert fresh
    assert fresh.point_s < busy.point_s / 2
