"""Days worked out by hand: the log in the docstring, every figure of the day in the asserts."""

from __future__ import annotations

from motcua.reports.measures import Measures, measure
from motcua.reports.open_hours import OpenLoad
from motcua.reports.spread import Share, Spread
from tests.queue.queue_story import Story
from tests.reports.report_days import HUE, TARGET_S, told

_MINUTE = 60.0


def measured(story: Story) -> Measures:
    """Measure the day of a story by the target of 15 minutes."""
    return measure([told(story)], TARGET_S, HUE, lambda _: "")


def spread(n: int, *minutes: float) -> Spread:
    """Return a spread told in minutes: median, nine in ten, mean."""
    median, p90, mean = (one * _MINUTE for one in minutes)
    return Spread(n, median, p90, mean)


def rounded(told: Spread) -> Spread:
    """Return a spread without the noise of floating point."""
    median_s, p90_s, mean_s = (round(s or 0, 6) for s in (told.median_s, told.p90_s, told.mean_s))
    return Spread(told.n, median_s, p90_s, mean_s)


def test_somebody_missed_comes_back_and_a_call_is_taken_back(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 An takes A
    08:02 Binh takes A
    08:04 Chi takes A
    08:06 counter 1 calls next
    08:08 counter 1 misses
    08:09:00 counter 1 calls next
    08:09:05 counter 1 undoes
    08:12 counter 1 calls next
    08:13 counter 1 starts
    08:20 counter 1 finishes done
    08:21 An returns
    08:22 counter 1 calls next
    08:24 counter 1 starts
    08:30 counter 1 finishes received
    """
    day = measured(story)
    # An waited 6 minutes, to the first call; Binh 10, the call of 08:09 was taken back; Chi waits.
    assert rounded(day.wait) == spread(2, 8, 9.6, 8)
    # An's way is from the call An came for, 08:22, not from the one that was missed.
    assert rounded(day.way) == spread(2, 1.5, 1.9, 1.5)
    assert rounded(day.service) == spread(2, 6.5, 6.9, 6.5)
    assert rounded(day.centre) == spread(2, 24, 28.8, 24)
    assert day.within == Share(within=2, late=0, left_late=0, left_early=0)
    assert day.ends == {"done": 1, "received": 1, "": 1}
    assert (day.visits, day.legs, day.transfers, day.left) == (3, 3, 0, 0)
    assert (day.uncertain, day.running) == (0, ("2026-11-23",))


def test_a_transfer_a_hold_and_two_who_left_on_either_side_of_the_target(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 counter 2 opens H
    08:00 An takes A
    08:01 Binh takes A to collect
    08:02 Chi takes H
    08:05 counter 1 calls next
    08:06 counter 1 starts
    08:10 counter 1 holds copy
    08:12 counter 1 calls next
    08:13 counter 1 starts
    08:15 Chi cancels
    08:16 Dung takes H
    08:20 counter 1 transfers to H
    08:24 counter 2 calls next
    08:25 counter 2 starts
    08:33 counter 2 finishes done
    08:34 Dung cancels
    08:35 counter 1 calls An
    08:36 counter 1 starts
    08:41 counter 1 finishes received
    16:59 the day closes
    """
    day = measured(story)
    # Legs: An 5, Binh 11 and, in H, 4 more; Chi and Dung were never called.
    assert rounded(day.wait) == spread(3, 5, 9.8, 20 / 3)
    assert rounded(day.visit_wait) == spread(2, 10, 14, 10)
    # An's service is 4 + 5 minutes, the copying between them is taken out; Binh's 7 and 8.
    assert rounded(day.service) == spread(3, 8, 8.8, 8)
    assert rounded(day.visit_service) == spread(2, 12, 14.4, 12)
    assert rounded(day.way) == spread(3, 1, 1, 1)
    assert rounded(day.centre) == spread(2, 36.5, 40.1, 36.5)
    # Chi left after 13 minutes: nobody knows. Dung after 18: the promise was not kept.
    assert day.within == Share(within=3, late=0, left_late=1, left_early=1)
    assert day.within.share == 0.75
    assert day.ends == {"received": 1, "done": 1, "cancelled": 2}
    assert (day.visits, day.legs, day.transfers, day.left) == (4, 5, 1, 2)
    # Two counters from 08:00 to 08:41, the last record before the day was closed.
    assert day.load.every == OpenLoad(5, 82 * _MINUTE)
    assert day.load.every.per_open_hour == 5 / (82 / 60)


def test_each_opening_counts_in_the_hours_of_the_clock_it_lies_in(story: Story) -> None:
    """
    07:45 counter 1 opens A
    08:30 counter 2 opens A
    08:40 An takes A
    08:40 Binh takes A
    08:41 Chi takes A
    08:42 Dung takes A
    08:43 Em takes A
    08:50 counter 2 pauses
    09:05 Giang takes A
    09:15 counter 1 closes
    16:59 the day closes
    """
    day = measured(story)
    # Counter 1: 15 minutes of the 7th hour, 60 of the 8th, 15 of the 9th; counter 2: 20 of the 8th.
    assert day.open_s == {(1, 7): 900, (1, 8): 3600 + 1200, (1, 9): 900}
    assert day.load.every == OpenLoad(6, 900 + 4800 + 900)
    assert day.load.by_hour == {
        7: OpenLoad(0, 900), 8: OpenLoad(5, 4800), 9: OpenLoad(None, 900),
    }  # fmt: skip
    assert day.load.by_hour[8].per_open_hour == 5 / (80 / 60)
    assert day.load.by_hour[7].per_open_hour == 0
    assert day.load.by_hour[9].per_open_hour is None, "one person is too few to be told"


def test_a_day_that_runs_has_no_open_hours_yet(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:40 An takes A
    """
    table = told(story)
    running = measure([type(table)(table.day, table.legs, complete=False)], 900, HUE, str)
    assert running.load.every == OpenLoad(0, 0.0)
    assert running.load.every.per_open_hour is None


def test_a_visit_of_which_a_part_is_not_known_has_no_sum(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 An takes A
    08:05 counter 1 calls next
    08:06 counter 1 starts
    08:10 counter 1 transfers to H
    08:20 An.2 cancels
    16:59 the day closes
    """
    day = measured(story)
    # An waited 5 minutes for the first service and left the second after 10, uncalled.
    assert (day.wait.n, day.wait.median_s, day.visit_wait.n) == (1, 5 * _MINUTE, 0)
    assert (day.service.n, day.service.median_s, day.visit_service.n) == (1, 4 * _MINUTE, 0)
    assert day.within == Share(within=1, late=0, left_late=0, left_early=1)
    assert (day.visits, day.legs, day.ends) == (1, 2, {"cancelled": 1})
    assert day.centre.n == 0
