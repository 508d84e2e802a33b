"""Two periods beside each other: the change, its interval, and what is left out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from motcua.day_table import DayTable
from motcua.reports.compare import FEWEST_DAYS, Comparison, compare
from motcua.reports.period import Period, ReportError
from motcua.reports.report import report
from motcua.reports.resample import Change
from tests.queue.queue_story import RULES
from tests.reports.report_days import (
    MONDAY,
    TARGET_S,
    archived,
    centre,
    left,
    table,
    waited,
    ward_day,
    workdays,
)

_MAY = date(2026, 5, 4)
_OCTOBER = date(2026, 10, 5)


def days(first: date, *waits: tuple[float, ...]) -> list[DayTable]:
    """Return working days on which people waited so many minutes."""
    return [
        table(waited(*minutes, day=day), day)
        for day, minutes in zip(workdays(first, len(waits)), waits, strict=True)
    ]


def test_medians_and_shares_of_all_people_are_subtracted() -> None:
    before = days(_MAY, (10, 20), (20, 30), (20,), (20,), (40,))
    after = days(_OCTOBER, (5, 10), (10,), (10, 20), (10,), (10,))
    told = compare(before, after, TARGET_S)
    assert (told.before.median_s, told.after.median_s) == (20 * 60, 10 * 60)
    assert (told.before.share, told.after.share) == (1 / 7, 6 / 7)
    assert told.median is not None
    assert told.share is not None
    assert told.median.value == -600
    assert told.share.value == pytest.approx(5 / 7)
    assert told.verdict == "shorter"


def test_the_interval_covers_the_days_that_could_have_been() -> None:
    # Whatever days are drawn, each has the same median: nothing is left to chance.
    same = compare(days(_MAY, *[(20,)] * 6), days(_OCTOBER, *[(12,)] * 6), TARGET_S)
    assert same.median == Change(-480.0, -480.0, -480.0)
    assert same.share == Change(1.0, 1.0, 1.0)


def test_days_are_drawn_again_and_not_people() -> None:
    # A thousand people more on the odd day do not make the odd day less odd.
    def odd(people: int) -> list[DayTable]:
        return days(_MAY, *[(10.0,) * people] * 4, (60.0,) * people, (60.0,) * people)

    usual = days(_OCTOBER, *[(12,)] * 6)
    few, many = (compare(odd(people), usual, TARGET_S) for people in (5, 1000))
    assert few.median is not None
    assert many.median is not None
    assert (few.median.low, few.median.high) == (many.median.low, many.median.high)
    assert many.verdict == "no_difference"


def test_the_same_days_give_the_same_interval_always() -> None:
    may, october = ([ward_day(day, 7) for day in workdays(first, 10)] for first in (_MAY, _OCTOBER))
    first = compare(may, october, TARGET_S)
    assert compare(may[::-1], october, TARGET_S) == first
    for others in (2, 3, 4):  # so that the answer is not just remembered
        compare(may[:-others], october[:-others], TARGET_S, 10)
    assert compare(may, october, TARGET_S) == first


def test_the_interval_holds_the_change_it_is_of() -> None:
    for seed in range(5):
        before = [ward_day(day, seed, pace_s=420) for day in workdays(_MAY, 10)]
        after = [ward_day(day, seed) for day in workdays(_OCTOBER, 10)]
        told = compare(before, after, TARGET_S, draws=400)
        assert told.median is not None
        assert told.median.low <= told.median.value <= told.median.high


def test_a_real_change_is_seen_and_none_is_not_invented() -> None:
    slow = [ward_day(day, 1, pace_s=600) for day in workdays(_MAY, 20)]
    fast = [ward_day(day, 2, pace_s=300) for day in workdays(_OCTOBER, 20)]
    other = [ward_day(day, 3, pace_s=300) for day in workdays(_OCTOBER + timedelta(days=35), 20)]
    assert compare(slow, fast, TARGET_S).verdict == "shorter"
    assert compare(fast, slow, TARGET_S).verdict == "longer"
    assert compare(fast, other, TARGET_S).verdict == "no_difference"


def test_too_few_days_give_no_verdict() -> None:
    enough = days(_OCTOBER, *[(12,)] * 6)
    told = compare(days(_MAY, *[(20,)] * (FEWEST_DAYS - 1)), enough, TARGET_S)
    assert (told.verdict, told.median, told.share) == ("not_enough", None, None)
    assert (told.before.days, told.after.days) == (FEWEST_DAYS - 1, 5)


def test_days_left_out_are_named_with_the_reason() -> None:
    week = days(_OCTOBER, *[(12,)] * 5)
    saturday = table(waited(9), _OCTOBER + timedelta(days=5))
    nobody = table(left(30), _OCTOBER + timedelta(days=7))
    today = table(waited(9), MONDAY, complete=False)
    told = compare(days(_MAY, *[(20,)] * 5), [today, saturday, *week, nobody], TARGET_S)
    assert told.after.left_out == (
        ("2026-10-10", "weekday"),
        ("2026-10-12", "no_waits"),
        ("2026-11-23", "running"),
    )
    assert (told.after.days, told.before.left_out) == (5, ())


def test_a_weekday_only_the_running_day_has_is_left_out_of_both() -> None:
    mondays = [table(waited(9), _MAY + timedelta(days=7 * n)) for n in range(5)]
    tuesdays = [table(waited(9), _OCTOBER + timedelta(days=7 * n + 1)) for n in range(5)]
    running = table(waited(9), MONDAY, complete=False)
    told = compare(mondays, [*tuesdays, running], TARGET_S)
    assert [why for _, why in told.before.left_out] == ["weekday"] * 5


def test_those_who_left_weigh_in_the_share_that_is_compared() -> None:
    before = [table([*waited(5, day=day), *left(30, day=day)], day) for day in workdays(_MAY, 5)]
    told = compare(before, days(_OCTOBER, *[(5,)] * 5), TARGET_S)
    assert (told.before.share, told.after.share) == (0.5, 1.0)


def test_of_fewer_than_five_people_neither_median_nor_share_is_told() -> None:
    told = compare(days(_MAY, (10, 20), (20, 30)), days(_OCTOBER, (5, 10), (10, 20, 30)), TARGET_S)
    assert (told.before.n, told.before.median_s, told.before.share) == (4, None, None)
    assert (told.after.n, told.after.median_s, told.after.share) == (5, 600, 0.6)


def test_nothing_at_all_is_not_enough() -> None:
    told: Comparison = compare([], [], TARGET_S)
    assert told.verdict == "not_enough"
    assert (told.before.median_s, told.before.share) == (None, None)


def test_overlapping_periods_are_refused() -> None:
    june = Period(date(2026, 6, 1), date(2026, 6, 30))
    half = Period(date(2026, 6, 15), date(2026, 7, 15))
    with pytest.raises(ReportError) as refusal:
        report(archived(), june, RULES, centre(), half)
    assert refusal.value.code == "range.invalid"
