"""One report in every form: text, JSON, CSV, workbook, page."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from motcua.archive import Archive
from motcua.day_table import INTERVALS, DayTable, Leg
from motcua.queue.rules import Rules
from motcua.reports.period import Period, ReportError, asked
from motcua.reports.render import FORMS, render
from motcua.reports.report import Report, report, waits_for_programs
from motcua.reports.visits_reading import read_visits
from tests.queue.queue_story import RULES
from tests.reports.report_days import (
    HUE,
    MONDAY,
    ListeningWords,
    centre,
    left,
    table,
    waited,
    ward_day,
    workdays,
)


class GivenArchive(Archive):
    """An archive of tables made for the test."""

    def __init__(self, *tables: DayTable) -> None:
        self._tables = tables

    def days(self, first: Any, last: Any) -> Any:  # noqa: ANN401
        return (one for one in self._tables if first.isoformat() <= one.day <= last.isoformat())


_MONTH = workdays(MONDAY - timedelta(days=28), 20)
_PERIOD = Period(_MONTH[10], _MONTH[-1])
_BEFORE = Period(_MONTH[0], _MONTH[9])


def made(*tables: DayTable, other: Period | None = None, rules: Rules = RULES) -> Report:
    """Return the report of the second fortnight, or of these days."""
    archive = GivenArchive(*(tables or (ward_day(day, 5) for day in _MONTH)))
    return report(archive, _PERIOD, rules, centre(), other)


def as_programs_get_it() -> Any:  # noqa: ANN401
    """Return a report with a comparison as JSON."""
    return json.loads(render(made(other=_BEFORE), "json", "vi"))


def test_every_form_tells_the_same_numbers() -> None:
    told = made(other=_BEFORE)
    data = json.loads(render(told, "json", "vi"))
    share = f"{data['within_target']['share'] * 100:.1f}".replace(".", ",")
    assert f"{share}%" in str(render(told, "text", "vi"))
    assert f"{share}%" in str(render(told, "html", "vi"))
    rows = read_visits(str(render(told, "csv", "vi")).splitlines(), HUE)
    waits = [row.wait_s for row in rows if row.wait_s is not None]
    assert len(waits) == data["wait"]["n"]
    assert sum(waits) / len(waits) == pytest.approx(data["wait"]["mean_s"], abs=0.001)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_a_report_of_nothing_is_honest(form: str, language: str) -> None:
    empty = made(table([], MONDAY + timedelta(days=365)))
    assert render(empty, form, language)
    assert "không có lượt nào" in str(render(empty, "text", "vi"))
    assert "there is nothing to measure" in str(render(empty, "text", "en"))
    data = json.loads(render(empty, "json", language))
    assert (data["wait"]["n"], data["wait"]["median_s"], data["visits"]) == (0, None, 0)


def test_one_visitor_is_told_and_not_judged() -> None:
    alone = made(table(waited(5, day=_MONTH[12]), _MONTH[12]))
    assert json.loads(render(alone, "json", "vi"))["wait"]["median_s"] == 300
    text = str(render(alone, "html", "en"))
    assert "1 waits measured: not enough to judge by" in text
    assert "<svg" not in text


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(ReportError) as refusal:
        render(made(), "pdf", "vi")
    assert refusal.value.code == "format.unknown"


def test_every_sentence_has_its_vietnamese() -> None:
    words = ListeningWords()
    elsewhen = workdays(MONDAY - timedelta(days=28), 3)
    days = [ward_day(day, 5) for day in _MONTH]
    unsure = tuple(leg_as(leg, uncertain=True, unsure=INTERVALS) for leg in days[-1].legs)
    running = DayTable(
        days[-1].day, unsure, {("x", "y"): 7}, {("x", "z"): 7}, complete=False, damaged=True,
        undated=True,
    )  # fmt: skip
    moved = [leg_as(leg, outcome="transferred") for leg in waited(1, day=_MONTH[-2])]
    for told in (
        made(other=_BEFORE), made(*days[:-1], running), made(table(moved, _MONTH[-2])),
        made(table(left(1, day=_MONTH[-1]), _MONTH[-1])),
        made(other=Period(elsewhen[0], elsewhen[1])),
        made(*(ward_day(day, 5, pace_s=900 if day in _MONTH[:10] else 60) for day in _MONTH),
             other=_BEFORE),
        made(*(ward_day(day, 5, pace_s=60 if day in _MONTH[:10] else 900) for day in _MONTH),
             other=_BEFORE),
    ):  # fmt: skip
        for form in ("text", "xlsx", "html"):
            render(told, form, "vi", words)
    assert words.unknown == set()


def leg_as(leg: Leg, **facts: Any) -> Leg:  # noqa: ANN401
    """Return a leg with some facts changed."""
    return Leg(**{**{name: getattr(leg, name) for name in Leg.__struct_fields__}, **facts})


def test_a_workbook_opens_again_with_numbers_to_reckon_with() -> None:
    told = made(other=_BEFORE)
    book = openpyxl.load_workbook(BytesIO(bytes(render(told, "xlsx", "vi"))))  # type: ignore[arg-type]
    assert {"Tóm tắt", "Theo dịch vụ", "Theo giờ lấy số", "Định nghĩa"} <= set(book.sheetnames)
    times = book["Thời gian, tính bằng phút"]
    heads = [cell.value for cell in times[1]]
    assert heads[1] == "phút: trung vị"
    median = times["B2"]
    assert isinstance(median.value, float)
    assert median.value == pytest.approx((told.measures.wait.median_s or 0) / 60)
    assert median.number_format == "0.0"
    service = book["Theo dịch vụ"]
    assert [cell.value for cell in service[1]][6] == "trong mục tiêu"
    assert service["G2"].number_format == "0.0%"
    assert all(isinstance(service.cell(row, 2).value, int) for row in range(2, service.max_row + 1))
    terms = [row[0].value for row in book["Định nghĩa"].iter_rows()]
    assert {"Chờ", "Trung vị", "Trong mục tiêu"} <= set(terms)


def test_a_name_that_looks_like_a_formula_stays_a_name() -> None:
    people = waited(1, 2, 3, 4, 5, day=_MONTH[12], service="=1+1")
    book = openpyxl.load_workbook(
        BytesIO(bytes(render(made(table(people, _MONTH[12])), "xlsx", "vi")))  # type: ignore[arg-type]
    )
    cell = book["Theo dịch vụ"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_page_of_a_report_stands_alone() -> None:
    page = str(render(made(), "html", "vi"))
    assert page.startswith("<!doctype html>")
    assert "@page" in page
    for loaded in ("<script", "<link", "url(", 'src="', "http"):
        assert loaded not in page


def test_names_are_escaped_in_pages() -> None:
    people = waited(1, 2, 3, 4, 5, day=_MONTH[12], service="<b>&")
    page = str(render(made(table(people, _MONTH[12])), "html", "vi"))
    assert "<b>&" not in page
    assert "&lt;b&gt;&amp;" in page


def test_programs_get_what_the_command_line_prints() -> None:
    archive = GivenArchive(*(ward_day(day, 5) for day in _MONTH))
    waits = waits_for_programs(archive, lambda: RULES, centre())
    first, last = _PERIOD.first.isoformat(), _PERIOD.last.isoformat()
    assert waits(first, last) == json.loads(render(made(), "json", "vi"))
    with pytest.raises(ReportError) as refusal:
        waits("2026-02-30", "2026-03-01")
    assert refusal.value.code == "date.invalid"


def test_long_lists_in_tables_are_cut_to_those_that_are_told() -> None:
    few = [leg_as(leg, procedure=f"9.{n}") for n, leg in enumerate(waited(*[3] * 30))]
    many = [leg_as(leg, procedure="1.001193") for leg in waited(*[3] * 6)]
    text = str(render(made(table([*few, *many], _MONTH[12])), "text", "en"))
    assert "30 more, under 5 people each" in text
    assert "1.001193 – Đăng ký khai sinh" in text
    assert "9.7" not in text


def test_a_comparison_says_which_days_it_left_out() -> None:
    days = [*(ward_day(day, 5) for day in _MONTH[:-1]), table([], _MONTH[-1])]
    text = str(render(made(*days, other=_BEFORE), "text", "en"))
    assert f"Left out: {_MONTH[-1]:%d/%m/%Y} (no wait measured)." in text
    assert asked(_MONTH[0].isoformat(), _MONTH[9].isoformat()) == _BEFORE
