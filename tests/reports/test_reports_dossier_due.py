"""Limits read from a catalogue's words, and the due days they make on the centre's calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.queue.hours import Hours, Shift
from motcua.reports.dossier_due import DueDays, due_day, working_day
from motcua.reports.dossier_limits import Limit, Unit, read_limit
from tests.reports.dossier_log import rules
from tests.reports.report_days import HUE

WORKING, CALENDAR, MONTH = Unit.WORKING, Unit.CALENDAR, Unit.MONTH
_SHIFTS = (Shift(time(7, 30), time(11, 30)), Shift(time(13, 30), time(17, 0)))
SATURDAY = date(2026, 11, 28)
WEEK = Hours(
    (_SHIFTS,) * 5 + ((), ()), HUE, holidays=frozenset({date(2026, 11, 26)}),
    working_days={SATURDAY: _SHIFTS},
)  # fmt: skip
"""Thursday 26 November 2026 is a holiday, Saturday the 28th is worked in exchange."""


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("3 ngày làm việc", Limit(3, WORKING)),
        ("03 (ba) ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ.", Limit(3, WORKING)),
        ("Không quá 2 ngày làm việc", Limit(2, WORKING)),
        ("15 ngày", Limit(15, CALENDAR)),
        ("15 ngày".encode().decode("utf-8").replace("à", "a\u0300"), Limit(15, CALENDAR)),
        ("10–15 ngày", Limit(15, CALENDAR)),
        ("2 tuần", Limit(14, CALENDAR)),
        ("01 tháng", Limit(1, MONTH)),
        ("24 giờ", Limit(1, CALENDAR)),
        ("12 giờ làm việc", Limit(2, WORKING)),
        ("Trong ngày", Limit(0, WORKING)),
        ("Ngay sau khi nhận đủ hồ sơ", Limit(0, WORKING)),
        ("Trong ngày làm việc tiếp theo", Limit(1, WORKING)),
        ("Trong ngày; nhận sau 15 giờ thì trả ngày sau", Limit(0, WORKING, time(15))),
        ("Không quá 15 ngày làm việc; vùng khó khăn không quá 25 ngày",
         Limit(15, WORKING, more=True)),
        ("3 ngày làm việc; không quá 23 ngày nếu phải xác minh", Limit(3, WORKING, more=True)),
        ("Không quá 3 ngày làm việc nếu cần xác minh tình trạng hôn nhân", None),
        ("15 ngày đối với đất ở", None),
        ("3 ngày kể từ ngày nhận đủ hồ sơ, nếu không phải xác minh", None),
        ("0 ngày", None),
        ("Theo quy định", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_limit_is_read_as_it_stands_or_not_at_all(words: str, limit: Limit | None) -> None:
    assert read_limit(words) == limit


def test_the_catalogue_s_cutoff_wins_and_means_the_same_day() -> None:
    assert read_limit("", "15:00") == Limit(0, WORKING, time(15))
    assert read_limit("Trong ngày; sau 16h30 thì hôm sau", "15:00") == Limit(0, WORKING, time(15))
    assert read_limit("Trong ngày; sau 16h30 thì hôm sau") == Limit(0, WORKING, time(16, 30))


@given(st.text(max_size=80))
def test_no_words_are_a_defect(words: str) -> None:
    assert isinstance(read_limit(words), Limit | None)


@pytest.mark.parametrize(
    ("limit", "day", "due"),
    [
        # Monday the 23rd; Thursday the 26th is a holiday, Saturday the 28th is worked.
        (Limit(1, WORKING), 23, 24),
        (Limit(2, WORKING), 23, 25),
        (Limit(3, WORKING), 23, 27),  # over the holiday
        (Limit(4, WORKING), 23, 28),  # the Saturday counts
        (Limit(5, WORKING), 23, 30),  # the Sunday does not
        (Limit(1, WORKING), 29, 30),  # received on a Sunday
        (Limit(2, CALENDAR), 23, 25),
        (Limit(3, CALENDAR), 23, 27),  # the 26th is a holiday
        (Limit(6, CALENDAR), 23, 30),  # the 29th is a Sunday
        (Limit(0, WORKING), 23, 23),
        (Limit(0, WORKING), 29, 30),
    ],
)
def test_due_days_of_a_week_worked_by_hand(limit: Limit, day: int, due: int) -> None:
    assert due_day(limit, WEEK, date(2026, 11, day)) == date(2026, 11, due)


def test_months_end_where_the_month_ends() -> None:
    assert due_day(Limit(1, MONTH), WEEK, date(2026, 1, 31)) == date(2026, 3, 2)  # 28/2: Saturday
    assert due_day(Limit(13, MONTH), WEEK, date(2026, 11, 27)) == date(2027, 12, 27)


@pytest.mark.parametrize(
    ("clock", "due"), [("14:59", 23), ("15:00", 24), ("16:30", 24), (None, 24)]
)
def test_taken_from_the_cutoff_on_the_result_comes_the_next_working_day(
    clock: str | None, due: int
) -> None:
    """The rule of 15:00; where nobody wrote down the hour, the dossier has the later day."""
    at = time.fromisoformat(clock) if clock else None
    limit = Limit(0, WORKING, time(15))
    assert due_day(limit, WEEK, date(2026, 11, 23), at) == date(2026, 11, due)


def test_a_calendar_without_a_working_day_knows_no_due_day() -> None:
    never = replace(WEEK, week=((),) * 7, working_days={})
    for limit in (Limit(0, WORKING), Limit(5, WORKING), Limit(5, CALENDAR), Limit(1, MONTH)):
        assert due_day(limit, never, date(2026, 11, 23)) is None


_LIMITS = st.builds(Limit, st.integers(0, 60), st.sampled_from([WORKING, CALENDAR]))


@given(_LIMITS, st.dates(date(2026, 11, 1), date(2026, 12, 31)))
def test_a_due_day_is_worked_and_a_longer_limit_is_never_due_sooner(
    limit: Limit, day: date
) -> None:
    due = due_day(limit, WEEK, day)
    longer = due_day(replace(limit, count=limit.count + 1), WEEK, day)
    assert due is not None
    assert longer is not None
    assert day <= due <= longer
    assert working_day(WEEK, due)
    if limit.unit is WORKING:
        between = (day + timedelta(days=n) for n in range(1, (due - day).days + 1))
        worked = sum(working_day(WEEK, one) for one in between)
        assert worked == limit.count or (limit.count == 0 and worked <= 1)


def test_procedures_of_the_shipped_catalogue_are_due_as_their_words_say() -> None:
    whole = rules()
    dues = DueDays(whole.procedures, whole.hours)
    monday = date(2026, 11, 23)
    assert dues.due("2.000815", monday, time(14)) == monday
    assert dues.due("2.000815", monday, time(15)) == date(2026, 11, 24)
    assert dues.due("2.001035", monday) == date(2026, 11, 25)
    assert dues.due("1.000894", monday) is None  # its limit holds only under a condition
    assert dues.due("9.999999", monday) is None
    stated = [code for code, one in whole.procedures.items() if one.limit]
    assert [code for code in stated if dues.limit(code) is None] == ["1.000894"]
