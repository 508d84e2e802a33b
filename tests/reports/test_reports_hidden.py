"""What is of fewer than five people is in no form of a report, whatever the days were like."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import openpyxl
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from motcua.day_table import DayTable
from motcua.reports.render import render
from motcua.reports.report import Report
from motcua.reports.table_csv import table_csv
from motcua.reports.tables import tables
from motcua.reports.wording import Wording
from motcua.words import Words
from tests.queue.queue_story import RULES
from tests.reports.report_days import left, opened, table, waited
from tests.reports.test_reports_forms import _MONTH, made

_DAY = _MONTH[12]
_WORDS = Words()
_WORDING = Wording(_WORDS, "en", RULES)
_OF_FEW = ("service", "hour", "weekday_hour", "field", "procedure", "priority", "purpose", "day",
           "month", "papers", "referrals", "places")  # fmt: skip
"""Tables in which every row is a cell."""
_COUNT = "#,##0"
"""How a count is written in a workbook."""
_COUNTS = st.integers(0, 9)
_SLOW = settings(
    max_examples=20,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
    deadline=None,
)


@st.composite
def days(draw: st.DrawFn) -> DayTable:
    """A day of a few services, procedures and purposes with a handful of people each.

    Everybody waits 7½ minutes and is told 10 to 20½, so that a number from 1 to 4 is a count.
    """
    legs = []
    for service, procedure, purpose in (
        ("A", "1.001193", "submit"),
        ("H", "9.9", "ask"),
        ("K", None, None),
    ):
        facts: dict[str, Any] = {
            "service": service,
            "procedure": procedure,
            "purpose": purpose,
            "day": _DAY,
        }
        told = {**facts, "low_s": 600, "high_s": 1230}
        legs += waited(*[7.5] * draw(_COUNTS), **told, service_s=750.0)
        legs += waited(*[27.5] * draw(_COUNTS), **told, service_s=750.0)
        legs += waited(*[7.5] * draw(_COUNTS), **facts, outcome="missed")
        legs += left(*[27.5] * draw(_COUNTS), **told)
        legs += left(*[7.5] * draw(_COUNTS), **facts, issued="09:10")
    pairs = {("1.001193", "x"): draw(_COUNTS), ("9.9", "y"): draw(_COUNTS)}
    told_pairs = {pair: people for pair, people in pairs.items() if people}
    spans = opened(1, "07:30", "11:30", day=_DAY)
    return table(legs, _DAY, referrals=told_pairs, papers=told_pairs, spans=spans)


def small(value: object) -> bool:
    """Return whether a value is a count that may not be told."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 5


def counts(value: object) -> Iterator[object]:
    """Yield the numbers of the cells of a JSON document."""
    if isinstance(value, dict):
        for key, inside in value.items():
            if key not in {"weekday", "hour", "from_s", "to_s"}:
                yield from counts(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from counts(inside)
    else:
        yield value


@_SLOW
@given(days())
def test_no_cell_of_a_table_is_a_count_of_few(day: DayTable) -> None:
    for one in tables(made(day), _WORDING):
        if one.name in _OF_FEW:
            assert not [row for row in one.rows if any(map(small, row[1:]))], one.name
        elif one.name in {"forecast", "load"}:
            assert not [row for row in one.rows[1:] if any(map(small, row[1:]))], one.name


@_SLOW
@given(days())
def test_programs_get_no_count_of_few(day: DayTable) -> None:
    data = json.loads(render(made(day), "json", "en", _WORDS))
    cells = [data[key] for key in data if key.startswith("by_") and key != "by_counter"]
    cells += [data["forecast"]["by_service"], data["load"]["by_hour"], data["missing_papers"]]
    cells += [data["wait_distribution"], data["referrals"]["by_procedure"]]
    cells += [data["referrals"]["by_place"]]
    assert not [value for value in counts(cells) if small(value)]
    for cell in data["by_service"]:
        assert cell["hidden"] == (cell["n"] is None)


@settings(_SLOW, max_examples=8)
@given(days())
def test_no_file_and_no_page_has_a_count_of_few(day: DayTable) -> None:
    told = made(day)
    page = str(render(told, "html", "en", _WORDS))
    book = openpyxl.load_workbook(BytesIO(bytes(render(told, "xlsx", "en", _WORDS))))  # type: ignore[arg-type]
    sheets = book.worksheets[1:-1]  # the first has the answer, the last the definitions
    for one, sheet in zip(tables(told, _WORDING), sheets, strict=False):
        if one.name not in _OF_FEW:
            continue
        told_rows = sheet.iter_rows(2, len(one.rows) + 1)
        counted = [cell.value for row in told_rows for cell in row if cell.number_format == _COUNT]
        assert not [value for value in counted if small(value)], one.name
        rows = list(csv.reader(table_csv(told, one.name, _WORDING).splitlines()))[1:]
        assert not {"1", "2", "3", "4"} & {cell for row in rows for cell in row[1:]}, one.name
        assert not re.findall(r">[1-4]<", _section(page, one.name)), one.name
    assert not re.findall(r'class="axis middle haloed"[^>]*>[1-4]<', page)


def _section(page: str, name: str) -> str:
    """Return a table of the page; nothing when the page does without it."""
    begin = page.find(f'id="table-{name}"')
    return page[begin : page.index("</table>", begin)] if begin >= 0 else ""


def test_the_property_sees_a_count_of_few_where_one_is_told() -> None:
    told: Report = made(table(waited(*[7.5] * 4, day=_DAY), _DAY))
    assert [row for one in tables(told, _WORDING) for row in one.rows if any(map(small, row[1:]))]
    assert small(4)
    assert not any(map(small, (0, 5, None, True, 4.0, "4")))
