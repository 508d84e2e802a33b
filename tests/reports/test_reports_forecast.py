"""Waits told against waits that came, worked by hand; leg by leg."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from motcua.day_table import Leg
from motcua.reports.forecast import Forecast, Forecasts, table
from motcua.reports.measures import measure
from motcua.reports.table import Few
from motcua.reports.wording import Wording
from motcua.words import Words
from tests.queue.queue_story import RULES
from tests.reports import report_days
from tests.reports.report_days import HUE, TARGET_S, left, waited

_ENGLISH = Wording(Words(), "en", RULES)


def told(*minutes: float, **facts: Any) -> list[Leg]:  # noqa: ANN401
    """Return people who were told 5 to 10 minutes and called after so many."""
    return waited(*minutes, **{"low_s": 300, "high_s": 600, **facts})


def forecasts(*legs: Leg) -> Forecasts:
    """Return the forecasts of a day of these legs."""
    return measure([report_days.table(legs)], TARGET_S, HUE, str).forecast


def test_ranges_are_kept_at_both_ends_and_missed_beyond_them() -> None:
    # Inside: 5 and 10 exactly. Sooner by 1. Later by 2 and by 4. Left after 11: later still.
    every = forecasts(
        *told(5, 10, 4, 12, 14), *left(11, low_s=300, high_s=600), *left(9, low_s=300, high_s=600)
    ).every
    assert every == Forecast(
        inside=2, shorter=1, longer=2, left_longer=1, left_sooner=1, width_s=300.0,
        shorter_by_s=None, longer_by_s=None,
    )  # fmt: skip
    assert (every.n, every.share) == (6, 2 / 6)


def test_by_how_much_is_the_median_of_those_called_from_five_on() -> None:
    every = forecasts(*told(1, 2, 3, 4, 4.5, 11, 12, 13, 14, 20)).every
    # Sooner by 4, 3, 2, 1, ½ minutes: 2. Later by 1, 2, 3, 4, 10: 3.
    assert (every.shorter_by_s, every.longer_by_s) == (120.0, 180.0)


def test_the_width_is_of_all_ranges_with_a_known_end() -> None:
    wide = told(7, high_s=1200)
    unknown = left(6, low_s=0, high_s=86_400)
    assert forecasts(*told(7, 7), *wide, *wide, *unknown).every.width_s == (300 + 900) / 2


def test_who_was_told_nothing_or_not_measured_is_in_no_part() -> None:
    unmeasured = told(50, uncertain=True, unsure=("wait",))
    waiting = report_days.leg(low_s=300, high_s=600, outcome="")
    silent = waited(7)
    assert forecasts(*unmeasured, waiting, *silent) == Forecasts(
        Forecast(0, 0, 0, 0, 0, None, None, None), {}
    )


def test_a_service_of_few_is_hidden_and_the_total_told() -> None:
    made = table(forecasts(*told(6, 6, 6, 6, 6, 20), *told(6, 6, 20, service="H")), _ENGLISH)
    assert [row[0] for row in made.rows] == ["All services", "A – A", "H – H"]
    every, first, few = made.rows
    assert every[1:3] == (9, 7 / 9)
    assert first[1:5] == (6, 5 / 6, 0.0, 1 / 6)
    assert few[1:] == (Few.HIDDEN, *(None,) * 7)


def test_a_single_service_is_told_once() -> None:
    assert len(table(forecasts(*told(6, 7)), _ENGLISH).rows) == 1
    assert table(forecasts(*waited(6, 7)), _ENGLISH).rows == ()


_MINUTES = st.floats(0, 60, allow_nan=False)


@given(st.lists(_MINUTES, max_size=20), st.floats(10.01, 60), st.floats(0, 10))
def test_whoever_leaves_after_the_range_never_improves_it_and_before_it_changes_nothing(
    minutes: list[float], after: float, before: float
) -> None:
    people = told(*minutes)
    plain = forecasts(*people).every
    late = forecasts(*people, *left(after, low_s=300, high_s=600)).every
    early = forecasts(*people, *left(before, low_s=300, high_s=600)).every
    assert late.n == plain.n + 1
    assert (late.share or 0) <= (plain.share or 0)
    assert (early.n, early.share, early.left_sooner) == (plain.n, plain.share, 1)


@given(st.lists(_MINUTES, max_size=30))
def test_every_told_leg_is_in_one_part(minutes: list[float]) -> None:
    every = forecasts(*told(*minutes)).every
    assert every.inside + every.shorter + every.longer == len(minutes) == every.n
