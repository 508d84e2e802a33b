"""Measures of days worked out by hand: the log stands in the docstring, the sums in the asserts."""

from __future__ import annotations

import pytest

from motcua.day_table import DayTable
from motcua.queue import commands as c
from motcua.reports.measures import Measures, measure
from motcua.reports.spread import Share, Spread, quantile, share, spread
from tests.queue.queue_story import Story, moment
from tests.reports.report_days import HUE, TARGET_S, left, leg, table, told, waited

_FIELDS = {"1.001193": "Hộ tịch", "2.000815": "Chứng thực"}


def measured(*tables: DayTable) -> Measures:
    """Measure days by the target of 15 minutes."""
    return measure(tables, TARGET_S, HUE, lambda code: _FIELDS.get(code, ""))


def test_a_morning_worked_by_hand(story: Story) -> None:
    """
    08:00 counter 1 opens A H
    08:00 An takes procedure 1.001193
    08:01 Binh takes A
    08:02 Chi takes A
    08:06 counter 1 calls next
    08:07 counter 1 starts
    08:17 counter 1 finishes received
    08:21 counter 1 calls next
    08:23 counter 1 starts
    08:28 counter 1 holds copies
    08:30 Dung takes H
    08:32 counter 1 calls next
    08:33 counter 1 starts
    08:48 counter 1 finishes done
    08:50 counter 1 calls Binh
    08:51 counter 1 starts
    08:54 counter 1 finishes done
    08:55 Dung cancels
    """
    figures = measured(told(story))
    # Waits: An 6, Binh 20 (08:01 to the first call 08:21), Chi 30; Dung left after 25.
    assert figures.wait == Spread(3, 1200.0, 1200.0 + 0.8 * 600, 3360 / 3)
    # Service: An 10, Chi 15, Binh 5 + 3: the hold between is taken out.
    assert figures.service == Spread(3, 600.0, 600 + 0.8 * 300, 660.0)
    # In the centre: An 17, Chi 46, Binh 53 minutes; Dung was not served.
    assert figures.centre == Spread(3, 46 * 60.0, 46 * 60 + 0.8 * 7 * 60, 6960 / 3)
    # Only An of four within 15 minutes: Dung left after 25 and counts against it.
    assert figures.within == Share(within=1, late=2, left_late=1, left_early=0)
    assert figures.within.share == 0.25
    assert (figures.visits, figures.legs, figures.left) == (4, 4, 1)
    assert figures.ends == {"received": 1, "done": 2, "cancelled": 1}


def test_a_transfer_is_two_waits_and_one_visit(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 counter 2 opens H
    08:00 An takes A
    08:05 counter 1 calls next
    08:06 counter 1 starts
    08:16 counter 1 transfers to H
    08:20 counter 2 calls next
    08:21 counter 2 starts
    08:26 counter 2 finishes done
    """
    figures = measured(told(story))
    assert (figures.visits, figures.legs, figures.transfers) == (1, 2, 1)
    assert figures.wait.n == 2
    assert figures.wait.mean_s == (300 + 240) / 2
    assert (figures.visit_wait.n, figures.visit_wait.median_s) == (1, 300 + 240)
    assert figures.visit_service.median_s == 600 + 300
    assert figures.centre.median_s == 26 * 60
    assert figures.ends == {"done": 1}


def test_whoever_never_came_stays_missed_when_the_day_closes(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 An takes A
    08:00 Binh takes A
    08:04 counter 1 calls next
    08:06 counter 1 misses
    16:59 the day closes
    """
    figures = measured(told(story))
    assert figures.ends == {"missed": 1, "unserved": 1}
    assert figures.wait == Spread(1, 240.0, 240.0, 240.0)
    # Binh waited nine hours for nothing: that is a wait beyond the target.
    assert figures.within == Share(within=1, late=0, left_late=1, left_early=0)


def test_a_wait_across_a_power_cut_is_counted_and_in_no_figure(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 An takes A
    08:01 Binh takes A
    08:10 counter 1 calls next
    08:11 counter 1 starts
    """
    story.do(c.FinishTicket(1, "done"), moment("09:00", "noon"))
    story.do(c.CallNext(1), moment("09:01", "noon"))
    story.do(c.StartService(1), moment("09:02", "noon"))
    story.do(c.FinishTicket(1, "done"), moment("09:07", "noon"))
    figures = measured(told(story))
    assert figures.uncertain == 2
    assert figures.unsure == {"service": 1, "centre": 2, "wait": 1}
    # An's wait and Binh's service were measured all the same.
    assert figures.wait == Spread(1, 600.0, 600.0, 600.0)
    assert figures.service == Spread(1, 300.0, 300.0, 300.0)
    assert figures.centre.n == 0


def test_a_visitor_who_left_before_the_target_is_in_no_part_of_the_share() -> None:
    assert share([600.0, 1200.0], [], TARGET_S) == Share(1, 1, 0, 0)
    assert share([600.0, 1200.0], [899.0, 900.0], TARGET_S) == Share(1, 1, 0, 2)
    assert share([600.0, 1200.0], [900.1], TARGET_S).share == 1 / 3
    assert share([], [60.0], TARGET_S).share is None


def test_exactly_the_target_is_within_it() -> None:
    assert share([900.0, 900.001], [], TARGET_S).within == 1


@pytest.mark.parametrize(
    ("values", "p", "expected"),
    [
        ([10], 0.9, 10),
        ([10, 20], 0.5, 15),
        ([1, 2, 3, 4, 5], 0.5, 3),
        ([1, 2, 3, 4, 5], 0.9, 4.6),
        ([0, 10, 20, 30], 0.9, 27),
        ([1, 2], 1.0, 2),
        ([7, 8, 9], 0.0, 7),
    ],
)
def test_a_quantile_lies_between_its_neighbours_in_proportion(
    values: list[float], p: float, expected: float
) -> None:
    assert quantile(values, p) == pytest.approx(expected)


def test_nothing_has_no_figures() -> None:
    figures = measured()
    assert figures.wait == spread([]) == Spread(0)
    assert figures.within.share is None
    assert figures.travel.trips.visits_per_finished_case is None
    assert (figures.days, figures.by["service"], figures.loads) == ((), (), ())


def test_several_days_weigh_by_people_and_not_by_day() -> None:
    quiet = table(waited(1, 1), leg().issued_at.date())
    rush = table(waited(*[40] * 6), leg().issued_at.date())
    figures = measured(quiet, rush)
    assert figures.wait.median_s == 40 * 60  # the mean of the days' medians would say 20.5
    assert figures.wait.mean_s == (2 * 60 + 6 * 2400) / 8


def test_a_cell_of_four_is_hidden_and_one_of_five_is_told() -> None:
    figures = measured(
        table([*waited(1, 2, 3, 4), *waited(1, 2, 3, 4, 5, service="H"), *left(9, service="H")])
    )
    four, five = figures.by["service"]
    assert (four.key, four.hidden, four.n, four.wait.n) == ("A", True, None, None)
    assert (four.wait.median_s, four.within.share, four.missed) == (None, None, None)
    assert (five.key, five.hidden, five.n, five.missed) == ("H", False, 6, 0)
    assert five.cancelled is None, "one who gave the number back is too few to be told of"
    assert five.wait == Spread(5, 180.0, 276.0, 180.0)
    assert figures.wait.n == 9  # totals stay whole


def test_a_figure_of_few_is_hidden_in_a_cell_of_many() -> None:
    [cell] = measured(table([*waited(1, 2, 3), *left(20, 30)])).by["service"]
    assert (cell.n, cell.wait.hidden, cell.wait.n) == (5, True, None)
    assert (cell.within.hidden, cell.within.share) == (False, 3 / 5)


def test_cells_are_by_service_hour_weekday_field_procedure_priority_and_purpose() -> None:
    people = [
        *waited(*[5] * 5, procedure="1.001193", priority="older", purpose="collect"),
        *[leg(issued="14:59", service="H", procedure="2.000815", wait_s=60.0) for _ in range(5)],
    ]
    by = measured(table(people)).by
    assert [cell.key for cell in by["hour"]] == [8, 14]
    assert [cell.key for cell in by["weekday_hour"]] == [(1, 8), (1, 14)]
    assert [cell.key for cell in by["field"]] == ["Chứng thực", "Hộ tịch"]
    assert [cell.key for cell in by["procedure"]] == ["1.001193", "2.000815"]
    assert [cell.key for cell in by["priority"]] == ["older", ""]  # the nameless one last
    assert [cell.key for cell in by["day"]] == ["2026-11-23"]
    assert [cell.key for cell in by["month"]] == ["2026-11"]
    assert [cell.key for cell in by["purpose"]] == ["collect", ""]
    halved = by.keys() - {"day", "month"}
    assert all(cell.n == 5 for name in halved for cell in by[name])


def test_counters_have_a_load_and_no_waits(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 counter 2 opens H
    08:00 An takes A
    08:05 counter 1 calls next
    08:06 counter 1 starts
    08:16 counter 1 finishes done
    08:30 counter 1 pauses
    09:00 counter 1 opens A
    09:20 counter 1 closes
    16:59 the day closes
    """
    day = told(story)
    # Counter 1: 08:00–08:30 and 09:00–09:20. Counter 2 was never closed: to the last event.
    assert day.open_s == {1: 50 * 60, 2: 80 * 60}
    busy = [*day.legs, *[leg(counter=1, service_s=600.0) for _ in range(4)]]
    [load] = measured(table(busy, spans=day.spans)).loads
    assert (load.counter, load.legs, load.busy_s, load.open_s) == (1, 5, 3000.0, 3000.0)


def test_trips_are_counted_by_the_last_outcome_of_a_visit() -> None:
    ends = ("done", "done", "received", "advised", "papers_missing", "papers_missing",
            "wrong_place", "not_possible", "missed", "")  # fmt: skip
    people = [leg(ticket=f"A{n}", outcome=end) for n, end in enumerate(ends)]
    travel = measured(table(people, referrals={("2.000200", "Công an"): 4})).travel
    trips = travel.trips
    assert (travel.referrals, trips.papers_missing, trips.wrong_place) == (4, 2, 1)
    assert (trips.served, trips.finished, trips.reached) == (8, 3, 4)
    assert trips.visits_per_finished_case == 8 / 3
    assert trips.resolved_share == 0.5


def test_a_service_that_was_begun_and_never_finished_has_no_service_time(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 An takes A
    08:05 counter 1 calls next
    08:06 counter 1 starts
    08:09 counter 1 holds copies
    08:30 counter 1 calls An
    08:31 counter 1 misses
    16:59 the day closes
    """
    figures = measured(told(story))
    assert (figures.service.n, figures.visit_service.n) == (0, 0)
    assert figures.ends == {"missed": 1}
