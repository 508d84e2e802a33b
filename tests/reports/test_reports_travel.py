"""Trips made, made in vain and spared: days worked out by hand, and what may not be told."""

from __future__ import annotations

import pytest

from motcua.reports.bounds import Bounds, mixed
from motcua.reports.spared import spared
from motcua.reports.travel import Queueing
from motcua.settings_travel import (
    Kilometres,
    Pace,
    Part,
    TravelMeansSection,
    TravelPlaceSection,
    TravelSection,
    Trips,
)
from tests.queue.queue_story import Story
from tests.reports.report_days import table, told, waited
from tests.reports.travel_home import (
    BUSINESS,
    assumed,
    came,
    figure,
    old_office,
    spared_by,
    trips_of,
)

_MINUTE = 60


def near(low: float, value: float, high: float) -> object:
    """Return bounds to compare with, floating point forgiven."""
    return pytest.approx((low, value, high))


def ends(bounds: Bounds | None) -> tuple[float, float, float]:
    """Return low, value and high."""
    assert bounds is not None
    return bounds.low, bounds.value, bounds.high


def test_a_day_of_trips_worked_by_hand(story: Story) -> None:
    """
    08:00 counter 1 opens A H
    08:00 An takes procedure 1.001193
    08:00 Binh takes procedure 1.001193
    08:00 Chi takes procedure 2.000815
    08:00 Dung takes procedure 1.001193
    08:00 Em takes procedure 1.001193
    08:01 Giang asks for 1.000003
    08:02 Hoa asks for 1.000003
    08:04 counter 1 calls next
    08:04 counter 1 starts
    08:08 counter 1 finishes received
    08:08 counter 1 calls next
    08:08 counter 1 starts
    08:12 counter 1 finishes papers_missing
    08:12 counter 1 calls next
    08:12 counter 1 starts
    08:16 counter 1 finishes done
    08:16 counter 1 calls next
    08:16 counter 1 starts
    08:20 counter 1 transfers to H
    08:20 counter 1 calls Chi
    08:20 counter 1 starts
    08:24 counter 1 finishes advised
    08:24 counter 1 calls Em.2
    08:24 counter 1 starts
    08:26 counter 1 finishes wrong_place
    16:59 the day closes
    """
    travel = trips_of(told(story))
    trips = travel.trips
    # An and Dung finished, Chi was advised; Binh and Em came in vain. Em is one visit of two legs.
    assert (trips.served, trips.finished, trips.reached, trips.in_vain) == (5, 2, 3, 2)
    assert (trips.papers_missing, trips.wrong_place, trips.not_possible) == (1, 1, 0)
    assert trips.visits_per_finished_case == 5 / 2
    assert trips.resolved_share == 3 / 5
    # If Binh and Em came again, two of the three who reached something had been here before.
    assert trips.resolved_share_if_all_return == 1 / 3
    assert {code: one.served for code, one in travel.by_procedure.items()} == {
        "1.001193": 4,
        "2.000815": 1,
    }
    # Waits in minutes: 4 4 8 12 16 20. Quartiles (type 7): 5, 10, 15. Giang and Hoa: twice that.
    assert travel.referrals == 2
    seconds = Bounds(10 * _MINUTE, 20 * _MINUTE, 30 * _MINUTE)
    assert travel.queueing == Queueing(people=2, left_out=0, days=1, seconds=seconds)


def test_people_told_on_a_day_of_few_waits_are_left_out() -> None:
    few = table(waited(5, 10, 15, 20), referrals={("2.000200", "Công an"): 7})
    queueing = trips_of(few).queueing
    assert (queueing.people, queueing.left_out, queueing.seconds) == (0, 7, None)
    assert spared(trips_of(few), TravelSection(), str).queueing.bounds is None


def test_kilometres_and_what_follows_worked_by_hand() -> None:
    told = spared_by(assumed(old_office(BUSINESS)), *came("done", 114), *came("received", 100))
    # 214 × 2 × (12 − 4.6); least 428 × (11 − 5.4), most 428 × (14 − 3.6).
    assert ends(figure(told, "km").bounds) == near(2396.8, 3167.2, 4451.2)
    # × 2 … 2.4 … 3 minutes ÷ 60
    assert ends(figure(told, "hours").bounds) == near(2396.8 / 30, 126.688, 222.56)
    assert ends(figure(told, "cost_vnd").bounds) == near(958_720, 1_583_600, 3_115_840)
    assert ends(figure(told, "time_vnd").bounds) == near(
        2396.8 / 30 * 20_000, 126.688 * 25_000, 222.56 * 30_000
    )
    assert ends(figure(told, "co2_kg").bounds) == near(217.701344, 287.676776, 404.302496)


def test_only_finished_visits_spare_a_way() -> None:
    settings = assumed(old_office(BUSINESS))
    others = [
        one
        for outcome in ("advised", "papers_missing", "wrong_place", "not_possible", "missed", "")
        for one in came(outcome, 9)
    ]
    some, more = (spared_by(settings, *came("done", 10), *extra) for extra in ([], others))
    assert figure(some, "km") == figure(more, "km")
    # In vain: 27 × 2 × 4.6. Advice, leaving and waiting are not: 248.4 km.
    assert ends(more.in_vain.bounds) == near(194.4, 248.4, 291.6)


def test_a_transferred_visit_is_counted_once_where_it_ended() -> None:
    legs = [*came("transferred", 9), *came("done", 9)]
    assert spared_by(assumed(old_office(BUSINESS)), *legs).places[0].visits == 9


def test_trips_there_are_reckoned_with() -> None:
    place = TravelPlaceSection(
        name="x",
        procedures=(BUSINESS,),
        old_km=Kilometres(11, 12, 14, "map"),
        trips_per_visit=Trips(1, 1.5, 2, "asked"),
    )
    told = spared_by(assumed(place), *came("done", 10))
    # 20 × (1.5 × 12 − 4.6); least 20 × (1 × 11 − 5.4), most 20 × (2 × 14 − 3.6).
    assert ends(figure(told, "km").bounds) == near(112, 268, 488)


def test_where_here_is_farther_the_figure_is_negative() -> None:
    told = spared_by(assumed(old_office(BUSINESS, km=(0.5, 1, 1.5))), *came("done", 10))
    assert ends(figure(told, "km").bounds) == near(-98, -72, -42)
    assert ends(figure(told, "hours").bounds) == near(-4.9, -2.88, -1.4)


def test_a_code_goes_before_a_field() -> None:
    by_field = TravelPlaceSection(
        name="field", fields=("Hộ kinh doanh",), old_km=Kilometres(1, 1, 1, "map")
    )
    settings = assumed(by_field, old_office(BUSINESS, name="code"))
    people = [*came("done", 10), *came("done", 20, "2.000720"), *came("done", 30, "1.001193")]
    fields = {BUSINESS: "Hộ kinh doanh", "2.000720": "Hộ kinh doanh", "1.001193": "Hộ tịch"}
    told = spared_by(settings, *people, fields=fields)
    assert [(place.name, place.visits) for place in told.places] == [("field", 20), ("code", 10)]
    parts = [place.km.bounds.value for place in told.places if place.km.bounds]
    assert ends(figure(told, "km").bounds)[1] == pytest.approx(sum(parts))


def test_a_field_written_with_composed_or_decomposed_marks_is_the_same() -> None:
    decomposed = "Ho\u0302\u0323 ti\u0323ch"
    place = TravelPlaceSection(name="x", fields=(decomposed,), old_km=Kilometres(9, 9, 9, "map"))
    told = spared_by(assumed(place), *came("done", 6), fields={BUSINESS: "Hộ tịch"})
    assert told.places[0].visits == 6


def test_visits_without_a_procedure_are_in_no_place_and_counted() -> None:
    settings = assumed(old_office("", BUSINESS))
    told = spared_by(settings, *came("done", 7, None), *came("advised", 2, None))
    assert (told.places[0].visits, told.not_stated) == (0, 7)


@pytest.mark.parametrize("people", [1, 4])
def test_fewer_than_five_are_not_told(people: int) -> None:
    told = spared_by(assumed(old_office(BUSINESS)), *came("done", people))
    for one in (told.places[0].km, *told.figures):
        assert (one.bounds, one.hidden, one.lacks) == (None, True, ())


def test_nobody_spares_nothing() -> None:
    told = spared_by(assumed(old_office(BUSINESS)))
    assert all(ends(one.bounds) == (0, 0, 0) for one in (*told.figures, told.in_vain))


def test_a_place_of_few_is_left_out_of_the_sum() -> None:
    settings = assumed(old_office(BUSINESS, name="a"), old_office("2.000720", name="b"))
    told = spared_by(settings, *came("done", 10), *came("done", 3, "2.000720"))
    assert ends(figure(told, "km").bounds) == near(112, 148, 208)


def test_what_is_not_known_is_named() -> None:
    bare = spared_by(TravelSection(), *came("done", 9))
    assert figure(bare, "km").lacks == ("place",)
    assert figure(bare, "hours").lacks == ("place", "means")
    assert bare.in_vain.lacks == ("here_km",)
    nowhere = TravelSection(place=(TravelPlaceSection(name="x", procedures=(BUSINESS,)),))
    lacks = spared_by(nowhere, *came("done", 9)).places[0].km.lacks
    assert lacks == ("here_km", "old_km (x)")
    assert all(one.bounds is None for one in spared_by(nowhere, *came("done", 9)).figures)


def test_each_figure_asks_only_for_what_it_needs() -> None:
    walking = TravelMeansSection(name="Đi bộ", share=Part(1, 1, 1, "asked"))
    settings = TravelSection(
        here_km=Kilometres(1, 1, 1, "x"), place=(old_office(BUSINESS),), means=(walking,)
    )
    told = spared_by(settings, *came("done", 9))
    assert figure(told, "km").bounds
    assert {one.name: one.lacks for one in told.figures if one.lacks} == {
        "hours": ("minutes_per_km (Đi bộ)",),
        "cost_vnd": ("cost_per_km_vnd (Đi bộ)",),
        "time_vnd": ("minutes_per_km (Đi bộ)", "value_of_time_vnd"),
        "co2_kg": ("co2_g_per_km (Đi bộ)",),
    }


def test_one_incomplete_place_does_not_silence_another() -> None:
    unknown = TravelPlaceSection(name="b", procedures=("2.000720",))
    settings = assumed(old_office(BUSINESS, name="a"), unknown)
    km = figure(spared_by(settings, *came("done", 10)), "km")
    assert ends(km.bounds) == near(112, 148, 208)
    assert km.lacks == ("old_km (b)",)


def test_shares_of_means_stay_a_whole() -> None:
    fast, slow = Bounds(2, 2, 2), Bounds(10, 10, 10)
    told = mixed([(Bounds(0.6, 0.8, 1), fast), (Bounds(0.1, 0.2, 0.3), slow)])
    # At most 30% slow, so at least 70% fast: 0.7 × 2 + 0.3 × 10. At least 10% slow.
    assert ends(told) == near(0.9 * 2 + 0.1 * 10, 0.8 * 2 + 0.2 * 10, 0.7 * 2 + 0.3 * 10)


def test_two_means_are_mixed_by_their_shares() -> None:
    means = tuple(
        TravelMeansSection(
            name=name, share=Part(part, part, part, "x"), minutes_per_km=Pace(pace, pace, pace, "x")
        )
        for name, part, pace in (("Xe máy", 0.75, 2), ("Đi bộ", 0.25, 12))
    )
    settings = TravelSection(
        here_km=Kilometres(2, 2, 2, "x"), place=(old_office(BUSINESS, km=(5, 5, 5)),), means=means
    )
    told = spared_by(settings, *came("done", 10))
    # 10 × 2 × 3 km × (0.75 × 2 + 0.25 × 12) minutes = 60 × 4.5 minutes = 4.5 hours
    assert ends(figure(told, "hours").bounds) == near(4.5, 4.5, 4.5)
