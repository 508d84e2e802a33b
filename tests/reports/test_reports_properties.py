"""What holds of the measures for any day at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from math import fsum
from random import Random
from statistics import median, quantiles

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from motcua.day_table import DayTable, Leg
from motcua.reports.measures import Measures, measure
from motcua.reports.spread import quantile, share
from tests.reports.report_days import HUE, MONDAY, TARGET_S, left, opened, table, waited

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


@given(people(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(legs: list[Leg], random: Random) -> None:
    shuffled = random.sample(legs, len(legs))
    assert measured(legs) == measured(shuffled)


@given(people(), st.floats(15.001, 600))
def test_somebody_who_leaves_after_the_target_never_improves_the_share(
    legs: list[Leg], minutes: float
) -> None:
    plain, more = measured(legs).within, measured([*legs, *left(minutes)]).within
    assert (more.of or 0) == (plain.of or 0) + 1
    assert (more.share or 0) <= (plain.share or 0)


@given(people(), st.floats(0, 15))
def test_somebody_who_leaves_before_the_target_changes_no_share(
    legs: list[Leg], minutes: float
) -> None:
    plain, more = measured(legs).within, measured([*legs, *left(minutes)]).within
    assert (more.of, more.share) == (plain.of, plain.share)
    assert more.left_early == (plain.left_early or 0) + 1


def a_day(legs: list[Leg], place: int) -> DayTable:
    """Return the day of these people with papers, places and open hours of its own."""
    day = MONDAY + timedelta(days=place)
    told = [
        msgspec.structs.replace(leg, day=day.isoformat(), low_s=300, high_s=900) for leg in legs
    ]
    pairs = {("1.001193", f"x{place % 2}"): 3 + place}
    spans = opened(1 + place, "08:00", "09:30", day=day)
    return table(told, day, referrals=pairs, papers=pairs, spans=spans)


def of(*days: DayTable) -> Measures:
    """Measure days."""
    return measure(days, TARGET_S, HUE, lambda _: "")


@given(st.lists(people(), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_days_changes_nothing(halls: list[list[Leg]], random: Random) -> None:
    days = [a_day(legs, place) for place, legs in enumerate(halls)]
    assert of(*days) == of(*random.sample(days, len(days)))


@given(st.lists(people(), min_size=2, max_size=4), st.integers(1, 3))
def test_a_range_split_in_two_has_the_same_totals(halls: list[list[Leg]], cut: int) -> None:
    days = [a_day(legs, place) for place, legs in enumerate(halls)]
    parts, whole = (totals(of(*days[:cut])), totals(of(*days[cut:]))), totals(of(*days))
    assert +(parts[0] + parts[1]) == +whole


def totals(told: Measures) -> Counter[object]:
    """Return everything of a report that is added up, by a name of its own."""
    within, forecast = told.within, told.forecast.every
    counts: Counter[object] = Counter({
        "legs": told.legs, "visits": told.visits, "waits": told.wait.n or 0,
        "services": told.service.n or 0, "uncertain": told.uncertain, "days": len(told.days),
        "within": within.within or 0, "late": within.late or 0, "left": within.left_late or 0,
        "early": within.left_early or 0, "inside": forecast.inside, "shorter": forecast.shorter,
        "longer": forecast.longer, "left longer": forecast.left_longer,
        "left sooner": forecast.left_sooner, "load": told.load.every.legs or 0,
        "open": round(told.load.every.open_s),
    })  # fmt: skip
    counts.update({("end", end): count for end, count in told.ends.items()})
    counts.update({("paper", one.procedure, one.paper): one.n for one in told.papers})
    counts.update({("place", *pair): count for pair, count in told.referrals.items()})
    return counts


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
