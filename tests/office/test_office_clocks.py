"""Clocks: the machine's, the demonstration's and the one of tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from motcua.clock import FastClock, SetClock, SystemClock
from motcua.queue.moment import between
from tests.journal.journal_days import EIGHT


def test_the_machines_clock_never_runs_back_and_knows_its_boot() -> None:
    clock = SystemClock()
    first, second = clock.now(), SystemClock().now()
    assert first.wall.tzinfo is UTC
    assert between(first, second).certain, "a restart of the program is no restart of the machine"
    assert first.mono <= second.mono
    assert first.boot


def test_a_fast_clock_starts_where_it_is_told_and_can_skip() -> None:
    clock = FastClock(EIGHT, speed=1000)
    first = clock.now()
    assert first.wall >= EIGHT
    later = EIGHT + timedelta(hours=9)
    clock.skip_to(later)
    second = clock.now()
    assert second.wall >= later
    assert abs(second.offset_s - first.offset_s) < 0.001, "skipped time is time that passed"
    clock.skip_to(EIGHT)
    assert clock.now().wall >= later


def test_a_fast_clock_says_how_long_to_sleep() -> None:
    clock = FastClock(EIGHT, speed=60)
    assert 0 < clock.real_seconds_until(clock.now().wall + timedelta(hours=1)) <= 60
    assert clock.real_seconds_until(EIGHT - timedelta(hours=1)) == 0


def test_two_fast_clocks_are_two_boots() -> None:
    assert FastClock(EIGHT, 1).now().boot != FastClock(EIGHT, 1).now().boot


def test_a_set_clock_moves_as_it_is_told() -> None:
    clock = SetClock(EIGHT)
    start = clock.now()
    clock.advance(90)
    assert between(start, clock.now()).seconds == 90
    clock.step(-30)
    assert clock.now().wall == EIGHT + timedelta(seconds=60)
    assert between(start, clock.now()).seconds == 90
    clock.advance_to(datetime(2020, 1, 1, tzinfo=UTC))
    assert between(start, clock.now()).seconds == 90
    clock.reboot("next", 600)
    assert not between(start, clock.now()).certain
    assert clock.now().mono == 0
