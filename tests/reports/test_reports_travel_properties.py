"""What holds of the kilometres spared whatever a centre assumes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from motcua.reports.bounds import Bounds, mixed
from motcua.reports.spared import Spared
from motcua.settings_travel import (
    Assumption,
    Kilometres,
    Pace,
    Part,
    TravelMeansSection,
    TravelPlaceSection,
    TravelSection,
    Trips,
)
from tests.reports.report_days import table
from tests.reports.travel_home import BUSINESS, came, figure, spared_by, trips_of

_NEARLY = 1e-6
_PEOPLE = st.integers(5, 60)


def rising(most: float) -> st.SearchStrategy[tuple[float, float, float]]:
    """Three numbers in order."""
    numbers = st.lists(st.floats(0, most), min_size=3, max_size=3)
    return numbers.map(lambda three: (min(three), sorted(three)[1], max(three)))


@st.composite
def settings(draw: st.DrawFn) -> TravelSection:
    """A centre that knows everything, of one old office and two means."""
    part = draw(rising(1))
    rest = (1 - part[2], 1 - part[1], 1 - part[0])
    place = TravelPlaceSection(
        name="x",
        procedures=(BUSINESS,),
        old_km=Kilometres(*draw(rising(100)), "s"),
        trips_per_visit=Trips(*draw(rising(5)), "s"),
    )
    means = tuple(
        TravelMeansSection(
            name=name,
            share=Part(*share, "s"),
            minutes_per_km=Pace(*draw(rising(30)), "s"),
            cost_per_km_vnd=Assumption(*draw(rising(5000)), "s"),
            co2_g_per_km=Assumption(*draw(rising(300)), "s"),
        )
        for name, share in (("a", part), ("b", rest))
    )
    return TravelSection(
        here_km=Kilometres(*draw(rising(100)), "s"),
        value_of_time_vnd=Assumption(*draw(rising(90_000)), "s"),
        place=(place,),
        means=means,
    )


def within(bounds: Bounds | None, value: float) -> bool:
    """Return whether a figure lies in its bounds, floating point forgiven."""
    assert bounds is not None
    slack = _NEARLY * (1 + abs(value))
    return bounds.low - slack <= value <= bounds.high + slack


def of(told: Spared) -> list[Bounds | None]:
    """Return the bounds of everything that was reckoned."""
    return [one.bounds for one in (*told.figures, told.in_vain)]


@given(settings(), _PEOPLE)
def test_every_range_holds_its_value(assumed: TravelSection, people: int) -> None:
    told = spared_by(assumed, *came("done", people), *came("papers_missing", people))
    for bounds in of(told):
        assert bounds is not None
        assert within(bounds, bounds.value)
        assert bounds.low <= bounds.high


@given(settings(), _PEOPLE, st.tuples(*[st.floats(0, 1)] * 6))
def test_whatever_is_true_within_the_assumptions_is_within_the_range(
    assumed: TravelSection, people: int, where: tuple[float, ...]
) -> None:
    place, (first, second) = assumed.place[0], assumed.means

    def true(assumption: Assumption, at: float) -> float:
        return assumption.low + at * (assumption.high - assumption.low)

    km = people * 2 * (
        true(place.trips_per_visit, where[0]) * true(place.old_km, where[1])
        - true(assumed.here_km, where[2])
    )  # fmt: skip
    share = true(first.share, where[3])
    rate = share * true(first.co2_g_per_km, where[4]) + (1 - share) * true(
        second.co2_g_per_km, where[5]
    )
    told = spared_by(assumed, *came("done", people))
    assert within(figure(told, "km").bounds, km)
    assert within(figure(told, "co2_kg").bounds, km * rate / 1000)


@given(settings(), _PEOPLE, _PEOPLE)
def test_more_people_never_spare_less_where_the_old_office_is_farther(
    assumed: TravelSection, people: int, more: int
) -> None:
    few, many = (
        figure(spared_by(assumed, *came("done", n)), "km").bounds for n in (people, people + more)
    )
    assert few is not None
    assert many is not None
    for end in ("low", "value", "high"):
        before, after = getattr(few, end), getattr(many, end)
        assert after >= before if before >= 0 else after <= before


@given(settings(), _PEOPLE, _PEOPLE)
def test_kilometres_add_up_over_people(assumed: TravelSection, some: int, others: int) -> None:
    one, two, both = (
        figure(spared_by(assumed, *came("done", n)), "km").bounds
        for n in (some, others, some + others)
    )
    assert one is not None
    assert two is not None
    assert both is not None
    assert abs((one + two).value - both.value) < _NEARLY * (1 + abs(both.value))


@given(rising(1), st.tuples(rising(50), rising(50)), st.floats(0, 1))
def test_a_mix_is_never_cheaper_than_the_cheapest_nor_dearer_than_the_dearest(
    part: tuple[float, float, float],
    rates: tuple[tuple[float, float, float], tuple[float, float, float]],
    at: float,
) -> None:
    rest = Bounds(1 - part[2], 1 - part[1], 1 - part[0])
    told = mixed([(Bounds(*part), Bounds(*rates[0])), (rest, Bounds(*rates[1]))])
    share = part[0] + at * (part[2] - part[0])
    assert within(told, share * rates[0][1] + (1 - share) * rates[1][1])
    assert min(rate[0] for rate in rates) - _NEARLY <= told.low
    assert told.high <= max(rate[2] for rate in rates) + _NEARLY


@given(*[st.integers(0, 40)] * 3)
def test_the_share_of_persons_lies_between_the_two_told_as_long_as_nobody_comes_in_vain_twice(
    at_once: int, second_time: int, never: int
) -> None:
    reached, in_vain = at_once + second_time, second_time + never
    told = trips_of(table([*came("done", reached), *came("papers_missing", in_vain)])).trips
    if reached:
        true = at_once / (at_once + second_time + never)
        assert told.resolved_share is not None
        assert told.resolved_share_if_all_return is not None
        assert 0 <= told.resolved_share_if_all_return <= true + _NEARLY
        assert true <= told.resolved_share + _NEARLY
    else:
        assert told.resolved_share_if_all_return is None
