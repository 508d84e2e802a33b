"""What is said of two periods: the verdict, and never more than the interval supports."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reports.compare import DRAWS, compare, compare_days
from motcua.reports.compare_days import Scope
from motcua.reports.compare_json import comparison_json
from motcua.reports.compare_table import comparison_table
from motcua.reports.compare_words import covered, verdict
from motcua.reports.compared import Compared
from motcua.reports.period import Period
from motcua.reports.table import Kind, shown
from motcua.reports.unlike import unlike
from motcua.reports.wording import Wording
from motcua.words import Words
from tests.queue.queue_story import RULES
from tests.reports.report_days import (
    HUE,
    TARGET_S,
    ListeningWords,
    left,
    table,
    waited,
    workdays,
)
from tests.reports.simulated_periods import MAY, OCTOBER, period
from tests.reports.stopwatch_sheets import read, sheet_of

_EN, _VI = Wording(Words(), "en", RULES), Wording(Words(), "vi", RULES)
_SIDES = (Period(MAY, MAY + timedelta(days=60)), Period(OCTOBER, OCTOBER + timedelta(days=60)))


def simulated(
    days: int = 20, load: float = 6.0, speed: float = 1.0, seed: int = 1, draws: int = 200
) -> Compared:
    """Compare usual days in May with days in October."""
    random = Random(seed)  # noqa: S311 - repeatable days, no secret
    result = compare_days(
        period(MAY, days, random), period(OCTOBER, days, random, load, speed), TARGET_S, draws
    )
    odd = unlike(result.before.compared, result.after.compared, ())
    return Compared(*_SIDES, result, odd)


def test_a_wait_that_got_shorter_is_told_from_the_least_to_the_most() -> None:
    """Five days of 20 minutes, then of 9 … 14: eleven at most, six at least, whatever is drawn."""
    before = [table(waited(20, day=day), day) for day in workdays(MAY, 5)]
    after = [
        table(waited(minutes, day=day), day)
        for day, minutes in zip(workdays(OCTOBER, 5), (9, 11, 12, 13, 14), strict=True)
    ]
    told = Compared(*_SIDES, compare(before, after, TARGET_S, DRAWS))
    first = verdict(told, _EN)[0]
    assert first == (
        "05/10/2026–04/12/2026 against 04/05/2026–03/07/2026: the median wait is shorter by 6.0 to "
        "11 minutes."
    )
    assert "thời gian chờ trung vị ngắn hơn từ 6,0 đến 11 phút." in verdict(told, _VI)[0]


def test_a_wait_that_got_longer_is_told_so() -> None:
    assert "the median wait is longer by" in verdict(simulated(30, speed=2.2), _EN)[0]


def test_without_a_difference_it_says_how_many_more_days_it_takes() -> None:
    told = simulated(8, seed=2)
    first = verdict(told, _EN)[0]
    needed = told.result.needed
    assert needed is not None
    assert needed.more_days is not None
    assert needed.more_days > 20
    assert "no difference can be shown yet" in first
    assert f"about {needed.more_days} more days on each side are needed." in first


def test_a_change_too_small_to_matter_is_not_called_unknown() -> None:
    before, after = (
        [table(waited(10, 12, 14, day=day), day) for day in workdays(first, 12)]
        for first in (MAY, OCTOBER)
    )
    told = Compared(*_SIDES, compare(before, after, TARGET_S, 100))
    assert (
        "no difference that matters; if the median wait changed, then by less than 2 minutes"
        in (verdict(told, _EN)[0])
    )
    assert "there is no difference that matters: less than 2 minutes." in verdict(told, _EN)[1]


def test_too_few_days_are_told_and_nothing_else() -> None:
    told = verdict(simulated(4), _EN)
    assert told == [
        "Too few days to compare: at least 5 on each side are needed; here they are 4 and 4."
    ]


def test_a_time_without_any_records_is_named() -> None:
    """Nobody wrote anything down in May: that is what is said, not that October has no days."""
    october = period(OCTOBER, 20, Random(1))  # noqa: S311 - repeatable days, no secret
    told = verdict(Compared(*_SIDES, compare([], october, TARGET_S, 10)), _EN)
    assert told == ["04/05/2026–03/07/2026: no day with records, so there is nothing to compare."]


def test_both_loads_stand_in_the_sentence_that_takes_them_out() -> None:
    told = simulated(40, load=8.0)
    second = verdict(told, _EN)[1]
    assert second.startswith(
        "Taking both times as equally busy (people for each hour a counter was open: "
    )
    loads = told.result.adjusted.loads
    assert f"{loads[0]:.1f} before, {loads[1]:.1f} after" in second


def test_why_load_is_not_taken_out_is_told() -> None:
    assert "that needs at least 10 days" in verdict(simulated(8), _EN)[1]
    assert "too few days are alike" in verdict(simulated(20, load=18), _EN)[1]


def test_cautions_come_last_in_one_sentence_each() -> None:
    last = verdict(simulated(8), _EN)[-1]
    assert last == (
        "Mind: Four weeks or more on each side are advised; these are 8 and 8 days. The two times "
        "lie in different months: the season alone can change the wait."
    )


@given(st.integers(5, 25), st.floats(4, 9), st.floats(0.5, 2), st.integers(0, 999))
def test_nothing_is_claimed_that_the_interval_does_not_support(
    days: int, load: float, speed: float, seed: int
) -> None:
    told = simulated(days, load, speed, seed, draws=40)
    sentences = verdict(told, _EN)
    for change, sentence in (
        (told.result.median, sentences[0]), (told.result.adjusted.median, sentences[1])
    ):  # fmt: skip
        assert ("shorter by" in sentence) == (change is not None and change.high < 0)
        assert ("longer by" in sentence) == (change is not None and change.low > 0)
        if "that matters" in sentence:
            assert change is not None
            assert max(-change.low, change.high) < max(120, (told.result.before.median_s or 0) / 10)


def test_everything_is_counted_in_the_table() -> None:
    """May: a day without waits, a Saturday. October: five days, one person's wait not known."""
    may = [table(waited(20, 20, day=day), day) for day in workdays(MAY, 5)]
    may += [table(waited(9, day=date(2026, 5, 9)), date(2026, 5, 9))]
    may += [table(left(30, day=date(2026, 5, 11)), date(2026, 5, 11))]
    lost = waited(10, uncertain=True, unsure=("wait",), day=date(2026, 10, 5))
    october = [table(waited(10, 12, 14, day=day), day) for day in workdays(OCTOBER, 5)]
    october[0] = table([*october[0].legs, *lost], OCTOBER)
    told = comparison_table(Compared(*_SIDES, compare(may, october, TARGET_S, 50)), _EN)
    rows = {str(row[0]): [shown(cell, Kind.COUNT, _EN) for cell in row[1:3]] for row in told.rows}
    assert rows["Days compared"] == ["5", "5"]
    assert rows["Days left out: no wait measured"] == ["1", "0"]
    assert rows["Days left out: no such weekday in the other period"] == ["1", "0"]
    assert rows["People who came"] == ["10", "16"]
    assert rows["People called"] == ["10", "15"]
    assert rows["Of those who came, wait not known"] == ["0.0%", "6.2%"]
    assert rows["Median wait, minutes"] == ["20", "12"]
    assert "09/05/2026 (no such weekday in the other period), 11/05/2026 (no wait" in told.note


def test_beside_a_sheet_only_its_hours_and_first_waits_are_compared() -> None:
    """The sheet: 8 to 9 on working days. The machine: 8:30 and 10:30, and a second wait at 8:50."""
    sheet = read(sheet_of(workdays(MAY, 10), [20, 30, 40]))
    days = [
        table(
            [
                *waited(5, issued="08:30", day=day), *waited(50, issued="10:30", day=day),
                *waited(99, issued="08:50", leg=2, day=day),
            ],
            day,
        )
        for day in workdays(OCTOBER, 10)
    ]  # fmt: skip
    days.append(table(waited(60, issued="10:30", day=date(2026, 10, 19)), date(2026, 10, 19)))
    result = compare(sheet.days, days, TARGET_S, 100, sheet.scope)
    assert (result.before.median_s, result.after.median_s) == (1800, 300)
    assert (result.after.n, result.after.outside) == (10, 20)
    assert result.after.left_out == (("2026-10-19", "hours"),)
    assert result.adjusted.basis == "hour"
    assert result.adjusted.loads == (3.0, 1.0)
    told = comparison_json(Compared(sheet.period, _SIDES[1], result, (), sheet))
    assert told["sheet"]["hours"] == {str(day): [8] for day in range(1, 6)}
    assert told["after"]["outside"] == 20


def test_beside_a_sheet_only_its_services_are_compared() -> None:
    rows = "".join(f"{day},8:00,8:20,A\n" for day in workdays(MAY, 5))
    sheet = read(f"day,came_at,called_at,service\n{rows}")
    days = [
        table([*waited(5, day=day), *waited(50, day=day, service="H")], day)
        for day in workdays(OCTOBER, 5)
    ]
    assert compare(sheet.days, days, TARGET_S, 50, sheet.scope).after.median_s == 300


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ({1: {8, 9}, 2: {8, 9}, 3: {8, 9}, 5: {14}}, "Monday–Wednesday 8–10 h; Friday 14–15 h."),
        ({1: {8}, 2: {8}, 4: {8}}, "Monday, Tuesday, Thursday 8–9 h."),
        ({6: {8, 9, 10, 14, 15}}, "Saturday 8–11 h, 14–16 h."),
    ],
)
def test_what_a_sheet_covers_is_told_as_people_would(hours: dict[int, set[int]], told: str) -> None:
    scope = Scope({day: frozenset(found) for day, found in hours.items()}, frozenset(), HUE)
    assert covered(scope, _EN).endswith(told)
    with_services = Scope(scope.hours, frozenset("HA"), HUE)
    assert covered(with_services, _EN).endswith("Only the services A, H.")


def test_every_sentence_of_a_comparison_has_its_vietnamese() -> None:
    words = ListeningWords()
    wording = Wording(words, "vi", RULES)
    sheet = read(sheet_of(workdays(MAY, 12), [20, 30, 40]))
    october = [table(waited(5, 6, day=day), day) for day in workdays(OCTOBER, 30)]
    october.append(table(waited(5, day=OCTOBER, issued="10:30"), OCTOBER - timedelta(days=7)))
    beside = Compared(
        sheet.period, _SIDES[1], compare(sheet.days, october, TARGET_S, 50, sheet.scope),
        unlike([f"{MAY}"], [f"{OCTOBER}", "2026-10-06"], {MAY}), sheet,
    )  # fmt: skip
    for told in (
        beside, simulated(4), simulated(8), simulated(40, speed=0.4), simulated(40, speed=2.5),
        simulated(20, load=18), simulated(60, draws=400), simulated(5, speed=1.1),
    ):  # fmt: skip
        assert verdict(told, wording)
        assert comparison_table(told, wording).rows
    assert words.unknown == set()
