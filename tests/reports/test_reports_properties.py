"""What holds of the measures for any day at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from math import fsum
from random import Random
from statistics import median, quantiles

from hypothesis import given
from hypothesis import strategies as st

from motcua.day_table import Leg
from motcua.reports.measures import Measures, measure
from motcua.reports.spread import quantile, share
from tests.reports.report_days import HUE, MONDAY, TARGET_S, left, table, waited

_MINUTES = st.floats(0, 600, allow_nan=False)
_LISTS = st.lists(_MINUTES, max_size=30)


@st.composite
def people(draw: st.DrawFn) -> list[Leg]:
    """Some who were called, of a few services, and some who left."""
    called = [
        leg
        for service in "AH"
        for leg in waited(*draw(_LISTS), service=service, service_s=draw(_MINUTES))
    ]
    return [*called, *left(*draw(_LISTS))]


def measured(*days: Sequence[Leg]) -> Measures:
    """Measure days of these people, one after the other."""
    tables = [table(legs, MONDAY + timedelta(days=n)) for n, legs in enumerate(days)]
    return measure(tables, TARGET_S, HUE, lambda _: "")


def within(*days: Sequence[Leg]) -> float:
    """Return the share within target, 1 when it is of nobody."""
    told = measured(*days).within.share
    return 1.0 if told is None else told


@given(people(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(legs: list[Leg], random: Random) -> None:
    shuffled = random.sample(legs, len(legs))
    assert measured(legs) == measured(shuffled)


@given(people(), _MINUTES)
def test_somebody_who_leaves_never_improves_the_share(legs: list[Leg], minutes: float) -> None:
    assert within([*legs, *left(minutes)]) <= within(legs)


@given(people(), people())
def test_a_range_weighs_all_people_of_its_days_alike(first: list[Leg], second: list[Leg]) -> None:
    split, whole = measured(first, second), measured([*first, *second])
    assert split.wait == whole.wait
    assert split.within == whole.within
    assert split.service == whole.service
    assert split.by["service"] == whole.by["service"]


@given(people(), people())
def test_a_range_has_the_people_of_its_parts(first: list[Leg], second: list[Leg]) -> None:
    parts, whole = (measured(first), measured(second)), measured(first, second)
    assert whole.legs == sum(part.legs for part in parts)
    assert whole.ends == {
        end: count
        for end in ("done", "cancelled")
        if (count := sum(part.ends.get(end, 0) for part in parts))
    }
    assert whole.within.of == sum(part.within.of or 0 for part in parts)


@given(people())
def test_no_cell_tells_of_fewer_than_five(legs: list[Leg]) -> None:
    for cells in measured(legs).by.values():
        for cell in cells:
            assert (cell.n is None) == cell.hidden
            assert cell.n is None or cell.n >= 5
            for told in (cell.wait, cell.service):
                assert told.n is None or told.n == 0 or told.n >= 5
                assert told.n or told.median_s is None


@given(st.lists(_MINUTES, min_size=2, max_size=60))
def test_quantiles_agree_with_the_standard_librarys(values: list[float]) -> None:
    ordered = sorted(values)
    assert abs(quantile(ordered, 0.5) - median(ordered)) < 1e-6
    assert abs(quantile(ordered, 0.9) - quantiles(ordered, n=10, method="inclusive")[8]) < 1e-6


@given(_LISTS, _LISTS)
def test_a_share_counts_everybody_once(waits: list[float], gone: list[float]) -> None:
    told = share(sorted(waits), gone, 15.0)
    assert told.of is not None
    assert told.left_early is not None
    assert told.of + told.left_early == len(waits) + len(gone)


@given(st.lists(_MINUTES, min_size=1, max_size=30))
def test_the_mean_is_the_sum_by_the_number(minutes: list[float]) -> None:
    told = measured(waited(*minutes)).wait
    assert told.mean_s is not None
    assert abs(told.mean_s * len(minutes) - fsum(60 * one for one in minutes)) < 1e-6


def test_an_unsure_interval_weighs_nothing() -> None:
    sure = waited(5, 10, 15)
    unsure = waited(500, uncertain=True, unsure=("wait",))
    both = measured([*sure, *unsure])
    assert both.wait == measured(sure).wait
    assert (both.uncertain, both.unsure) == (1, {"wait": 1})
