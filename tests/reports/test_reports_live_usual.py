"""What is usual: which days say so, what they say, and that they are read once a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from motcua.archive import Archive
from motcua.day_table import DayTable
from motcua.queue.hours import Hours
from motcua.reports.live_usual import Middle, UsualDays, middle, usual
from tests.queue.queue_story import RULES
from tests.reports.live_days import ago, came, mondays, worked
from tests.reports.report_days import MONDAY, TARGET_S, table, ward_day

NINE_S = 9 * 3600.0


def test_the_last_eight_worked_days_of_the_weekday_count_and_no_more() -> None:
    told = mondays(*(worked(ago(weeks), came("08:00")) for weeks in range(1, 12)))
    assert told.days == tuple(ago(weeks) for weeks in range(1, 9))
    assert (told.left_out, told.enough) == ({}, True)


def test_days_that_were_not_worked_or_not_as_usual_are_left_out_and_counted() -> None:
    """
    1 week ago: nobody came. 2: worked. 3: a holiday, and some came all the same.
    4: Saturday hours. 5: the clock was wrong. 6, 7: worked. 8: records were lost. 9 … 16: none.
    """
    shifts = RULES.hours.week[0]
    hours = replace(RULES.hours, holidays=frozenset({ago(3)}), working_days={ago(4): shifts[:1]})
    told = mondays(
        table([], ago(1)), *(worked(ago(weeks), came("08:00")) for weeks in (2, 3, 4, 6, 7)),
        worked(ago(5), came("08:00"), undated=True),
        worked(ago(8), came("08:00"), damaged=True), hours=hours,
    )  # fmt: skip
    assert told.days == (ago(2), ago(6), ago(7))
    assert told.left_out == {"no_numbers": 9, "other_hours": 2, "no_date": 1, "damaged": 1}


def test_two_days_are_not_enough_to_call_anything_usual() -> None:
    told = mondays(*(worked(ago(weeks), came("08:00")) for weeks in (1, 2)))
    assert not told.enough
    assert middle(one.numbers for one in told.at(NINE_S, TARGET_S)) is None


def test_days_longer_ago_than_sixteen_weeks_do_not_count() -> None:
    assert mondays(worked(ago(17), came("08:00"))).days == ()
    assert mondays(worked(ago(16), came("08:00"))).days == (ago(16),)


def test_the_usual_is_the_median_of_days_looked_at_at_the_same_time() -> None:
    """
    By nine: one, two, three and five numbers; after nine many more, which are not known yet.
    Median 2.5; a quarter of the days at most 1.75, a quarter at least 3.5 (type 7).
    """
    early = ("08:00", "08:10", "08:20", "08:30", "08:40", "10:00")
    counts = {ago(1): 3, ago(2): 1, ago(3): 5, ago(4): 2}
    told = mondays(
        *(worked(day, came(*early[:n], *early[-1:], day=day)) for day, n in counts.items())
    )
    then = told.at(NINE_S, TARGET_S)
    assert [one.numbers for one in then] == [3, 1, 5, 2]
    assert middle(one.numbers for one in then) == Middle(2.5, 1.75, 3.5, 4)
    assert middle(one.counters for one in then) == Middle(1, 1, 1, 4)
    assert middle(one.counters for one in told.at(12 * 3600.0, TARGET_S)) == Middle(0, 0, 0, 4)
    assert middle(one.wait.median_s for one in then) == Middle(300, 300, 300, 4)


def test_days_without_the_figure_are_not_counted_as_nought() -> None:
    assert middle([None, 4.0, None, 6.0, 8.0]) == Middle(6, 5, 7, 3)
    assert middle([None, 4.0, 6.0]) is None


def test_service_times_of_few_visits_are_those_of_all_services() -> None:
    times = tuple(f"08:{n:02}" for n in range(20))
    told = mondays(worked(ago(1), [*came(*times), *came("09:00", service="K")]))
    assert told.long_service_s("A") == 600
    assert told.long_service_s("K") == told.long_service_s("M") == 600
    assert mondays(worked(ago(1), came(*times[:19]))).long_service_s("A") is None


def test_people_sent_elsewhere_are_told_by_whole_days() -> None:
    told = mondays(
        worked(ago(1), came("08:00"), referrals={("1", "x"): 3, ("2", "y"): 2}),
        worked(ago(2), came("08:00")),
    )
    assert told.referrals == (5, 0)


class Days(Archive):
    """An archive that counts what is asked of it."""

    def __init__(self) -> None:
        self.asked: list[date] = []

    def days(self, first: date, last: date):  # type: ignore[no-untyped-def]  # noqa: ANN201
        self.asked.append(first)
        assert first == last
        yield ward_day(first, 3)


def test_the_days_are_read_once_a_day_and_again_when_the_hours_change() -> None:
    archive = Days()
    days = UsualDays(archive)
    first = days.of(MONDAY, RULES.hours)
    assert days.of(MONDAY, replace(RULES.hours)) is first
    assert archive.asked == [ago(weeks) for weeks in range(1, 9)]
    days.of(MONDAY + timedelta(days=1), RULES.hours)
    assert len(archive.asked) == 16
    tuesday = MONDAY + timedelta(days=1)
    days.of(tuesday, Hours(RULES.hours.week, RULES.hours.zone, frozenset({ago(1)})))
    assert len(archive.asked) == 24


def test_a_day_that_runs_is_never_usual() -> None:
    def table_of(day: date) -> DayTable:
        return ward_day(day, 1)

    assert MONDAY not in usual(table_of, MONDAY, RULES.hours).days
