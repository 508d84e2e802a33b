"""Each table as a file of its own, folded tables, and the choice to name counters."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box
from motcua.clock import SetClock
from motcua.queue import commands as c
from motcua.reports.period import ReportError
from motcua.reports.render import render
from motcua.reports.table_csv import table_csv
from motcua.reports.tables import tables
from motcua.reports.wording import Wording
from motcua.words import Words
from tests.queue.queue_story import RULES
from tests.reports.report_days import table, waited
from tests.reports.test_reports_forms import _MONTH, made

Browse = Callable[[Role], FlaskClient]
_TODAY = "from=2026-11-23&to=2026-11-23"
_ENGLISH = Wording(Words(), "en", RULES)


@pytest.fixture
def morning(box: Box, clock: SetClock) -> Box:
    """A centre that served six people after five minutes each."""
    box.office.execute(c.OpenCounter(1, ("A",)))
    for _ in range(6):
        box.office.execute(c.IssueTicket(procedure="1.001193"))
        clock.advance(300)
        box.office.execute(c.CallNext(1))
        box.office.execute(c.StartService(1))
        clock.advance(60)
        box.office.execute(c.FinishTicket(1, "done"))
    return box


def test_a_table_is_a_file_of_numbers_with_vietnamese_heads(browse: Browse, morning: Box) -> None:
    assert morning.office.seq
    answer = browse(Role.MANAGER).get(f"/reports/waits.csv?{_TODAY}&table=service")
    name = 'attachment; filename="motcua-2026-11-23-2026-11-23-service.csv"'
    assert answer.headers["Content-Disposition"] == name
    assert answer.data.startswith(b"\xef\xbb\xbf"), "spreadsheets take it for another alphabet else"
    heads, row = csv.reader(answer.text.removeprefix("\ufeff").splitlines())
    assert heads[:3] == ["", "lượt chờ", "chờ, phút: trung vị"]
    assert row[:7] == ["A – Hộ tịch", "6", "5.00", "5.00", "5.00", "6", "1.0000"]


@pytest.mark.parametrize("wanted", ["", "nothing", "../x", "x" * 500])
def test_a_table_that_is_not_there_is_refused(browse: Browse, morning: Box, wanted: str) -> None:
    assert morning.office.seq
    answer = browse(Role.MANAGER).get(
        "/reports/waits.csv",
        query_string={"from": "2026-11-23", "to": "2026-11-23", "table": wanted},
    )
    assert answer.status_code == 422
    assert "table.unknown" in answer.text
    assert "xin chọn một bảng" in answer.text


def test_every_table_of_the_page_leads_to_its_file(browse: Browse, morning: Box) -> None:
    assert morning.office.seq
    manager = browse(Role.MANAGER)
    page = manager.get(f"/reports?{_TODAY}").text.replace("&amp;", "&")
    shown = set(re.findall(r'id="table-(\w+)"', page))
    links = dict(re.findall(r'href="(/reports/waits\.csv\?[^"]*table=(\w+)[^"]*)"', page))
    assert shown == set(links.values())
    assert {"times", "service", "coverage", "purpose"} <= shown
    for link in links:
        assert manager.get(link).status_code == 200


def test_tables_few_ask_for_are_folded_and_stand_open_in_the_file(
    browse: Browse, morning: Box
) -> None:
    assert morning.office.seq
    page = browse(Role.MANAGER).get(f"/reports?{_TODAY}").text
    assert '<details id="fold-procedure">' in page
    assert 'id="fold-service"' not in page
    assert page.index('id="table-service"') < page.index('id="table-procedure"')
    alone = str(render(made(), "html", "vi"))
    folds = re.findall(r"<details[^>]*>", alone)
    assert folds
    assert all(" open" in fold for fold in folds)


def test_days_are_dates_and_hidden_cells_words() -> None:
    few = made(table(waited(1, 2, 3, day=_MONTH[12]), _MONTH[12]))
    heads, row = csv.reader(table_csv(few, "day", _ENGLISH).removeprefix("\ufeff").splitlines())
    assert date.fromisoformat(row[0]) == _MONTH[12]
    assert (heads[1], row[1], row[2]) == ("waits", "under 5", "")


def test_a_name_a_spreadsheet_would_reckon_is_only_a_name() -> None:
    people = waited(1, 2, 3, 4, 5, day=_MONTH[12], service="=1+1")
    rows = table_csv(made(table(people, _MONTH[12])), "service", _ENGLISH).splitlines()
    assert rows[1].startswith("'=1+1,5,")


def test_a_report_of_nothing_has_no_tables() -> None:
    with pytest.raises(ReportError) as refusal:
        table_csv(made(table([], _MONTH[12])), "service", _ENGLISH)
    assert refusal.value.code == "table.unknown"


def test_tables_have_names_of_their_own() -> None:
    names = [one.name for one in tables(made(), _ENGLISH)]
    assert len(names) == len(set(names))


def test_a_single_month_has_no_table_by_month() -> None:
    whole = made(*(table(waited(*[3] * 6, day=day), day) for day in (_MONTH[10], _MONTH[12])))
    assert _MONTH[10].month == _MONTH[12].month
    assert "month" not in [one.name for one in tables(whole, _ENGLISH)]
