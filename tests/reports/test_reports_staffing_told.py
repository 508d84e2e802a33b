"""The advice on counters in words, tables, pictures and for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from motcua.day_table import DayTable
from motcua.reports.period import Period
from motcua.reports.render import render
from motcua.reports.report import Report, report
from motcua.reports.staffing_chart import staffing_charts
from motcua.reports.staffing_tables import staffing_tables
from motcua.reports.staffing_words import changes, sentences
from motcua.reports.table import Few, Table
from motcua.reports.wording import Wording
from motcua.words import Words
from tests.queue.queue_story import RULES
from tests.reports.report_days import MONDAY, centre, workdays
from tests.reports.staffing_ward import advice, mondays, served, ward_of
from tests.reports.test_reports_forms import GivenArchive

VI = Wording(Words(), "vi", RULES)
EN = Wording(Words(), "en", RULES)


def rush(at: str, people: int, days: Sequence[date], counters: int = 2) -> list[DayTable]:
    """Return days on which so many come at once, each for ten minutes."""
    return ward_of(lambda day: [served(at, day)] * people, days, counters)


def month(hours: dict[int, dict[str, int]], counters: int = 2) -> list[DayTable]:
    """Return five weeks with so many people at once: weekday → clock → people."""
    return [
        day
        for date_ in workdays(MONDAY, 25)
        for day in ward_of(
            lambda one: [
                served(at, one)
                for at, people in hours.get(one.isoweekday(), {}).items()
                for _ in range(people)
            ],
            [date_],
            counters,
        )
        if day.legs
    ]


def made(tables: Sequence[DayTable], length: int = 40) -> Report:
    """Return the report of so many days."""
    period = Period(MONDAY, MONDAY + timedelta(days=length - 1))
    return report(GivenArchive(*tables), period, RULES, centre())


def test_lacking_counters_are_told_first_and_hours_in_a_row_together() -> None:
    """Mondays and Tuesdays 12 people at 8 and at 9 (5 counters, 2 open), one counter at 15."""
    busy = {"08:00": 12, "09:00": 12, "15:00": 5}
    told = advice(month({1: busy, 2: busy, 4: {"15:00": 5}}))
    assert sentences(told, EN) == [
        (
            "For 80% of the people of every hour to be called within 15 minutes: Monday, Tuesday "
            "8–10 h: 3 more counters. That is more than the 4 counters the centre has."
        ),
    ]
    assert sentences(told, VI)[0].startswith(
        "Để giờ nào cũng có 80% số người được gọi trong 15 phút: Thứ Hai, Thứ Ba, 8–10 giờ: "
        "thêm 3 quầy."
    )
    assert [(one.more, one.first, one.end, one.weekdays) for one in changes(told)] == [
        (3, 8, 10, (1, 2))
    ]


def test_spare_counters_are_told_with_their_condition() -> None:
    told = advice(month({key: {"08:00": 4, "14:00": 4} for key in range(1, 6)}, counters=3))
    assert sentences(told, EN) == [
        (
            "The counters that were open are enough for 80% of the people to be called within 15 "
            "minutes, in every hour that can be judged."
        ),
        (
            "Fewer would do where the counters that stay open can serve every service: every day "
            "8–9 h: one counter fewer; every day 14–15 h: one counter fewer."
        ),
    ]


def test_three_weekdays_in_a_row_are_told_from_to() -> None:
    told = advice(month({2: {"08:00": 6}, 3: {"08:00": 6}, 4: {"08:00": 6}, 5: {"08:00": 4}}))
    assert "Tuesday–Thursday 8–9 h: one more counter." in sentences(told, EN)[0]


def test_too_much_to_tell_is_counted() -> None:
    hours = {weekday: {f"{6 + weekday:02}:30": 12} for weekday in range(1, 6)}
    assert sentences(advice(month(hours)), EN)[0].endswith(
        "; and 1 more in the table. That is more than the 4 counters the centre has."
    )


def test_too_little_is_said_plainly() -> None:
    told = advice(rush("08:00", 3, mondays(5)))
    assert sentences(told, EN) == [
        (
            "How many counters are needed cannot be told yet: there are not enough people "
            "(under 20 in every hour) or days (under 4)."
        )
    ]
    assert list(staffing_charts(told, EN)) == []
    assert _cell(staffing_tables(told, EN)[0], 0, "needed") == "not enough"


def test_waits_that_counters_do_not_explain_get_no_number() -> None:
    tables = ward_of(lambda day: [served("08:00", day, 40)] * 6, mondays(5), counters=8)
    told = advice(tables)
    (only,) = sentences(told, EN)
    assert only.startswith("How many counters are needed cannot be told: people waited though")
    assert only in str(render(made(tables), "text", "en"))
    assert json.loads(str(render(made(tables), "json", "vi")))["staffing"]["times_longer"] is None


def test_what_was_open_may_be_unknown() -> None:
    tables = list(rush("08:00", 12, mondays(5)))
    bare = [DayTable(day.day, day.legs) for day in tables]
    assert sentences(advice(bare), EN) == [
        (
            "For 80% of the people to be called within 15 minutes, most counters are needed at "
            "this time: Monday, 8–9 h: 5."
        )
    ]


def _cell(table: Table, row: int, title: str) -> Any:  # noqa: ANN401
    place = [column.title for column in table.columns].index(title)
    return table.rows[row][place]


def test_the_table_tells_the_need_beside_what_it_rests_on() -> None:
    told = advice(rush("08:00", 12, mondays(5)))
    table, services = staffing_tables(told, EN)
    assert list(table.rows[0]) == [
        "Monday, 8–9 h", 5, 12.0, 12.0, 600.0, 0.0, 2.0, 5, 5, "3 more counters", 1.0,
        pytest.approx(10 / 12), "70–97%",
    ]  # fmt: skip
    assert "when the 5 measured days are played again, each 10 times" in table.note
    assert "the replay has 33.3% within the target; measured were 100.0%" in table.note
    assert [row[1:] for row in services.rows] == [(60, 600.0, 0.0, 5)]
    assert staffing_tables(None, EN) == []


def test_few_people_are_hidden() -> None:
    tables = ward_of(
        lambda day: [
            *[served("08:00", day)] * 5,
            *[served("14:00", day)] * (day == MONDAY),
        ],
        mondays(4),
    )
    told = advice(tables)
    table = staffing_tables(told, EN)[0]
    assert table.rows[1][:3] == ("Monday, 14–15 h", 4, Few.HIDDEN)
    assert set(table.rows[1][3:]) == {None}
    programs = json.loads(str(render(made(tables), "json", "vi")))["staffing"]["hours"][1]
    told_still = {name for name, value in programs.items() if value}
    assert told_still <= {"weekday", "hour", "days", "hidden", "open"}


def test_the_picture_has_a_small_one_for_every_weekday_and_says_it_in_words() -> None:
    told = advice(month({1: {"08:00": 12}, 2: {"08:00": 4}, 3: {"08:00": 2}}))
    ((title, picture),) = staffing_charts(told, EN)
    assert title == "Counters needed for 80% of the people to be called within 15 minutes"
    assert (
        "Monday, 8–9 h: 5 needed, 2.0 open. Tuesday, 8–9 h: 2 needed, 2.0 open.</desc>" in picture
    )
    assert picture.count('class="needed"') == 2 + 1  # and one in the legend
    assert picture.count(">?</text>") == 1


def test_a_fortnight_has_one_picture_for_all_weekdays() -> None:
    told = advice(rush("08:00", 6, workdays(MONDAY, 10)))
    ((_, picture),) = staffing_charts(told, EN)
    assert "8–9 h: 3 needed, 2.0 open." in picture
    assert "Monday" not in picture
    assert "The days are too few to tell weekdays apart." in staffing_tables(told, EN)[0].note


def test_every_form_of_a_month_has_the_advice() -> None:
    made_of = made(rush("08:00", 12, mondays(5)))
    for form in ("text", "html"):
        body = str(render(made_of, form, "vi"))
        assert "Thứ Hai, 8–9 giờ: thêm 3 quầy" in body
        assert "Số quầy cần mở theo từng giờ" in body
    book = openpyxl.load_workbook(BytesIO(bytes(render(made_of, "xlsx", "vi"))))  # type: ignore[arg-type]
    sheet = book["Số quầy cần mở theo từng giờ"]
    assert sheet["H2"].value == 5
    told = json.loads(str(render(made_of, "json", "vi")))["staffing"]
    assert (told["target_s"], told["target_share"], told["enough"], told["days"]) == (
        900,
        0.8,
        True,
        5,
    )
    (only,) = told["hours"]
    assert (only["weekday"], only["hour"], only["needed"], only["open"], only["more"]) == (
        1,
        8,
        5,
        2,
        3,
    )
    assert only["apart_by_service"] == [{"service": "A", "needed": 5}]
    assert only["needed_if_steady"] >= 2


@pytest.mark.parametrize(("days", "told"), [(11, False), (12, True)])
def test_less_than_two_working_weeks_are_not_asked(days: int, *, told: bool) -> None:
    one = made(rush("08:00", 12, mondays(5)), days)
    assert (one.staffing is not None) is told
    assert (json.loads(str(render(one, "json", "vi")))["staffing"] is not None) is told
